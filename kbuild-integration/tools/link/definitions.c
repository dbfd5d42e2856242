// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The final link, validating: marks against the module's own definitions.
 *
 * The compiler sees one source file. When another file of the same module defines `helper`
 * and the target has a `helper` too, `extern int helper(void)` was marked for the target
 * although the module's own may be meant. Only here, with the files linked together, does
 * that show; nobody can decide it but the author.
 */
#include "link-private.h"

#include <klp-ref.h>
#include <stdlib.h>

struct definition {
	struct klpcc_span name;
	const struct klpcc_elf_symbol *symbol;
};

static int compare_definitions(const void *a, const void *b)
{
	const struct definition *left = a, *right = b;
	int order = klpcc_link_compare(left->name, right->name);

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
static struct klpcc_error *collect(const struct klpcc_link *link, struct definition **ret,
				   size_t *count)
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
static const struct klpcc_elf_symbol *find(const struct definition *definitions,
					   size_t count, struct klpcc_span name)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (klpcc_link_compare(definitions[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && klpcc_span_equal(definitions[low].name, name)
		       ? definitions[low].symbol
		       : NULL;
}

static struct klpcc_error *clash(const struct klpcc_link *link,
				 const struct klpcc_link_mark *mark,
				 const struct klpcc_link_ref *from,
				 const struct klpcc_elf_symbol *symbol)
{
	const struct klpcc_ref *ref = &mark->ref;
	char place[512];

	klpcc_link_place(from, place, sizeof(place));
	return klpcc_elf_error(
		link->elf, NULL,
		"'%s'%s would be taken from %.*s, but the module defines it itself "
		"(section "
		"'%s', offset 0x%llx): declare it klp_ordinary for the module's own, or "
		"klp_object(\"%.*s\") for the target's",
		symbol->name, place, (int)ref->object.len, ref->object.start,
		symbol->reserved ? "COMMON"
				 : klpcc_elf_section(link->elf, symbol->section)->name,
		(unsigned long long)symbol->value, (int)ref->object.len,
		ref->object.start);
}

/* Records whose author did not say whose symbol is meant. Modules have few definitions. */
struct klpcc_error *klpcc_link_check_definitions(const struct klpcc_link *link)
{
	struct definition *definitions;
	struct klpcc_error *err;
	size_t count = 0;

	if (!link->ref_count)
		return NULL;
	err = collect(link, &definitions, &count);
	for (size_t i = 0; !err && i < link->ref_count; i++) {
		const struct klpcc_link_ref *ref = &link->refs[i];
		const struct klpcc_link_mark *mark = &link->marks[ref->mark];
		const struct klpcc_elf_symbol *symbol;

		if (!mark->used || (ref->flags & KLPCC_REF_EXPLICIT))
			continue;
		symbol = find(definitions, count, mark->ref.symbol);
		if (symbol)
			err = clash(link, mark, ref, symbol);
	}
	free(definitions);
	return err;
}
