// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The final link, validating: marks against the module's own definitions.
 *
 * The compiler sees one source file. When another file of the same module defines `helper`
 * and the target has a `helper` too, `extern int helper(void)` was marked for the target
 * although the module's own may be meant. And if the target exports one, the linker has taken
 * the module's own although the target's may be meant. This shows only here, where the files are
 * linked together, and only the author can decide it.
 */
#include "link-private.h"

#include <klp-ref.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct definition {
	struct klpcc_span name;
	const struct klpcc_elf_symbol *symbol;
};

static int compare_definitions(const void *a, const void *b)
{
	const struct definition *left = a, *right = b;
	int order = klpcc_span_compare(left->name, right->name);

	if (order)
		return order;
	return (left->symbol > right->symbol) - (left->symbol < right->symbol);
}

/*
 * What `extern` in another file could have meant: anything defined that is not local,
 * whatever its type, for assembler sources give none. Weak and common ones too.
 */
static bool is_definition(const struct klpcc_elf_symbol *symbol)
{
	return symbol->binding != STB_LOCAL && symbol->type != STT_FILE &&
	       symbol->type != STT_SECTION &&
	       (symbol->reserved || symbol->section != SHN_UNDEF);
}

/* Sorted by name. */
static struct klpcc_error *collect_definitions(const struct klpcc_link *link,
					       struct definition **ret, size_t *count)
{
	size_t wanted = 0;

	for (size_t i = 1; i < link->symbol_count; i++)
		wanted += is_definition(&link->symbols[i]);
	*ret = calloc(wanted + 1, sizeof(**ret));
	if (!*ret)
		return klpcc_error_nomem();
	*count = 0;
	for (size_t i = 1; i < link->symbol_count; i++) {
		const struct klpcc_elf_symbol *symbol = &link->symbols[i];

		if (!is_definition(symbol))
			continue;
		(*ret)[*count].name = klpcc_span_of(symbol->name);
		(*ret)[(*count)++].symbol = symbol;
	}
	qsort(*ret, *count, sizeof(**ret), compare_definitions);
	return NULL;
}

/* First definition of that name, or NULL. */
static const struct klpcc_elf_symbol *
find_definition(const struct definition *definitions, size_t count,
		struct klpcc_span name)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (klpcc_span_compare(definitions[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && klpcc_span_equal(definitions[low].name, name)
		       ? definitions[low].symbol
		       : NULL;
}

/* place: " (patch.c:12:5)" or "". would: what was to become of the name. */
static struct klpcc_error *clash_error(const struct klpcc_link *link,
				       const struct klpcc_elf_symbol *symbol,
				       const char *place, const char *would,
				       struct klpcc_span object)
{
	return klpcc_elf_error(
		link->elf, NULL,
		"'%s'%s %s %.*s, but the module defines it itself (section '%s', offset 0x%llx): declare it klp_ordinary for the module's own, or klp_object(\"%.*s\") for the target's",
		symbol->name, place, would, (int)object.len, object.start,
		symbol->reserved ? "COMMON"
				 : klpcc_elf_section(link->elf, symbol->section)->name,
		(unsigned long long)symbol->value, (int)object.len, object.start);
}

/* Records whose author did not say whose symbol is meant. Modules have few definitions. */
static struct klpcc_error *check_marks(const struct klpcc_link *link,
				       const struct definition *definitions, size_t count)
{
	for (size_t i = 0; i < link->ref_count; i++) {
		const struct klpcc_link_ref *ref = &link->refs[i];
		const struct klpcc_link_mark *mark = &link->marks[ref->mark];
		const struct klpcc_elf_symbol *symbol;
		char place[512];

		if (!mark->used || (ref->flags & KLPCC_REF_EXPLICIT))
			continue;
		symbol = find_definition(definitions, count, mark->ref.symbol);
		if (!symbol)
			continue;
		klpcc_link_place(ref, place, sizeof(place));
		return clash_error(link, symbol, place, "would be taken from",
				   mark->ref.object);
	}
	return NULL;
}

/* The next string of a table; false at its end, or where it does not end. */
static bool next_string(const unsigned char *bytes, size_t size, size_t *at,
			struct klpcc_span *ret)
{
	const unsigned char *end =
		*at < size ? memchr(bytes + *at, '\0', size - *at) : NULL;

	if (!end)
		return false;
	ret->start = (const char *)bytes + *at;
	ret->len = (size_t)(end - bytes) - *at;
	*at += ret->len + 1;
	return true;
}

static struct klpcc_error *check_exports_of(const struct klpcc_link *link,
					    const struct klpcc_elf_section *table,
					    const struct definition *definitions,
					    size_t count)
{
	const struct klpcc_elf_symbol *symbol;
	struct klpcc_span name, object, where;
	const unsigned char *bytes;
	struct klpcc_error *err;
	size_t size, at = 0;

	err = klpcc_elf_section_bytes(link->elf, table, &bytes, &size);
	while (!err && at < size) {
		const size_t start = at;
		char place[512];

		if (!next_string(bytes, size, &at, &name) ||
		    !next_string(bytes, size, &at, &object) ||
		    !next_string(bytes, size, &at, &where))
			return klpcc_elf_error(
				link->elf, table,
				"offset 0x%zx: expected a name, an object and a place",
				start);
		symbol = find_definition(definitions, count, name);
		if (!symbol)
			continue;
		snprintf(place, sizeof(place), " (%.*s)", (int)where.len, where.start);
		err = clash_error(link, symbol, place, "is an export of", object);
	}
	return err;
}

/* Names of exports whose author did not say so. */
static struct klpcc_error *check_exports(const struct klpcc_link *link,
					 const struct definition *definitions,
					 size_t count)
{
	struct klpcc_error *err = NULL;

	for (size_t i = 1; !err && i < klpcc_elf_sections(link->elf); i++) {
		const struct klpcc_elf_section *section = klpcc_elf_section(link->elf, i);

		if (link->table[i] && !strcmp(section->name, KLPCC_REF_EXPORTS))
			err = check_exports_of(link, section, definitions, count);
	}
	return err;
}

struct klpcc_error *klpcc_link_check_definitions(const struct klpcc_link *link)
{
	struct definition *definitions;
	struct klpcc_error *err;
	size_t count = 0;

	err = collect_definitions(link, &definitions, &count);
	if (!err)
		err = check_marks(link, definitions, count);
	/* An ordinary module is linked as C is. */
	if (!err && link->livepatch)
		err = check_exports(link, definitions, count);
	free(definitions);
	return err;
}
