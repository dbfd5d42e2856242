// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The patch table, reading: single records, of whatever layout.
 */
#include <stdlib.h>

#include "../lib/array.h"
#include "patch-table-private.h"

/* Records that lie beside each other fit into the file; more of them overlap. */
static bool take_room(struct klpcc_patch_reader *reader)
{
	if (!reader->room) {
		reader->table->unread = "its arrays overlap each other";
		return false;
	}
	reader->room--;
	return true;
}

struct klpcc_error *klpcc_patch_add_function(struct klpcc_patch_reader *reader,
					     const struct klpcc_elf_section *section,
					     const struct klpcc_patch_layout *layout,
					     uint64_t offset)
{
	struct klpcc_patch_table *table = reader->table;
	struct klpcc_patch_function function = { .offset = offset };
	struct klpcc_patch_function *list;
	struct klpcc_error *err;

	if (!take_room(reader))
		return NULL;
	err = klpcc_patch_pointer(reader, section, offset + layout->func_old_name,
				  &function.old_name_at);
	if (!err)
		err = klpcc_patch_pointer(reader, section, offset + layout->func_new_func,
					  &function.new_func);
	if (!err)
		err = klpcc_patch_number(reader, section,
					 offset + layout->func_old_sympos, 8,
					 &function.sympos_known, &function.sympos);
	if (!err)
		err = klpcc_patch_string(reader, &function.old_name_at,
					 &function.old_name);
	if (err)
		return err;
	list = klpcc_array_grow(table->functions, table->function_count, 1,
				&table->function_capacity, sizeof(*list));
	if (!list)
		return klpcc_error_nomem();
	table->functions = list;
	list[table->function_count++] = function;
	return NULL;
}

struct klpcc_error *klpcc_patch_add_object(struct klpcc_patch_reader *reader,
					   const struct klpcc_elf_section *section,
					   const struct klpcc_patch_layout *layout,
					   uint64_t offset)
{
	struct klpcc_patch_table *table = reader->table;
	struct klpcc_patch_object object = { .offset = offset };
	struct klpcc_patch_object *list;
	struct klpcc_error *err;

	if (!take_room(reader))
		return NULL;
	err = klpcc_patch_pointer(reader, section, offset + layout->object_name,
				  &object.name_at);
	if (!err)
		err = klpcc_patch_pointer(reader, section, offset + layout->object_funcs,
					  &object.funcs);
	if (!err)
		err = klpcc_patch_string(reader, &object.name_at, &object.name);
	if (err)
		return err;
	list = klpcc_array_grow(table->objects, table->object_count, 1,
				&table->object_capacity, sizeof(*list));
	if (!list)
		return klpcc_error_nomem();
	table->objects = list;
	list[table->object_count++] = object;
	return NULL;
}

struct klpcc_error *klpcc_patch_add(struct klpcc_patch_reader *reader,
				    const struct klpcc_patch *patch)
{
	struct klpcc_patch_table *table = reader->table;
	struct klpcc_patch *list = klpcc_array_grow(table->patches, table->count, 1,
						    &table->capacity, sizeof(*list));

	if (!list)
		return klpcc_error_nomem();
	table->patches = list;
	list[table->count++] = *patch;
	return NULL;
}

void klpcc_patch_table_deinit(struct klpcc_patch_table *table)
{
	free(table->patches);
	free(table->objects);
	free(table->functions);
	*table = (struct klpcc_patch_table){ 0 };
}
