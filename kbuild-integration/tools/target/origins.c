// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Takes the sources of an object's symbols from another file: finds the counterpart of
 * each symbol there, and copies what is known of its source.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "target-data.h"

/* One symbol of either side. Sorting brings those together that may be the same. */
struct entry {
	uint32_t name; /* number of the string */
	bool counted;  /* those that the kernel does not count are a group of their own */
	uint64_t key;  /* address, or place in the order */
	uint32_t number;
};

struct side {
	struct entry *entries;
	size_t count;
};

static int compare_entries(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;

	if (a->name != b->name)
		return a->name < b->name ? -1 : 1;
	if (a->counted != b->counted)
		return a->counted - b->counted;
	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return (a->number > b->number) - (a->number < b->number);
}

static struct klpcc_error *side_init(struct side *side, size_t room)
{
	*side = (struct side){ calloc(room + 1, sizeof(*side->entries)), 0 };
	return side->entries ? NULL : klpcc_error_nomem();
}

/*
 * Whether addresses on both sides are those of the link: not where they are hidden, nor where the
 * kernel was moved when it booted, nor in a module.
 */
static bool same_addresses(const struct klpcc_target *target, uint32_t object,
			   const struct klpcc_source_symbol *symbols, size_t count)
{
	uint32_t mark = klpcc_string_find(&target->strings, "_stext");
	size_t k = 0;

	while (k < count && strcmp(symbols[k].name, "_stext"))
		k++;
	if (!mark || k == count || object != KLPCC_TARGET_VMLINUX)
		return false;
	for (size_t i = 0; i < target->symbols_count; i++) {
		const struct klpcc_symbol_data *symbol = &target->symbols[i];

		if (symbol->object == object && symbol->name == mark)
			return symbol->has_address &&
			       symbol->address == symbols[k].address;
	}
	return false;
}

static void fill_ours(struct side *side, const struct klpcc_target *target,
		      uint32_t object, bool addresses)
{
	for (size_t i = 0; i < target->symbols_count; i++) {
		const struct klpcc_symbol_data *symbol = &target->symbols[i];

		if (symbol->object == object)
			side->entries[side->count++] =
				(struct entry){ symbol->name, symbol->counted,
						addresses ? symbol->address : i,
						(uint32_t)i };
	}
	qsort(side->entries, side->count, sizeof(*side->entries), compare_entries);
}

static void fill_theirs(struct side *side, const struct klpcc_target *target,
			const struct klpcc_source_symbol *symbols, size_t count,
			bool addresses)
{
	for (size_t i = 0; i < count; i++) {
		uint32_t name = klpcc_string_find(&target->strings, symbols[i].name);

		if (name)
			side->entries[side->count++] =
				(struct entry){ name, symbols[i].counted,
						addresses ? symbols[i].address : i,
						(uint32_t)i };
	}
	qsort(side->entries, side->count, sizeof(*side->entries), compare_entries);
}

static struct klpcc_error *set_source(struct klpcc_target *target, uint32_t number,
				      const struct klpcc_source_symbol *symbol)
{
	uint32_t old = target->symbols[number].source, source;
	struct klpcc_error *err;

	if (!symbol->source || (old && !strchr(symbol->source, '/')))
		return NULL;
	if (!klpcc_string_printable(symbol->source, true))
		return klpcc_error_new(
			EINVAL,
			"source file of '%.64s' is empty or contains a control character",
			symbol->name);
	err = klpcc_string_intern(&target->strings, symbol->source, &source);
	if (!err)
		target->symbols[number].source = source;
	return err;
}

/* The end of the group that begins there: of one name, counted or not. */
static size_t group_end(const struct side *side, size_t first)
{
	size_t end = first;

	while (end < side->count &&
	       side->entries[end].name == side->entries[first].name &&
	       side->entries[end].counted == side->entries[first].counted)
		end++;
	return end;
}

/* Pairs the symbols of two groups: by address, or one after the other. */
static struct klpcc_error *pair_group(struct klpcc_target *target,
				      const struct entry *ours, size_t count,
				      const struct entry *theirs, size_t their_count,
				      bool addresses,
				      const struct klpcc_source_symbol *symbols)
{
	struct klpcc_error *err = NULL;
	size_t k = 0;

	if (!addresses && count != their_count)
		return NULL;
	for (size_t i = 0; !err && i < count; i++) {
		if (!addresses)
			k = i;
		while (addresses && k < their_count && theirs[k].key < ours[i].key)
			k++;
		if (k < their_count && (!addresses || theirs[k].key == ours[i].key))
			err = set_source(target, ours[i].number,
					 &symbols[theirs[k].number]);
	}
	return err;
}

static struct klpcc_error *pair_groups(struct klpcc_target *target,
				       const struct side *ours, const struct side *theirs,
				       bool addresses,
				       const struct klpcc_source_symbol *symbols)
{
	struct klpcc_error *err = NULL;
	size_t i = 0, k = 0;

	while (!err && i < ours->count && k < theirs->count) {
		struct entry a = ours->entries[i], b = theirs->entries[k];
		size_t end = group_end(ours, i), their_end = group_end(theirs, k);
		int order;

		a.key = b.key = a.number = b.number = 0;
		order = compare_entries(&a, &b);
		if (!order)
			err = pair_group(target, &ours->entries[i], end - i,
					 &theirs->entries[k], their_end - k, addresses,
					 symbols);
		i = order <= 0 ? end : i;
		k = order >= 0 ? their_end : k;
	}
	return err;
}

struct klpcc_error *klpcc_target_set_sources(struct klpcc_target *target, uint32_t object,
					     const struct klpcc_source_symbol *symbols,
					     size_t count)
{
	bool addresses = same_addresses(target, object, symbols, count);
	struct side ours = { NULL, 0 }, theirs = { NULL, 0 };
	struct klpcc_error *err;

	err = side_init(&ours, target->objects[object].symbols);
	if (!err)
		err = side_init(&theirs, count);
	if (!err) {
		fill_ours(&ours, target, object, addresses);
		fill_theirs(&theirs, target, symbols, count, addresses);
		err = pair_groups(target, &ours, &theirs, addresses, symbols);
	}
	free(ours.entries);
	free(theirs.entries);
	return err;
}
