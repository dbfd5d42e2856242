// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The livepatches of a kernel as JSON: see list.h. klpcc-list(1) has the members.
 */
#include "list.h"

#include <stdlib.h>

#include <lib/json.h>
#include <lib/printable.h>

static struct json_object *make_function(const void *data, size_t number)
{
	const struct klpcc_patched_function *function =
		&((const struct klpcc_patched_object *)data)->functions[number];
	struct json_object *json = json_object_new_object();
	char address[24];

	snprintf(address, sizeof(address), "0x%llx",
		 (unsigned long long)function->address);
	if (json && klpcc_json_add_text(json, "name", function->name) &&
	    klpcc_json_add_number(json, "position", function->position) &&
	    klpcc_json_add_text(json, "address", function->address ? address : NULL))
		return json;
	json_object_put(json);
	return NULL;
}

static struct json_object *make_object(const void *data, size_t number)
{
	const struct klpcc_patched_object *object =
		&((const struct klpcc_live_patch *)data)->objects[number];
	struct json_object *json = json_object_new_object();

	if (json && klpcc_json_add_text(json, "name", object->name) &&
	    klpcc_json_add_flag(json, "patched", object->patched) &&
	    klpcc_json_add(json, "functions",
			   klpcc_json_array(object->count, make_function, object)))
		return json;
	json_object_put(json);
	return NULL;
}

static struct json_object *make_patch(const void *data, size_t number)
{
	const struct klpcc_live_state *state = data;
	const struct klpcc_live_patch *patch = &state->patches.patches[number];
	struct json_object *json = json_object_new_object();
	bool good =
		json && klpcc_json_add_text(json, "name", patch->name) &&
		klpcc_json_add_text(json, "state",
				    klpcc_patch_state_name(patch->state)) &&
		klpcc_json_add_text(json, "form", klpcc_patch_form_name(patch->form)) &&
		klpcc_json_add_text(json, "version", patch->version) &&
		klpcc_json_add_text(json, "origin", patch->origin) &&
		klpcc_json_add_flag(json, "installed",
				    klpcc_installed_find(&state->installed, patch->name));

	if (good && patch->applied >= 0)
		good = klpcc_json_add_number(json, "applied", (uint64_t)patch->applied) &&
		       klpcc_json_add_number(json, "waiting", (uint64_t)patch->waiting);
	if (good && klpcc_json_add(json, "objects",
				   klpcc_json_array(patch->count, make_object, patch)))
		return json;
	json_object_put(json);
	return NULL;
}

static struct json_object *make_installed(const void *data, size_t number)
{
	const struct klpcc_installed *installed = data;

	char *text = klpcc_printable(installed->files.words[number]);
	struct json_object *json = text ? json_object_new_string(text) : NULL;

	free(text);
	return json;
}

struct klpcc_error *klpcc_list_print_json(const struct klpcc_live_state *state,
					  FILE *stream)
{
	struct json_object *json = json_object_new_object();
	const char *text = NULL;

	if (json && klpcc_json_add_number(json, "version", 1) &&
	    klpcc_json_add_text(json, "release", state->installed.release) &&
	    klpcc_json_add(json, "patches",
			   klpcc_json_array(state->patches.count, make_patch, state)) &&
	    klpcc_json_add(json, "installed",
			   klpcc_json_array(state->installed.files.count, make_installed,
					    &state->installed)))
		text = json_object_to_json_string_ext(
			json, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_NOSLASHESCAPE);
	if (text)
		fprintf(stream, "%s\n", text);
	json_object_put(json);
	return text ? NULL : klpcc_error_nomem();
}
