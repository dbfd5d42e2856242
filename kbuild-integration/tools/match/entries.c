// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The tables that the kernel has of code: see entries.h.
 *
 * Those that list code which is rewritten are in elf/arch-*.c, with the formats that
 * kernels have had. The two others are here: of each entry the first field is the address
 * of the code.
 */
#include "entries.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/array.h"

/*
 * struct exception_table_entry of the kernel's arch/x86/include/asm/extable.h and, since 5.19, of
 * arch/s390/include/asm/extable.h; before that without the last four bytes. struct bug_entry of
 * include/linux/bug.h: without CONFIG_DEBUG_BUGVERBOSE, with it, and with a format (6.19). Fields
 * are of four bytes; the first ones are addresses of code, and no others are.
 */
static const struct format {
	const char *name;
	uint32_t size;
	uint32_t code_fields;
} formats[] = {
	{ "__ex_table", 12, 2 },  { "__ex_table", 8, 2 },  { "__bug_table", 12, 1 },
	{ "__bug_table", 16, 1 }, { "__bug_table", 8, 1 }, { "__bug_table", 6, 1 },
};

/*
 * objtool makes these of the code itself, so that they say nothing new, and the object of a
 * compile without it does not have them (tools/objtool/check.c); the compiler makes the
 * last in the same way.
 */
static const char *const derived[] = {
	".retpoline_sites", ".return_sites",      ".call_sites",
	".ibt_endbr_seal",  ".static_call_sites", "__mcount_loc",
};

static bool is_derived(const char *name)
{
	for (size_t i = 0; i < sizeof(derived) / sizeof(derived[0]); i++)
		if (!strcmp(name, derived[i]))
			return true;
	return false;
}

/* ---- the format of a table ------------------------------------------------------------- */

static bool is_code(const struct klpcc_match_file *file,
		    const struct klpcc_elf_relocation *relocation)
{
	const struct klpcc_elf_symbol *symbol = &file->symbols[relocation->symbol];

	return symbol->reserved || !symbol->section ||
	       file->sections[symbol->section].elf->header.sh_flags & SHF_EXECINSTR;
}

/* Whether each entry begins with the address of code, and has no other one behind its fields. */
static bool fits(const struct klpcc_match_file *file,
		 const struct klpcc_match_section *table, const struct format *format)
{
	if (table->size % format->size)
		return false;
	for (uint64_t at = 0; at < table->size; at += format->size) {
		size_t number = klpcc_match_relocations_from(table, at);

		if (number == table->relocation_count ||
		    table->relocations[number].offset != at ||
		    !is_code(file, &table->relocations[number]))
			return false;
	}
	for (size_t i = 0; i < table->relocation_count; i++) {
		const struct klpcc_elf_relocation *relocation = &table->relocations[i];
		const struct klpcc_elf_symbol *symbol =
			&file->symbols[relocation->symbol];

		if (symbol->section && !symbol->reserved && is_code(file, relocation) &&
		    relocation->offset % format->size / 4 >= format->code_fields)
			return false;
	}
	return true;
}

static bool is_list(const struct klpcc_rewrite *rewrite, const char *name)
{
	return rewrite->prefix ? !strncmp(name, rewrite->name, strlen(rewrite->name))
			       : !strcmp(name, rewrite->name);
}

/* *known: whether it is a table; *size: of an entry, 0 if its format is not known. */
static void find_format(const struct klpcc_match_file *file,
			const struct klpcc_match_section *table, bool *known,
			uint32_t *size)
{
	const char *name = table->elf->name;

	*known = false;
	*size = 0;
	for (const struct klpcc_rewrite *rewrite = file->arch->rewrites;
	     !*size && rewrite->name; rewrite++) {
		if (!is_list(rewrite, name))
			continue;
		*known = true;
		if (!rewrite->address &&
		    !(table->relocation_count % rewrite->relocations) &&
		    table->relocation_count / rewrite->relocations * rewrite->size ==
			    table->size)
			*size = rewrite->size;
	}
	for (size_t i = 0; !*size && i < sizeof(formats) / sizeof(formats[0]); i++) {
		if (strcmp(formats[i].name, name) != 0)
			continue;
		*known = true;
		if (fits(file, table, &formats[i]))
			*size = formats[i].size;
	}
}

/* ---- reading --------------------------------------------------------------------------- */

static struct klpcc_error *add_entry(struct klpcc_entries *entries,
				     const struct klpcc_entry *entry)
{
	struct klpcc_entry *array = klpcc_array_grow(entries->entries, entries->count, 1,
						     &entries->capacity, sizeof(*array));

	if (!array)
		return klpcc_error_nomem();
	entries->entries = array;
	array[entries->count++] = *entry;
	return NULL;
}

static struct klpcc_error *read_table(struct klpcc_entries *entries, size_t number,
				      uint32_t size)
{
	const struct klpcc_match_file *file = entries->shape->file;
	const struct klpcc_match_section *table = &file->sections[number];
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < table->relocation_count; i++) {
		const struct klpcc_elf_relocation *relocation = &table->relocations[i];
		const struct klpcc_elf_symbol *symbol =
			&file->symbols[relocation->symbol];

		/* Of an entry only the first field says what it is about. */
		if (relocation->offset % size || symbol->reserved || !symbol->section)
			continue;
		err = add_entry(entries, &(struct klpcc_entry){
						 .section = symbol->section,
						 .offset = symbol->value +
							   (uint64_t)relocation->addend,
						 .list = number,
						 .at = relocation->offset,
						 .size = size,
					 });
	}
	return err;
}

static int compare_entries(const void *left, const void *right)
{
	const struct klpcc_entry *a = left, *b = right;

	if (a->section != b->section)
		return a->section < b->section ? -1 : 1;
	if (a->offset != b->offset)
		return a->offset < b->offset ? -1 : 1;
	if (a->list != b->list)
		return a->list < b->list ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

struct klpcc_error *klpcc_entries_init(const struct klpcc_shape *shape,
				       struct klpcc_entries *ret)
{
	const struct klpcc_match_file *file = shape->file;
	struct klpcc_error *err = NULL;

	*ret = (struct klpcc_entries){ .shape = shape };
	for (size_t i = 1; !err && i < file->section_count; i++) {
		const struct klpcc_match_section *section = &file->sections[i];
		uint32_t size;
		bool known;

		if (!section->bytes || !section->size || is_derived(section->elf->name))
			continue;
		find_format(file, section, &known, &size);
		if (size)
			err = read_table(ret, i, size);
		else if (known)
			err = klpcc_elf_error(
				file->elf, section->elf,
				"its entries have a format that this klpcc does not know");
	}
	if (ret->count)
		qsort(ret->entries, ret->count, sizeof(*ret->entries), compare_entries);
	return err;
}

void klpcc_entries_deinit(struct klpcc_entries *entries)
{
	free(entries->entries);
	*entries = (struct klpcc_entries){ .shape = NULL };
}

/* ---- comparing ------------------------------------------------------------------------- */

static size_t entries_before(const struct klpcc_entries *entries, size_t section,
			     uint64_t offset)
{
	size_t low = 0, high = entries->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct klpcc_entry *entry = &entries->entries[middle];

		if (entry->section < section ||
		    (entry->section == section && entry->offset < offset))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const char *list_name(const struct klpcc_entries *entries, size_t number)
{
	const struct klpcc_entry *entry = &entries->entries[number];

	return entries->shape->file->sections[entry->list].elf->name;
}

static bool is_same_entry(const struct klpcc_entries *a, size_t first, uint64_t left,
			  const struct klpcc_entries *b, size_t second, uint64_t right,
			  uint64_t *work)
{
	const struct klpcc_entry *one = &a->entries[first], *other = &b->entries[second];
	const struct klpcc_shape_range mine = { a->shape, one->list, one->at, one->size };
	const struct klpcc_shape_range theirs = { b->shape, other->list, other->at,
						  other->size };
	struct klpcc_shape_difference difference;

	return !strcmp(list_name(a, first), list_name(b, second)) &&
	       one->offset - left == other->offset - right &&
	       klpcc_shape_is_same(&mine, &theirs, work, &difference);
}

bool klpcc_entries_are_same(const struct klpcc_entries *a,
			    const struct klpcc_shape_range *left,
			    const struct klpcc_entries *b,
			    const struct klpcc_shape_range *right, uint64_t *work,
			    const char **list)
{
	size_t first = entries_before(a, left->section, left->start);
	size_t first_end = entries_before(a, left->section, left->start + left->size);
	size_t second = entries_before(b, right->section, right->start);
	size_t second_end = entries_before(b, right->section, right->start + right->size);

	for (; first < first_end && second < second_end; first++, second++) {
		*list = list_name(a, first);
		if (!is_same_entry(a, first, left->start, b, second, right->start, work))
			return false;
	}
	if (first < first_end)
		*list = list_name(a, first);
	if (second < second_end)
		*list = list_name(b, second);
	return first == first_end && second == second_end;
}
