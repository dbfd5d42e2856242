// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Whether two objects of one source file have the same code and data: see shape.h.
 *
 * What is at which offset of a section says nothing: a function that grows moves all others. So a
 * reference counts by what it means: the name of a symbol, numbers aside, and the offset in it;
 * the contents, where the link merges them or where the data has no name, as switch tables. Calls
 * inside a section have no relocation: where their bytes differ, they are decoded.
 */
#include "shape.h"

#include <ctype.h>
#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/array.h"
#include "match-private.h"

/* How deep data without a name may refer to more of it. */
#define DEPTH 8

/* ---- names without numbers ------------------------------------------------------------- */

/* Skips parts of a name that are a number: ".45", but not ".part". */
static const char *skip_numbers(const char *name)
{
	while (*name == '.') {
		size_t digits = strspn(name + 1, "0123456789");

		if (!digits || (name[1 + digits] && name[1 + digits] != '.'))
			break;
		name += 1 + digits;
	}
	return name;
}

int klpcc_shape_compare_names(const char *a, const char *b)
{
	for (;; a++, b++) {
		a = skip_numbers(a);
		b = skip_numbers(b);
		if (*a != *b || !*a)
			return (unsigned char)*a - (unsigned char)*b;
	}
}

/* For qsort_r(). */
static int compare_symbols(const void *left, const void *right, void *arg)
{
	const struct klpcc_elf_symbol *symbols = arg;
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
	int order = klpcc_shape_compare_names(symbols[a].name, symbols[b].name);

	return order ? order : a < b ? -1 : a > b;
}

static struct klpcc_error *count_namesakes(const struct klpcc_match_file *file,
					   uint32_t *ordinals)
{
	uint32_t *order = calloc(file->symbol_count, sizeof(*order));
	size_t count = 0;

	if (!order)
		return klpcc_error_nomem();
	for (size_t i = 1; i < file->symbol_count; i++)
		if (klpcc_match_is_named(file, &file->symbols[i]))
			order[count++] = (uint32_t)i;
	qsort_r(order, count, sizeof(*order), compare_symbols, (void *)file->symbols);
	for (size_t i = 1; i < count; i++)
		if (!klpcc_shape_compare_names(file->symbols[order[i - 1]].name,
					       file->symbols[order[i]].name))
			ordinals[order[i]] = ordinals[order[i - 1]] + 1;
	free(order);
	return NULL;
}

/* What it is an instance of, the same pointer for all of them; NULL: it is none. */
static const char *find_kind(const struct klpcc_elf_symbol *symbol)
{
	static const char *const names[] = {
		"__func__",
		"__FUNCTION__",
		"__PRETTY_FUNCTION__",
		"__already_done",
		"__warned",
		"__print_once",
		"_rs",
		"__key",
		"__msg",
		"_entry",
		"descriptor",
		"__UNIQUE_ID_ddebug",
	};

	if (symbol->type != STT_OBJECT || symbol->binding != STB_LOCAL)
		return NULL;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *rest = symbol->name + strlen(names[i]);

		if (!strncmp(symbol->name, names[i], strlen(names[i])) &&
		    (!*rest || *rest == '.' || isdigit((unsigned char)*rest)))
			return names[i];
	}
	return NULL;
}

bool klpcc_shape_is_instance(const struct klpcc_elf_symbol *symbol)
{
	return find_kind(symbol) != NULL;
}

/* ---- what a reference means ------------------------------------------------------------ */

enum kind { NAMED, MERGED, UNNAMED };

struct meaning {
	enum kind kind;
	uint32_t symbol; /* NAMED: its number */
	int64_t offset;  /* NAMED: in the symbol; MERGED: what is added to the piece */
	const unsigned char *contents; /* MERGED */
	size_t size;
	size_t section; /* UNNAMED: where it is */
	uint64_t start;
};

/* The symbol that has the byte, or NULL. */
static const uint32_t *find_cover(const struct klpcc_match_file *file, size_t section,
				  uint64_t offset)
{
	const struct klpcc_match_section *in = &file->sections[section];
	size_t low = 0, high = in->symbol_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (file->symbols[in->symbols[middle]].value <= offset)
			low = middle + 1;
		else
			high = middle;
	}
	/* Of several at one place the last; there are few that have no size. */
	for (size_t tries = 0; low-- && tries < 16; tries++) {
		const struct klpcc_elf_symbol *symbol = &file->symbols[in->symbols[low]];

		if (symbol->value == offset || offset - symbol->value < symbol->size)
			return &in->symbols[low];
		if (symbol->size)
			break;
	}
	return NULL;
}

static struct meaning mean_place(const struct klpcc_match_file *file, size_t section,
				 uint64_t offset)
{
	const uint32_t *cover = find_cover(file, section, offset);

	if (!cover)
		return (struct meaning){ .kind = UNNAMED,
					 .section = section,
					 .start = offset };
	return (struct meaning){
		.kind = NAMED,
		.symbol = *cover,
		.offset = (int64_t)(offset - file->symbols[*cover].value),
	};
}

static struct meaning mean_relocation(const struct klpcc_match_file *file,
				      const struct klpcc_match_section *section,
				      const struct klpcc_elf_relocation *relocation)
{
	const struct klpcc_elf_symbol *symbol = &file->symbols[relocation->symbol];
	struct meaning meaning = { .kind = NAMED, .symbol = relocation->symbol };

	if (symbol->binding != STB_LOCAL || symbol->reserved || !symbol->section) {
		meaning.offset = relocation->addend;
		return meaning;
	}
	if (!klpcc_match_is_merged(&file->sections[symbol->section]))
		return mean_place(file, symbol->section,
				  symbol->value + (uint64_t)klpcc_match_addend(
							  file, section, relocation));
	meaning.kind = MERGED;
	meaning.contents = klpcc_match_contents(file, relocation, &meaning.size);
	meaning.offset = symbol->type == STT_SECTION ? 0 : relocation->addend;
	return meaning;
}

/* ---- where data without a name begins -------------------------------------------------- */

static int compare_offsets(const void *left, const void *right)
{
	uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;

	return a < b ? -1 : a > b;
}

static struct klpcc_error *add_start(struct klpcc_shape_starts *starts, uint64_t offset)
{
	uint64_t *offsets = klpcc_array_grow(starts->offsets, starts->count, 1,
					     &starts->capacity, sizeof(*offsets));

	if (!offsets)
		return klpcc_error_nomem();
	starts->offsets = offsets;
	offsets[starts->count++] = offset;
	return NULL;
}

static struct klpcc_error *find_starts(struct klpcc_shape *shape)
{
	const struct klpcc_match_file *file = shape->file;
	struct klpcc_error *err = NULL;

	for (size_t i = 1; !err && i < file->section_count; i++) {
		const struct klpcc_match_section *section = &file->sections[i];

		for (size_t k = 0;
		     !err && section->bytes && k < section->relocation_count; k++) {
			struct meaning meaning =
				mean_relocation(file, section, &section->relocations[k]);

			if (meaning.kind == UNNAMED)
				err = add_start(&shape->starts[meaning.section],
						meaning.start);
		}
	}
	for (size_t i = 1; !err && i < file->section_count; i++)
		if (shape->starts[i].count)
			qsort(shape->starts[i].offsets, shape->starts[i].count,
			      sizeof(uint64_t), compare_offsets);
	return err;
}

/* Up to the next that something refers to, or that has a name. */
static struct klpcc_shape_range range_of_unnamed(const struct klpcc_shape *shape,
						 const struct meaning *meaning)
{
	const struct klpcc_match_section *section =
		&shape->file->sections[meaning->section];
	const struct klpcc_shape_starts *starts = &shape->starts[meaning->section];
	uint64_t end = section->size;
	size_t low = 0, high = starts->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (starts->offsets[middle] <= meaning->start)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < starts->count && starts->offsets[low] < end)
		end = starts->offsets[low];
	low = 0;
	high = section->symbol_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (shape->file->symbols[section->symbols[middle]].value <=
		    meaning->start)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < section->symbol_count &&
	    shape->file->symbols[section->symbols[low]].value < end)
		end = shape->file->symbols[section->symbols[low]].value;
	return (struct klpcc_shape_range){
		.shape = shape,
		.section = meaning->section,
		.start = meaning->start,
		.size = end > meaning->start ? end - meaning->start : 0,
	};
}

/* ---- comparing ------------------------------------------------------------------------- */

static bool compare_ranges(const struct klpcc_shape_range *a,
			   const struct klpcc_shape_range *b, unsigned int depth,
			   uint64_t *work, struct klpcc_shape_difference *ret);

static bool differ(struct klpcc_shape_difference *ret, uint64_t offset, const char *what)
{
	*ret = (struct klpcc_shape_difference){ .offset = offset, .what = what };
	return false;
}

static bool is_same_name(const struct klpcc_shape *a, uint32_t first,
			 const struct klpcc_shape *b, uint32_t second)
{
	return !klpcc_shape_compare_names(a->file->symbols[first].name,
					  b->file->symbols[second].name) &&
	       a->ordinals[first] == b->ordinals[second];
}

/* References to an instance: its symbol may have no size, as an empty key. */
static bool is_same_instance(const struct klpcc_shape *a, const struct meaning *first,
			     const struct klpcc_shape *b, const struct meaning *second,
			     unsigned int depth, uint64_t *work)
{
	const struct klpcc_elf_symbol *left = &a->file->symbols[first->symbol];
	const struct klpcc_elf_symbol *right = &b->file->symbols[second->symbol];
	struct klpcc_shape_range one = { a, left->section, left->value, left->size };
	struct klpcc_shape_range other = { b, right->section, right->value, right->size };
	struct klpcc_shape_difference difference;

	/* By kind: __COUNTER__, which is in some names, counts other macros of the file, too. */
	return depth && first->offset == second->offset &&
	       find_kind(left) == find_kind(right) &&
	       compare_ranges(&one, &other, depth - 1, work, &difference);
}

static bool is_instance(const struct klpcc_shape *shape, const struct meaning *meaning)
{
	return klpcc_shape_is_instance(&shape->file->symbols[meaning->symbol]);
}

/* Nothing but zeros, as before what needs an alignment. */
static bool is_padding(const struct klpcc_shape_range *range, uint64_t from)
{
	const struct klpcc_match_section *section =
		&range->shape->file->sections[range->section];
	size_t next = klpcc_match_relocations_from(section, range->start + from);

	if (next < section->relocation_count &&
	    section->relocations[next].offset < range->start + range->size)
		return false;
	for (uint64_t i = from; section->bytes && i < range->size; i++)
		if (section->bytes[range->start + i])
			return false;
	return true;
}

static bool is_same_unnamed(const struct klpcc_shape *a, const struct meaning *first,
			    const struct klpcc_shape *b, const struct meaning *second,
			    unsigned int depth, uint64_t *work)
{
	struct klpcc_shape_range left = range_of_unnamed(a, first);
	struct klpcc_shape_range right = range_of_unnamed(b, second);
	uint64_t size = left.size < right.size ? left.size : right.size;
	struct klpcc_shape_difference difference;

	/* The end of a section, or beyond. */
	if (!left.size || !right.size)
		return left.size == right.size &&
		       first->start - a->file->sections[first->section].size ==
			       second->start - b->file->sections[second->section].size;
	if (!depth || !is_padding(&left, size) || !is_padding(&right, size))
		return false;
	left.size = right.size = size;
	return compare_ranges(&left, &right, depth - 1, work, &difference);
}

static bool is_same_meaning(const struct klpcc_shape *a, const struct meaning *first,
			    const struct klpcc_shape *b, const struct meaning *second,
			    unsigned int depth, uint64_t *work)
{
	if (first->kind != second->kind)
		return false;
	switch (first->kind) {
	case NAMED:
		if (is_instance(a, first) && is_instance(b, second))
			return is_same_instance(a, first, b, second, depth, work);
		return first->offset == second->offset &&
		       is_same_name(a, first->symbol, b, second->symbol);
	case MERGED:
		return first->offset == second->offset && first->contents &&
		       second->contents && first->size == second->size &&
		       !memcmp(first->contents, second->contents, first->size);
	case UNNAMED:
		return is_same_unnamed(a, first, b, second, depth, work);
	}
	return false;
}

/* Two ranges while they are compared; offsets are from the start of both. */
struct pair {
	const struct klpcc_shape_range *a, *b;
	const struct klpcc_match_section *left, *right;
	unsigned int depth;
	uint64_t *work;
	uint64_t at; /* all before is the same */
};

/*
 * A difference in the distance of a branch inside the section: whether both lead to the same symbol
 * of their file. field: the field's offset.
 */
static bool is_same_branch(const struct pair *pair, size_t field)
{
	const struct klpcc_match_file *left = pair->a->shape->file;
	const struct klpcc_match_file *right = pair->b->shape->file;
	struct meaning first, second;
	int64_t from, to;

	if (!left->arch->is_branch(pair->left->bytes + pair->a->start,
				   (size_t)pair->a->size, field, &from) ||
	    !right->arch->is_branch(pair->right->bytes + pair->b->start,
				    (size_t)pair->b->size, field, &to))
		return false;
	if (pair->a->start + (uint64_t)from >= pair->left->size ||
	    pair->b->start + (uint64_t)to >= pair->right->size)
		return false;
	first = mean_place(left, pair->a->section, pair->a->start + (uint64_t)from);
	second = mean_place(right, pair->b->section, pair->b->start + (uint64_t)to);
	return first.kind == NAMED &&
	       is_same_meaning(pair->a->shape, &first, pair->b->shape, &second, 0,
			       pair->work);
}

/* The end of the branch's field that has the byte; 0: there is none, or they differ. */
static uint64_t end_of_branch(const struct pair *pair, uint64_t at)
{
	if (!(pair->left->elf->header.sh_flags & SHF_EXECINSTR))
		return 0;
	for (uint64_t field = at < KLPCC_ARCH_BRANCH ? 0 : at - (KLPCC_ARCH_BRANCH - 1);
	     field <= at; field++)
		if (is_same_branch(pair, (size_t)field))
			return field + KLPCC_ARCH_BRANCH;
	return 0;
}

static bool compare_bytes(struct pair *pair, uint64_t end,
			  struct klpcc_shape_difference *ret)
{
	const unsigned char *left = pair->left->bytes + pair->a->start;
	const unsigned char *right = pair->right->bytes + pair->b->start;

	for (uint64_t at = pair->at; at < end; at++) {
		uint64_t next;

		if (left[at] == right[at])
			continue;
		next = end_of_branch(pair, at);
		if (!next)
			return differ(ret, at, "the bytes are others");
		at = next - 1;
	}
	pair->at = end;
	return true;
}

static bool compare_relocation(struct pair *pair,
			       const struct klpcc_elf_relocation *first,
			       const struct klpcc_elf_relocation *second,
			       struct klpcc_shape_difference *ret)
{
	uint64_t offset = first->offset - pair->a->start;
	struct meaning left, right;

	if (offset != second->offset - pair->b->start || first->type != second->type)
		return differ(ret, offset, "the relocations are others");
	if (!*pair->work)
		return differ(ret, offset,
			      "too much data without a name refers to more of it");
	--*pair->work;
	if (!compare_bytes(pair, offset, ret))
		return false;
	left = mean_relocation(pair->a->shape->file, pair->left, first);
	right = mean_relocation(pair->b->shape->file, pair->right, second);
	if (!is_same_meaning(pair->a->shape, &left, pair->b->shape, &right, pair->depth,
			     pair->work))
		return differ(ret, offset, "it refers to something else");
	return true;
}

static bool compare_ranges(const struct klpcc_shape_range *a,
			   const struct klpcc_shape_range *b, unsigned int depth,
			   uint64_t *work, struct klpcc_shape_difference *ret)
{
	struct pair pair = {
		.a = a,
		.b = b,
		.left = &a->shape->file->sections[a->section],
		.right = &b->shape->file->sections[b->section],
		.depth = depth,
		.work = work,
	};
	size_t first = klpcc_match_relocations_from(pair.left, a->start);
	size_t second = klpcc_match_relocations_from(pair.right, b->start);
	size_t first_end = klpcc_match_relocations_from(pair.left, a->start + a->size);
	size_t second_end = klpcc_match_relocations_from(pair.right, b->start + b->size);

	if (a->size != b->size)
		return differ(ret, a->size < b->size ? a->size : b->size,
			      "the size is another");
	if (!pair.left->bytes || !pair.right->bytes)
		return pair.left->bytes == pair.right->bytes ||
				       (is_padding(a, 0) && is_padding(b, 0))
			       ? true
			       : differ(ret, 0, "one has no contents");
	for (; first < first_end && second < second_end; first++, second++)
		if (!compare_relocation(&pair, &pair.left->relocations[first],
					&pair.right->relocations[second], ret))
			return false;
	if (first < first_end || second < second_end)
		return differ(ret, pair.at, "the relocations are others");
	return compare_bytes(&pair, a->size, ret);
}

bool klpcc_shape_is_same(const struct klpcc_shape_range *a,
			 const struct klpcc_shape_range *b, uint64_t *work,
			 struct klpcc_shape_difference *ret)
{
	return compare_ranges(a, b, DEPTH, work, ret);
}

#define WORK_FIXED 100000
#define WORK_FACTOR 64

uint64_t klpcc_shape_work(const struct klpcc_shape *shape)
{
	uint64_t work = WORK_FIXED;

	for (size_t i = 1; i < shape->file->section_count; i++)
		work += shape->file->sections[i].relocation_count * WORK_FACTOR;
	return work;
}

/* ---- the object ------------------------------------------------------------------------ */

struct klpcc_error *klpcc_shape_init(const struct klpcc_match_file *file,
				     struct klpcc_shape *ret)
{
	struct klpcc_shape shape = {
		.file = file,
		.ordinals = calloc(file->symbol_count + 1, sizeof(*shape.ordinals)),
		.starts = calloc(file->section_count + 1, sizeof(*shape.starts)),
	};
	struct klpcc_error *err = NULL;

	if (!shape.ordinals || !shape.starts)
		err = klpcc_error_nomem();
	if (!err)
		err = count_namesakes(file, shape.ordinals);
	if (!err)
		err = find_starts(&shape);
	if (err)
		klpcc_shape_deinit(&shape);
	else
		*ret = shape;
	return err;
}

void klpcc_shape_deinit(struct klpcc_shape *shape)
{
	for (size_t i = 0; shape->starts && i < shape->file->section_count; i++)
		free(shape->starts[i].offsets);
	free(shape->starts);
	free(shape->ordinals);
	*shape = (struct klpcc_shape){ .file = NULL };
}
