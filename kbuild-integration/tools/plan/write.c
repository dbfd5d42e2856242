// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The writer of plans: see write.h. docs/format.md has the format, read.c the reader.
 */
#include "write.h"

#include <elf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../elf/arch.h"
#include "../lib/file.h"
#include "../lib/json-file.h"
#include "../lib/json.h"
#include "../lib/printable.h"
#include "plan.h"

/* Of an observation: its lists, their entries, members of these, and one to spare. */
#define DEPTH 12

/* ---- the observation ------------------------------------------------------------------- */

static const char *text_of(struct json_object *json, const char *key)
{
	struct json_object *value;

	if (!json_object_object_get_ex(json, key, &value) ||
	    !json_object_is_type(value, json_type_string))
		return NULL;
	return json_object_get_string(value);
}

static bool is_text(struct json_object *json, const char *key, const char *wanted)
{
	const char *text = text_of(json, key);

	return text && !strcmp(text, wanted);
}

static struct klpcc_error *check_observation(const char *path, struct json_object *json,
					     const char *machine)
{
	struct json_object *version;

	if (!json_object_is_type(json, json_type_object) ||
	    !is_text(json, "format", KLPCC_OBSERVATION_FORMAT))
		return klpcc_error_new(
			EINVAL,
			"%s: not an observation; the plugin writes one with -fplugin-arg-klpcc-observe",
			path);
	if (!json_object_object_get_ex(json, "version", &version) ||
	    json_object_get_int(version) != KLPCC_OBSERVATION_VERSION)
		return klpcc_error_new(
			EINVAL,
			"%s: an observation of another version; compile the file again with this klpcc's plugin",
			path);
	if (!is_text(json, "machine", machine))
		return klpcc_error_new(EINVAL,
				       "%s: an observation for another machine than %s",
				       path, machine);
	return NULL;
}

static struct klpcc_error *read_observation(const char *path, const char *machine,
					    struct json_object **ret)
{
	struct klpcc_buffer text;
	struct klpcc_error *err;

	err = klpcc_file_read(path, &text);
	if (err)
		return err;
	err = klpcc_json_parse((const char *)text.data, text.size, DEPTH, ret);
	klpcc_buffer_deinit(&text);
	err = klpcc_error_prefix(err, "%s", path);
	if (err)
		return err;
	err = check_observation(path, *ret, machine);
	if (err) {
		json_object_put(*ret);
		*ret = NULL;
	}
	return err;
}

/* ---- the plan -------------------------------------------------------------------------- */

static const char *state_name(const struct klpcc_match_symbol *symbol, bool external)
{
	if (external)
		return "external";
	if (symbol->state == KLPCC_MATCH_WEAK)
		return "weak";
	return symbol->init ? "init" : "same";
}

static struct json_object *symbol_object(const struct klpcc_match_symbol *symbol,
					 bool external)
{
	static const char *const bindings[] = {
		[STB_LOCAL] = "local",
		[STB_GLOBAL] = "global",
		[STB_WEAK] = "weak",
	};
	struct json_object *json = json_object_new_object();
	const char *binding = symbol->binding < sizeof(bindings) / sizeof(bindings[0])
				      ? bindings[symbol->binding]
				      : "global";
	char address[32];

	snprintf(address, sizeof(address), "0x%llx", (unsigned long long)symbol->address);
	if (json && klpcc_json_add_text(json, "name", symbol->name) &&
	    klpcc_json_add_text(json, "kind", symbol->function ? "function" : "object") &&
	    klpcc_json_add_text(json, "binding", binding) &&
	    klpcc_json_add_number(json, "sympos", symbol->sympos) &&
	    klpcc_json_add_text(json, "address", address) &&
	    klpcc_json_add_text(json, "section", symbol->section) &&
	    klpcc_json_add_text(json, "state", state_name(symbol, external)))
		return json;
	json_object_put(json);
	return NULL;
}

static bool append_symbols(struct json_object *array,
			   const struct klpcc_match_symbol *symbols, size_t count,
			   bool external)
{
	for (size_t i = 0; i < count; i++)
		if (symbols[i].named &&
		    !klpcc_json_append(array, symbol_object(&symbols[i], external)))
			return false;
	return true;
}

static struct json_object *symbols_array(const struct klpcc_match_result *result)
{
	struct json_object *array = json_object_new_array();

	if (array &&
	    append_symbols(array, result->symbols, result->symbol_count, false) &&
	    append_symbols(array, result->externals, result->external_count, true))
		return array;
	json_object_put(array);
	return NULL;
}

static struct json_object *make_import(const void *data, size_t number)
{
	const struct klpcc_match_imports *imports = data;
	struct json_object *json = json_object_new_object();

	if (json && klpcc_json_add_text(json, "name", imports->entries[number].name) &&
	    klpcc_json_add_text(json, "exporter", imports->entries[number].exporter))
		return json;
	json_object_put(json);
	return NULL;
}

static struct json_object *make_text(const void *data, size_t number)
{
	const char *const *texts = data;
	char *shown = klpcc_printable(texts[number]);
	struct json_object *json = shown ? json_object_new_string(shown) : NULL;

	free(shown);
	return json;
}

static size_t count_texts(char *const *texts)
{
	size_t count = 0;

	while (texts && texts[count])
		count++;
	return count;
}

/* Takes observation over. */
static struct json_object *plan_object(const struct klpcc_plan_draft *plan,
				       const char *machine,
				       struct json_object *observation)
{
	const char *source = plan->source ? plan->source : text_of(observation, "source");
	struct json_object *json = json_object_new_object();

	if (json && klpcc_json_add_text(json, "format", KLPCC_PLAN_FORMAT) &&
	    klpcc_json_add_number(json, "version", KLPCC_PLAN_VERSION) &&
	    klpcc_json_add_text(json, "release", klpcc_index_release(plan->index)) &&
	    klpcc_json_add_text(json, "index", klpcc_index_digest(plan->index)) &&
	    klpcc_json_add_text(json, "machine", machine) &&
	    klpcc_json_add_text(json, "source", source) &&
	    klpcc_json_add_text(json, "object", plan->result->object) &&
	    klpcc_json_add(json, "symbols", symbols_array(plan->result)) &&
	    klpcc_json_add(
		    json, "imports",
		    klpcc_json_array(plan->imports->count, make_import, plan->imports)) &&
	    klpcc_json_add(json, "namespaces",
			   klpcc_json_array(plan->imports->namespace_count, make_text,
					    plan->imports->namespaces)) &&
	    klpcc_json_add(
		    json, "flags",
		    klpcc_json_array(count_texts(plan->flags), make_text, plan->flags))) {
		if (klpcc_json_add(json, "observation", observation))
			return json;
	} else {
		json_object_put(observation);
	}
	json_object_put(json);
	return NULL;
}

struct klpcc_error *klpcc_plan_write(const char *path,
				     const struct klpcc_plan_draft *plan)
{
	struct json_object *observation, *json;
	struct klpcc_error *err;

	err = read_observation(plan->observation, plan->result->machine, &observation);
	if (err)
		return err;
	json = plan_object(plan, plan->result->machine, observation);
	if (!json)
		return klpcc_error_nomem();
	err = klpcc_json_write(path, json);
	json_object_put(json);
	return err;
}
