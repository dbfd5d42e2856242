// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The final link, validating: relocations that wait for a module, in code that something
 * rewrites before.
 *
 * Sections such as .altinstructions list code that the kernel replaces, or copies, when it has
 * applied a module's relocations. Relocations of vmlinux are among these, so they are right. Those
 * that wait for a module come later, and would change the new code, or code that is not used any
 * more. Which sections list code, and in which format, is in elf/arch-*.c. Relocations in these
 * sections themselves are checked by check.c.
 *
 * Most patches wait for no module, and then nothing is read here.
 */
#include "link-private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/array.h"
#include "../lib/range.h"

/* Code that is rewritten. */
struct range {
	size_t section;      /* that it is in */
	uint64_t start, end; /* from the section's beginning */
	uint64_t reach;      /* the last end up to here, of those in the section */
	const struct klpcc_rewrite *rewrite;
	size_t list;  /* the section that lists it */
	size_t entry; /* there */
};

struct ranges {
	struct range *entries;
	size_t count, capacity;
};

/* ---- reading the lists ----------------------------------------------------------------- */

static bool is_list(const struct klpcc_rewrite *rewrite, const char *name)
{
	return rewrite->prefix ? !strncmp(name, rewrite->name, strlen(rewrite->name))
			       : !strcmp(name, rewrite->name);
}

static struct klpcc_error *add_range(struct ranges *ranges, const struct range *range)
{
	struct range *entries = klpcc_array_grow(ranges->entries, ranges->count, 1,
						 &ranges->capacity, sizeof(*entries));

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
static struct klpcc_error *measure_code(const struct klpcc_link *link,
					const struct list *list, uint64_t start,
					struct range *range)
{
	const struct klpcc_elf_section *code =
		klpcc_elf_section(link->elf, range->section);
	const struct klpcc_rewrite *rewrite = range->rewrite;
	const unsigned char *bytes;
	uint64_t length = rewrite->length;
	struct klpcc_error *err;
	size_t size;

	err = klpcc_elf_section_bytes(link->elf, code, &bytes, &size);
	if (err)
		return err;
	if (rewrite->length_at)
		length = list->bytes[range->entry * rewrite->size + rewrite->length_at];
	else if (!length && start < size)
		length = link->arch->branch_length(bytes + start, size - start);
	if (!klpcc_range_ok(start, length, code->header.sh_size))
		return klpcc_elf_error(
			link->elf, list->section,
			"entry %zu: the code that it names lies outside of section '%s'",
			range->entry, code->name);
	range->start = start;
	range->end = start + length;
	return NULL;
}

static struct klpcc_error *read_entry(const struct klpcc_link *link,
				      const struct list *list,
				      const struct klpcc_rewrite *rewrite,
				      const struct klpcc_elf_relocation *relocation,
				      struct ranges *ranges)
{
	const struct klpcc_elf_symbol *symbol = &link->symbols[relocation->symbol];
	struct range range = {
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
	err = measure_code(link, list, symbol->value + (uint64_t)relocation->addend,
			   &range);
	return err || range.start == range.end ? err : add_range(ranges, &range);
}

/* section: the SHT_RELA one. */
static struct klpcc_error *read_list(const struct klpcc_link *link,
				     const struct klpcc_elf_section *section,
				     struct ranges *ranges)
{
	const struct klpcc_rewrite *rewrite = link->arch->rewrites;
	const struct klpcc_elf_relocation *relocations;
	struct list list = {
		.section = klpcc_elf_section(link->elf, section->header.sh_info),
	};
	bool listed = false, read = false;
	struct klpcc_error *err;
	size_t count;

	for (const struct klpcc_rewrite *any = rewrite; any->name && !listed; any++)
		listed = is_list(any, list.section->name);
	if (!listed)
		return NULL;
	err = klpcc_elf_section_bytes(link->elf, list.section, &list.bytes, &list.size);
	if (!err)
		err = klpcc_elf_relocations(link->elf, section, &relocations, &count);
	for (; !err && rewrite->name; rewrite++) {
		if (!is_list(rewrite, list.section->name) ||
		    count % rewrite->relocations ||
		    count / rewrite->relocations * rewrite->size != list.size)
			continue;
		read = true;
		for (size_t i = 0; !err && i < count; i++)
			err = read_entry(link, &list, rewrite, &relocations[i], ranges);
	}
	if (err || read)
		return err;
	return klpcc_elf_error(
		link->elf, list.section,
		"0x%zx bytes with %zu relocations do not fit any known entry size, so it is unknown which code the kernel rewrites before it applies what waits for a module",
		list.size, count);
}

static int compare_ranges(const void *a, const void *b)
{
	const struct range *left = a, *right = b;

	if (left->section != right->section)
		return left->section < right->section ? -1 : 1;
	if (left->start != right->start)
		return left->start < right->start ? -1 : 1;
	if (left->list != right->list)
		return left->list < right->list ? -1 : 1;
	return (left->entry > right->entry) - (left->entry < right->entry);
}

static struct klpcc_error *read_lists(const struct klpcc_link *link,
				      struct ranges *ranges)
{
	struct klpcc_error *err = NULL;

	for (size_t i = 1; !err && i < klpcc_elf_sections(link->elf); i++) {
		const struct klpcc_elf_section *section = klpcc_elf_section(link->elf, i);

		if (klpcc_link_is_natural(link, section))
			err = read_list(link, section, ranges);
	}
	if (err || !ranges->count)
		return err;
	qsort(ranges->entries, ranges->count, sizeof(*ranges->entries), compare_ranges);
	for (size_t i = 0; i < ranges->count; i++) {
		struct range *range = &ranges->entries[i];

		range->reach = range->end;
		if (i && range[-1].section == range->section &&
		    range[-1].reach > range->reach)
			range->reach = range[-1].reach;
	}
	return NULL;
}

/* ---- what waits ------------------------------------------------------------------------ */

static bool mark_waits(const struct klpcc_link_mark *mark)
{
	return !klpcc_span_is(mark->gate, KLPCC_VMLINUX);
}

/* How many ranges begin before that place of a section, or are in sections before it. */
static size_t ranges_before(const struct ranges *ranges, size_t section, uint64_t offset)
{
	size_t low = 0, high = ranges->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct range *range = &ranges->entries[middle];

		if (range->section < section ||
		    (range->section == section && range->start < offset))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The range that has one of those bytes; of several, the one that begins last. NULL: none. */
static const struct range *find_range(const struct ranges *ranges, size_t section,
				      uint64_t offset, unsigned int width)
{
	for (size_t i = ranges_before(ranges, section, offset + width); i-- > 0;) {
		const struct range *range = &ranges->entries[i];

		if (range->section != section || range->reach <= offset)
			return NULL;
		if (range->end > offset)
			return range;
	}
	return NULL;
}

static struct klpcc_error *range_error(const struct klpcc_link *link,
				       const struct klpcc_elf_section *section,
				       size_t entry, const struct klpcc_link_mark *mark,
				       const struct range *range)
{
	struct klpcc_error *err;
	char *text;

	if (asprintf(
		    &text,
		    "cannot wait for module %.*s at 0x%llx of section '%s', because %s (section '%s', entry %zu); take the address in an instruction outside of that code",
		    (int)mark->gate.len, mark->gate.start,
		    (unsigned long long)range->start,
		    klpcc_elf_section(link->elf, range->section)->name,
		    range->rewrite->reason,
		    klpcc_elf_section(link->elf, range->list)->name, range->entry) < 0)
		text = NULL;
	err = klpcc_link_entry_error(link, section, entry, mark, text);
	free(text);
	return err;
}

static struct klpcc_error *check_section(const struct klpcc_link *link,
					 const struct klpcc_elf_section *section,
					 const struct ranges *ranges)
{
	const struct klpcc_elf_relocation *relocations;
	size_t relocated = section->header.sh_info;
	struct klpcc_error *err;
	size_t count;

	err = klpcc_elf_relocations(link->elf, section, &relocations, &count);
	for (size_t i = 0; !err && i < count; i++) {
		uint32_t mark = link->mark_of[relocations[i].symbol];
		const struct range *range;
		unsigned int width;

		if (mark == KLPCC_LINK_NONE || !mark_waits(&link->marks[mark]) ||
		    !klpcc_arch_applies(link->arch, relocations[i].type, &width))
			continue;
		range = find_range(ranges, relocated, relocations[i].offset, width);
		if (range)
			err = range_error(link, section, i, &link->marks[mark], range);
	}
	return err;
}

static bool any_waits(const struct klpcc_link *link)
{
	for (size_t i = 0; i < link->mark_count; i++)
		if (link->marks[i].used && mark_waits(&link->marks[i]))
			return true;
	return false;
}

struct klpcc_error *klpcc_link_check_rewritten(const struct klpcc_link *link)
{
	struct ranges ranges = { .count = 0 };
	struct klpcc_error *err;

	if (!any_waits(link))
		return NULL;
	err = read_lists(link, &ranges);
	for (size_t i = 1; !err && ranges.count && i < klpcc_elf_sections(link->elf);
	     i++) {
		const struct klpcc_elf_section *section = klpcc_elf_section(link->elf, i);

		if (klpcc_link_is_natural(link, section))
			err = check_section(link, section, &ranges);
	}
	free(ranges.entries);
	return err;
}
