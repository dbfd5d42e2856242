// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which files can have other code when a header changes: see users.h.
 */
#include "users.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../lib/file.h"
#include "../lib/progress.h"
#include "../lib/stop.h"
#include "../lib/workers.h"
#include "headers.h"
#include "preprocessed.h"

/* kbuild is started for so many at once; the bar moves in between. */
#define AT_ONCE 64

/*
 * Some sources include what is made for their objects only. What is still missing in the end, the
 * command for each says.
 */
static struct klpcc_error *preprocess_portion(const struct klpcc_tree *tree,
					      char *const *sources, size_t count)
{
	struct klpcc_words missing = { .count = 0 };
	struct klpcc_error *err;

	klpcc_error_free(
		klpcc_tree_build_as(tree, sources, count, KLPCC_TREE_PREPROCESSED));
	err = klpcc_stop_check();
	for (size_t i = 0; !err && i < count; i++)
		if (!klpcc_tree_is_current(tree, sources[i], KLPCC_TREE_PREPROCESSED))
			err = klpcc_words_add(&missing, sources[i]);
	if (!err && missing.count) {
		klpcc_error_free(klpcc_tree_build(tree, missing.words, missing.count));
		klpcc_error_free(klpcc_tree_build_as(tree, missing.words, missing.count,
						     KLPCC_TREE_PREPROCESSED));
	}
	klpcc_words_deinit(&missing);
	return err ? err : klpcc_stop_check();
}

static struct klpcc_error *preprocess_originals(const struct klpcc_patch_maker *maker,
						const struct klpcc_tree *tree,
						const struct klpcc_words *candidates)
{
	struct klpcc_progress progress = { .quiet = maker->request->quiet };
	struct klpcc_error *err = NULL;

	klpcc_progress_begin(&progress, "files that may include it", candidates->count);
	for (size_t at = 0; !err && at < candidates->count; at += AT_ONCE) {
		size_t count = candidates->count - at;

		count = count < AT_ONCE ? count : AT_ONCE;
		err = preprocess_portion(tree, candidates->words + at, count);
		klpcc_progress_update(&progress, at + count);
	}
	klpcc_progress_end(&progress);
	return err;
}

/* Each candidate is looked at by any thread. */
struct examination {
	struct klpcc_patch_maker *maker;
	const struct klpcc_tree *tree;
	const struct klpcc_words *candidates;
	bool all; /* they are not asked whether they include a header */
	bool *taken;
	struct klpcc_error **errors;
};

/* A candidate with the headers that change. Strings are its own. */
struct variant {
	struct klpcc_tree_command command;
	char *source, *output, *dependencies, *name, *headers;
};

static void deinit_variant(struct variant *variant)
{
	klpcc_tree_command_deinit(&variant->command);
	free(variant->source);
	free(variant->output);
	free(variant->dependencies);
	free(variant->name);
	free(variant->headers);
}

/* A copy of the source, as what is beside the original would be found first there. */
static struct klpcc_error *copy_source(const struct klpcc_tree *tree, const char *source,
				       const char *copy)
{
	char *path = NULL, *text = NULL;
	struct klpcc_error *err = klpcc_patch_path(&path, tree->source, source, "");

	if (!err)
		err = klpcc_file_read_text(path, &text);
	if (!err)
		err = klpcc_file_write_text(copy, text);
	free(path);
	free(text);
	return err;
}

static struct klpcc_error *init_variant(const struct examination *examination,
					size_t number,
					const struct klpcc_tree_command *command,
					struct variant *variant)
{
	const char *scratch = examination->maker->scratch;
	const struct klpcc_tree *tree = examination->tree;
	char *lined = NULL, *below = NULL;
	struct klpcc_error *err = klpcc_patch_path(&lined, scratch, "lined", "");

	if (asprintf(&variant->source, "%s/user-%zu.c", scratch, number) < 0 ||
	    asprintf(&variant->output, "%s/user-%zu.i", scratch, number) < 0 ||
	    asprintf(&variant->dependencies, "%s/user-%zu.d", scratch, number) < 0)
		err = err ? err : klpcc_error_nomem();
	if (!err)
		err = klpcc_patch_path(&below, lined, "", "");
	if (!err)
		err = klpcc_patch_map_name(tree, variant->source, command->source,
					   &variant->name);
	if (!err)
		err = klpcc_patch_map_name(tree, below, "", &variant->headers);
	if (!err)
		err = copy_source(tree, command->source, variant->source);
	if (!err)
		err = klpcc_tree_overlay(tree, command, lined, lined, NULL,
					 &variant->command);
	free(lined);
	free(below);
	return err;
}

static struct klpcc_error *compare_texts(const struct klpcc_tree_command *command,
					 const struct variant *variant, bool *ret)
{
	char *original = NULL, *changed = NULL;
	struct klpcc_error *err = klpcc_file_read_text(command->object, &original);

	if (!err)
		err = klpcc_file_read_text(variant->output, &changed);
	if (!err)
		err = klpcc_preprocessed_differ(original, changed, ret);
	free(original);
	free(changed);
	return err;
}

static struct klpcc_error *preprocess_variant(const struct examination *examination,
					      const struct klpcc_tree_command *command,
					      const struct variant *variant,
					      const char *const *extra)
{
	struct klpcc_error *failed =
		klpcc_tree_try(examination->tree, &variant->command, variant->source,
			       extra, variant->output);
	struct klpcc_error *err;

	if (!failed)
		return NULL;
	err = klpcc_patch_complain(examination->maker, examination->tree, command,
				   variant->source, klpcc_base_name(variant->source),
				   variant->output);
	if (!err)
		return failed;
	klpcc_error_free(failed);
	return err;
}

/* *ret: whether the headers that change can change its code. */
static struct klpcc_error *examine(const struct examination *examination, size_t number,
				   const struct klpcc_tree_command *command, bool *ret)
{
	struct variant variant = { .source = NULL };
	struct klpcc_error *err = init_variant(examination, number, command, &variant);
	const char *extra[] = { variant.name, variant.headers,      "-MMD",
				"-MF",        variant.dependencies, NULL };

	if (!err)
		err = preprocess_variant(examination, command, &variant, extra);
	if (!err)
		err = klpcc_patch_check_headers(examination->maker, command->source,
						variant.dependencies);
	if (!err)
		err = compare_texts(command, &variant, ret);
	if (variant.output)
		unlink(variant.output);
	deinit_variant(&variant);
	return err;
}

static void examine_task(void *data, size_t number)
{
	struct examination *examination = data;
	const char *source = examination->candidates->words[number], *header = NULL;
	struct klpcc_tree_command command;
	struct klpcc_error *err;

	if (klpcc_patch_has_complained(examination->maker))
		return;
	err = klpcc_stop_check();
	if (!err)
		err = klpcc_tree_command_of(examination->tree, source,
					    KLPCC_TREE_PREPROCESSED, &command);
	if (!err) {
		err = klpcc_tree_find_dependency(examination->tree, &command,
						 &examination->maker->headers, &header);
		if (!err && (header || examination->all))
			err = examine(examination, number, &command,
				      &examination->taken[number]);
		klpcc_tree_command_deinit(&command);
	}
	examination->errors[number] = klpcc_error_prefix(err, "%s", source);
}

static struct klpcc_error *examine_files(struct klpcc_patch_maker *maker,
					 const struct klpcc_tree *tree,
					 const struct klpcc_words *candidates, bool all)
{
	struct examination examination = {
		.maker = maker,
		.tree = tree,
		.candidates = candidates,
		.all = all,
		.taken = calloc(candidates->count + 1, sizeof(bool)),
		.errors = calloc(candidates->count + 1, sizeof(struct klpcc_error *)),
	};
	struct klpcc_error *err = examination.taken && examination.errors
					  ? preprocess_originals(maker, tree, candidates)
					  : klpcc_error_nomem();

	if (!err)
		klpcc_workers_run("files that include it", candidates->count,
				  examine_task, &examination);
	if (!err)
		err = klpcc_patch_first_error(examination.errors, candidates->count);
	for (size_t i = 0; !err && i < candidates->count; i++)
		if (examination.taken[i])
			err = klpcc_words_add(&maker->files, candidates->words[i]);
	free(examination.taken);
	free(examination.errors);
	return err;
}

/* ---- what kbuild knows ---------------------------------------------------------------------- */

struct sieve {
	const struct klpcc_patch_maker *maker;
	const struct klpcc_tree *tree;
	const struct klpcc_words *candidates;
	bool *lacking;
};

static void sieve_task(void *data, size_t number)
{
	struct sieve *sieve = data;

	sieve->lacking[number] = klpcc_tree_lacks_headers(
		sieve->tree, sieve->candidates->words[number], &sieve->maker->headers);
}

/* The others; a kernel that was built here has objects of all. */
static struct klpcc_error *sieve_candidates(const struct klpcc_patch_maker *maker,
					    const struct klpcc_tree *tree,
					    const struct klpcc_words *candidates,
					    struct klpcc_words *ret)
{
	struct sieve sieve = {
		.maker = maker,
		.tree = tree,
		.candidates = candidates,
		.lacking = calloc(candidates->count + 1, sizeof(bool)),
	};
	struct klpcc_error *err = NULL;

	if (!sieve.lacking)
		return klpcc_error_nomem();
	klpcc_workers_run("files that may include it", candidates->count, sieve_task,
			  &sieve);
	for (size_t i = 0; !err && i < candidates->count; i++)
		if (!sieve.lacking[i])
			err = klpcc_words_add(ret, candidates->words[i]);
	free(sieve.lacking);
	return err;
}

/* A header that is new may be found before another one of its name. */
static bool is_header_new(const struct klpcc_patch_maker *maker,
			  const struct klpcc_tree *tree)
{
	bool found = true;

	for (size_t i = 0; found && i < maker->headers.count; i++) {
		char *path;

		if (asprintf(&path, "%s/%s", tree->source, maker->headers.words[i]) < 0)
			return true;
		found = !access(path, F_OK);
		free(path);
	}
	return !found;
}

struct klpcc_error *klpcc_patch_take_users(struct klpcc_patch_maker *maker,
					   const struct klpcc_tree *tree,
					   const struct klpcc_words *candidates)
{
	struct klpcc_words rest = { .count = 0 };
	struct klpcc_error *err;

	if (is_header_new(maker, tree))
		return examine_files(maker, tree, candidates, true);
	err = sieve_candidates(maker, tree, candidates, &rest);
	if (!err)
		err = examine_files(maker, tree, &rest, false);
	klpcc_words_deinit(&rest);
	return err;
}
