// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The patch table, reading: the records of a module that the kernel's klp-build made.
 *
 * Its init function makes the struct klp_patch of them (scripts/livepatch/init.c). Their layout is
 * that of struct klp_object_ext and struct klp_func_ext in include/linux/livepatch_external.h, and
 * depends on no configuration. The arrays have lengths, and no empty entry ends them.
 */
#include <string.h>

#include "../lib/range.h"
#include "patch-table-private.h"

#define NR_FUNCS 56u /* unsigned int klp_object_ext.nr_funcs; callbacks are before it */

static const struct klpcc_patch_layout layout = {
	.object_size = 64,
	.object_name = 0,
	.object_funcs = 8,
	.func_size = 24,
	.func_old_name = 0,
	.func_new_func = 8,
	.func_old_sympos = 16,
};

/* Kernels before 7.0 had the older name. */
static bool is_objects(const struct klpcc_elf_section *section)
{
	return klpcc_patch_is_data(section) && section->header.sh_type != SHT_RELA &&
	       (!strcmp(section->name, ".init.klp_objects") ||
		!strcmp(section->name, "__klp_objects"));
}

static struct klpcc_error *read_functions(struct klpcc_patch_reader *reader,
					  const struct klpcc_elf_section *section,
					  size_t number)
{
	struct klpcc_patch_table *table = reader->table;
	struct klpcc_patch_object *object = &table->objects[number];
	const struct klpcc_patch_pointer *funcs = &object->funcs;
	struct klpcc_error *err;
	uint64_t count;
	bool known;

	object->first = table->function_count;
	object->end = KLPCC_PATCH_END_UNKNOWN;
	err = klpcc_patch_number(reader, section, object->offset + NR_FUNCS, 4, &known,
				 &count);
	if (err || !known)
		return err;
	if (count && (funcs->kind != KLPCC_PATCH_POINTER_INSIDE ||
		      !klpcc_range_array_ok(funcs->offset, count, layout.func_size,
					    funcs->section->header.sh_size)))
		return NULL;
	for (uint64_t i = 0; !err && !table->unread && i < count; i++)
		err = klpcc_patch_add_function(reader, funcs->section, &layout,
					       funcs->offset + i * layout.func_size);
	object->count = table->function_count - object->first;
	object->end = KLPCC_PATCH_END_EMPTY;
	return err;
}

static struct klpcc_error *read_objects(struct klpcc_patch_reader *reader,
					const struct klpcc_elf_section *section)
{
	struct klpcc_patch_table *table = reader->table;
	struct klpcc_patch patch = {
		.name = section->name,
		.section = section,
		.objs = { .kind = KLPCC_PATCH_POINTER_INSIDE, .section = section },
		.klp_build = true,
		.first = table->object_count,
		.end = KLPCC_PATCH_END_EMPTY,
	};
	uint64_t count = section->header.sh_size / layout.object_size;
	struct klpcc_error *err = NULL;

	for (uint64_t i = 0; !err && !table->unread && i < count; i++)
		err = klpcc_patch_add_object(reader, section, &layout,
					     i * layout.object_size);
	patch.count = table->object_count - patch.first;
	for (size_t i = 0; !err && i < patch.count; i++)
		err = read_functions(reader, section, patch.first + i);
	return err ? err : klpcc_patch_add(reader, &patch);
}

struct klpcc_error *klpcc_patch_read_klp_build(struct klpcc_patch_reader *reader)
{
	for (size_t i = 1; i < klpcc_elf_sections(reader->elf); i++) {
		const struct klpcc_elf_section *section =
			klpcc_elf_section(reader->elf, i);

		/* The kernel takes the first one. */
		if (is_objects(section))
			return read_objects(reader, section);
	}
	return NULL;
}
