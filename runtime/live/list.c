// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The livepatches of a kernel, as tables, and what is wrong with them: see list.h.
 */
#include "list.h"

#include <stdlib.h>
#include <string.h>

#include <lib/message.h>
#include <lib/table.h>

#include "kallsyms.h"
#include "system.h"

/* ---- what there is ---------------------------------------------------------------------- */

/* Whether patches are installed for any kernel but this one. */
static struct klpcc_error *find_others(struct klpcc_live_state *state)
{
	struct klpcc_words releases;
	struct klpcc_error *err = klpcc_system_list(&releases, "/lib/modules");

	for (size_t i = 0; !err && !state->others && i < releases.count; i++)
		state->others =
			strcmp(releases.words[i], state->installed.release) != 0 &&
			klpcc_system_has("/lib/modules/%s/updates/klpcc/order",
					 releases.words[i]);
	klpcc_words_deinit(&releases);
	return err;
}

struct klpcc_error *klpcc_live_state_read(struct klpcc_live_state *ret)
{
	struct klpcc_error *err = klpcc_patches_read(&ret->patches);

	ret->installed = (struct klpcc_installed){ .root = NULL };
	ret->others = false;
	if (!err)
		err = klpcc_kallsyms_locate(&ret->patches);
	if (!err)
		err = klpcc_installed_read(NULL, klpcc_system_release(), &ret->installed);
	if (!err)
		err = find_others(ret);
	if (err)
		klpcc_live_state_deinit(ret);
	return err;
}

void klpcc_live_state_deinit(struct klpcc_live_state *state)
{
	klpcc_patches_deinit(&state->patches);
	klpcc_installed_deinit(&state->installed);
}

/* ---- patches ---------------------------------------------------------------------------- */

static size_t count_functions(const struct klpcc_live_patch *patch)
{
	size_t count = 0;

	for (size_t i = 0; i < patch->count; i++)
		count += patch->objects[i].count;
	return count;
}

/* "12", or "12, 3 wait" */
static void fill_relocations(const struct klpcc_live_patch *patch, struct klpcc_row *row)
{
	if (patch->applied >= 0) {
		klpcc_row_number(row, (uint64_t)patch->applied);
		if (patch->waiting > 0) {
			klpcc_row_string(row, ", ");
			klpcc_row_number(row, (uint64_t)patch->waiting);
			klpcc_row_string(row, " wait");
		}
	}
	klpcc_row_end_cell(row);
}

static void fill_text(struct klpcc_row *row, const char *text)
{
	if (text)
		klpcc_row_string(row, text);
	klpcc_row_end_cell(row);
}

static void fill_patch(const void *arg, size_t number, struct klpcc_row *row)
{
	const struct klpcc_live_state *state = arg;
	const struct klpcc_live_patch *patch = &state->patches.patches[number];

	fill_text(row, patch->name);
	fill_text(row, klpcc_patch_state_name(patch->state));
	if (patch->count)
		klpcc_row_number(row, count_functions(patch));
	klpcc_row_end_cell(row);
	fill_text(row, klpcc_patch_form_name(patch->form));
	fill_relocations(patch, row);
	fill_text(row,
		  klpcc_installed_find(&state->installed, patch->name) ? "yes" : NULL);
	fill_text(row, patch->version);
	fill_text(row, patch->origin);
}

static struct klpcc_error *print_patches(const struct klpcc_live_state *state,
					 FILE *stream)
{
	static const struct klpcc_column columns[] = {
		{ "patch", false },   { "state", false },      { "functions", true },
		{ "form", false },    { "relocations", true }, { "installed", false },
		{ "version", false }, { "made of", false },
	};
	const struct klpcc_table table = {
		.columns = columns,
		.column_count = sizeof(columns) / sizeof(columns[0]),
		.row_count = state->patches.count,
		.fill = fill_patch,
		.arg = state,
	};

	return klpcc_table_print(&table, stream);
}

/* ---- functions -------------------------------------------------------------------------- */

/* One row: a function, or an object that has none. */
struct place {
	const struct klpcc_live_patch *patch;
	const struct klpcc_patched_object *object;
	const struct klpcc_patched_function *function;
};

static size_t list_places(const struct klpcc_live_patches *patches, struct place *places)
{
	size_t count = 0;

	for (size_t i = 0; i < patches->count; i++)
		for (size_t j = 0; j < patches->patches[i].count; j++) {
			const struct klpcc_patched_object *object =
				&patches->patches[i].objects[j];

			for (size_t k = 0; k < object->count; k++, count++)
				if (places)
					places[count] =
						(struct place){ &patches->patches[i],
								object,
								&object->functions[k] };
		}
	return count;
}

static void fill_place(const void *arg, size_t number, struct klpcc_row *row)
{
	const struct place *place = (const struct place *)arg + number;

	fill_text(row, place->patch->name);
	fill_text(row, place->function->name);
	fill_text(row, place->object->name);
	klpcc_row_number(row, place->function->position);
	klpcc_row_end_cell(row);
	if (place->function->address)
		klpcc_row_hex(row, place->function->address);
	klpcc_row_end_cell(row);
	fill_text(row, place->object->patched ? NULL : "for its module");
}

static struct klpcc_error *print_functions(const struct klpcc_live_state *state,
					   FILE *stream)
{
	static const struct klpcc_column columns[] = {
		{ "patch", false },   { "function", false }, { "object", false },
		{ "position", true }, { "address", false },  { "waits", false },
	};
	size_t count = list_places(&state->patches, NULL);
	struct place *places = calloc(count + 1, sizeof(*places));
	const struct klpcc_table table = {
		.columns = columns,
		.column_count = sizeof(columns) / sizeof(columns[0]),
		.row_count = count,
		.fill = fill_place,
		.arg = places,
	};
	struct klpcc_error *err;

	if (!places)
		return klpcc_error_nomem();
	list_places(&state->patches, places);
	if (count)
		putc('\n', stream);
	err = klpcc_table_print(&table, stream);
	free(places);
	return err;
}

/* ---- what is wrong ---------------------------------------------------------------------- */

static size_t check_patch(const struct klpcc_live_patch *patch, FILE *stream)
{
	switch (patch->state) {
	case KLPCC_PATCH_ENABLING:
	case KLPCC_PATCH_DISABLING:
		klpcc_print_line(
			stream, patch->name, KLPCC_MESSAGE_WARNING,
			"it is in transition: tasks still run the code from before");
		return 1;
	case KLPCC_PATCH_KEPT:
		klpcc_print_line(
			stream, patch->name, KLPCC_MESSAGE_WARNING,
			"it is off, but its module stays: a transition was forced, or something has it in use");
		return 1;
	case KLPCC_PATCH_LOADING:
		klpcc_print_line(stream, patch->name, KLPCC_MESSAGE_WARNING,
				 "it is still being loaded");
		return 1;
	case KLPCC_PATCH_ENABLED:
	case KLPCC_PATCH_REPLACED:
	case KLPCC_PATCH_DISABLED:
		break;
	}
	return 0;
}

/* One that another has replaced is as good as enabled. */
static size_t check_installed(const struct klpcc_live_state *state, const char *file,
			      FILE *stream)
{
	char *name = klpcc_module_name(file);
	const struct klpcc_live_patch *patch =
		name ? klpcc_patches_find(&state->patches, name) : NULL;
	size_t wrong = 0;

	if (!patch || patch->state == KLPCC_PATCH_DISABLED) {
		klpcc_print_line(
			stream, name ? name : file, KLPCC_MESSAGE_WARNING,
			"it is installed, and not enabled: load it, or uninstall it if another has replaced it");
		wrong = 1;
	}
	free(name);
	return wrong;
}

size_t klpcc_list_check(const struct klpcc_live_state *state, FILE *stream)
{
	size_t wrong = 0;

	for (size_t i = 0; i < state->patches.count; i++)
		wrong += check_patch(&state->patches.patches[i], stream);
	for (size_t i = 0; i < state->installed.files.count; i++)
		wrong += check_installed(state, state->installed.files.words[i], stream);
	if (state->others && !state->installed.files.count) {
		klpcc_print_line(
			stream, state->installed.release, KLPCC_MESSAGE_WARNING,
			"no livepatch is installed for this kernel, and for another one there is");
		wrong++;
	}
	return wrong;
}

struct klpcc_error *klpcc_list_print(const struct klpcc_live_state *state, FILE *stream)
{
	struct klpcc_error *err = print_patches(state, stream);

	if (!err)
		err = print_functions(state, stream);
	if (err)
		return err;
	if (!state->patches.count)
		fprintf(stream, "no livepatch is loaded\n");
	if (klpcc_list_check(state, stream))
		return NULL;
	if (!state->installed.files.count)
		fprintf(stream, "%sno livepatch is installed for %s\n",
			state->patches.count ? "\n" : "", state->installed.release);
	return NULL;
}
