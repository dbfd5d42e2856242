// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Where the sections of a file are in the kernel.
 *
 * The link moves a section as a whole, so one base for each explains every function, variable and
 * static local in it that kallsyms names: each name votes for the bases that would put it where
 * the kernel has a symbol of that name. This settles namesakes, and tells functions that have few
 * bytes apart. Two bases mean that the file is not the one that the kernel was made of.
 *
 * A weak symbol does not vote, as the name may be another file's. A section without names
 * gets its base from the relocations that refer to it, if the code or data that they are in is the
 * same in the kernel.
 */
#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/array.h"
#include "match-private.h"

/* Of `__key.0` 6.1 has 137. */
#define NAMESAKES 1024

struct vote {
	struct klpcc_match_place base;
	uint32_t symbol;
};

struct ballot {
	struct vote *votes;
	size_t count, capacity;
	size_t voters; /* symbols that have a vote */
};

struct solver {
	struct klpcc_match *match;
	struct ballot *ballots; /* by section: of relocations */
	uint32_t *queue;        /* sections that have a base, to be looked through */
	size_t queued, next;
};

/* ---- counting votes -------------------------------------------------------------------- */

static int compare_places(struct klpcc_match_place a, struct klpcc_match_place b)
{
	if (a.space != b.space)
		return a.space < b.space ? -1 : 1;
	return a.at < b.at ? -1 : a.at > b.at;
}

static int compare_votes(const void *left, const void *right)
{
	const struct vote *a = left, *b = right;
	int order = compare_places(a->base, b->base);

	return order ? order : a->symbol < b->symbol ? -1 : a->symbol > b->symbol;
}

static struct klpcc_error *add_vote(struct ballot *ballot, struct klpcc_match_place base,
				    uint32_t symbol)
{
	struct vote *votes = klpcc_array_grow(ballot->votes, ballot->count, 1,
					      &ballot->capacity, sizeof(*votes));

	if (!votes)
		return klpcc_error_nomem();
	ballot->votes = votes;
	votes[ballot->count++] = (struct vote){ base, symbol };
	return NULL;
}

/* The end of the votes for the base of the first. */
static size_t end_of_run(const struct ballot *ballot, size_t first)
{
	size_t end = first + 1;

	while (end < ballot->count &&
	       klpcc_match_is_same_place(ballot->votes[end].base,
					 ballot->votes[first].base))
		end++;
	return end;
}

/* Sorts the votes. A symbol has one for a base, whatever namesakes are at the same place. */
static void sort_votes(struct ballot *ballot)
{
	size_t kept = 0;

	if (ballot->count)
		qsort(ballot->votes, ballot->count, sizeof(*ballot->votes),
		      compare_votes);
	for (size_t i = 0; i < ballot->count; i++)
		if (!kept || compare_votes(&ballot->votes[kept - 1], &ballot->votes[i]))
			ballot->votes[kept++] = ballot->votes[i];
	ballot->count = kept;
}

/* The most votes that a base has; *bases: how many have as many. Sorts the votes. */
static size_t count_votes(struct ballot *ballot, size_t *bases)
{
	size_t best = 0;

	*bases = 0;
	sort_votes(ballot);
	for (size_t i = 0, end; i < ballot->count; i = end) {
		end = end_of_run(ballot, i);
		if (end - i > best) {
			best = end - i;
			*bases = 0;
		}
		*bases += end - i == best;
	}
	return best;
}

static struct klpcc_error *set_base(struct solver *solver, uint32_t section,
				    struct klpcc_match_place place)
{
	struct klpcc_match_base *base = &solver->match->bases[section];

	base->known = true;
	base->place = place;
	solver->queue[solver->queued++] = section;
	return NULL;
}

/* Several bases have as many votes: they are kept until something tells. */
static struct klpcc_error *keep_choices(struct klpcc_match_base *base,
					const struct ballot *ballot, size_t best,
					size_t count)
{
	base->choices = calloc(count, sizeof(*base->choices));
	if (!base->choices)
		return klpcc_error_nomem();
	for (size_t i = 0, end; i < ballot->count; i = end) {
		end = end_of_run(ballot, i);
		if (end - i == best)
			base->choices[base->choice_count++] = ballot->votes[i].base;
	}
	return NULL;
}

static struct klpcc_error *elect(struct solver *solver, uint32_t section,
				 struct ballot *ballot)
{
	size_t bases, best = count_votes(ballot, &bases);

	if (!best)
		return NULL;
	/*
	 * Where no base explains every name, the file is another one. Then any will do, as what is
	 * not there is compared where its name is.
	 */
	if (bases > 1 && best == ballot->voters)
		return keep_choices(&solver->match->bases[section], ballot, best, bases);
	for (size_t i = 0; i < ballot->count; i = end_of_run(ballot, i))
		if (end_of_run(ballot, i) - i == best)
			return set_base(solver, section, ballot->votes[i].base);
	return NULL;
}

/* ---- names ----------------------------------------------------------------------------- */

static bool may_be_overridden(const struct klpcc_match_section *section,
			      const struct klpcc_elf_symbol *symbol)
{
	return symbol->binding == STB_WEAK ||
	       (section->grouped && symbol->binding != STB_LOCAL);
}

static struct klpcc_error *ask_symbol(struct klpcc_match *match, uint32_t number,
				      struct ballot *ballot)
{
	const struct klpcc_elf_symbol *symbol = &match->file->symbols[number];
	struct klpcc_error *err;

	err = klpcc_match_find(match->object, symbol->name, &match->names);
	/* One that so many have says nothing, and would cost as many votes for each of them. */
	if (match->names.count > NAMESAKES)
		return err;
	ballot->voters += !err && match->names.count;
	for (size_t i = 0; !err && i < match->names.count; i++)
		err = add_vote(ballot,
			       klpcc_match_move_place(match->names.entries[i].place,
						      -symbol->value),
			       number);
	return err;
}

/* overridden: asks those that otherwise do not vote. */
static struct klpcc_error *ask_section(struct klpcc_match *match, uint32_t number,
				       bool overridden, struct ballot *ballot)
{
	const struct klpcc_match_section *section = &match->file->sections[number];
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < section->symbol_count; i++) {
		uint32_t symbol = section->symbols[i];

		if (may_be_overridden(section, &match->file->symbols[symbol]) ==
		    overridden)
			err = ask_symbol(match, symbol, ballot);
	}
	return err;
}

static bool is_solvable(const struct klpcc_match_section *section)
{
	return (section->elf->header.sh_flags & SHF_ALLOC) &&
	       !klpcc_match_is_merged(section);
}

static struct klpcc_error *solve_by_names(struct solver *solver)
{
	struct klpcc_error *err = NULL;

	for (uint32_t i = 1; !err && i < solver->match->file->section_count; i++) {
		struct ballot ballot = { .count = 0 };

		if (!is_solvable(&solver->match->file->sections[i]))
			continue;
		err = ask_section(solver->match, i, false, &ballot);
		if (!err)
			err = elect(solver, i, &ballot);
		free(ballot.votes);
	}
	return err;
}

/* ---- relocations ----------------------------------------------------------------------- */

/* The bytes from one symbol to the next, of which a section consists. */
static uint64_t end_of_piece(const struct klpcc_match_file *file,
			     const struct klpcc_match_section *section, uint64_t start)
{
	size_t low = 0, high = section->symbol_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (file->symbols[section->symbols[middle]].value <= start)
			low = middle + 1;
		else
			high = middle;
	}
	return low < section->symbol_count ? file->symbols[section->symbols[low]].value
					   : section->size;
}

/* Counts a relocation as a vote for where the section is that it refers to. */
static struct klpcc_error *ask_relocation(struct solver *solver,
					  const struct klpcc_elf_relocation *relocation,
					  struct klpcc_match_place field)
{
	struct klpcc_match *match = solver->match;
	const struct klpcc_elf_symbol *symbol = &match->file->symbols[relocation->symbol];
	struct klpcc_match_reference found;
	struct klpcc_elf_relocation copy = *relocation;

	if (symbol->binding != STB_LOCAL || symbol->reserved || !symbol->section ||
	    match->bases[symbol->section].known ||
	    !is_solvable(&match->file->sections[symbol->section]))
		return NULL;
	if (klpcc_match_follow(match->object, field, &copy, &found) || !found.defined)
		return NULL;
	return add_vote(&solver->ballots[symbol->section],
			klpcc_match_move_place(found.symbol, -symbol->value),
			(uint32_t)solver->ballots[symbol->section].count);
}

static struct klpcc_error *ask_piece(struct solver *solver, uint32_t number,
				     uint64_t start, uint64_t end)
{
	const struct klpcc_match_section *section =
		&solver->match->file->sections[number];
	struct klpcc_match_difference difference;
	struct klpcc_match_place place;
	struct klpcc_error *err;
	bool same;

	if (!klpcc_match_locate(solver->match, number, start, &place))
		return NULL;
	err = klpcc_match_compare(solver->match, number, start, end, place, false, &same,
				  &difference);
	if (err || !same)
		return err;
	for (size_t i = klpcc_match_relocations_from(section, start);
	     !err && i < section->relocation_count &&
	     section->relocations[i].offset < end;
	     i++)
		err = ask_relocation(
			solver, &section->relocations[i],
			klpcc_match_move_place(place,
					       section->relocations[i].offset - start));
	return err;
}

static struct klpcc_error *ask_relocations(struct solver *solver, uint32_t number)
{
	const struct klpcc_match_section *section =
		&solver->match->file->sections[number];
	struct klpcc_error *err = NULL;
	uint64_t start = 0;

	while (!err && section->bytes && start < section->size) {
		uint64_t end = end_of_piece(solver->match->file, section, start);

		err = ask_piece(solver, number, start, end);
		start = end;
	}
	return err;
}

/* Of the bases that names leave open the one that relocations vote for. */
static void choose(const struct klpcc_match_base *base, struct ballot *ballot)
{
	size_t kept = 0;

	for (size_t i = 0; i < ballot->count; i++)
		for (size_t k = 0; k < base->choice_count; k++)
			if (klpcc_match_is_same_place(ballot->votes[i].base,
						      base->choices[k])) {
				ballot->votes[kept++] = ballot->votes[i];
				break;
			}
	if (base->choice_count)
		ballot->count = kept;
}

/* Looks through all sections that have a base, and those that get one by that. */
static struct klpcc_error *solve_by_relocations(struct solver *solver)
{
	size_t count = solver->match->file->section_count;
	struct klpcc_error *err = NULL;

	while (!err && solver->next < solver->queued) {
		while (!err && solver->next < solver->queued)
			err = ask_relocations(solver, solver->queue[solver->next++]);
		for (uint32_t i = 1; !err && i < count; i++) {
			struct ballot *ballot = &solver->ballots[i];
			size_t bases, best;

			if (solver->match->bases[i].known || !ballot->count)
				continue;
			choose(&solver->match->bases[i], ballot);
			best = count_votes(ballot, &bases);
			for (size_t k = 0; best && k < ballot->count;
			     k = end_of_run(ballot, k))
				if (end_of_run(ballot, k) - k == best) {
					err = set_base(solver, i, ballot->votes[k].base);
					break;
				}
		}
	}
	return err;
}

/* ---- what is left ---------------------------------------------------------------------- */

/* A section of weak or grouped symbols alone: the kernel may have kept this file's. */
static struct klpcc_error *solve_overridden(struct solver *solver)
{
	struct klpcc_match *match = solver->match;
	struct klpcc_error *err = NULL;

	for (uint32_t i = 1; !err && i < match->file->section_count; i++) {
		const struct klpcc_match_section *section = &match->file->sections[i];
		struct ballot ballot = { .count = 0 };
		struct klpcc_match_difference difference;
		bool same = true;

		if (match->bases[i].known || match->bases[i].choice_count ||
		    !is_solvable(section))
			continue;
		err = ask_section(match, i, true, &ballot);
		if (!err && ballot.count && section->bytes)
			err = klpcc_match_compare(match, i, 0, section->size,
						  ballot.votes[0].base, false, &same,
						  &difference);
		if (!err && ballot.count && same)
			err = set_base(solver, i, ballot.votes[0].base);
		free(ballot.votes);
	}
	return err;
}

/* Of several bases the only one where the kernel has the same bytes. */
static struct klpcc_error *solve_by_bytes(struct solver *solver)
{
	struct klpcc_match *match = solver->match;
	struct klpcc_error *err = NULL;

	for (uint32_t i = 1; !err && i < match->file->section_count; i++) {
		const struct klpcc_match_section *section = &match->file->sections[i];
		struct klpcc_match_base *base = &match->bases[i];
		struct klpcc_match_difference difference;
		size_t found = 0, last = 0;

		for (size_t k = 0;
		     !err && !base->known && section->bytes && k < base->choice_count;
		     k++) {
			bool same;

			err = klpcc_match_compare(match, i, 0, section->size,
						  base->choices[k], false, &same,
						  &difference);
			found += !err && same;
			last = same ? k : last;
		}
		if (!err && found == 1)
			err = set_base(solver, i, base->choices[last]);
	}
	return err;
}

/* ---- names that are elsewhere ---------------------------------------------------------- */

static struct klpcc_error *add_stray(struct klpcc_match_base *base, size_t room,
				     uint64_t value, struct klpcc_match_place place)
{
	if (!base->strays)
		base->strays = calloc(room, sizeof(*base->strays));
	if (!base->strays)
		return klpcc_error_nomem();
	base->strays[base->stray_count++] = (struct klpcc_match_stray){ value, place };
	return NULL;
}

/* A symbol that the kernel has by that name, but not where the base puts it. */
static struct klpcc_error *find_stray(struct klpcc_match *match, uint32_t number,
				      const struct klpcc_elf_symbol *symbol)
{
	const struct klpcc_match_section *section = &match->file->sections[number];
	struct klpcc_match_base *base = &match->bases[number];
	struct klpcc_error *err;

	err = klpcc_match_find(match->object, symbol->name, &match->names);
	for (size_t i = 0; !err && i < match->names.count; i++)
		if (klpcc_match_is_same_place(
			    match->names.entries[i].place,
			    klpcc_match_move_place(base->place, symbol->value)))
			return NULL;
	if (err || match->names.count != 1)
		return err;
	return add_stray(base, section->symbol_count, symbol->value,
			 match->names.entries[0].place);
}

static struct klpcc_error *find_strays(struct klpcc_match *match)
{
	struct klpcc_error *err = NULL;

	for (uint32_t i = 1; !err && i < match->file->section_count; i++) {
		const struct klpcc_match_section *section = &match->file->sections[i];

		for (size_t k = 0;
		     !err && match->bases[i].known && k < section->symbol_count; k++) {
			const struct klpcc_elf_symbol *symbol =
				&match->file->symbols[section->symbols[k]];

			if (!may_be_overridden(section, symbol))
				err = find_stray(match, i, symbol);
		}
	}
	return err;
}

bool klpcc_match_locate(const struct klpcc_match *match, size_t section, uint64_t offset,
			struct klpcc_match_place *ret)
{
	const struct klpcc_match_base *base = &match->bases[section];
	size_t low = 0, high = base->stray_count;

	if (!base->known)
		return false;
	/* The last that begins there or before. */
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (base->strays[middle].value <= offset)
			low = middle + 1;
		else
			high = middle;
	}
	if (low && base->strays[low - 1].value == offset)
		*ret = base->strays[low - 1].place;
	else
		*ret = klpcc_match_move_place(base->place, offset);
	return true;
}

/* ---- all of it ------------------------------------------------------------------------- */

static struct klpcc_error *solve(struct solver *solver)
{
	struct klpcc_error *err;

	err = solve_by_names(solver);
	if (!err)
		err = find_strays(solver->match);
	if (!err)
		err = solve_by_relocations(solver);
	if (!err)
		err = solve_by_bytes(solver);
	if (!err)
		err = solve_overridden(solver);
	return err ? err : solve_by_relocations(solver);
}

struct klpcc_error *klpcc_match_solve(struct klpcc_match *match)
{
	size_t count = match->file->section_count + 1;
	struct solver solver = {
		.match = match,
		.ballots = calloc(count, sizeof(*solver.ballots)),
		.queue = calloc(count, sizeof(*solver.queue)),
	};
	struct klpcc_error *err;

	err = solver.ballots && solver.queue ? solve(&solver) : klpcc_error_nomem();
	for (size_t i = 0; solver.ballots && i < count; i++)
		free(solver.ballots[i].votes);
	free(solver.ballots);
	free(solver.queue);
	return err;
}
