// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Explains the names that a module lacks from the reports of its units: see report.h.
 *
 * Only once all units are there can a name be missing, so modpost says it, and says no more. What
 * the target has in its place was known when the unit was compiled, and is in the unit's report.
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

/* What the reports say about a name. */
struct findings {
	/* The first extern that says that the target lacks the name. */
	struct json_object *absent;
	bool ordinary; /* some unit leaves it to the module loader for a reason */
};

static bool is_word(struct json_object *entry, const char *key, const char *word)
{
	return !strcmp(klpcc_report_text(entry, key), word);
}

static void search_unit(struct json_object *unit, const char *name,
			struct findings *findings)
{
	struct json_object *externs = klpcc_report_member(unit, "externs");

	for (size_t i = 0; i < json_object_array_length(externs); i++) {
		struct json_object *entry = json_object_array_get_idx(externs, i);

		if (!is_word(entry, "symbol", name) ||
		    !is_word(entry, "verdict", "ordinary"))
			continue;
		if (!is_word(entry, "decided", "absent"))
			findings->ordinary = true;
		else if (!findings->absent)
			findings->absent = entry;
	}
}

static void search_reports(struct klpcc_report *const *reports, size_t count,
			   const char *name, struct findings *findings)
{
	for (size_t i = 0; i < count; i++) {
		struct json_object *units =
			klpcc_report_member(reports[i]->root, "units");

		if (!units)
			search_unit(reports[i]->root, name, findings);
		else
			for (size_t j = 0; j < json_object_array_length(units); j++)
				search_unit(json_object_array_get_idx(units, j), name,
					    findings);
	}
}

/* The first text of an array; NULL if the array is empty or missing. */
static const char *first_of(struct json_object *entry, const char *key)
{
	struct json_object *array = klpcc_report_member(entry, key);
	bool any = array && json_object_is_type(array, json_type_array) &&
		   json_object_array_length(array);

	return any ? json_object_get_string(json_object_array_get_idx(array, 0)) : NULL;
}

static void print_absent(const char *name, struct json_object *entry)
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
			"'%s' (%s:%s:%s): it is in module %s: klp_object(\"%s\") at its declaration takes it from there",
			name, file, line, column, module, module);
	else if (clone)
		klpcc_message(
			KLPCC_MESSAGE_NOTE,
			"'%s' (%s:%s:%s): the target has only '%s', a variant that GCC derived from it: it was inlined, or its parameters changed; copy it into the patch",
			name, file, line, column, clone);
	else if (near)
		klpcc_message(
			KLPCC_MESSAGE_NOTE,
			"'%s' (%s:%s:%s): it is not in the target; did you mean '%s'?",
			name, file, line, column, near);
	else
		klpcc_message(
			KLPCC_MESSAGE_NOTE,
			"'%s' (%s:%s:%s): it is not in the target; if the kernel's sources have a function of that name, it was inlined: copy it into the patch",
			name, file, line, column);
}

/* For a name that no C refers to, as the plugin does not read asm text. */
static struct klpcc_error *print_unmarked(const struct klpcc_index *index,
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
		"'%s': it is in %s, but only assembler text refers to it, which the compiler does not read: declare it with klp_used in that C file; a .S file must name the mark",
		name->name, object.name);
	return NULL;
}

/* As in modpost's ignore_undef_symbol(): weak symbols may be missing, and so may this one. */
static bool is_missing(const struct klpcc_elf_symbol *symbol)
{
	return !symbol->reserved && symbol->section == SHN_UNDEF && *symbol->name &&
	       symbol->binding == STB_GLOBAL &&
	       strcmp(symbol->name, "_GLOBAL_OFFSET_TABLE_");
}

static struct klpcc_error *explain_name(const char *name, const struct klpcc_index *index,
					struct klpcc_report *const *reports, size_t count)
{
	struct findings findings = { 0 };
	struct klpcc_index_name found;
	struct klpcc_error *err;
	bool known;

	err = klpcc_index_find_name(index, name, strlen(name), &known, &found);
	if (err || (known && found.exports))
		return err;
	search_reports(reports, count, name, &findings);
	if (findings.absent)
		print_absent(name, findings.absent);
	else if (known && !findings.ordinary)
		return print_unmarked(index, &found);
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
			err = explain_name(symbols[i].name, index, reports, count);
	return err;
}
