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

/* A record whose author did not say whose symbol is meant. */
struct claim {
	struct klpcc_span symbol;
	const struct klpcc_link_mark *mark;
	const struct klpcc_link_ref *ref;
};

static int compare_claims(const void *a, const void *b)
{
	const struct claim *left = a, *right = b;
	int order = klpcc_link_compare(left->symbol, right->symbol);

	if (order)
		return order;
	return (left->ref > right->ref) - (left->ref < right->ref);
}

static size_t collect(const struct klpcc_link *link, struct claim *claims)
{
	size_t count = 0;

	for (size_t i = 0; i < link->ref_count; i++) {
		const struct klpcc_link_ref *ref = &link->refs[i];
		const struct klpcc_link_mark *mark = &link->marks[ref->mark];

		if (!mark->used || (ref->flags & KLPCC_REF_EXPLICIT))
			continue;
		claims[count].symbol = mark->ref.symbol;
		claims[count].mark = mark;
		claims[count++].ref = ref;
	}
	qsort(claims, count, sizeof(*claims), compare_claims);
	return count;
}

/* First claim of that symbol, or NULL. */
static const struct claim *find(const struct claim *claims, size_t count,
				struct klpcc_span symbol)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (klpcc_link_compare(claims[middle].symbol, symbol) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && klpcc_span_equal(claims[low].symbol, symbol) ? &claims[low]
									   : NULL;
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

static struct klpcc_error *clash(const struct klpcc_link *link, const struct claim *claim,
				 const struct klpcc_elf_symbol *symbol)
{
	const struct klpcc_ref *ref = &claim->mark->ref;
	char place[512];

	klpcc_link_place(claim->ref, place, sizeof(place));
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

struct klpcc_error *klpcc_link_check_definitions(const struct klpcc_link *link)
{
	struct claim *claims = calloc(link->ref_count + 1, sizeof(*claims));
	struct klpcc_error *err = NULL;
	size_t count;

	if (!claims)
		return klpcc_error_nomem();
	count = collect(link, claims);
	for (size_t i = 1; count && !err && i < link->symbol_count; i++) {
		const struct klpcc_elf_symbol *symbol = &link->symbols[i];
		const struct claim *claim;

		if (!is_definition(symbol))
			continue;
		claim = find(claims, count, klpcc_span_of(symbol->name));
		if (claim)
			err = clash(link, claim, symbol);
	}
	free(claims);
	return err;
}
