// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The final link, planning: which symbol each mark gets, and which relocation goes
 * to which final section.
 *
 * Runs on a module that passed every check, changes nothing, and leaves arrays that apply.c
 * only has to pass on. One sort over the marks, then two walks over each relocation
 * section.
 */
#include "link-private.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/array.h"

/* ---- symbols --------------------------------------------------------------------------- */

static int compare_gates(const void *a, const void *b)
{
	const struct klpcc_link_mark *left = *(struct klpcc_link_mark *const *)a;
	const struct klpcc_link_mark *right = *(struct klpcc_link_mark *const *)b;

	return klpcc_span_compare(left->gate, right->gate);
}

/* By what the final symbol says; the gate is in the section's name. */
static int compare_meaning(const struct klpcc_link_mark *left,
			   const struct klpcc_link_mark *right)
{
	/* The symbol first: objects are few, so their names would seldom tell marks apart. */
	int order = klpcc_span_compare(left->ref.symbol, right->ref.symbol);

	if (!order)
		order = klpcc_span_compare(left->ref.object, right->ref.object);
	if (!order)
		order = (left->ref.sympos > right->ref.sympos) -
			(left->ref.sympos < right->ref.sympos);
	return order;
}

static int compare_finals(const void *a, const void *b)
{
	const struct klpcc_link_mark *left = *(struct klpcc_link_mark *const *)a;
	const struct klpcc_link_mark *right = *(struct klpcc_link_mark *const *)b;
	int order = compare_meaning(left, right);

	return order ? order
		     : (left->symbol > right->symbol) - (left->symbol < right->symbol);
}

/* Nearly every module has one gate only, and then there is nothing to sort. */
static bool one_gate(struct klpcc_link_mark *const *marks, size_t count)
{
	for (size_t i = 1; i < count; i++)
		if (klpcc_span_compare(marks[i]->gate, marks[0]->gate))
			return false;
	return true;
}

static struct klpcc_error *number_gates(struct klpcc_link *link,
					struct klpcc_link_mark **sorted)
{
	link->gates = calloc(link->mark_count + 1, sizeof(*link->gates));
	if (!link->gates)
		return klpcc_error_nomem();
	if (!one_gate(sorted, link->mark_count))
		qsort(sorted, link->mark_count, sizeof(*sorted), compare_gates);
	for (size_t i = 0; i < link->mark_count; i++) {
		struct klpcc_link_mark *mark = sorted[i];

		if (!i || klpcc_span_compare(mark->gate, sorted[i - 1]->gate))
			link->gates[link->gate_count++] = mark->gate;
		mark->gate_number = (uint32_t)link->gate_count - 1;
	}
	return NULL;
}

/* Marks that differ only in their gate become one symbol: the first in the table. */
static void choose_leaders(struct klpcc_link *link, struct klpcc_link_mark **sorted)
{
	const struct klpcc_link_mark *leader = NULL;

	qsort(sorted, link->mark_count, sizeof(*sorted), compare_finals);
	for (size_t i = 0; i < link->mark_count; i++) {
		if (!sorted[i]->used)
			continue;
		if (!leader || compare_meaning(leader, sorted[i]))
			leader = sorted[i];
		sorted[i]->leader = (uint32_t)(leader - link->marks);
	}
}

static struct klpcc_error *plan_symbols(struct klpcc_link *link)
{
	struct klpcc_link_mark **sorted = calloc(link->mark_count + 1, sizeof(*sorted));
	struct klpcc_error *err;

	if (!sorted)
		return klpcc_error_nomem();
	for (size_t i = 0; i < link->mark_count; i++)
		sorted[i] = &link->marks[i];
	err = number_gates(link, sorted);
	if (!err)
		choose_leaders(link, sorted);
	free(sorted);
	return err;
}

/* ---- sections -------------------------------------------------------------------------- */

/* While one natural section is split: by gate. touched: the gates in use. */
struct split {
	size_t *moved;       /* how many entries go there; all 0 between sections */
	size_t *destination; /* number of the new section */
	uint32_t *touched;
	size_t touched_count;
	size_t fix; /* the first that was not carried out */
};

static struct klpcc_error *split_init(const struct klpcc_link *link, struct split *split)
{
	split->moved = calloc(link->gate_count + 1, sizeof(*split->moved));
	split->destination = calloc(link->gate_count + 1, sizeof(*split->destination));
	split->touched = calloc(link->gate_count + 1, sizeof(*split->touched));
	split->touched_count = 0;
	split->fix = 0;
	return split->moved && split->destination && split->touched ? NULL
								    : klpcc_error_nomem();
}

static void split_deinit(struct split *split)
{
	free(split->moved);
	free(split->destination);
	free(split->touched);
}

static size_t count_moved(const struct klpcc_link *link,
			  const struct klpcc_elf_relocation *relocations, size_t count,
			  struct split *split)
{
	size_t moved = 0;

	for (size_t i = 0; i < count; i++) {
		uint32_t mark = link->mark_of[relocations[i].symbol];
		uint32_t gate;

		if (mark == KLPCC_LINK_NONE)
			continue;
		gate = link->marks[mark].gate_number;
		if (!split->moved[gate]++)
			split->touched[split->touched_count++] = gate;
		moved++;
	}
	return moved;
}

static struct klpcc_error *add_section(struct klpcc_link *link, size_t from,
				       uint32_t gate, size_t count)
{
	struct klpcc_link_section *sections, *section;

	sections = klpcc_array_grow(link->sections, link->section_count, 1,
				    &link->section_capacity, sizeof(*sections));
	if (!sections)
		return klpcc_error_nomem();
	link->sections = sections;
	section = &sections[link->section_count];
	*section = (struct klpcc_link_section){
		.from = from,
		.relocated = klpcc_elf_section(link->elf, from)->header.sh_info,
		.gate = gate,
		.relocations = calloc(count, sizeof(*section->relocations)),
	};
	if (!section->relocations)
		return klpcc_error_nomem();
	link->section_count++;
	return NULL;
}

static struct klpcc_error *add_sections(struct klpcc_link *link, size_t from, size_t rest,
					struct split *split)
{
	struct klpcc_link_rest *left = &link->rests[link->rest_count];
	struct klpcc_error *err = NULL;

	left->from = from;
	left->relocations = calloc(rest + 1, sizeof(*left->relocations));
	if (!left->relocations)
		return klpcc_error_nomem();
	link->rest_count++;
	for (size_t i = 0; !err && i < split->touched_count; i++) {
		uint32_t gate = split->touched[i];

		split->destination[gate] = link->section_count;
		err = add_section(link, from, gate, split->moved[gate]);
		split->moved[gate] = 0;
	}
	split->touched_count = 0;
	return err;
}

/* The entry of the next fix; SIZE_MAX when that is not in this section. They come in order. */
static size_t fixed_entry(const struct klpcc_link *link, size_t from,
			  const struct split *split)
{
	if (split->fix == link->fix_count || link->fixes[split->fix].from != from)
		return SIZE_MAX;
	return link->fixes[split->fix].entry;
}

/*
 * A natural section is never removed. BFD (strip, objcopy) takes the first relocation section of a
 * section for its ordinary one, and those after it for secondary ones, which it copies as they
 * are. If a klp section were the first, it would lose its name and its flag, and the module would
 * load with nothing resolved.
 */
static void keep_section(const struct klpcc_link *link, struct klpcc_link_rest *rest)
{
	if (!rest->count)
		rest->relocations[rest->count++] =
			(struct klpcc_elf_relocation){ .type = link->arch->none };
}

/* Keeps the order within each section. */
static void distribute_relocations(struct klpcc_link *link, size_t from,
				   const struct klpcc_elf_relocation *relocations,
				   size_t count, struct split *split)
{
	struct klpcc_link_rest *rest = &link->rests[link->rest_count - 1];
	size_t fixed = fixed_entry(link, from, split);

	for (size_t i = 0; i < count; i++) {
		uint32_t mark = link->mark_of[relocations[i].symbol];
		struct klpcc_link_section *section;

		if (mark == KLPCC_LINK_NONE) {
			rest->relocations[rest->count++] = relocations[i];
			continue;
		}
		section = &link->sections
				   [split->destination[link->marks[mark].gate_number]];
		section->relocations[section->count] = relocations[i];
		if (i == fixed) {
			section->relocations[section->count].type =
				link->fixes[split->fix++].is.type;
			fixed = fixed_entry(link, from, split);
		}
		section->count++;
	}
}

static struct klpcc_error *split_section(struct klpcc_link *link,
					 const struct klpcc_elf_section *from,
					 struct split *split)
{
	const struct klpcc_elf_relocation *relocations;
	struct klpcc_error *err;
	size_t count, moved;

	err = klpcc_elf_relocations(link->elf, from, &relocations, &count);
	if (err)
		return err;
	moved = count_moved(link, relocations, count, split);
	if (!moved)
		return NULL;
	err = add_sections(link, from->index, count - moved, split);
	if (err)
		return err;
	distribute_relocations(link, from->index, relocations, count, split);
	keep_section(link, &link->rests[link->rest_count - 1]);
	return NULL;
}

/* By relocated section, then gate (gates are numbered by name), then where it came from. */
static int compare_sections(const void *a, const void *b)
{
	const struct klpcc_link_section *left = a, *right = b;

	if (left->relocated != right->relocated)
		return left->relocated < right->relocated ? -1 : 1;
	if (left->gate != right->gate)
		return left->gate < right->gate ? -1 : 1;
	return (left->from > right->from) - (left->from < right->from);
}

static struct klpcc_error *plan_sections(struct klpcc_link *link)
{
	size_t sections = klpcc_elf_sections(link->elf);
	struct klpcc_error *err;
	struct split split;

	link->rests = calloc(sections + 1, sizeof(*link->rests));
	err = split_init(link, &split);
	if (!link->rests && !err)
		err = klpcc_error_nomem();
	for (size_t i = 1; !err && i < sections; i++)
		if (klpcc_link_is_natural(link, klpcc_elf_section(link->elf, i)))
			err = split_section(link, klpcc_elf_section(link->elf, i),
					    &split);
	split_deinit(&split);
	if (!err && link->section_count)
		qsort(link->sections, link->section_count, sizeof(*link->sections),
		      compare_sections);
	return err;
}

struct klpcc_error *klpcc_link_plan(struct klpcc_link *link)
{
	struct klpcc_error *err = plan_symbols(link);

	return err ? err : plan_sections(link);
}
