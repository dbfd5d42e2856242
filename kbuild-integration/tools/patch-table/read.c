// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The patch table, reading: the static struct klp_patch with its arrays.
 *
 * It is found by what it must have: .mod is THIS_MODULE, and .objs is an array of objects. Other
 * structures begin with THIS_MODULE and a pointer, too, so the variable must have the size of a
 * struct klp_patch, unless variables were stripped from the symbol table, and the first entry of
 * the array must look like an object. Where there is none, .mod may have been forgotten: then the
 * exact size is a must, and so are a function and its replacement.
 */
#include <string.h>

#include "../lib/range.h"
#include "patch-table-private.h"

/* What ends an array, as klp_for_each_object_static() and klp_for_each_func_static() have it. */
enum record {
	RECORD_EMPTY,
	RECORD_USED,
	RECORD_UNREADABLE,
};

struct array {
	const struct klpcc_elf_section *section;
	uint64_t offset, size; /* size: of an entry */
	uint64_t end; /* where the variable ends; that of the section if unknown */
	struct klpcc_error *(*look)(struct klpcc_patch_reader *reader,
				    const struct klpcc_elf_section *section,
				    uint64_t offset, enum record *ret);
	struct klpcc_error *(*add)(struct klpcc_patch_reader *reader,
				   const struct klpcc_elf_section *section,
				   const struct klpcc_patch_layout *layout,
				   uint64_t offset);
};

static enum record combine(const struct klpcc_patch_pointer *one,
			   const struct klpcc_patch_pointer *other)
{
	if (one->kind == KLPCC_PATCH_POINTER_NULL)
		return other->kind == KLPCC_PATCH_POINTER_NULL      ? RECORD_EMPTY
		       : other->kind == KLPCC_PATCH_POINTER_UNKNOWN ? RECORD_UNREADABLE
								    : RECORD_USED;
	return one->kind == KLPCC_PATCH_POINTER_UNKNOWN &&
			       other->kind == KLPCC_PATCH_POINTER_UNKNOWN
		       ? RECORD_UNREADABLE
		       : RECORD_USED;
}

static struct klpcc_error *look_at_object(struct klpcc_patch_reader *reader,
					  const struct klpcc_elf_section *section,
					  uint64_t offset, enum record *ret)
{
	struct klpcc_patch_pointer name, funcs;
	struct klpcc_error *err;

	err = klpcc_patch_pointer(reader, section, offset + reader->layout.object_name,
				  &name);
	if (!err)
		err = klpcc_patch_pointer(reader, section,
					  offset + reader->layout.object_funcs, &funcs);
	if (!err)
		*ret = combine(&name, &funcs);
	return err;
}

static struct klpcc_error *look_at_function(struct klpcc_patch_reader *reader,
					    const struct klpcc_elf_section *section,
					    uint64_t offset, enum record *ret)
{
	const struct klpcc_patch_layout *layout = &reader->layout;
	struct klpcc_patch_pointer old_name, new_func;
	struct klpcc_error *err;
	uint64_t sympos;
	bool known;

	err = klpcc_patch_pointer(reader, section, offset + layout->func_old_name,
				  &old_name);
	if (!err)
		err = klpcc_patch_pointer(reader, section, offset + layout->func_new_func,
					  &new_func);
	if (!err)
		err = klpcc_patch_number(reader, section,
					 offset + layout->func_old_sympos, 8, &known,
					 &sympos);
	if (err)
		return err;
	*ret = combine(&old_name, &new_func);
	if (*ret == RECORD_EMPTY && !known)
		*ret = RECORD_UNREADABLE;
	else if (*ret == RECORD_EMPTY && sympos)
		*ret = RECORD_USED;
	return NULL;
}

/* Fills in where the array is; false if it is not in memory of the module. */
static bool begin_array(const struct klpcc_patch_reader *reader,
			const struct klpcc_patch_pointer *pointer, struct array *array)
{
	const struct klpcc_patch_variable *variable;

	if (pointer->kind != KLPCC_PATCH_POINTER_INSIDE ||
	    !klpcc_patch_is_data(pointer->section))
		return false;
	variable = klpcc_patch_variable(reader, pointer->section->index, pointer->offset);
	array->section = pointer->section;
	array->offset = pointer->offset;
	if (!variable ||
	    __builtin_add_overflow(variable->offset, variable->size, &array->end))
		array->end = UINT64_MAX;
	return true;
}

/*
 * Adds the entries of an array. It ends where the variable does, even if the kernel would go on:
 * what follows is no entry.
 */
static struct klpcc_error *read_array(struct klpcc_patch_reader *reader,
				      const struct array *array,
				      enum klpcc_patch_end *end)
{
	uint64_t offset = array->offset;
	struct klpcc_error *err = NULL;
	enum record record;

	*end = KLPCC_PATCH_END_UNKNOWN;
	while (!err && !reader->table->unread &&
	       klpcc_range_ok(offset, 1, array->section->header.sh_size)) {
		err = array->look(reader, array->section, offset, &record);
		if (err || record == RECORD_UNREADABLE)
			break;
		if (record == RECORD_EMPTY)
			*end = offset < array->end ? KLPCC_PATCH_END_EMPTY
						   : KLPCC_PATCH_END_CHANCE;
		else if (offset >= array->end)
			*end = KLPCC_PATCH_END_NONE;
		if (record == RECORD_EMPTY || offset >= array->end)
			break;
		err = array->add(reader, array->section, &reader->layout, offset);
		offset += array->size;
	}
	return err;
}

static struct klpcc_error *read_functions(struct klpcc_patch_reader *reader,
					  size_t number)
{
	struct klpcc_patch_table *table = reader->table;
	struct klpcc_patch_object *object = &table->objects[number];
	struct array array = {
		.size = reader->layout.func_size,
		.look = look_at_function,
		.add = klpcc_patch_add_function,
	};
	struct klpcc_error *err;

	object->first = table->function_count;
	object->end = KLPCC_PATCH_END_UNKNOWN;
	if (!begin_array(reader, &object->funcs, &array))
		return NULL;
	/* The size of an entry need not be known for an array without entries. */
	if (!array.size) {
		enum record record;

		err = look_at_function(reader, array.section, array.offset, &record);
		if (!err && record == RECORD_EMPTY)
			object->end = KLPCC_PATCH_END_EMPTY;
		else if (!err)
			table->unread =
				"the target has no BTF, and the module does not tell how large a struct klp_func is";
		return err;
	}
	err = read_array(reader, &array, &object->end);
	object->count = table->function_count - object->first;
	return err;
}

/* The arrays with several entries say it best. */
static struct klpcc_error *infer_func(struct klpcc_patch_reader *reader,
				      const struct klpcc_patch *patch)
{
	struct klpcc_error *err = NULL;

	for (int several = 1; several >= 0; several--)
		for (size_t i = 0; !err && !reader->layout.func_size && i < patch->count;
		     i++)
			err = klpcc_patch_infer_func(
				reader, &reader->table->objects[patch->first + i].funcs,
				several);
	return err;
}

static struct klpcc_error *read_arrays(struct klpcc_patch_reader *reader,
				       struct klpcc_patch *patch)
{
	struct klpcc_patch_table *table = reader->table;
	struct array array = {
		.look = look_at_object,
		.add = klpcc_patch_add_object,
	};
	struct klpcc_error *err = NULL;

	patch->first = table->object_count;
	patch->end = KLPCC_PATCH_END_UNKNOWN;
	if (!begin_array(reader, &patch->objs, &array))
		return NULL;
	if (!reader->layout.object_size)
		err = klpcc_patch_infer_object(reader, &patch->objs);
	array.size = reader->layout.object_size;
	if (!err && !array.size)
		table->unread =
			"the target has no BTF, and the module does not tell how large a struct klp_object is";
	else if (!err)
		err = read_array(reader, &array, &patch->end);
	patch->count = table->object_count - patch->first;
	if (!err && !reader->layout.func_size)
		err = infer_func(reader, patch);
	for (size_t i = 0; !err && i < patch->count; i++)
		err = read_functions(reader, patch->first + i);
	return err;
}

/* ---- finding it ------------------------------------------------------------------------ */

/* Whether what .objs points to can be a struct klp_object: one that is empty, or has functions. */
static struct klpcc_error *is_object(struct klpcc_patch_reader *reader,
				     const struct klpcc_patch_pointer *objs, bool *ret)
{
	const struct klpcc_patch_layout *layout = &reader->layout;
	struct klpcc_patch_pointer name, funcs;
	struct klpcc_error *err;

	*ret = false;
	if (objs->kind != KLPCC_PATCH_POINTER_INSIDE ||
	    !klpcc_patch_is_data(objs->section))
		return NULL;
	err = klpcc_patch_pointer(reader, objs->section,
				  objs->offset + layout->object_name, &name);
	if (!err)
		err = klpcc_patch_pointer(reader, objs->section,
					  objs->offset + layout->object_funcs, &funcs);
	if (err)
		return err;
	*ret = (name.kind == KLPCC_PATCH_POINTER_NULL ||
		(name.kind == KLPCC_PATCH_POINTER_INSIDE &&
		 klpcc_patch_is_data(name.section))) &&
	       (funcs.kind == KLPCC_PATCH_POINTER_NULL ||
		(funcs.kind == KLPCC_PATCH_POINTER_INSIDE &&
		 klpcc_patch_is_data(funcs.section)));
	return NULL;
}

/* Whether its first function has a name and a replacement. */
static struct klpcc_error *has_function(struct klpcc_patch_reader *reader,
					const struct klpcc_patch_pointer *objs, bool *ret)
{
	const struct klpcc_patch_layout *layout = &reader->layout;
	struct klpcc_patch_pointer funcs, old_name, new_func;
	struct klpcc_error *err;

	*ret = false;
	err = klpcc_patch_pointer(reader, objs->section,
				  objs->offset + layout->object_funcs, &funcs);
	if (err || funcs.kind != KLPCC_PATCH_POINTER_INSIDE)
		return err;
	err = klpcc_patch_pointer(reader, funcs.section,
				  funcs.offset + layout->func_old_name, &old_name);
	if (!err)
		err = klpcc_patch_pointer(reader, funcs.section,
					  funcs.offset + layout->func_new_func,
					  &new_func);
	if (err)
		return err;
	*ret = old_name.kind == KLPCC_PATCH_POINTER_INSIDE &&
	       klpcc_patch_is_data(old_name.section) &&
	       new_func.kind == KLPCC_PATCH_POINTER_INSIDE &&
	       new_func.section->header.sh_flags & SHF_EXECINSTR;
	return NULL;
}

static struct klpcc_error *try_patch(struct klpcc_patch_reader *reader,
				     const struct klpcc_elf_section *section,
				     uint64_t offset)
{
	const struct klpcc_patch_layout *layout = &reader->layout;
	const struct klpcc_patch_variable *variable =
		klpcc_patch_variable(reader, section->index, offset);
	struct klpcc_patch patch = {
		.name = variable ? variable->name : "",
		.section = section,
		.offset = offset,
	};
	struct klpcc_error *err;
	uint64_t replace;
	bool sized = variable && klpcc_patch_has_size(reader, variable->size), found;

	if (!sized && (variable || klpcc_patch_has_variables(reader, section->index)))
		return NULL;
	err = klpcc_patch_pointer(reader, section, offset + layout->patch_mod,
				  &patch.mod);
	if (!err)
		err = klpcc_patch_pointer(reader, section, offset + layout->patch_objs,
					  &patch.objs);
	if (!err)
		err = is_object(reader, &patch.objs, &found);
	/* An exact size is enough: .objs may be filled in at run time. */
	if (err || (!found && !(sized && layout->known)))
		return err;
	if (layout->known) {
		err = klpcc_patch_number(reader, section, offset + layout->patch_replace,
					 1, &patch.replace_known, &replace);
		patch.replace = replace;
	}
	if (!err)
		err = read_arrays(reader, &patch);
	return err ? err : klpcc_patch_add(reader, &patch);
}

/* *ret: what is there can be a struct klp_patch whose .mod was forgotten. */
static struct klpcc_error *lacks_mod(struct klpcc_patch_reader *reader,
				     const struct klpcc_elf_section *section,
				     uint64_t offset, bool *ret)
{
	const struct klpcc_patch_layout *layout = &reader->layout;
	const struct klpcc_patch_variable *variable =
		klpcc_patch_variable(reader, section->index, offset);
	struct klpcc_patch_pointer mod, objs;
	struct klpcc_error *err;

	*ret = false;
	if (!variable || !klpcc_patch_has_size(reader, variable->size))
		return NULL;
	err = klpcc_patch_pointer(reader, section, offset + layout->patch_mod, &mod);
	if (!err)
		err = klpcc_patch_pointer(reader, section, offset + layout->patch_objs,
					  &objs);
	if (!err)
		err = is_object(reader, &objs, ret);
	if (err || !*ret || mod.kind != KLPCC_PATCH_POINTER_NULL) {
		*ret = false;
		return err;
	}
	return has_function(reader, &objs, ret);
}

/* Goes through the places that point to objects, where no patch points to the module. */
static struct klpcc_error *search_without_mod(struct klpcc_patch_reader *reader,
					      const struct klpcc_elf_section *relocations)
{
	const struct klpcc_elf_section *section =
		klpcc_elf_section(reader->elf, relocations->header.sh_info);
	const uint64_t objs = reader->layout.patch_objs;
	const struct klpcc_elf_relocation *list;
	struct klpcc_error *err;
	size_t count;

	err = klpcc_elf_relocations(reader->elf, relocations, &list, &count);
	for (size_t i = 0; !err && i < count; i++) {
		bool found;

		if (list[i].type != reader->arch->absolute || list[i].offset < objs)
			continue;
		err = lacks_mod(reader, section, list[i].offset - objs, &found);
		if (!err && found)
			err = try_patch(reader, section, list[i].offset - objs);
	}
	return err;
}

/* Goes through the places of a section that point to the module itself. */
static struct klpcc_error *search(struct klpcc_patch_reader *reader,
				  const struct klpcc_elf_section *relocations)
{
	const struct klpcc_elf_section *section =
		klpcc_elf_section(reader->elf, relocations->header.sh_info);
	const struct klpcc_elf_relocation *list;
	struct klpcc_error *err;
	size_t count;

	err = klpcc_elf_relocations(reader->elf, relocations, &list, &count);
	for (size_t i = 0; !err && i < count; i++) {
		if (list[i].type != reader->arch->absolute || list[i].addend ||
		    list[i].offset < reader->layout.patch_mod || !list[i].symbol ||
		    strcmp(reader->symbols[list[i].symbol].name, "__this_module"))
			continue;
		err = try_patch(reader, section,
				list[i].offset - reader->layout.patch_mod);
	}
	return err;
}

static struct klpcc_error *
read_static(struct klpcc_patch_reader *reader,
	    struct klpcc_error *(*look)(struct klpcc_patch_reader *reader,
					const struct klpcc_elf_section *relocations))
{
	struct klpcc_error *err = NULL;

	for (size_t i = 1; !err && i < klpcc_elf_sections(reader->elf); i++) {
		const struct klpcc_elf_section *section =
			klpcc_elf_section(reader->elf, i);

		if (section->header.sh_type == SHT_RELA && section->header.sh_info &&
		    klpcc_patch_is_data(
			    klpcc_elf_section(reader->elf, section->header.sh_info)))
			err = look(reader, section);
	}
	return err;
}

struct klpcc_error *klpcc_patch_table_read(struct klpcc_elf *elf,
					   const struct klpcc_arch *arch,
					   const struct klpcc_patch_layout *layout,
					   struct klpcc_patch_table *ret)
{
	struct klpcc_patch_table table = { 0 };
	struct klpcc_patch_reader reader;
	struct klpcc_error *err;
	size_t size;

	klpcc_elf_data(elf, &size);
	err = klpcc_patch_reader_init(&reader, elf, arch);
	reader.layout = *layout;
	reader.table = &table;
	/* The smallest record is a struct klp_func_ext with three relocations. */
	reader.room = size / 24;
	if (!err)
		err = read_static(&reader, search);
	if (!err)
		err = klpcc_patch_read_klp_build(&reader);
	if (!err && !table.count && reader.layout.known)
		err = read_static(&reader, search_without_mod);
	table.layout = reader.layout;
	klpcc_patch_reader_deinit(&reader);
	if (err)
		klpcc_patch_table_deinit(&table);
	else
		*ret = table;
	return err;
}
