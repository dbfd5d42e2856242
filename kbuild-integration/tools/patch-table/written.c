// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The patch table: does code of the module fill it in at run time?
 *
 * What is missing in the file is no mistake then. Code that only gives the struct klp_patch to the
 * kernel names its beginning; code that fills in an array names a place in that array.
 */
#include <stdlib.h>

#include "patch-table.h"

/* From the first entry to the last, of which the author's part is enough. */
struct range {
	size_t section;
	uint64_t start, end;
};

#define AUTHORS_PART 24u /* bytes of an entry */

static int compare_ranges(const void *a, const void *b)
{
	const struct range *left = a, *right = b;

	if (left->section != right->section)
		return left->section < right->section ? -1 : 1;
	return (left->start > right->start) - (left->start < right->start);
}

static size_t collect_ranges(const struct klpcc_patch_table *table, struct range *ranges)
{
	size_t count = 0;

	for (size_t i = 0; i < table->count; i++) {
		const struct klpcc_patch *patch = &table->patches[i];

		if (patch->count)
			ranges[count++] = (struct range){
				patch->objs.section->index,
				table->objects[patch->first].offset,
				table->objects[patch->first + patch->count - 1].offset +
					AUTHORS_PART,
			};
	}
	for (size_t i = 0; i < table->object_count; i++) {
		const struct klpcc_patch_object *object = &table->objects[i];

		if (object->count)
			ranges[count++] = (struct range){
				object->funcs.section->index,
				table->functions[object->first].offset,
				table->functions[object->first + object->count - 1]
						.offset +
					AUTHORS_PART,
			};
	}
	qsort(ranges, count, sizeof(*ranges), compare_ranges);
	return count;
}

/*
 * place is symbol plus addend. What the code means may be up to 8 bytes further on: addends of
 * x86 begin at the end of the instruction, which is 4 or 8 bytes after the field's beginning.
 */
static bool is_inside(const struct range *ranges, size_t count, size_t section,
		      uint64_t place)
{
	const struct range wanted = { .section = section, .start = place + 8 };
	size_t low = 0, high = count;

	/* The last one that begins at or before the furthest place. */
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_ranges(&ranges[middle], &wanted) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low && ranges[low - 1].section == section &&
	       (place < ranges[low - 1].end - 4 || place > UINT64_MAX - 8);
}

static struct klpcc_error *search(struct klpcc_elf *elf,
				  const struct klpcc_elf_section *section,
				  const struct range *ranges, size_t count, bool *ret)
{
	const struct klpcc_elf_relocation *relocations;
	const struct klpcc_elf_symbol *symbols;
	struct klpcc_error *err;
	size_t symbol_count, relocation_count;

	err = klpcc_elf_symbols(elf, &symbols, &symbol_count);
	if (!err)
		err = klpcc_elf_relocations(elf, section, &relocations,
					    &relocation_count);
	for (size_t i = 0; !err && !*ret && i < relocation_count; i++) {
		const struct klpcc_elf_symbol *symbol;

		if (!relocations[i].symbol)
			continue;
		symbol = &symbols[relocations[i].symbol];
		*ret = !symbol->reserved &&
		       is_inside(ranges, count, symbol->section,
				 symbol->value + (uint64_t)relocations[i].addend);
	}
	return err;
}

struct klpcc_error *klpcc_patch_table_is_written(struct klpcc_elf *elf,
						 const struct klpcc_patch_table *table,
						 bool *ret)
{
	struct range *ranges =
		calloc(table->count + table->object_count + 1, sizeof(*ranges));
	struct klpcc_error *err = NULL;
	size_t count;

	*ret = false;
	if (!ranges)
		return klpcc_error_nomem();
	count = collect_ranges(table, ranges);
	for (size_t i = 1; !err && !*ret && i < klpcc_elf_sections(elf); i++) {
		const struct klpcc_elf_section *section = klpcc_elf_section(elf, i);
		const struct klpcc_elf_section *code;

		if (section->header.sh_type != SHT_RELA)
			continue;
		code = klpcc_elf_section(elf, section->header.sh_info);
		if (code->header.sh_flags & SHF_EXECINSTR)
			err = search(elf, section, ranges, count, ret);
	}
	free(ranges);
	return err;
}
