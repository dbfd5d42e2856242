// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The kernel's side of a comparison: see object.h. What it contains, and under which names.
 */
#include "object.h"

#include <stdlib.h>
#include <string.h>

#include "../kernel/module.h"
#include "../lib/array.h"
#include "../lib/number.h"
#include "image.h"
#include "same-kernel.h"

/* ---- symbols of vmlinux ---------------------------------------------------------------- */

static struct klpcc_error *add_name(struct klpcc_match_names *names,
				    const struct klpcc_match_named *named)
{
	struct klpcc_match_named *entries = klpcc_array_grow(
		names->entries, names->count, 1, &names->capacity, sizeof(*entries));

	if (!entries)
		return klpcc_error_nomem();
	names->entries = entries;
	entries[names->count++] = *named;
	return NULL;
}

static struct klpcc_error *find_in_index(const struct klpcc_match_object *object,
					 const char *name, struct klpcc_match_names *ret)
{
	struct klpcc_index_name found;
	struct klpcc_error *err;
	bool known;

	err = klpcc_index_find_name(object->index, name, strlen(name), &known, &found);
	if (err || !known)
		return err;
	for (uint32_t i = 0; !err && i < found.symbols; i++) {
		struct klpcc_index_symbol symbol;

		err = klpcc_index_name_symbol(object->index, &found, i, &symbol);
		/* Those of vmlinux come first. */
		if (err || symbol.object != KLPCC_INDEX_VMLINUX)
			break;
		if (!symbol.has_address)
			continue;
		err = add_name(ret, &(struct klpcc_match_named){
					    .name = symbol.name,
					    .place = { 0, symbol.address },
					    .sympos = symbol.sympos,
					    .binding = symbol.binding,
					    .type = symbol.type,
					    .init = symbol.init,
				    });
	}
	return err;
}

/* ---- symbols of a module --------------------------------------------------------------- */

static bool is_init(const struct klpcc_match_object *object,
		    const struct klpcc_elf_symbol *symbol)
{
	return klpcc_section_fate(object->file.sections[symbol->section].elf,
				  object->unload) == KLPCC_FATE_INIT;
}

static size_t first_of_name(const struct klpcc_match_object *object, const char *name)
{
	size_t low = 0, high = object->by_name_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const char *other = object->file.symbols[object->by_name[middle]].name;

		if (strcmp(other, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* add_kallsyms() of the kernel's kernel/module/kallsyms.c: those in init memory do not stay. */
static void number_names(struct klpcc_match_names *names)
{
	uint32_t counted = 0, position = 0;

	for (size_t i = 0; i < names->count; i++)
		counted += !names->entries[i].init;
	for (size_t i = 0; counted > 1 && i < names->count; i++)
		if (!names->entries[i].init)
			names->entries[i].sympos = ++position;
}

static struct klpcc_error *find_in_module(const struct klpcc_match_object *object,
					  const char *name, struct klpcc_match_names *ret)
{
	struct klpcc_error *err = NULL;

	for (size_t i = first_of_name(object, name); !err && i < object->by_name_count;
	     i++) {
		const struct klpcc_elf_symbol *symbol =
			&object->file.symbols[object->by_name[i]];

		if (strcmp(symbol->name, name))
			break;
		err = add_name(ret, &(struct klpcc_match_named){
					    .name = symbol->name,
					    .place = { symbol->section, symbol->value },
					    .binding = symbol->binding,
					    .type = symbol->type,
					    .init = is_init(object, symbol),
				    });
	}
	if (!err)
		number_names(ret);
	return err;
}

struct klpcc_error *klpcc_match_find(const struct klpcc_match_object *object,
				     const char *name, struct klpcc_match_names *ret)
{
	ret->count = 0;
	return object->image ? find_in_index(object, name, ret)
			     : find_in_module(object, name, ret);
}

/* ---- names of places ------------------------------------------------------------------- */

static int compare_addresses(const void *left, const void *right)
{
	const struct klpcc_match_address *a = left, *b = right;

	return a->address < b->address ? -1 : a->address > b->address;
}

static struct klpcc_error *list_addresses(const struct klpcc_index *index,
					  struct klpcc_match_addresses *addresses)
{
	struct klpcc_error *err = NULL;

	addresses->entries =
		calloc(klpcc_index_symbols(index) + 1ul, sizeof(*addresses->entries));
	if (!addresses->entries)
		return klpcc_error_nomem();
	for (uint32_t i = 0; !err && i < klpcc_index_names(index); i++) {
		struct klpcc_index_name found;

		err = klpcc_index_name_at(index, i, &found);
		for (uint32_t k = 0; !err && k < found.symbols; k++) {
			struct klpcc_index_symbol symbol;

			err = klpcc_index_name_symbol(index, &found, k, &symbol);
			if (err || symbol.object != KLPCC_INDEX_VMLINUX)
				break;
			/* A damaged index may have one for several names. */
			if (symbol.has_address &&
			    addresses->count < klpcc_index_symbols(index))
				addresses->entries[addresses->count++] =
					(struct klpcc_match_address){ symbol.address,
								      symbol.name };
		}
	}
	qsort(addresses->entries, addresses->count, sizeof(*addresses->entries),
	      compare_addresses);
	return err;
}

static struct klpcc_error *name_address(const struct klpcc_match_object *object,
					struct klpcc_match_addresses *addresses,
					uint64_t address, const char **name,
					uint64_t *offset)
{
	struct klpcc_error *err = NULL;
	size_t low = 0, high;

	if (!addresses->entries)
		err = list_addresses(object->index, addresses);
	high = addresses->count;
	while (!err && low < high) {
		size_t middle = low + (high - low) / 2;

		if (addresses->entries[middle].address <= address)
			low = middle + 1;
		else
			high = middle;
	}
	if (!err && low) {
		*name = addresses->entries[low - 1].name;
		*offset = address - addresses->entries[low - 1].address;
	}
	return err;
}

struct klpcc_error *klpcc_match_name_place(const struct klpcc_match_object *object,
					   struct klpcc_match_addresses *addresses,
					   struct klpcc_match_place place,
					   const char **name, uint64_t *offset)
{
	const struct klpcc_match_section *section;

	*name = NULL;
	if (object->image)
		return name_address(object, addresses, place.at, name, offset);
	section = &object->file.sections[place.space];
	for (size_t i = 0; i < section->symbol_count; i++) {
		const struct klpcc_elf_symbol *symbol =
			&object->file.symbols[section->symbols[i]];

		if (symbol->value > place.at)
			break;
		*name = symbol->name;
		*offset = place.at - symbol->value;
	}
	return NULL;
}

/* ---- contents -------------------------------------------------------------------------- */

const unsigned char *klpcc_match_bytes_at(const struct klpcc_match_object *object,
					  struct klpcc_match_place place, uint64_t size)
{
	const struct klpcc_match_section *section;
	const unsigned char *bytes;
	struct klpcc_error *err;

	if (object->image) {
		err = klpcc_elf_bytes_at(object->image, place.at, size, &bytes);
		klpcc_error_free(err);
		return err ? NULL : bytes;
	}
	if (place.space >= object->file.section_count)
		return NULL;
	section = &object->file.sections[place.space];
	if (!section->bytes || place.at > section->size ||
	    size > section->size - place.at)
		return NULL;
	return section->bytes + place.at;
}

/* ---- references ------------------------------------------------------------------------ */

/* A field whose bits are together, and the lowest of its bytes. */
static bool is_plain_field(const struct klpcc_reloc_field *field)
{
	uint64_t mask = field->width == 8 ? UINT64_MAX : (1ull << 8 * field->width) - 1;

	mask &= ~(uint64_t)field->kept;
	return field->width && mask && !(mask & (mask + 1));
}

/* The value that the link has written into a field. */
static uint64_t read_field(const struct klpcc_reloc_field *field, uint64_t raw)
{
	unsigned int bits = field->bits + field->shift;
	uint64_t value = (raw & ~(uint64_t)field->kept) << field->shift;

	if (field->is_signed && bits < 64 && (value >> (bits - 1) & 1))
		value |= UINT64_MAX << bits;
	return value;
}

static const char *follow_slot(const struct klpcc_match_object *object, uint64_t slot,
			       struct klpcc_match_reference *ret)
{
	const struct klpcc_match_place place = { 0, slot };
	const unsigned char *bytes = klpcc_match_bytes_at(object, place, 8);

	if (!bytes)
		return "the kernel has no slot there";
	ret->symbol.at = klpcc_number(bytes, 8, object->arch->big_endian);
	return NULL;
}

static const char *follow_address(const struct klpcc_match_object *object,
				  struct klpcc_match_place place,
				  const struct klpcc_elf_relocation *of,
				  struct klpcc_match_reference *ret)
{
	const struct klpcc_reloc *reloc = klpcc_reloc_find(
		object->arch->relocs, object->arch->reloc_count, of->type);
	const unsigned char *bytes;
	uint64_t value;

	if (!is_plain_field(&reloc->field))
		return "the fields of that type cannot be read";
	bytes = klpcc_match_bytes_at(object, place, reloc->field.width);
	if (!bytes)
		return "the kernel has no bytes there";
	value = read_field(&reloc->field, klpcc_number(bytes, reloc->field.width,
						       object->arch->big_endian)) -
		(uint64_t)of->addend;
	*ret = (struct klpcc_match_reference){ .defined = true };
	switch (reloc->value) {
	case KLPCC_RELOC_SYMBOL:
		ret->symbol.at = value;
		return NULL;
	case KLPCC_RELOC_DISTANCE:
	case KLPCC_RELOC_PLT_DISTANCE: /* vmlinux has no PLT */
		ret->symbol.at = value + place.at;
		return NULL;
	case KLPCC_RELOC_GOT_DISTANCE:
		return follow_slot(object, value + place.at, ret);
	default:
		return "that type does not occur in a linked kernel";
	}
}

static const char *follow_relocation(const struct klpcc_match_object *object,
				     struct klpcc_match_place place,
				     const struct klpcc_elf_relocation *of,
				     struct klpcc_match_reference *ret)
{
	const struct klpcc_match_section *section = &object->file.sections[place.space];
	size_t number = klpcc_match_relocations_from(section, place.at);
	const struct klpcc_elf_relocation *relocation = &section->relocations[number];
	const struct klpcc_elf_symbol *symbol;

	if (number == section->relocation_count || relocation->offset != place.at)
		return "the module has none there";
	if (relocation->type != of->type)
		return "the module has one of another type there";
	symbol = &object->file.symbols[relocation->symbol];
	*ret = (struct klpcc_match_reference){
		.name = *symbol->name ? symbol->name : NULL,
		.defined = symbol->section && !symbol->reserved,
	};
	if (ret->defined)
		ret->symbol = (struct klpcc_match_place){
			symbol->section,
			symbol->value + (uint64_t)relocation->addend -
				(uint64_t)of->addend,
		};
	else if (relocation->addend != of->addend)
		return "the module has one with another addend there";
	return NULL;
}

const char *klpcc_match_follow(const struct klpcc_match_object *object,
			       struct klpcc_match_place place,
			       const struct klpcc_elf_relocation *of,
			       struct klpcc_match_reference *ret)
{
	return object->image ? follow_address(object, place, of, ret)
			     : follow_relocation(object, place, of, ret);
}

size_t klpcc_match_count_relocations(const struct klpcc_match_object *object,
				     struct klpcc_match_place place, uint64_t size)
{
	const struct klpcc_match_section *section;

	if (object->image)
		return 0;
	section = &object->file.sections[place.space];
	return klpcc_match_relocations_from(section, place.at + size) -
	       klpcc_match_relocations_from(section, place.at);
}

/* ---- opening --------------------------------------------------------------------------- */

static struct klpcc_error *open_image(const char *path, struct klpcc_match_object *object)
{
	struct klpcc_error *err;

	err = klpcc_match_read_image(path, object->index, &object->image_bytes);
	if (!err)
		err = klpcc_elf_open_kernel(path, &object->image_bytes, &object->image);
	if (!err)
		err = klpcc_arch_read(object->image, &object->arch);
	return err ? err : klpcc_match_check_image(object, path);
}

struct klpcc_error *klpcc_match_open_vmlinux(const char *path,
					     const struct klpcc_index *index,
					     struct klpcc_match_object *ret)
{
	struct klpcc_match_object object = {
		.index = index,
		.name = strdup("vmlinux"),
	};
	struct klpcc_error *err;

	err = object.name ? open_image(path, &object) : klpcc_error_nomem();
	if (err)
		klpcc_match_object_close(&object);
	else
		*ret = object;
	return err;
}

/* For qsort_r(). */
static int compare_names(const void *left, const void *right, void *arg)
{
	const struct klpcc_elf_symbol *symbols = arg;
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
	int order = strcmp(symbols[a].name, symbols[b].name);

	return order ? order : a < b ? -1 : a > b;
}

static struct klpcc_error *sort_names(struct klpcc_match_object *object)
{
	const struct klpcc_match_file *file = &object->file;

	object->by_name = calloc(file->symbol_count, sizeof(*object->by_name));
	if (!object->by_name)
		return klpcc_error_nomem();
	for (size_t i = 1; i < file->symbol_count; i++)
		if (klpcc_match_is_named(file, &file->symbols[i]))
			object->by_name[object->by_name_count++] = (uint32_t)i;
	qsort_r(object->by_name, object->by_name_count, sizeof(*object->by_name),
		compare_names, (void *)file->symbols);
	return NULL;
}

struct klpcc_error *klpcc_match_adopt_module(const char *name,
					     const struct klpcc_index *index,
					     struct klpcc_match_file *file,
					     struct klpcc_match_object *ret)
{
	struct klpcc_match_object object = {
		.index = index,
		.name = strdup(name),
		.arch = file->arch,
		.file = *file,
	};
	struct klpcc_error *err;

	*file = (struct klpcc_match_file){ .section_count = 0 };
	err = object.name ? sort_names(&object) : klpcc_error_nomem();
	if (err)
		klpcc_match_object_close(&object);
	else
		*ret = object;
	return err;
}

struct klpcc_error *klpcc_match_open_module(const char *path, const char *name,
					    const struct klpcc_index *index,
					    struct klpcc_match_object *ret)
{
	struct klpcc_match_object object;
	struct klpcc_match_file file;
	struct klpcc_error *err;

	err = klpcc_match_file_open(path, &file);
	if (!err)
		err = klpcc_match_adopt_module(name, index, &file, &object);
	if (err)
		return err;
	err = klpcc_match_check_module(&object, path);
	if (err)
		klpcc_match_object_close(&object);
	else
		*ret = object;
	return err;
}

void klpcc_match_object_close(struct klpcc_match_object *object)
{
	if (object->image)
		klpcc_elf_close(object->image);
	klpcc_buffer_deinit(&object->image_bytes);
	klpcc_match_file_close(&object->file);
	free(object->by_name);
	free(object->name);
	*object = (struct klpcc_match_object){ .index = NULL };
}
