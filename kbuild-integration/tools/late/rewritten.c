// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Code that the kernel rewrites before relocations that wait for a module are applied.
 *
 * Sections such as .altinstructions list it: the kernel replaces the code, or copies it,
 * when it has applied a module's relocations. Which sections list code, and in which
 * format, is in elf/arch-*.c.
 */
#include "late.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/array.h"
#include "../lib/range.h"

struct reader {
	struct klpcc_elf *elf;
	const struct klpcc_arch *arch;
	const struct klpcc_elf_symbol *symbols;
	size_t *counts; /* by section that lists code: relocations of all sections that it has */
};

/* ---- reading the lists ----------------------------------------------------------------- */

static bool is_list(const struct klpcc_rewrite *rewrite, const char *name)
{
	return rewrite->prefix ? !strncmp(name, rewrite->name, strlen(rewrite->name))
			       : !strcmp(name, rewrite->name);
}

static struct klpcc_error *add_range(struct klpcc_late_ranges *ranges,
				     const struct klpcc_late_range *range)
{
	struct klpcc_late_range *entries = klpcc_array_grow(
		ranges->entries, ranges->count, 1, &ranges->capacity, sizeof(*entries));

	if (!entries)
		return klpcc_error_nomem();
	ranges->entries = entries;
	entries[ranges->count++] = *range;
	return NULL;
}

/* One of the sections that list code. */
struct list {
	const struct klpcc_elf_section *section;
	const unsigned char *bytes;
	size_t size;
};

/* range: all of it but start and end is known. */
static struct klpcc_error *measure_code(const struct reader *reader,
					const struct list *list, uint64_t start,
					struct klpcc_late_range *range)
{
	const struct klpcc_elf_section *code =
		klpcc_elf_section(reader->elf, range->section);
	const struct klpcc_rewrite *rewrite = range->rewrite;
	const unsigned char *bytes;
	uint64_t length = rewrite->length;
	struct klpcc_error *err;
	size_t size;

	err = klpcc_elf_section_bytes(reader->elf, code, &bytes, &size);
	if (err)
		return err;
	if (rewrite->length_at)
		length = list->bytes[range->entry * rewrite->size + rewrite->length_at];
	else if (!length && start < size)
		length = reader->arch->branch_length(bytes + start, size - start);
	if (!klpcc_range_ok(start, length, code->header.sh_size))
		return klpcc_elf_error(
			reader->elf, list->section,
			"entry %zu: the code that it names lies outside of section '%s'",
			range->entry, code->name);
	range->start = start;
	range->end = start + length;
	return NULL;
}

static struct klpcc_error *read_entry(const struct reader *reader,
				      const struct list *list,
				      const struct klpcc_rewrite *rewrite,
				      const struct klpcc_elf_relocation *relocation,
				      struct klpcc_late_ranges *ranges)
{
	const struct klpcc_elf_symbol *symbol = &reader->symbols[relocation->symbol];
	struct klpcc_late_range range = {
		.section = symbol->section,
		.rewrite = rewrite,
		.list = list->section->index,
		.entry = relocation->offset / rewrite->size,
	};
	struct klpcc_error *err;

	if (relocation->offset % rewrite->size != rewrite->address)
		return NULL;
	/* Not code of this module, so it has no relocations here. */
	if (symbol->reserved || symbol->section == SHN_UNDEF)
		return NULL;
	err = measure_code(reader, list, symbol->value + (uint64_t)relocation->addend,
			   &range);
	return err || range.start == range.end ? err : add_range(ranges, &range);
}

static bool is_any_list(const struct reader *reader, const char *name)
{
	for (const struct klpcc_rewrite *any = reader->arch->rewrites; any->name; any++)
		if (is_list(any, name))
			return true;
	return false;
}

/* The section that lists code and has relocations in this one, or NULL. */
static const struct klpcc_elf_section *list_of(const struct reader *reader,
					       const struct klpcc_elf_section *section)
{
	const struct klpcc_elf_section *list;

	if (section->header.sh_type != SHT_RELA)
		return NULL;
	list = klpcc_elf_section(reader->elf, section->header.sh_info);
	return list->header.sh_flags & SHF_ALLOC && is_any_list(reader, list->name)
		       ? list
		       : NULL;
}

/* section: one of those with its relocations. */
static struct klpcc_error *read_list(const struct reader *reader,
				     const struct klpcc_elf_section *section,
				     struct klpcc_late_ranges *ranges)
{
	const struct klpcc_rewrite *rewrite = reader->arch->rewrites;
	const struct klpcc_elf_relocation *relocations;
	struct list list = { .section = list_of(reader, section) };
	struct klpcc_error *err;
	bool read = false;
	size_t count, all;

	if (!list.section)
		return NULL;
	all = reader->counts[list.section->index];
	err = klpcc_elf_section_bytes(reader->elf, list.section, &list.bytes, &list.size);
	if (!err)
		err = klpcc_elf_relocations(reader->elf, section, &relocations, &count);
	for (; !err && rewrite->name; rewrite++) {
		if (!is_list(rewrite, list.section->name) || all % rewrite->relocations ||
		    all / rewrite->relocations * rewrite->size != list.size)
			continue;
		read = true;
		for (size_t i = 0; !err && i < count; i++)
			err = read_entry(reader, &list, rewrite, &relocations[i], ranges);
	}
	if (err || read)
		return err;
	return klpcc_elf_error(
		reader->elf, list.section,
		"0x%zx bytes with %zu relocations do not fit any known entry size, so it is unknown which code the kernel rewrites before it applies what waits for a module",
		list.size, all);
}

static int compare_ranges(const void *a, const void *b)
{
	const struct klpcc_late_range *left = a, *right = b;

	if (left->section != right->section)
		return left->section < right->section ? -1 : 1;
	if (left->start != right->start)
		return left->start < right->start ? -1 : 1;
	if (left->end != right->end)
		return left->end < right->end ? -1 : 1;
	if (left->list != right->list)
		return left->list < right->list ? -1 : 1;
	return (left->entry > right->entry) - (left->entry < right->entry);
}

static struct klpcc_error *count_relocations(const struct reader *reader)
{
	for (size_t i = 1; i < klpcc_elf_sections(reader->elf); i++) {
		const struct klpcc_elf_section *section =
			klpcc_elf_section(reader->elf, i);
		const struct klpcc_elf_section *list = list_of(reader, section);
		const struct klpcc_elf_relocation *relocations;
		struct klpcc_error *err;
		size_t count;

		if (!list)
			continue;
		err = klpcc_elf_relocations(reader->elf, section, &relocations, &count);
		if (err)
			return err;
		reader->counts[list->index] += count;
	}
	return NULL;
}

/*
 * Of several that begin at one place the longest is kept, so that klpcc_late_find() passes no more
 * of them than the longest has bytes.
 */
static void sort_ranges(struct klpcc_late_ranges *ranges)
{
	struct klpcc_late_range *entries = ranges->entries;
	size_t count = 0;

	if (ranges->count)
		qsort(entries, ranges->count, sizeof(*entries), compare_ranges);
	for (size_t i = 0; i < ranges->count; i++) {
		if (count && entries[count - 1].section == entries[i].section &&
		    entries[count - 1].start == entries[i].start)
			count--;
		entries[count++] = entries[i];
	}
	ranges->count = count;
	for (size_t i = 0; i < count; i++) {
		struct klpcc_late_range *range = &entries[i];

		range->reach = range->end;
		if (i && range[-1].section == range->section &&
		    range[-1].reach > range->reach)
			range->reach = range[-1].reach;
	}
}

struct klpcc_error *klpcc_late_read(struct klpcc_elf *elf, const struct klpcc_arch *arch,
				    struct klpcc_late_ranges *ret)
{
	struct klpcc_late_ranges ranges = { .count = 0 };
	struct reader reader = { .elf = elf, .arch = arch };
	struct klpcc_error *err;
	size_t count;

	err = klpcc_elf_symbols(elf, &reader.symbols, &count);
	if (err)
		return err;
	reader.counts = calloc(klpcc_elf_sections(elf) + 1, sizeof(*reader.counts));
	if (!reader.counts)
		return klpcc_error_nomem();
	err = count_relocations(&reader);
	for (size_t i = 1; !err && i < klpcc_elf_sections(elf); i++)
		err = read_list(&reader, klpcc_elf_section(elf, i), &ranges);
	free(reader.counts);
	if (err) {
		klpcc_late_deinit(&ranges);
		return err;
	}
	sort_ranges(&ranges);
	*ret = ranges;
	return NULL;
}

void klpcc_late_deinit(struct klpcc_late_ranges *ranges)
{
	free(ranges->entries);
	*ranges = (struct klpcc_late_ranges){ 0 };
}

/* ---- looking up ------------------------------------------------------------------------ */

/* How many ranges begin before that place of a section, or are in sections before it. */
static size_t ranges_before(const struct klpcc_late_ranges *ranges, size_t section,
			    uint64_t offset)
{
	size_t low = 0, high = ranges->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct klpcc_late_range *range = &ranges->entries[middle];

		if (range->section < section ||
		    (range->section == section && range->start < offset))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct klpcc_late_range *klpcc_late_find(const struct klpcc_late_ranges *ranges,
					       size_t section, uint64_t offset,
					       unsigned int width)
{
	for (size_t i = ranges_before(ranges, section, offset + width); i-- > 0;) {
		const struct klpcc_late_range *range = &ranges->entries[i];

		if (range->section != section || range->reach <= offset)
			return NULL;
		if (range->end > offset)
			return range;
	}
	return NULL;
}
