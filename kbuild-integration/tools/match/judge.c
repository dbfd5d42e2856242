// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The verdict on each function and variable of a file, and on the file.
 *
 * A file matches if each of its functions is the kernel's or is weak and not used, and if nothing
 * else of it differs: a function may be the same and read a table that is not.
 */
#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/array.h"
#include "match-private.h"

/* resolve_btfids (tools/bpf/resolve_btfids) fills it in when vmlinux or a module is linked. */
static const char btf_ids[] = ".BTF_ids";

static bool is_function(const struct klpcc_elf_symbol *symbol)
{
	return symbol->type == STT_FUNC;
}

/* The NOPs before a function, which have a symbol of their own (FUNCTION_PADDING, 6.2). */
static bool is_padding(const struct klpcc_elf_symbol *symbol)
{
	return !strncmp(symbol->name, "__pfx_", strlen("__pfx_"));
}

static bool is_judged(const struct klpcc_match_file *file,
		      const struct klpcc_elf_symbol *symbol)
{
	if (!klpcc_match_is_named(file, symbol))
		return false;
	if (!strcmp(file->sections[symbol->section].elf->name, btf_ids))
		return false;
	return (is_function(symbol) && !is_padding(symbol)) ||
	       (symbol->type == STT_OBJECT && symbol->size);
}

/* ---- one symbol ------------------------------------------------------------------------ */

static struct klpcc_error *copy_text(const char *text, char **ret)
{
	*ret = strdup(text);
	return *ret ? NULL : klpcc_error_nomem();
}

static struct klpcc_error *note_named(const struct klpcc_match *match,
				      const struct klpcc_match_named *named,
				      struct klpcc_match_symbol *ret)
{
	ret->named = true;
	ret->init = named->init;
	ret->sympos = named->sympos;
	ret->address = named->place.at;
	if (match->object->image)
		return NULL;
	return copy_text(match->object->file.sections[named->place.space].elf->name,
			 &ret->section);
}

/* What the kernel has by the symbol's name; place: where this file's is. */
static struct klpcc_error *note_name(const struct klpcc_match *match,
				     struct klpcc_match_place place,
				     struct klpcc_match_symbol *ret)
{
	for (size_t i = 0; i < match->names.count; i++)
		if (klpcc_match_is_same_place(match->names.entries[i].place, place))
			return note_named(match, &match->names.entries[i], ret);
	return NULL;
}

/* The kernel uses another file's definition: where it is, if the name tells. */
static struct klpcc_error *note_other(const struct klpcc_match *match,
				      struct klpcc_match_symbol *ret)
{
	ret->state = KLPCC_MATCH_WEAK;
	return match->names.count == 1 ? note_named(match, match->names.entries, ret)
				       : NULL;
}

/* Of one function in a file the code is shown. */
static struct klpcc_error *explain(struct klpcc_match *match,
				   const struct klpcc_elf_symbol *symbol,
				   struct klpcc_match_place place,
				   const struct klpcc_match_difference *difference,
				   struct klpcc_match_symbol *ret)
{
	struct klpcc_error *err;

	ret->state = KLPCC_MATCH_DIFFERENT;
	err = klpcc_match_explain(match, symbol->section, symbol, difference,
				  &ret->difference);
	if (err || match->shown || !ret->function)
		return err;
	match->shown = true;
	return klpcc_match_show_code(match, symbol, place,
				     difference->offset - symbol->value, &ret->code);
}

/*
 * Whether it is the same at one of the places where its section may be: several files have equal
 * tables, to which nothing but these tables refers (_ftrace_eval_map).
 */
static struct klpcc_error *is_same_somewhere(struct klpcc_match *match,
					     const struct klpcc_elf_symbol *symbol,
					     bool *ret)
{
	const struct klpcc_match_base *base = &match->bases[symbol->section];
	struct klpcc_match_difference difference;
	struct klpcc_error *err = NULL;

	*ret = !match->file->sections[symbol->section].bytes && base->choice_count;
	for (size_t i = 0; !err && !*ret && i < base->choice_count; i++)
		err = klpcc_match_compare(
			match, symbol->section, symbol->value,
			symbol->value + symbol->size,
			klpcc_match_move_place(base->choices[i], symbol->value), true,
			ret, &difference);
	return err;
}

/* No base is known for its section. names: what the kernel has by its name. */
static struct klpcc_error *judge_lost(struct klpcc_match *match,
				      const struct klpcc_elf_symbol *symbol,
				      struct klpcc_match_symbol *ret)
{
	struct klpcc_error *err;
	bool same;

	if (!match->names.count) {
		ret->state = KLPCC_MATCH_ABSENT;
		return NULL;
	}
	if (symbol->binding == STB_WEAK)
		return note_other(match, ret);
	if (!ret->function) {
		err = is_same_somewhere(match, symbol, &same);
		if (err || same)
			return err;
	}
	ret->state = KLPCC_MATCH_DIFFERENT;
	return copy_text(
		"the kernel has several of that name, and nothing tells which of them it is",
		&ret->difference);
}

/* The name is another one's. */
static bool is_overridden(const struct klpcc_match *match,
			  const struct klpcc_elf_symbol *symbol,
			  const struct klpcc_match_symbol *judged)
{
	return symbol->binding == STB_WEAK && match->names.count && !judged->named;
}

static bool is_stray(const struct klpcc_match_base *base, struct klpcc_match_place place,
		     uint64_t value)
{
	return !klpcc_match_is_same_place(place,
					  klpcc_match_move_place(base->place, value));
}

static struct klpcc_error *judge_placed(struct klpcc_match *match,
					const struct klpcc_elf_symbol *symbol,
					struct klpcc_match_place place,
					struct klpcc_match_symbol *ret)
{
	struct klpcc_match_difference difference;
	struct klpcc_error *err;
	bool same = true;

	err = note_name(match, place, ret);
	if (!err && match->file->sections[symbol->section].bytes)
		err = klpcc_match_compare(match, symbol->section, symbol->value,
					  symbol->value + ret->size, place, true, &same,
					  &difference);
	if (err)
		return err;
	/* The comparison has looked other names up. */
	err = klpcc_match_find(match->object, symbol->name, &match->names);
	if (err)
		return err;
	if (is_overridden(match, symbol, ret))
		return note_other(match, ret);
	/* Its section is where it is by the names of others. */
	if (!same && ret->function && !match->names.count) {
		ret->state = KLPCC_MATCH_ABSENT;
		return NULL;
	}
	if (!same)
		return explain(match, symbol, place, &difference, ret);
	if (!is_stray(&match->bases[symbol->section], place, symbol->value))
		return NULL;
	ret->state = KLPCC_MATCH_DIFFERENT;
	ret->moved = true;
	return copy_text(
		"it is the same, but the kernel has it at another distance from the others of its section",
		&ret->difference);
}

static struct klpcc_error *judge_symbol(struct klpcc_match *match, uint32_t number,
					struct klpcc_match_symbol *ret)
{
	const struct klpcc_elf_symbol *symbol = &match->file->symbols[number];
	struct klpcc_match_place place;
	struct klpcc_error *err;

	ret->function = is_function(symbol);
	ret->binding = symbol->binding;
	ret->size = klpcc_match_size_of(match->file, symbol);
	err = copy_text(symbol->name, &ret->name);
	if (!err)
		err = klpcc_match_find(match->object, symbol->name, &match->names);
	if (err)
		return err;
	return klpcc_match_locate(match, symbol->section, symbol->value, &place)
		       ? judge_placed(match, symbol, place, ret)
		       : judge_lost(match, symbol, ret);
}

static struct klpcc_error *judge_symbols(struct klpcc_match *match,
					 struct klpcc_match_result *result)
{
	const struct klpcc_match_file *file = match->file;
	struct klpcc_error *err = NULL;

	result->symbols = calloc(file->symbol_count, sizeof(*result->symbols));
	if (!result->symbols)
		return klpcc_error_nomem();
	for (uint32_t i = 1; !err && i < file->symbol_count; i++)
		if (is_judged(file, &file->symbols[i]))
			err = judge_symbol(match, i,
					   &result->symbols[result->symbol_count++]);
	return err;
}

/* ---- what it takes from others --------------------------------------------------------- */

/* The only one of a name that another file may refer to; NULL: none, or several. */
static const struct klpcc_match_named *find_global(const struct klpcc_match_names *names)
{
	const struct klpcc_match_named *found = NULL;

	for (size_t i = 0; i < names->count; i++) {
		if (names->entries[i].binding == STB_LOCAL)
			continue;
		if (found)
			return NULL;
		found = &names->entries[i];
	}
	return found;
}

static struct klpcc_error *note_external(struct klpcc_match *match,
					 const struct klpcc_elf_symbol *symbol,
					 struct klpcc_match_result *result)
{
	const struct klpcc_match_named *named;
	struct klpcc_match_symbol *external;
	struct klpcc_error *err;

	err = klpcc_match_find(match->object, symbol->name, &match->names);
	named = err ? NULL : find_global(&match->names);
	if (!named)
		return err;
	external = &result->externals[result->external_count++];
	external->function = named->type == STT_FUNC;
	external->binding = named->binding;
	err = copy_text(symbol->name, &external->name);
	return err ? err : note_named(match, named, external);
}

static struct klpcc_error *note_externals(struct klpcc_match *match,
					  struct klpcc_match_result *result)
{
	const struct klpcc_match_file *file = match->file;
	struct klpcc_error *err = NULL;

	result->externals = calloc(file->symbol_count, sizeof(*result->externals));
	if (!result->externals)
		return klpcc_error_nomem();
	for (size_t i = 1; !err && i < file->symbol_count; i++) {
		const struct klpcc_elf_symbol *symbol = &file->symbols[i];

		if (!symbol->section && !symbol->reserved && *symbol->name)
			err = note_external(match, symbol, result);
	}
	return err;
}

/* ---- what is between them -------------------------------------------------------------- */

static struct klpcc_error *add_other(struct klpcc_match_result *result, size_t *capacity,
				     char *line)
{
	char **others = klpcc_array_grow(result->others, result->other_count, 1, capacity,
					 sizeof(*others));

	if (!others) {
		free(line);
		return klpcc_error_nomem();
	}
	result->others = others;
	others[result->other_count++] = line;
	return NULL;
}

/* Of what is between symbols: padding, and data without a name. */
static struct klpcc_error *judge_gap(struct klpcc_match *match, size_t section,
				     uint64_t start, uint64_t end,
				     struct klpcc_match_result *result, size_t *capacity)
{
	struct klpcc_match_difference difference;
	struct klpcc_match_place place;
	struct klpcc_error *err;
	char *line;
	bool same;

	if (start >= end || !klpcc_match_locate(match, section, start, &place))
		return NULL;
	err = klpcc_match_compare(match, section, start, end, place, true, &same,
				  &difference);
	if (err || same)
		return err;
	err = klpcc_match_explain(match, section, NULL, &difference, &line);
	return err ? err : add_other(result, capacity, line);
}

static struct klpcc_error *judge_gaps(struct klpcc_match *match, size_t number,
				      struct klpcc_match_result *result, size_t *capacity)
{
	const struct klpcc_match_section *section = &match->file->sections[number];
	struct klpcc_error *err = NULL;
	uint64_t covered = 0;

	for (size_t i = 0; !err && i < section->symbol_count; i++) {
		const struct klpcc_elf_symbol *symbol =
			&match->file->symbols[section->symbols[i]];
		uint64_t end;

		if (!is_judged(match->file, symbol))
			continue;
		end = symbol->value + klpcc_match_size_of(match->file, symbol);
		err = judge_gap(match, number, covered, symbol->value, result, capacity);
		covered = end > covered ? end : covered;
	}
	return err ? err
		   : judge_gap(match, number, covered, section->size, result, capacity);
}

static struct klpcc_error *judge_sections(struct klpcc_match *match,
					  struct klpcc_match_result *result)
{
	struct klpcc_error *err = NULL;
	size_t capacity = 0;

	for (size_t i = 1; !err && i < match->file->section_count; i++) {
		const struct klpcc_match_section *section = &match->file->sections[i];

		if (section->bytes && match->bases[i].known &&
		    strcmp(section->elf->name, btf_ids) != 0)
			err = judge_gaps(match, i, result, &capacity);
	}
	return err;
}

/* ---- the file -------------------------------------------------------------------------- */

static void conclude(struct klpcc_match_result *result)
{
	bool any = false, all = !result->other_count;

	for (size_t i = 0; i < result->symbol_count; i++) {
		const struct klpcc_match_symbol *symbol = &result->symbols[i];

		if (symbol->function)
			result->functions[symbol->state]++;
		any |= symbol->state == KLPCC_MATCH_SAME;
		/* The link leaves out what is in sections that the kernel does not need. */
		if (symbol->state == KLPCC_MATCH_DIFFERENT ||
		    (symbol->function && symbol->state == KLPCC_MATCH_ABSENT))
			all = false;
	}
	result->matches = all && any;
}

struct klpcc_error *klpcc_match_judge(struct klpcc_match *match,
				      struct klpcc_match_result *result)
{
	struct klpcc_error *err;

	err = judge_symbols(match, result);
	if (!err)
		err = judge_sections(match, result);
	if (!err)
		err = note_externals(match, result);
	if (!err)
		conclude(result);
	return err;
}
