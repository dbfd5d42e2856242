// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Two objects of one source file: see against.h. Finds what belongs together, and compares it.
 */
#include "against.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "entries.h"
#include "shape.h"

/* An object, and its functions and variables in the order of their names. */
struct side {
	struct klpcc_match_file file;
	struct klpcc_shape shape;
	struct klpcc_entries entries;
	uint32_t *order;
	size_t count;
};

/* ---- the symbols ----------------------------------------------------------------------- */

static bool is_compared(const struct klpcc_match_file *file,
			const struct klpcc_elf_symbol *symbol)
{
	return klpcc_match_is_named(file, symbol) &&
	       (symbol->type == STT_FUNC || symbol->type == STT_OBJECT) &&
	       !klpcc_shape_is_instance(symbol) &&
	       strncmp(symbol->name, "__UNIQUE_ID", strlen("__UNIQUE_ID")) &&
	       strncmp(symbol->name, "__pfx_", strlen("__pfx_"));
}

static int compare_keys(const struct side *a, uint32_t first, const struct side *b,
			uint32_t second)
{
	uint32_t left = a->shape.ordinals[first], right = b->shape.ordinals[second];
	int order = klpcc_shape_compare_names(a->file.symbols[first].name,
					      b->file.symbols[second].name);

	return order ? order : left < right ? -1 : left > right;
}

/* For qsort_r(). */
static int compare_order(const void *left, const void *right, void *arg)
{
	const struct side *side = arg;

	return compare_keys(side, *(const uint32_t *)left, side,
			    *(const uint32_t *)right);
}

/* The file is open. */
static struct klpcc_error *prepare_side(struct side *side)
{
	struct klpcc_error *err;

	err = klpcc_shape_init(&side->file, &side->shape);
	if (!err)
		err = klpcc_entries_init(&side->shape, &side->entries);
	if (err)
		return err;
	side->order = calloc(side->file.symbol_count, sizeof(*side->order));
	if (!side->order)
		return klpcc_error_nomem();
	for (size_t i = 1; i < side->file.symbol_count; i++)
		if (is_compared(&side->file, &side->file.symbols[i]))
			side->order[side->count++] = (uint32_t)i;
	qsort_r(side->order, side->count, sizeof(*side->order), compare_order, side);
	return NULL;
}

static void close_side(struct side *side)
{
	free(side->order);
	klpcc_entries_deinit(&side->entries);
	klpcc_shape_deinit(&side->shape);
	klpcc_match_file_close(&side->file);
}

/* ---- comparing ------------------------------------------------------------------------- */

static struct klpcc_shape_range range_of(const struct side *side, uint32_t number)
{
	const struct klpcc_elf_symbol *symbol = &side->file.symbols[number];

	return (struct klpcc_shape_range){
		.shape = &side->shape,
		.section = symbol->section,
		.start = symbol->value,
		.size = klpcc_match_size_of(&side->file, symbol),
	};
}

/* *ret: the words for the first difference; NULL if there is none. */
static struct klpcc_error *compare_pair(const struct side *a, uint32_t first,
					const struct side *b, uint32_t second,
					uint64_t *work, char **ret)
{
	struct klpcc_shape_range left = range_of(a, first), right = range_of(b, second);
	struct klpcc_shape_difference difference;
	const char *list = NULL;
	int length;

	if (!klpcc_shape_is_same(&left, &right, work, &difference)) {
		length = asprintf(ret, "at +0x%llx: %s",
				  (unsigned long long)difference.offset, difference.what);
		return length < 0 ? klpcc_error_nomem() : NULL;
	}
	if (klpcc_entries_are_same(&a->entries, &left, &b->entries, &right, work, &list))
		return NULL;
	length = asprintf(ret, "its entries in section '%.80s' are others", list);
	return length < 0 ? klpcc_error_nomem() : NULL;
}

static struct klpcc_error *add_symbol(struct klpcc_against *against,
				      const struct side *side, uint32_t number,
				      enum klpcc_against_state state, char *difference)
{
	struct klpcc_against_symbol *symbol = &against->symbols[against->count++];

	symbol->name = strdup(side->file.symbols[number].name);
	symbol->function = side->file.symbols[number].type == STT_FUNC;
	symbol->state = state;
	symbol->difference = difference;
	if (state == KLPCC_AGAINST_SAME)
		against->same++;
	else
		against->others++;
	return symbol->name ? NULL : klpcc_error_nomem();
}

static struct klpcc_error *compare_sides(const struct side *a, const struct side *b,
					 struct klpcc_against *against)
{
	uint64_t work = klpcc_shape_work(&a->shape);
	struct klpcc_error *err = NULL;
	size_t i = 0, k = 0;

	against->symbols = calloc(a->count + b->count + 1, sizeof(*against->symbols));
	if (!against->symbols)
		return klpcc_error_nomem();
	while (!err && (i < a->count || k < b->count)) {
		int order = i == a->count ? 1
			    : k == b->count
				    ? -1
				    : compare_keys(a, a->order[i], b, b->order[k]);
		char *difference = NULL;

		if (order < 0) {
			err = add_symbol(against, a, a->order[i++], KLPCC_AGAINST_GONE,
					 NULL);
		} else if (order > 0) {
			err = add_symbol(against, b, b->order[k++], KLPCC_AGAINST_NEW,
					 NULL);
		} else {
			err = compare_pair(a, a->order[i], b, b->order[k], &work,
					   &difference);
			if (!err)
				err = add_symbol(against, a, a->order[i],
						 difference ? KLPCC_AGAINST_CHANGED
							    : KLPCC_AGAINST_SAME,
						 difference);
			i++;
			k++;
		}
	}
	return err;
}

static struct klpcc_error *check_sides(const struct side *a, const struct side *b)
{
	if (a->file.arch == b->file.arch)
		return NULL;
	return klpcc_elf_error(b->file.elf, NULL, "is for %s, and %s for %s",
			       b->file.arch->name, klpcc_elf_label(a->file.elf),
			       a->file.arch->name);
}

/* Closes both. err: of opening them. */
static struct klpcc_error *compare_opened(struct side *a, struct side *b,
					  struct klpcc_error *err,
					  struct klpcc_against *ret)
{
	struct klpcc_against against = { .count = 0 };

	if (!err)
		err = check_sides(a, b);
	if (!err)
		err = prepare_side(a);
	if (!err)
		err = prepare_side(b);
	if (!err)
		err = compare_sides(a, b, &against);
	if (err)
		klpcc_against_deinit(&against);
	else
		*ret = against;
	close_side(a);
	close_side(b);
	return err;
}

struct klpcc_error *klpcc_against(const char *original, const char *changed,
				  struct klpcc_against *ret)
{
	struct side a = { .count = 0 }, b = { .count = 0 };
	struct klpcc_error *err;

	err = klpcc_match_file_open(original, &a.file);
	if (!err)
		err = klpcc_match_file_open(changed, &b.file);
	return compare_opened(&a, &b, err, ret);
}

struct klpcc_error *klpcc_against_memory(const void *original, size_t original_size,
					 const void *changed, size_t changed_size,
					 struct klpcc_against *ret)
{
	struct side a = { .count = 0 }, b = { .count = 0 };
	struct klpcc_error *err;

	err = klpcc_match_file_open_memory("original", original, original_size, &a.file);
	if (!err)
		err = klpcc_match_file_open_memory("changed", changed, changed_size,
						   &b.file);
	return compare_opened(&a, &b, err, ret);
}

void klpcc_against_deinit(struct klpcc_against *against)
{
	for (size_t i = 0; i < against->count; i++) {
		free(against->symbols[i].name);
		free(against->symbols[i].difference);
	}
	free(against->symbols);
	*against = (struct klpcc_against){ .count = 0 };
}
