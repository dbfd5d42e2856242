// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Report: see report.h.
 *
 * Written of what collect.cc found when the compiler ends: a report is most useful when names are
 * refused, and PLUGIN_FINISH comes even after errors, unlike PLUGIN_FINISH_UNIT. For a unit that
 * cannot be parsed there is nothing to report, so there is no file then, not even an old one.
 */
#include "diagnose.h"
#include "facts.h"
#include "json.h"
#include "klp-ref.h"
#include "nearby.h"
#include "report.h"

#define REPORT_FORMAT "klpcc unit report"
#define REPORT_VERSION 1
#define REPORT_SUFFIX ".klp.json"

/* ---- words ---------------------------------------------------------------------------- */

static const char *reason_word(enum klpcc_reason reason)
{
	switch (reason) {
	case KLPCC_REASON_ATTRIBUTE:
		return "attribute";
	case KLPCC_REASON_LABEL:
		return "label";
	case KLPCC_REASON_PRAGMA:
		return "pragma";
	case KLPCC_REASON_PLAN:
		return "plan";
	case KLPCC_REASON_BUILTIN:
		return "builtin";
	case KLPCC_REASON_EXPORTED:
		return "exported";
	case KLPCC_REASON_UNIQUE:
		return "unique";
	case KLPCC_REASON_MODULE:
		return "module";
	case KLPCC_REASON_SOURCE:
		return "source";
	case KLPCC_REASON_ABSENT:
		return "absent";
	case KLPCC_REASON_AMBIGUOUS:
		return "ambiguous";
	}
	gcc_unreachable();
}

/* NULL for a kind that is not a refusal. */
static const char *refusal_word(enum klpcc_verdict_kind kind)
{
	switch (kind) {
	case KLPCC_VERDICT_ORDINARY:
	case KLPCC_VERDICT_MARK:
		return NULL;
	case KLPCC_VERDICT_NO_OBJECT:
		return "no-object";
	case KLPCC_VERDICT_NO_GATE:
		return "no-gate";
	case KLPCC_VERDICT_NO_SYMBOL:
		return "no-symbol";
	case KLPCC_VERDICT_NO_SOURCE:
		return "no-source";
	case KLPCC_VERDICT_INIT:
		return "init";
	case KLPCC_VERDICT_AMBIGUOUS:
		return "ambiguous";
	case KLPCC_VERDICT_BAD_POSITION:
		return "bad-position";
	}
	gcc_unreachable();
}

/* ---- one extern ----------------------------------------------------------------------- */

static void put_span(struct json_object *to, const char *key, struct klpcc_span span)
{
	klpcc_json_put(to, key, json_object_new_string_len(span.start, span.len));
}

static void check_index(const struct klpcc_unit *unit, struct klpcc_error *err)
{
	if (err)
		klpcc_fatal_index(unit->options.index_path, err);
}

static const char *object_name(const struct klpcc_unit *unit, uint32_t number)
{
	struct klpcc_index_object object;

	check_index(unit, klpcc_index_object(unit->index, number, &object));
	return object.name;
}

static void put_place(struct json_object *to, const char *key, location_t loc)
{
	expanded_location where = expand_location(loc);
	struct json_object *place = klpcc_json_object();

	klpcc_json_put_text(place, "file",
			    remap_macro_filename(where.file ? where.file : ""));
	klpcc_json_put_number(place, "line", where.line);
	klpcc_json_put_number(place, "column", where.column);
	klpcc_json_put(to, key, place);
}

static void put_uses(struct json_object *to, unsigned int flags)
{
	static const struct {
		unsigned int flag;
		const char *word;
	} uses[] = {
		{ KLPCC_REF_CALL, "call" },
		{ KLPCC_REF_ADDRESS, "address" },
		{ KLPCC_REF_DATA, "data" },
		{ KLPCC_REF_ASM, "asm" },
	};
	struct json_object *words = klpcc_json_array();

	for (const auto &use : uses)
		if (flags & use.flag)
			klpcc_json_append(words, json_object_new_string(use.word));
	klpcc_json_put(to, "uses", words);
}

/* More objects than anybody reads: every module has an init_module. */
#define OBJECTS_SHOWN 16

/*
 * The objects that have a symbol of the name, each once; of many the first ones, and how many
 * there are.
 */
static void put_objects(const struct klpcc_unit *unit, struct json_object *to,
			const struct klpcc_verdict *verdict)
{
	struct json_object *names = klpcc_json_array();
	uint32_t last = UINT32_MAX;
	int objects = 0;

	for (uint32_t i = 0; i < verdict->symbols; i++) {
		struct klpcc_index_symbol symbol;

		check_index(unit, klpcc_index_symbol(unit->index,
						     verdict->first_symbol + i, &symbol));
		if (symbol.object != last && objects++ < OBJECTS_SHOWN)
			klpcc_json_append(
				names, klpcc_json_text(object_name(unit, symbol.object)));
		last = symbol.object;
	}
	klpcc_json_put(to, "found_in", names);
	if (objects > OBJECTS_SHOWN)
		klpcc_json_put_number(to, "found_in_objects", objects);
}

/* What the target has instead of a name that it lacks: as many variants as messages show. */
static void put_nearby(const struct klpcc_unit *unit, struct json_object *to,
		       const struct klpcc_extern *entry)
{
	const char *symbol = entry->request.symbol, *similar;
	struct json_object *clones = klpcc_json_array();
	uint32_t number = UINT32_MAX;

	while (json_object_array_length(clones) < KLPCC_SHOWN) {
		const char *clone =
			klpcc_nearby_clone(unit, KLPCC_NEARBY_SCOPE, symbol, &number);

		if (!clone)
			break;
		klpcc_json_append(clones, klpcc_json_text(clone));
	}
	if (json_object_array_length(clones))
		klpcc_json_put(to, "clones", clones);
	else
		json_object_put(clones);
	similar = klpcc_nearby_similar(unit, KLPCC_NEARBY_SCOPE, symbol,
				       entry->flags & KLPCC_REF_DATA);
	if (similar)
		klpcc_json_put_text(to, "near", similar);
}

static void put_mark(const struct klpcc_unit *unit, struct json_object *to,
		     const struct klpcc_verdict *verdict, const char *mark)
{
	struct klpcc_index_symbol symbol;

	check_index(unit, klpcc_index_symbol(unit->index, verdict->symbol, &symbol));
	put_span(to, "object", verdict->ref.object);
	klpcc_json_put_number(to, "position", verdict->ref.sympos);
	put_span(to, "gate", verdict->ref.gate);
	if (symbol.source)
		klpcc_json_put_text(to, "source", symbol.source);
	klpcc_json_put_text(to, "mark", mark);
}

/* What was asked for and cannot be had. */
static void put_refusal(const struct klpcc_unit *unit, struct json_object *to,
			const struct klpcc_extern *entry, const char *word)
{
	const struct klpcc_verdict *verdict = &entry->verdict;

	klpcc_json_put_text(to, "refusal", word);
	if (entry->request.object)
		klpcc_json_put_text(to, "object", entry->request.object);
	else if (verdict->objects <= 1)
		klpcc_json_put_text(to, "object", object_name(unit, verdict->object));
	if (entry->request.has_sympos)
		klpcc_json_put_number(to, "position", entry->request.sympos);
	if (entry->request.gate)
		klpcc_json_put_text(to, "gate", entry->request.gate);
	put_objects(unit, to, verdict);
}

static void put_verdict(const struct klpcc_unit *unit, struct json_object *to,
			const struct klpcc_extern *entry)
{
	const struct klpcc_verdict *verdict = &entry->verdict;
	const char *refusal = refusal_word(verdict->kind);
	char mark[KLPCC_NAME_BUFFER];

	if (verdict->kind == KLPCC_VERDICT_MARK &&
	    klpcc_mark_build(&verdict->ref, mark, sizeof(mark)))
		refusal = "unmarkable";
	if (refusal) {
		klpcc_json_put_text(to, "verdict", "refused");
		klpcc_json_put_text(to, "decided", reason_word(verdict->reason));
		put_refusal(unit, to, entry, refusal);
	} else if (verdict->kind == KLPCC_VERDICT_MARK) {
		klpcc_json_put_text(to, "verdict", "mark");
		klpcc_json_put_text(to, "decided", reason_word(verdict->reason));
		put_mark(unit, to, verdict, mark);
	} else {
		klpcc_json_put_text(to, "verdict", "ordinary");
		klpcc_json_put_text(to, "decided", reason_word(verdict->reason));
		if (verdict->reason == KLPCC_REASON_EXPORTED)
			klpcc_json_put_text(to, "object",
					    object_name(unit, verdict->object));
		if (verdict->reason == KLPCC_REASON_ABSENT) {
			put_objects(unit, to, verdict);
			if (!verdict->symbols && klpcc_was_written(entry))
				put_nearby(unit, to, entry);
		}
	}
}

static struct json_object *make_extern(const struct klpcc_unit *unit,
				       const struct klpcc_extern *entry)
{
	location_t declared = DECL_SOURCE_LOCATION(entry->decl);
	struct json_object *object = klpcc_json_object();

	klpcc_json_put_text(object, "symbol", entry->request.symbol);
	klpcc_json_put_text(object, "name", IDENTIFIER_POINTER(DECL_NAME(entry->decl)));
	put_verdict(unit, object, entry);
	put_place(object, "declared", declared);
	if (entry->use != declared)
		put_place(object, "used", entry->use);
	put_uses(object, entry->flags);
	klpcc_json_put_bool(object, "written", klpcc_was_written(entry));
	return object;
}

/* ---- one function of the patch table -------------------------------------------------- */

/* NULL for one that the kernel can replace. */
static const char *fault_word(enum klpcc_function_verdict verdict)
{
	switch (verdict) {
	case KLPCC_FUNCTION_FOUND:
		return NULL;
	case KLPCC_FUNCTION_ABSENT:
		return "absent";
	case KLPCC_FUNCTION_AMBIGUOUS:
		return "ambiguous";
	case KLPCC_FUNCTION_NO_POSITION:
		return "bad-position";
	case KLPCC_FUNCTION_DATA:
		return "data";
	case KLPCC_FUNCTION_INIT:
		return "init";
	case KLPCC_FUNCTION_NOT_PATCHABLE:
		return "not-patchable";
	case KLPCC_FUNCTION_COMING:
		return "coming";
	}
	gcc_unreachable();
}

static void put_fault(const struct klpcc_unit *unit, struct json_object *to,
		      const char *name, const struct klpcc_table_function *function)
{
	struct klpcc_function found;
	uint32_t object;
	bool known;

	check_index(unit, klpcc_index_find_object(unit->index, name, strlen(name), &known,
						  &object));
	if (!known) {
		klpcc_json_put_text(to, "fault", "no-object");
		return;
	}
	check_index(unit,
		    klpcc_index_find_function(unit->index, object, function->old_name,
					      strlen(function->old_name),
					      MIN(function->sympos, UINT32_MAX), &found));
	if (fault_word(found.verdict))
		klpcc_json_put_text(to, "fault", fault_word(found.verdict));
}

static struct json_object *make_function(const struct klpcc_unit *unit,
					 const struct klpcc_table_object *object,
					 const struct klpcc_table_function *function)
{
	struct json_object *to = klpcc_json_object();
	const char *name = object->name ? object->name : KLPCC_VMLINUX;
	bool is_string;

	klpcc_json_put_text(to, "old_name", function->old_name);
	klpcc_json_put_text(to, "object", name);
	klpcc_json_put_number(to, "position", function->sympos);
	if (function->new_func)
		klpcc_json_put_text(to, "new_func",
				    IDENTIFIER_POINTER(DECL_NAME(function->new_func)));
	put_fault(unit, to, name, function);
	put_place(to, "declared",
		  klpcc_literal_place(&function->place, function->old_name, &is_string));
	return to;
}

static void put_functions(const struct klpcc_unit *unit, struct json_object *to)
{
	struct json_object *functions = klpcc_json_array();

	for (const struct klpcc_table_object &object : unit->table_objects)
		for (const struct klpcc_table_function &function : unit->table_functions)
			if (object.functions == function.table && !object.is_unknown)
				klpcc_json_append(functions, make_function(unit, &object,
									   &function));
	if (json_object_array_length(functions))
		klpcc_json_put(to, "functions", functions);
	else
		json_object_put(functions);
}

/* ---- the file ------------------------------------------------------------------------- */

static struct json_object *make_report(const struct klpcc_unit *unit)
{
	struct json_object *report = klpcc_json_object();
	struct json_object *externs = klpcc_json_array();

	klpcc_json_put_text(report, "format", REPORT_FORMAT);
	klpcc_json_put_number(report, "version", REPORT_VERSION);
	klpcc_json_put_text(report, "release", klpcc_index_release(unit->index));
	klpcc_json_put_text(report, "source", remap_macro_filename(main_input_filename));
	klpcc_json_put(report, "externs", externs);
	for (const struct klpcc_extern &entry : unit->externs)
		klpcc_json_append(externs, make_extern(unit, &entry));
	put_functions(unit, report);
	return report;
}

static const char *report_path(const struct klpcc_unit *unit)
{
	return klpcc_json_path(unit->options.report_path, REPORT_SUFFIX);
}

static void remove_old_report(void *gcc_data, void *user_data)
{
	struct klpcc_error *err = klpcc_json_remove_old(
		report_path(static_cast<const struct klpcc_unit *>(user_data)));

	if (err)
		klpcc_fatal_report(err);
}

static void write_report(void *gcc_data, void *user_data)
{
	const auto *unit = static_cast<const struct klpcc_unit *>(user_data);
	struct json_object *report;
	struct klpcc_error *err;

	if (!unit->collected)
		return;
	report = make_report(unit);
	err = klpcc_json_write(report_path(unit), report);
	if (err)
		klpcc_fatal_report(err);
	json_object_put(report);
}

void klpcc_report_register(struct klpcc_unit *unit)
{
	const char *name = unit->options.plugin_name;

	if (!unit->options.report)
		return;
	register_callback(name, PLUGIN_START_UNIT, remove_old_report, unit);
	register_callback(name, PLUGIN_FINISH, write_report, unit);
}
