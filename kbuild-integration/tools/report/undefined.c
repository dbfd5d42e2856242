// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the reports of a module's units tell about names that it lacks: see report.h.
 *
 * That a name is missing shows when all units are there, so modpost says it, and no more than that.
 * What the target has in its place was known when the unit was compiled, and stands in its report.
 */
#include "report.h"

#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "elf/elf.h"
#include "index/index.h"
#include "lib/message.h"
#include "report-private.h"

/* What all of the reports say of a name. */
struct said {
	struct json_object
		*absent; /* the first extern that says that the target lacks it */
	bool ordinary;   /* some unit leaves it to the module loader for a reason */
};

static bool is_word(struct json_object *entry, const char *key, const char *word)
{
	return !strcmp(klpcc_report_text(entry, key), word);
}

static void ask_unit(struct json_object *unit, const char *name, struct said *said)
{
	struct json_object *externs = klpcc_report_member(unit, "externs");

	for (size_t i = 0; i < json_object_array_length(externs); i++) {
		struct json_object *entry = json_object_array_get_idx(externs, i);

		if (!is_word(entry, "symbol", name) ||
		    !is_word(entry, "verdict", "ordinary"))
			continue;
		if (!is_word(entry, "decided", "absent"))
			said->ordinary = true;
		else if (!said->absent)
			said->absent = entry;
	}
}

static void ask(struct klpcc_report *const *reports, size_t count, const char *name,
		struct said *said)
{
	for (size_t i = 0; i < count; i++) {
		struct json_object *units =
			klpcc_report_member(reports[i]->root, "units");

		if (!units)
			ask_unit(reports[i]->root, name, said);
		else
			for (size_t j = 0; j < json_object_array_length(units); j++)
				ask_unit(json_object_array_get_idx(units, j), name, said);
	}
}

/* The first text of an array; NULL when it is empty, or not there. */
static const char *first_of(struct json_object *entry, const char *key)
{
	struct json_object *array = klpcc_report_member(entry, key);
	bool any = array && json_object_is_type(array, json_type_array) &&
		   json_object_array_length(array);

	return any ? json_object_get_string(json_object_array_get_idx(array, 0)) : NULL;
}

static void say_absent(const char *name, struct json_object *entry)
{
	struct json_object *place = klpcc_report_member(entry, "used");
	const char *near = klpcc_report_text(entry, "near");
	const char *clone = first_of(entry, "clones");
	const char *module = first_of(entry, "found_in");
	const char *file, *line, *column;

	if (!place)
		place = klpcc_report_member(entry, "declared");
	file = place ? klpcc_report_text(place, "file") : NULL;
	line = place ? klpcc_report_text(place, "line") : NULL;
	column = place ? klpcc_report_text(place, "column") : NULL;
	file = file ? file : "?";
	line = line ? line : "0";
	column = column ? column : "0";
	if (module)
		klpcc_message(
			KLPCC_MESSAGE_NOTE,
			"'%s' (%s:%s:%s): module %s has it: klp_object(\"%s\") at its declaration takes it from there",
			name, file, line, column, module, module);
	else if (clone)
		klpcc_message(
			KLPCC_MESSAGE_NOTE,
			"'%s' (%s:%s:%s): the target has only what GCC made of it, '%s': it was inlined, or its parameters are others; copy it into the patch",
			name, file, line, column, clone);
	else if (near)
		klpcc_message(KLPCC_MESSAGE_NOTE,
			      "'%s' (%s:%s:%s): the target has none; did you mean '%s'?",
			      name, file, line, column, near);
	else
		klpcc_message(
			KLPCC_MESSAGE_NOTE,
			"'%s' (%s:%s:%s): the target has none; where its sources have a function of that name, it was inlined: copy it into the patch",
			name, file, line, column);
}

/* Of what no unit's C refers to: the plugin does not read asm text. */
static struct klpcc_error *say_unmarked(const struct klpcc_index *index,
					const struct klpcc_index_name *name)
{
	struct klpcc_index_symbol symbol;
	struct klpcc_index_object object;
	struct klpcc_error *err;

	if (!name->symbols)
		return NULL;
	err = klpcc_index_name_symbol(index, name, 0, &symbol);
	if (!err)
		err = klpcc_index_object(index, symbol.object, &object);
	if (err)
		return err;
	klpcc_message(
		KLPCC_MESSAGE_NOTE,
		"'%s': %s has it, but only assembler text names it, which the compiler does not read: declare it with klp_used in that C file; a .S file names the mark",
		name->name, object.name);
	return NULL;
}

/* Weak ones may be missing; so may this one, as in modpost's ignore_undef_symbol(). */
static bool is_missing(const struct klpcc_elf_symbol *symbol)
{
	return !symbol->reserved && symbol->section == SHN_UNDEF && *symbol->name &&
	       symbol->binding == STB_GLOBAL &&
	       strcmp(symbol->name, "_GLOBAL_OFFSET_TABLE_");
}

static struct klpcc_error *explain(const char *name, const struct klpcc_index *index,
				   struct klpcc_report *const *reports, size_t count)
{
	struct said said = { 0 };
	struct klpcc_index_name found;
	struct klpcc_error *err;
	bool known;

	err = klpcc_index_find_name(index, name, strlen(name), &known, &found);
	if (err || (known && found.exports))
		return err;
	ask(reports, count, name, &said);
	if (said.absent)
		say_absent(name, said.absent);
	else if (known && !said.ordinary)
		return say_unmarked(index, &found);
	return NULL;
}

struct klpcc_error *klpcc_report_undefined(struct klpcc_elf *object,
					   const struct klpcc_index *index,
					   struct klpcc_report *const *reports,
					   size_t count)
{
	const struct klpcc_elf_symbol *symbols;
	size_t symbol_count;
	struct klpcc_error *err = klpcc_elf_symbols(object, &symbols, &symbol_count);

	for (size_t i = 1; !err && i < symbol_count; i++)
		if (is_missing(&symbols[i]))
			err = explain(symbols[i].name, index, reports, count);
	return err;
}
