// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * One file of a fix: what the change makes of its code.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../match/against.h"
#include "../plan/plan.h"
#include "../plan/write.h"
#include "callbacks.h"
#include "decide.h"
#include "headers.h"
#include "lines.h"
#include "patch-private.h"
#include "touched.h"

/* How one of the changed files is compiled. Strings are its own. */
struct changed_unit {
	struct klpcc_tree_command command; /* with the changed headers in front */
	char *lined;   /* the source with the lines and the name of the original */
	char *headers; /* what __FILE__ is in the headers beside those that change */
	char *dependencies;
};

static void deinit_changed(struct changed_unit *changed)
{
	klpcc_tree_command_deinit(&changed->command);
	free(changed->lined);
	free(changed->headers);
	free(changed->dependencies);
}

static struct klpcc_error *init_changed(const struct klpcc_patch_maker *maker,
					size_t number, struct changed_unit *changed)
{
	const struct klpcc_patch_unit *unit = &maker->patch->units[number];
	const struct klpcc_tree *tree = maker->sources.tree;
	char *original = NULL, *directory = NULL, *below = NULL;
	struct klpcc_error *err =
		klpcc_patch_path(&original, tree->source, unit->source, "");

	if (!err)
		err = klpcc_patch_path(&changed->lined, maker->scratch, unit->name,
				       ".lined.c");
	if (!err)
		err = klpcc_patch_path(&changed->dependencies, maker->scratch, unit->name,
				       ".d");
	if (!err)
		err = klpcc_patch_path(&directory, maker->scratch, "lined", "");
	if (!err)
		err = klpcc_patch_path(&below, directory, "", "");
	if (!err)
		err = klpcc_patch_map_name(tree, below, "", &changed->headers);
	if (!err)
		err = klpcc_tree_overlay(tree, &maker->sources.commands[number],
					 directory, directory, maker->patch->compat,
					 &changed->command);
	if (!err)
		err = klpcc_lines_keep(original, unit->changed, changed->command.input,
				       changed->lined);
	free(original);
	free(directory);
	free(below);
	return err;
}

/*
 * With the lines of the original and its name. Where it is wrong, the compiler is asked again for
 * the source as the user has it, so that its messages are about that.
 */
static struct klpcc_error *compile_changed(struct klpcc_patch_maker *maker, size_t number,
					   const char *object)
{
	const struct klpcc_patch_unit *unit = &maker->patch->units[number];
	const struct klpcc_tree *tree = maker->sources.tree;
	struct changed_unit changed = { .lined = NULL };
	struct klpcc_error *err = init_changed(maker, number, &changed), *failed;
	const char *extra[] = { changed.headers, "-MMD", "-MF", changed.dependencies,
				NULL };

	failed = err ? NULL
		     : klpcc_tree_try(tree, &changed.command, changed.lined, extra,
				      object);
	if (failed)
		err = klpcc_patch_complain(maker, tree, &maker->sources.commands[number],
					   unit->changed, unit->name, object);
	if (!err && !failed)
		err = klpcc_patch_check_headers(maker, unit->source,
						changed.dependencies);
	if (failed && !err)
		err = failed;
	else
		klpcc_error_free(failed);
	deinit_changed(&changed);
	return err;
}

/* What the unit's own build is told, with the headers where they will be then. */
static struct klpcc_error *make_flags(const struct klpcc_patch_maker *maker,
				      size_t number, char ***ret)
{
	const struct klpcc_tree *tree = maker->sources.tree;
	struct klpcc_tree_command command = { .source = NULL };
	char *directory = NULL, *name = NULL;
	struct klpcc_error *err =
		klpcc_patch_path(&directory, maker->scratch, "lined", "");

	if (!err)
		err = klpcc_patch_path(&name,
				       maker->patch->output ? maker->patch->output : "",
				       KLPCC_PATCH_HEADERS, "");
	if (!err)
		err = klpcc_tree_overlay(tree, &maker->sources.commands[number],
					 directory, name, NULL, &command);
	if (!err)
		err = klpcc_tree_flags(tree, &command, ret);
	klpcc_tree_command_deinit(&command);
	free(directory);
	free(name);
	return err;
}

static struct klpcc_error *write_plan(struct klpcc_patch_maker *maker, size_t number,
				      const char *observation)
{
	struct klpcc_patch_unit *unit = &maker->patch->units[number];
	const struct klpcc_tree_command *command = &maker->sources.commands[number];
	struct klpcc_match_imports imports = { .count = 0 };
	struct klpcc_plan_draft draft = {
		.index = maker->kernel.index,
		.result = &maker->jobs[number].result,
		.imports = &imports,
		/* As __FILE__ names it. */
		.source = maker->module ? command->input : command->source,
		.observation = observation,
	};
	char **flags = NULL;
	struct klpcc_error *err;

	unit->object = strdup(draft.result->object);
	err = unit->object
		      ? klpcc_match_read_imports(&maker->kernel, unit->object, &imports)
		      : klpcc_error_nomem();
	if (!err)
		err = make_flags(maker, number, &flags);
	draft.flags = flags;
	if (!err)
		err = klpcc_plan_write(unit->plan, &draft);
	klpcc_tree_flags_free(flags);
	klpcc_match_imports_deinit(&imports);
	return err;
}

/* The positions of what was chosen; all of it must be the kernel's own. */
static struct klpcc_error *find_positions(const struct klpcc_plan *plan,
					  struct klpcc_patch_unit *unit)
{
	unit->positions = calloc(unit->choice_count + 1, sizeof(*unit->positions));
	if (!unit->positions)
		return klpcc_error_nomem();
	for (size_t i = 0; i < unit->choice_count; i++) {
		const struct klpcc_plan_symbol *symbol =
			klpcc_plan_find_symbol(plan, unit->choices[i].name);

		if (!symbol || symbol->state != KLPCC_PLAN_SAME)
			return klpcc_error_new(
				ENOTSUP,
				"'%s' changes, and the kernel does not use this file's: it is weak, and overridden",
				unit->choices[i].name);
		unit->positions[i] = symbol->sympos;
	}
	return NULL;
}

/* What a message says of the choices. */
static struct klpcc_error *note_lines(const struct klpcc_patch_maker *maker,
				      const struct klpcc_plan *plan,
				      const struct klpcc_against *against,
				      struct klpcc_patch_unit *unit)
{
	char *original = NULL, *hunks = NULL;
	struct klpcc_error *err;

	err = klpcc_patch_path(&original, maker->sources.tree->source, unit->source, "");
	if (!err)
		err = klpcc_lines_read_hunks(original, unit->changed, &hunks);
	if (!err)
		err = klpcc_patch_note_lines(plan, against, hunks, unit);
	free(original);
	free(hunks);
	return err;
}

static struct klpcc_error *decide_unit(const struct klpcc_patch_maker *maker,
				       struct klpcc_patch_unit *unit,
				       const struct klpcc_against *against)
{
	struct klpcc_plan *plan;
	struct klpcc_error *err = klpcc_plan_read(unit->plan, &plan);

	if (err)
		return err;
	err = klpcc_patch_decide(plan, against, maker->request->allowed, unit);
	if (!err)
		err = find_positions(plan, unit);
	if (!err)
		err = note_lines(maker, plan, against, unit);
	klpcc_plan_free(plan);
	return err;
}

/* A module outside of the tree may be loaded from anywhere. */
static struct klpcc_error *explain_missing(const struct klpcc_patch_maker *maker,
					   const char *module, struct klpcc_error *err)
{
	klpcc_error_free(err);
	return klpcc_error_new(
		ENOENT,
		"the file of its module, %s.ko, is not among the modules of %s; give the one that is loaded with --module-file",
		module, maker->request->release);
}

static struct klpcc_error *judge_original(const struct klpcc_patch_maker *maker,
					  size_t number)
{
	struct klpcc_match_job *job = &maker->jobs[number];
	struct klpcc_error *err = job->err;

	job->err = NULL;
	if (err && err->code == ENOENT && job->in)
		err = explain_missing(maker, job->in, err);
	if (!err && !job->result.matches)
		err = klpcc_error_new(
			EINVAL,
			"what this source is compiled to is not what %s has, so it is not this kernel's; `klpcc match` shows the difference",
			maker->request->release);
	return err;
}

/* What only includes a header that changes has often nothing of the change. */
static struct klpcc_error *compare_objects(struct klpcc_patch_maker *maker, size_t number,
					   const char *original, const char *changed,
					   const char *observation)
{
	struct klpcc_patch_unit *unit = &maker->patch->units[number];
	struct klpcc_against against;
	struct klpcc_error *err = klpcc_against(original, changed, &against);

	if (err)
		return err;
	err = klpcc_callbacks_find(&against, unit->callbacks);
	if (!err && unit->includes && against.others)
		err = judge_original(maker, number);
	if (!unit->includes || against.others) {
		if (!err)
			err = write_plan(maker, number, observation);
		if (!err)
			err = decide_unit(maker, unit, &against);
	}
	klpcc_against_deinit(&against);
	return err;
}

struct klpcc_error *klpcc_patch_compare_unit(struct klpcc_patch_maker *maker,
					     size_t number)
{
	struct klpcc_patch_unit *unit = &maker->patch->units[number];
	char *original = NULL, *changed = NULL, *observation = NULL;
	struct klpcc_error *err = NULL;

	/* Before what is not the kernel's is compiled. */
	if (!unit->includes)
		err = judge_original(maker, number);
	if (!err)
		err = klpcc_patch_path(&original, maker->scratch, unit->name,
				       ".original.o");
	if (!err)
		err = klpcc_patch_path(&changed, maker->scratch, unit->name,
				       ".changed.o");
	if (!err)
		err = klpcc_patch_path(&observation, maker->scratch, unit->name,
				       ".observation");
	if (!err)
		err = klpcc_match_observe_file(&maker->sources, number, original,
					       observation);
	if (!err)
		err = compile_changed(maker, number, changed);
	if (!err)
		err = compare_objects(maker, number, original, changed, observation);
	free(original);
	free(changed);
	free(observation);
	return klpcc_error_prefix(err, "%s", unit->source);
}
