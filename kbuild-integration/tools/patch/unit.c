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
#include "decide.h"
#include "lines.h"
#include "patch-private.h"
#include "touched.h"

/*
 * With the lines of the original and the name that __FILE__ has there. Where it is wrong, the
 * compiler is asked again for the source as the user has it, so that its messages are about that.
 */
static struct klpcc_error *compile_changed(const struct klpcc_patch_maker *maker,
					   size_t number, const char *object)
{
	const struct klpcc_patch_unit *unit = &maker->patch->units[number];
	const struct klpcc_tree *tree = maker->sources.tree;
	const struct klpcc_tree_command *command = &maker->sources.commands[number];
	char *original = NULL, *lined = NULL, *name = NULL;
	const char *extra[2] = { NULL };
	struct klpcc_error *err;

	err = klpcc_patch_path(&original, tree->source, unit->source, "");
	if (!err)
		err = klpcc_patch_path(&lined, maker->scratch, unit->name, ".lined.c");
	if (!err && asprintf(&name, "-fmacro-prefix-map=%s=%s", lined, unit->source) < 0)
		err = klpcc_error_nomem();
	if (!err)
		err = klpcc_lines_keep(original, unit->changed, lined);
	extra[0] = name;
	if (!err) {
		struct klpcc_error *failed =
			klpcc_tree_try(tree, command, lined, extra, object);

		if (failed)
			err = klpcc_tree_compile(tree, command, unit->changed, NULL,
						 object);
		if (failed && !err)
			err = failed;
		else
			klpcc_error_free(failed);
	}
	free(original);
	free(lined);
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
		.source = command->source,
		.observation = observation,
	};
	char **flags = NULL;
	struct klpcc_error *err;

	unit->object = strdup(draft.result->object);
	err = unit->object
		      ? klpcc_match_read_imports(&maker->kernel, unit->object, &imports)
		      : klpcc_error_nomem();
	if (!err)
		err = klpcc_tree_flags(maker->sources.tree, command, &flags);
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
				       const char *original, const char *changed)
{
	struct klpcc_against against;
	struct klpcc_plan *plan;
	struct klpcc_error *err = klpcc_against(original, changed, &against);

	if (err)
		return err;
	err = klpcc_plan_read(unit->plan, &plan);
	if (!err) {
		err = klpcc_patch_decide(plan, &against, unit);
		if (!err)
			err = find_positions(plan, unit);
		if (!err)
			err = note_lines(maker, plan, &against, unit);
		klpcc_plan_free(plan);
	}
	klpcc_against_deinit(&against);
	return err;
}

struct klpcc_error *klpcc_patch_compare_unit(struct klpcc_patch_maker *maker,
					     size_t number)
{
	struct klpcc_patch_unit *unit = &maker->patch->units[number];
	char *original = NULL, *changed = NULL, *observation = NULL;
	struct klpcc_error *err;

	err = klpcc_patch_path(&original, maker->scratch, unit->name, ".original.o");
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
		err = write_plan(maker, number, observation);
	if (!err)
		err = decide_unit(maker, unit, original, changed);
	free(original);
	free(changed);
	free(observation);
	return klpcc_error_prefix(err, "%s", unit->source);
}
