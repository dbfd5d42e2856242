// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which functions a fix replaces: see decide.h.
 *
 * The object of the changed file is what decides, not its source: the compiler may have changed a
 * function that nobody touched, as it knows something else of a callee. A function that was
 * inlined has changed those that contain it.
 *
 * The kernel redirects a function where ftrace has a place in it. One without such a place is
 * reached through its callers only. So is a clone (f.isra.0), as other arguments are passed to it
 * than the source has. These callers may be inlined in their turn.
 */
#include "decide.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/array.h"
#include "../lib/message.h"
#include "allow.h"

struct decision {
	const struct klpcc_plan *plan;
	struct klpcc_patch_unit *unit;
	unsigned int allowed;
	bool *visited;  /* callers were looked for; one for each function of the plan */
	bool *reached;  /* it calls what cannot be redirected; the same */
	bool effective; /* something came of a label: a choice, or what is left as it is */
};

static struct klpcc_error *take_callers(struct decision *decision, const char *name,
					const char *why);

/* ---- the choices ------------------------------------------------------------------------ */

static bool is_chosen(const struct klpcc_patch_unit *unit, const char *name)
{
	for (size_t i = 0; i < unit->choice_count; i++)
		if (!strcmp(unit->choices[i].name, name))
			return true;
	return false;
}

static struct klpcc_error *choose(struct klpcc_patch_unit *unit, const char *name,
				  const char *why)
{
	struct klpcc_patch_choice *grown, choice;

	if (is_chosen(unit, name))
		return NULL;
	grown = klpcc_array_grow(unit->choices, unit->choice_count, 1,
				 &unit->choice_capacity, sizeof(*grown));
	if (!grown)
		return klpcc_error_nomem();
	unit->choices = grown;
	choice = (struct klpcc_patch_choice){ .name = strdup(name), .why = strdup(why) };
	unit->choices[unit->choice_count++] = choice;
	return choice.name && choice.why ? NULL : klpcc_error_nomem();
}

/* ---- one function ----------------------------------------------------------------------- */

static const struct klpcc_plan_function *find_label(const struct klpcc_plan *plan,
						    const char *label)
{
	for (size_t i = 0; i < plan->functions_count; i++)
		if (!strcmp(plan->functions[i].label, label))
			return &plan->functions[i];
	return NULL;
}

/* What a clone was made of; NULL: it is none. */
static const char *find_origin(const struct klpcc_plan *plan, const char *label)
{
	for (size_t i = 0; i < plan->clones_count; i++)
		if (!strcmp(plan->clones[i].first, label))
			return plan->clones[i].second;
	return NULL;
}

/* What GCC has put apart, f.cold. */
static bool is_cold(const char *label)
{
	const char *dot = strrchr(label, '.');

	return dot && !strcmp(dot, ".cold");
}

/*
 * A function that changes and cannot be replaced: an error, or a note if it may stay as it is.
 * reason: why it cannot, as the end of a sentence.
 */
static struct klpcc_error *leave_function(struct decision *decision,
					  enum klpcc_patch_kind kind, const char *option,
					  const char *name, const char *reason)
{
	decision->effective = true;
	if (!klpcc_patch_is_allowed(decision->allowed, kind))
		return klpcc_error_new(
			ENOTSUP,
			"'%s' changes, %s; without it the rest of the fix may be enough: --allow=%s leaves it as it is",
			name, reason, option);
	klpcc_message(KLPCC_MESSAGE_NOTE,
		      "%s: '%s' stays as it is, though it changes: %s",
		      decision->unit->source, name, reason);
	return NULL;
}

static struct klpcc_error *take_function(struct decision *decision,
					 const struct klpcc_plan_function *function,
					 const char *why)
{
	char reason[512];

	/* The plugin replaces what an alias is of: a system call of s390 is one. */
	if (function->alias_of && find_label(decision->plan, function->alias_of))
		function = find_label(decision->plan, function->alias_of);
	if (!function->gone && function->fentry) {
		decision->effective = true;
		return choose(decision->unit, function->label, why);
	}
	if (function->exit && !function->gone)
		return leave_function(
			decision, KLPCC_PATCH_EXIT, "exit", function->name,
			"which runs when its module is unloaded, and ftrace cannot redirect it");
	/* Its callers in the file are all that there are, or replacing them is no fix. */
	if (!function->gone && (!function->is_static || function->address_taken))
		return leave_function(
			decision, KLPCC_PATCH_NOTRACE, "notrace", function->name,
			function->is_static
				? "which ftrace cannot redirect (it is notrace, or tracing is switched off for the file), and pointers may call it, so that replacing its callers in the file would not be enough"
				: "which ftrace cannot redirect (it is notrace, or tracing is switched off for the file), and other files may call it, so that replacing its callers in the file would not be enough");
	snprintf(reason, sizeof(reason), "calls %s, %s", function->name,
		 function->gone ? "which is inlined" : "which ftrace cannot redirect");
	return take_callers(decision, function->name, reason);
}

/* label: of a function that differs, or of a clone. */
static struct klpcc_error *take_origin(struct decision *decision, const char *label,
				       const char *why)
{
	const struct klpcc_plan_function *function = find_label(decision->plan, label);
	const char *origin = label;
	struct klpcc_error *err = NULL;
	char reason[512];

	if (function && function->init)
		return leave_function(
			decision, KLPCC_PATCH_INIT, "init", function->name,
			"which has run when the kernel or its module started, and will not run again");
	if (function)
		return take_function(decision, function, why);
	for (const char *next; (next = find_origin(decision->plan, origin));)
		origin = next;
	function = find_label(decision->plan, origin);
	if (!function)
		return klpcc_error_new(
			ENOTSUP,
			"'%s' differs, and it is not known which function it belongs to",
			label);
	if (!function->gone)
		err = take_function(decision, function, why);
	if (err)
		return err;
	snprintf(reason, sizeof(reason), "calls %s", label);
	return take_callers(decision, function->name, reason);
}

/* One that has run and will not run again needs nothing. */
static struct klpcc_error *take_caller(struct decision *decision, const char *name,
				       const char *why)
{
	const struct klpcc_plan *plan = decision->plan;
	struct klpcc_error *err = NULL;
	bool found = false;

	for (size_t i = 0; !err && i < plan->functions_count; i++) {
		if (strcmp(plan->functions[i].name, name))
			continue;
		found = true;
		if (!plan->functions[i].init)
			err = take_function(decision, &plan->functions[i], why);
	}
	if (!err && !found)
		return klpcc_error_new(
			ENOTSUP, "'%s' %s, and it is not known what that is", name, why);
	return err;
}

/* "f", or a variant of it, "f.isra.0" */
static bool is_of(const char *name, const char *function)
{
	const size_t length = strlen(function);

	return !strncmp(name, function, length) && (name[length] == '.' || !name[length]);
}

static bool has_variants(const struct klpcc_plan *plan, const char *name)
{
	for (size_t i = 0; i < plan->clones_count; i++)
		if (is_of(plan->clones[i].second, name) &&
		    !is_cold(plan->clones[i].first))
			return true;
	return false;
}

static struct klpcc_error *take_place(struct decision *decision, const char *name,
				      const char *why);

/* into: the label of what contains the code of a caller, perhaps of a variant. */
static struct klpcc_error *take_holder(struct decision *decision, const char *into,
				       const char *why)
{
	const struct klpcc_plan *plan = decision->plan;

	for (size_t i = 0; i < plan->functions_count; i++)
		if (is_of(into, plan->functions[i].label))
			return take_place(decision, plan->functions[i].name, why);
	return klpcc_error_new(ENOTSUP, "'%s' %s, and it is not known what that is", into,
			       why);
}

/*
 * A function calls what the kernel cannot redirect. So does what contains a copy of it, and what
 * was made of it; none of these need differ.
 */
static struct klpcc_error *take_place(struct decision *decision, const char *name,
				      const char *why)
{
	const struct klpcc_plan *plan = decision->plan;
	struct klpcc_error *err = NULL;
	char reason[512];

	for (size_t i = 0; i < plan->functions_count; i++)
		if (!strcmp(plan->functions[i].name, name)) {
			decision->effective |= decision->reached[i];
			if (decision->reached[i])
				return NULL;
			decision->reached[i] = true;
		}
	err = take_caller(decision, name, why);
	for (size_t i = 0; !err && i < plan->inlined_count; i++)
		if (is_of(plan->inlined[i].first, name))
			err = take_holder(decision, plan->inlined[i].second, why);
	if (err || !has_variants(plan, name))
		return err;
	snprintf(reason, sizeof(reason), "calls a variant of %s, which %s", name, why);
	return take_callers(decision, name, reason);
}

static struct klpcc_error *take_callers(struct decision *decision, const char *name,
					const char *why)
{
	const struct klpcc_plan *plan = decision->plan;
	struct klpcc_error *err = NULL;
	bool found = false;

	for (size_t i = 0; i < plan->functions_count; i++)
		if (!strcmp(plan->functions[i].name, name)) {
			decision->effective |= decision->visited[i];
			if (decision->visited[i])
				return NULL;
			decision->visited[i] = true;
		}
	for (size_t i = 0; !err && i < plan->calls_count; i++)
		if (!strcmp(plan->calls[i].second, name) &&
		    strcmp(plan->calls[i].first, name)) {
			found = true;
			err = take_place(decision, plan->calls[i].first, why);
		}
	if (err || found)
		return err;
	return leave_function(
		decision, KLPCC_PATCH_NOTRACE, "notrace", name,
		"which ftrace cannot redirect (it is notrace, or tracing is switched off for the file), and nothing in the file calls it that could be replaced instead");
}

/*
 * f.cold is reached through f alone. What is called by nothing but code that has run has no place
 * where it could be replaced.
 */
static struct klpcc_error *take_label(struct decision *decision, const char *label,
				      const char *why)
{
	const size_t length = strlen(label) - (is_cold(label) ? strlen(".cold") : 0);
	char *whole = strndup(label, length);
	struct klpcc_error *err = whole ? NULL : klpcc_error_nomem();

	decision->effective = false;
	if (!err)
		err = take_origin(decision, whole, why);
	if (!err && !decision->effective)
		err = leave_function(
			decision, KLPCC_PATCH_INIT, "init", whole,
			"which is called only by functions that have run when the kernel or its module started, and will not run again");
	free(whole);
	return err;
}

/* ---- old code in others ----------------------------------------------------------------- */

/* May a function that is not chosen contain code of this one, or call a variant of it? */
static bool has_copies(const struct klpcc_plan *plan, const struct klpcc_patch_unit *unit,
		       const char *name)
{
	for (size_t i = 0; i < plan->inlined_count; i++)
		if (is_of(plan->inlined[i].first, name) &&
		    !is_chosen(unit, plan->inlined[i].second))
			return true;
	return has_variants(plan, name);
}

/*
 * Those that do not differ need no new code, whatever they contain of a function that is redirected
 * itself. What is reached by others was taken with all that contains it, which the plugin checks.
 */
static void note_copies(const struct decision *decision)
{
	const struct klpcc_plan *plan = decision->plan;
	struct klpcc_patch_unit *unit = decision->unit;
	bool copies = false, reached = false;

	for (size_t i = 0; i < plan->functions_count; i++) {
		if (!is_chosen(unit, plan->functions[i].label))
			continue;
		reached |= decision->reached[i];
		copies |= has_copies(plan, unit, plan->functions[i].name);
	}
	unit->copies = copies && !reached;
}

/* ---- all of it -------------------------------------------------------------------------- */

static struct klpcc_error *decide(struct decision *decision,
				  const struct klpcc_against *against)
{
	const struct klpcc_against_symbol *data = NULL;
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < against->count; i++) {
		const struct klpcc_against_symbol *symbol = &against->symbols[i];

		/* What is new or gone has changed those that refer to it. */
		if (symbol->state != KLPCC_AGAINST_CHANGED)
			continue;
		if (symbol->function)
			err = take_label(decision, symbol->name, "its code changes");
		else if (!data)
			data = symbol;
	}
	if (err || !data)
		return err;
	if (klpcc_patch_is_allowed(decision->allowed, KLPCC_PATCH_DATA)) {
		klpcc_message(
			KLPCC_MESSAGE_NOTE,
			"%s: the value of '%s' stays as it is, though it changes (%s)",
			decision->unit->source, data->name, data->difference);
	} else if (
		asprintf(
			&decision->unit->refusal,
			"the value of '%s' changes (%s): the kernel uses the data that it has, which a livepatch does not replace; have a function set it, or a callback when the patch is enabled; --allow=data leaves it as it is",
			data->name, data->difference) < 0) {
		err = klpcc_error_nomem();
	}
	return err;
}

static int compare_choices(const void *a, const void *b)
{
	const struct klpcc_patch_choice *left = a, *right = b;

	return strcmp(left->name, right->name);
}

struct klpcc_error *klpcc_patch_decide(const struct klpcc_plan *original,
				       const struct klpcc_against *against,
				       unsigned int allowed,
				       struct klpcc_patch_unit *unit)
{
	const size_t count = original->functions_count + 1;
	bool *marks = calloc(2 * count, sizeof(*marks));
	struct decision decision = {
		.plan = original,
		.unit = unit,
		.allowed = allowed,
		.visited = marks,
		.reached = marks ? marks + count : NULL,
	};
	struct klpcc_error *err;

	err = marks ? decide(&decision, against) : klpcc_error_nomem();
	if (!err)
		note_copies(&decision);
	free(marks);
	if (!err && unit->choice_count)
		qsort(unit->choices, unit->choice_count, sizeof(*unit->choices),
		      compare_choices);
	return err;
}
