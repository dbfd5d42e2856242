// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * From a fix to a livepatch: see patch.h. Calls the phases: the changed sources, the proof that
 * the originals are the kernel's, what differs, which functions that means, and the module.
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../lib/file.h"
#include "../lib/parts.h"
#include "../lib/stop.h"
#include "../lib/workers.h"
#include "../tree/list.h"
#include "../tree/make.h"
#include "build.h"
#include "callbacks.h"
#include "diff.h"
#include "patch-private.h"
#include "sort.h"
#include "../lib/scratch.h"

struct klpcc_error *klpcc_patch_path(char **ret, const char *directory, const char *name,
				     const char *ending)
{
	return asprintf(ret, "%s/%s%s", directory, name, ending) < 0 ? klpcc_error_nomem()
								     : NULL;
}

bool klpcc_patch_ends_with(const char *text, const char *end)
{
	size_t length = strlen(text), more = strlen(end);

	return length >= more && !strcmp(text + length - more, end);
}

/* kbuild gives files of modules outside of the tree their whole path. */
struct klpcc_error *klpcc_patch_map_name(const struct klpcc_tree *tree, const char *path,
					 const char *name, char **ret)
{
	const bool whole = tree->kernel && !tree->runs_there;

	if (asprintf(ret, "-fmacro-prefix-map=%s=%s%s%s", path, whole ? tree->source : "",
		     whole ? "/" : "", name) >= 0)
		return NULL;
	*ret = NULL;
	return klpcc_error_nomem();
}

static void deinit_unit(struct klpcc_patch_unit *unit)
{
	for (size_t i = 0; i < unit->choice_count; i++) {
		free(unit->choices[i].name);
		free(unit->choices[i].why);
	}
	for (size_t i = 0; i < KLPCC_CALLBACK_KINDS; i++)
		free(unit->callbacks[i]);
	free(unit->choices);
	free(unit->positions);
	free(unit->source);
	free(unit->name);
	free(unit->object);
	free(unit->changed);
	free(unit->plan);
	free(unit->refusal);
}

/* ---- what there is ---------------------------------------------------------------------- */

static struct klpcc_error *find_tree(struct klpcc_patch_maker *maker)
{
	const struct klpcc_patch_request *request = maker->request;
	struct klpcc_tree_request tree = {
		.release = request->release,
		.source = request->source,
		.headers = request->headers,
		.quiet = request->quiet,
	};

	if (!request->tree)
		return klpcc_tree_make(&tree, &maker->tree);
	maker->tree = strdup(request->tree);
	return maker->tree ? NULL : klpcc_error_nomem();
}

/* As far as a module can be called so. */
struct klpcc_error *klpcc_patch_name(const char *diff, char **ret)
{
	const char *base = klpcc_base_name(diff), *dot = strrchr(base, '.');
	int length = (int)(dot && dot != base ? (size_t)(dot - base) : strlen(base));

	/* MODULE_NAME_LEN is 56 on 64 bits. */
	if (asprintf(ret, "livepatch-%.*s", length > 40 ? 40 : length, base) < 0)
		return klpcc_error_nomem();
	for (char *c = *ret; *c; c++)
		if (!isalnum((unsigned char)*c))
			*c = *c == '_' ? '_' : '-';
	return NULL;
}

/* The output may be relative to a directory that exists. */
static struct klpcc_error *name_output(const struct klpcc_patch_request *request,
				       struct klpcc_patch *patch)
{
	const char *output = request->output ? request->output : patch->name;
	char *directory = get_current_dir_name();
	int length = (int)strlen(output);
	int written;

	while (length > 1 && output[length - 1] == '/')
		length--;
	if (!directory)
		return klpcc_error_errno(errno, "the working directory");
	written = *output == '/' ? asprintf(&patch->output, "%.*s", length, output)
				 : asprintf(&patch->output, "%s/%.*s", directory, length,
					    output);
	free(directory);
	if (written < 0) {
		patch->output = NULL;
		return klpcc_error_nomem();
	}
	return klpcc_patch_path(&patch->module, patch->output, patch->name, ".ko");
}

/* ---- the sources ------------------------------------------------------------------------ */

static bool is_taken(const struct klpcc_patch *patch, size_t number)
{
	for (size_t i = 0; i < number; i++)
		if (!strcmp(patch->units[i].name, patch->units[number].name))
			return true;
	return false;
}

/*
 * "fs-fcntl" of "fs/fcntl.c". What more than one Makefile builds has a number from the second on, and so
 * has "fs-fcntl.c". Files at the top, which only modules outside of the tree have, could be called like
 * those of the patch.
 */
static struct klpcc_error *name_unit(struct klpcc_patch *patch, size_t number)
{
	struct klpcc_patch_unit *unit = &patch->units[number];
	char *plain = klpcc_tree_plain_name(unit->source), *base = NULL;
	struct klpcc_error *err = NULL;

	if (!plain || asprintf(&base, "%s%.*s", strchr(plain, '/') ? "" : "module_",
			       (int)(strlen(plain) - strlen(".c")), plain) < 0)
		err = klpcc_error_nomem();
	for (char *c = base; !err && *c; c++)
		if (*c == '/')
			*c = '-';
	unit->name = err ? NULL : strdup(base);
	for (size_t i = 2; unit->name && is_taken(patch, number); i++) {
		free(unit->name);
		if (asprintf(&unit->name, "%s-%zu", base, i) < 0)
			unit->name = NULL;
	}
	if (!err && !unit->name)
		err = klpcc_error_nomem();
	free(plain);
	free(base);
	return err;
}

/* One that only includes what changes is as it was. */
static struct klpcc_error *find_changed(struct klpcc_patch_maker *maker,
					const struct klpcc_tree *tree, size_t number)
{
	struct klpcc_patch_unit *unit = &maker->patch->units[number];
	char *plain = klpcc_tree_plain_name(unit->source);
	struct klpcc_error *err;

	unit->includes = number >= maker->own_count;
	if (!plain)
		return klpcc_error_nomem();
	err = unit->includes ? klpcc_patch_path(&unit->changed, tree->source, plain, "")
			     : klpcc_patch_path(&unit->changed, maker->scratch,
						"changed/", plain);
	free(plain);
	return err;
}

static struct klpcc_error *make_units(struct klpcc_patch_maker *maker,
				      const struct klpcc_tree *tree)
{
	struct klpcc_patch *patch = maker->patch;
	struct klpcc_error *err = NULL;
	size_t count = maker->files.count;

	patch->units = calloc(count, sizeof(*patch->units));
	maker->jobs = calloc(count, sizeof(*maker->jobs));
	maker->errors = calloc(count, sizeof(struct klpcc_error *));
	if (!patch->units || !maker->jobs || !maker->errors)
		return klpcc_error_nomem();
	patch->unit_count = count;
	for (size_t i = 0; !err && i < count; i++) {
		struct klpcc_patch_unit *unit = &patch->units[i];

		unit->source = strdup(maker->files.words[i]);
		if (!unit->source)
			return klpcc_error_nomem();
		err = name_unit(patch, i);
		if (!err)
			err = find_changed(maker, tree, i);
		if (!err)
			err = klpcc_patch_path(&unit->plan, maker->scratch, unit->name,
					       ".plan");
	}
	return err;
}

/* They are apart from what may be built. */
static struct klpcc_error *take_headers(struct klpcc_patch_maker *maker)
{
	struct klpcc_words *files = &maker->files;
	struct klpcc_error *err = NULL;
	size_t kept = 0;

	for (size_t i = 0; i < files->count; i++) {
		char *file = files->words[i];

		if (!klpcc_patch_ends_with(file, ".h"))
			files->words[kept++] = file;
		else if (err)
			free(file);
		else
			err = klpcc_words_take(&maker->headers, file);
	}
	files->count = kept;
	files->words[kept] = NULL;
	return err;
}

/* kbuild's lists of prerequisites are separated by blanks, and these name the headers there. */
static struct klpcc_error *check_output(const struct klpcc_patch_maker *maker)
{
	const char *output = maker->patch->output;

	if (!output || !maker->headers.count || !strpbrk(output, " \t\n'\"\\#$"))
		return NULL;
	return klpcc_error_new(
		EINVAL,
		"%s: where a header changes, the path of this directory may have no blank, quote, backslash, # or $ in it; name another one with --output",
		output);
}

static struct klpcc_error *find_files(struct klpcc_patch_maker *maker,
				      const struct klpcc_tree *tree)
{
	struct klpcc_error *err = take_headers(maker);

	if (!err)
		err = klpcc_patch_sort_files(maker, tree);
	if (!err)
		err = check_output(maker);
	return err ? err : make_units(maker, tree);
}

static struct klpcc_error *apply_diffs(struct klpcc_patch_maker *maker)
{
	struct klpcc_tree *tree;
	struct klpcc_error *err =
		klpcc_tree_open_module(maker->tree, maker->request->module_dir, &tree);
	char *changed = NULL;

	if (err)
		return err;
	if (tree->kernel && !(maker->module = strdup(tree->source)))
		err = klpcc_error_nomem();
	if (!err)
		err = klpcc_patch_path(&changed, maker->scratch, "changed", "/");
	if (!err)
		err = klpcc_scratch_parents(changed);
	if (!err)
		err = klpcc_diff_apply(maker, tree, changed);
	if (!err && strcmp(tree->release, maker->request->release))
		err = klpcc_error_new(EINVAL, "%s: this tree is for %s, not for %s",
				      maker->tree, tree->release,
				      maker->request->release);
	if (!err)
		err = find_files(maker, tree);
	free(changed);
	klpcc_tree_close(tree);
	return err;
}

/* ---- the originals ---------------------------------------------------------------------- */

static struct klpcc_error *match_originals(struct klpcc_patch_maker *maker)
{
	struct klpcc_match_batch batch = {
		.kernel = &maker->kernel,
		.jobs = maker->jobs,
		.count = maker->patch->unit_count,
	};
	struct klpcc_error *err;

	err = klpcc_patch_open_kernel(maker->request, maker->index, &maker->kernel);
	maker->kernel_open = !err;
	if (!err)
		err = klpcc_match_sources_open(maker->tree, maker->request->module_dir,
					       maker->files.words, batch.count,
					       maker->jobs, &maker->sources);
	if (!err)
		err = klpcc_match_batch_run(&batch);
	return err;
}

/* ---- what differs ----------------------------------------------------------------------- */

static bool chooses(const struct klpcc_patch_unit *unit, const char *name)
{
	for (size_t i = 0; i < unit->choice_count; i++)
		if (!strcmp(unit->choices[i].name, name))
			return true;
	return false;
}

/* In the module the new function of each has a global name. */
static void prefix_names(struct klpcc_patch *patch)
{
	for (size_t i = 0; i < patch->unit_count; i++)
		for (size_t k = 0; k < patch->units[i].choice_count; k++)
			for (size_t j = 0; j < i; j++)
				patch->units[i].prefixed |=
					chooses(&patch->units[j],
						patch->units[i].choices[k].name);
}

static bool has_part(const struct klpcc_patch_unit *unit)
{
	return unit->choice_count || unit->refusal ||
	       klpcc_callbacks_count(unit->callbacks);
}

/* What of the fix changes no code here has no part in the livepatch. */
static struct klpcc_error *drop_units(struct klpcc_patch_maker *maker)
{
	struct klpcc_patch *patch = maker->patch;
	size_t kept = 0, count = patch->unit_count;
	struct klpcc_error *err = NULL;

	for (size_t i = 0; i < count; i++)
		kept += has_part(&patch->units[i]);
	if (!kept)
		return klpcc_error_new(EINVAL, "%s: no function of it changes",
				       maker->own_count == 1 ? patch->units[0].source
							     : maker->request->diffs[0]);
	patch->unit_count = 0;
	for (size_t i = 0; i < count; i++) {
		struct klpcc_patch_unit *unit = &patch->units[i];

		if (has_part(unit)) {
			patch->proved +=
				maker->jobs[i].result.functions[KLPCC_MATCH_SAME];
			patch->units[patch->unit_count++] = *unit;
			continue;
		}
		if (!unit->includes && !err)
			err = klpcc_patch_leave_out(patch, unit->source,
						    "no function of it changes");
		deinit_unit(unit);
	}
	return err;
}

static bool is_own(const struct klpcc_patch_maker *maker, const char *file)
{
	for (size_t i = 0; i < maker->own_count; i++)
		if (!strcmp(maker->files.words[i], file))
			return true;
	return false;
}

/* What no file was compiled with, nor is compiled by itself. */
static struct klpcc_error *drop_headers(const struct klpcc_patch_maker *maker)
{
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < maker->headers.count; i++)
		if (!maker->included[i] && !is_own(maker, maker->headers.words[i]))
			err = klpcc_patch_leave_out(
				maker->patch, maker->headers.words[i],
				"no file that the kernel is built of includes it");
	return err;
}

static void compare_task(void *data, size_t number)
{
	struct klpcc_patch_maker *maker = data;

	if (!klpcc_patch_has_complained(maker))
		maker->errors[number] = klpcc_patch_compare_unit(maker, number);
}

static struct klpcc_error *compare_units(struct klpcc_patch_maker *maker)
{
	struct klpcc_error *err;

	klpcc_workers_run("files", maker->patch->unit_count, compare_task, maker);
	err = klpcc_patch_first_error(maker->errors, maker->files.count);
	if (!err)
		err = drop_units(maker);
	if (!err)
		err = drop_headers(maker);
	if (!err)
		prefix_names(maker->patch);
	return err ? err : klpcc_callbacks_check(maker->patch);
}

/* ---- all of it -------------------------------------------------------------------------- */

static struct klpcc_error *find_compat(char **ret)
{
	struct klpcc_parts parts;
	struct klpcc_error *err = klpcc_parts_init(&parts);

	if (err)
		return err;
	err = klpcc_parts_compat(&parts, ret);
	klpcc_parts_deinit(&parts);
	return err;
}

static struct klpcc_error *prepare(struct klpcc_patch_maker *maker)
{
	const struct klpcc_patch_request *request = maker->request;
	struct klpcc_error *err;

	maker->patch->release = strdup(request->release);
	err = maker->patch->release
		      ? klpcc_patch_name(request->diffs[0], &maker->patch->name)
		      : klpcc_error_nomem();
	if (!err && !request->explain)
		err = name_output(request, maker->patch);
	if (!err && !request->explain)
		err = klpcc_patch_place_check(maker->patch->output);
	if (!err)
		err = find_compat(&maker->patch->compat);
	if (!err)
		err = klpcc_scratch_make(&maker->scratch);
	return err;
}

/* What may be missing before what takes minutes. */
static struct klpcc_error *find_kernel(struct klpcc_patch_maker *maker)
{
	struct klpcc_error *err = klpcc_patch_enter(maker, KLPCC_PATCH_INDEX);

	if (!err)
		err = klpcc_patch_find_index(maker->request, &maker->index);
	if (!err)
		err = klpcc_patch_enter(maker, KLPCC_PATCH_TREE);
	if (!err)
		err = find_tree(maker);
	return err;
}

/* Of data, for example. */
static struct klpcc_error *find_refusal(const struct klpcc_patch *patch, bool all)
{
	for (size_t i = 0; i < patch->unit_count; i++)
		if (patch->units[i].refusal && (all || !patch->units[i].choice_count))
			return klpcc_error_new(ENOTSUP, "%s: %s", patch->units[i].source,
					       patch->units[i].refusal);
	return NULL;
}

/*
 * Where something is refused and functions are chosen, the plugin has the first word: it knows the
 * place, and perhaps more, as a table may have changed with a struct.
 */
static struct klpcc_error *build_module(const struct klpcc_patch_maker *maker)
{
	struct klpcc_patch_place place;
	struct klpcc_error *err = klpcc_patch_write(maker, &place);
	bool keep = false;

	if (!err) {
		err = klpcc_patch_build(maker);
		/* The messages of a build that failed are about what is there. */
		keep = !err || (err->code != EINTR && err->code != ENOSPC);
	}
	if (!err) {
		err = find_refusal(maker->patch, true);
		if (err)
			unlink(maker->patch->module);
	}
	klpcc_patch_place_end(&place, keep);
	return err;
}

static struct klpcc_error *make_module(struct klpcc_patch_maker *maker)
{
	struct klpcc_error *err = klpcc_patch_enter(maker, KLPCC_PATCH_BUILD);

	if (!err)
		err = build_module(maker);
	if (!err)
		err = klpcc_patch_enter(maker, KLPCC_PATCH_VERIFY);
	return err ? err : klpcc_patch_check(maker);
}

static struct klpcc_error *run_phases(struct klpcc_patch_maker *maker)
{
	struct klpcc_error *err = prepare(maker);

	if (!err)
		err = find_kernel(maker);
	if (!err)
		err = klpcc_patch_enter(maker, KLPCC_PATCH_FIX);
	if (!err)
		err = apply_diffs(maker);
	if (!err)
		err = klpcc_patch_enter(maker, KLPCC_PATCH_ORIGINALS);
	if (!err)
		err = match_originals(maker);
	if (!err)
		err = klpcc_patch_enter(maker, KLPCC_PATCH_COMPARE);
	if (!err)
		err = compare_units(maker);
	if (!err)
		err = find_refusal(maker->patch, maker->request->explain);
	if (!err && !maker->request->explain)
		err = make_module(maker);
	/* All is there: no signal can stop it any more. */
	if (!err)
		klpcc_error_free(klpcc_patch_enter(maker, KLPCC_PATCH_PHASES));
	return err;
}

static void deinit_maker(struct klpcc_patch_maker *maker)
{
	struct klpcc_match_batch batch = {
		.jobs = maker->jobs,
		.count = maker->jobs ? maker->files.count : 0,
	};

	klpcc_match_batch_deinit(&batch);
	klpcc_match_sources_close(&maker->sources);
	if (maker->kernel_open)
		klpcc_match_kernel_close(&maker->kernel);
	klpcc_words_deinit(&maker->files);
	klpcc_words_deinit(&maker->headers);
	klpcc_words_deinit(&maker->between);
	klpcc_scratch_remove(maker->scratch);
	free(maker->included);
	free(maker->jobs);
	free(maker->errors);
	free(maker->tree);
	free(maker->module);
	free(maker->index);
}

struct klpcc_error *klpcc_patch_make(const struct klpcc_patch_request *request,
				     struct klpcc_patch *ret)
{
	struct klpcc_patch_maker maker = { .request = request, .patch = ret };
	struct klpcc_error *err, *stopped;

	*ret = (struct klpcc_patch){ .release = NULL };
	err = run_phases(&maker);
	deinit_maker(&maker);
	if (!err)
		return NULL;
	klpcc_patch_deinit(ret);
	/* What failed because of that does not matter. */
	stopped = klpcc_stop_check();
	if (!stopped)
		return err;
	klpcc_error_free(err);
	return stopped;
}

void klpcc_patch_deinit(struct klpcc_patch *patch)
{
	for (size_t i = 0; i < patch->unit_count; i++)
		deinit_unit(&patch->units[i]);
	free(patch->units);
	klpcc_patch_deinit_left(patch);
	free(patch->doubt);
	free(patch->release);
	free(patch->name);
	free(patch->output);
	free(patch->module);
	free(patch->compat);
	*patch = (struct klpcc_patch){ .release = NULL };
}
