// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Waits for transitions: see transition.h.
 */
#include "transition.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <lib/message.h>
#include <lib/progress.h>
#include <lib/stop.h>

#include "holders.h"
#include "system.h"

/* A transition that nobody holds ends within a second or two: the kernel looks each second. */
#define STALL_SECONDS 4
#define NAMED_HOLDERS 10
#define REVERSE_SECONDS 20
#define FORCE_SECONDS 60
#define LOOK_MILLISECONDS 100
/* The kernel's worker drops the reference. */
#define UNUSED_LOOKS 100

static bool is_in_transition(const char *name)
{
	return klpcc_system_number(0, KLPCC_SYS_LIVEPATCH "/%s/transition", name) > 0;
}

bool klpcc_transition_is_enabled(const char *name)
{
	return !is_in_transition(name) &&
	       klpcc_system_number(0, KLPCC_SYS_LIVEPATCH "/%s/enabled", name) > 0;
}

/* Whether it still goes the way that it should: `enabled` is what it will be. */
static bool is_on_its_way(const char *name, bool enabling)
{
	return is_in_transition(name) &&
	       klpcc_system_number(-1, KLPCC_SYS_LIVEPATCH "/%s/enabled", name) ==
		       enabling;
}

/* ---- who is in the way ------------------------------------------------------------------ */

static const char *describe_state(char state)
{
	return state == 'D'                   ? "sleeps, and takes no signal,"
	       : state == 'S'                 ? "sleeps"
	       : state == 'T' || state == 't' ? "is stopped"
					      : "runs";
}

static void print_holder(const char *name, const struct klpcc_holder *holder)
{
	char thread[32] = "";

	if (holder->tid != holder->pid)
		snprintf(thread, sizeof(thread), ", thread %d", holder->tid);
	if (holder->function)
		klpcc_message(KLPCC_MESSAGE_NOTE,
			      "%s: waits for task %d%s, '%s': it %s in %s", name,
			      holder->pid, thread, holder->command,
			      describe_state(holder->state), holder->function);
	else
		klpcc_message(KLPCC_MESSAGE_NOTE, "%s: waits for task %d%s, '%s': it %s",
			      name, holder->pid, thread, holder->command,
			      describe_state(holder->state));
}

/* *count: how many there are. */
static struct klpcc_error *name_holders(const char *name, bool enabling, bool print,
					size_t *count)
{
	struct klpcc_live_patches patches;
	struct klpcc_holders holders;
	struct klpcc_error *err = klpcc_patches_read(&patches);

	if (err)
		return err;
	err = klpcc_holders_read(&patches, name, enabling, &holders);
	klpcc_patches_deinit(&patches);
	if (err)
		return err;
	*count = holders.count;
	for (size_t i = 0; print && i < holders.count && i < NAMED_HOLDERS; i++)
		print_holder(name, &holders.holders[i]);
	if (print && holders.count > NAMED_HOLDERS)
		klpcc_message(KLPCC_MESSAGE_NOTE, "%s: and for %zu more tasks", name,
			      holders.count - NAMED_HOLDERS);
	klpcc_holders_deinit(&holders);
	return NULL;
}

/* ---- waiting ---------------------------------------------------------------------------- */

/* A wait while it lasts. */
struct wait {
	const char *name;
	bool enabling;
	const struct klpcc_transition_options *options;
	double start,
		told; /* by klpcc_system_clock(); told: when the line was drawn last */
	bool named;   /* who is in the way was said */
};

static struct klpcc_error *show_progress(struct wait *wait, double now)
{
	struct klpcc_error *err;
	size_t count;

	if (now - wait->told < 1 || wait->options->quiet)
		return NULL;
	wait->told = now;
	if (!klpcc_progress_is_shown())
		return NULL;
	err = name_holders(wait->name, wait->enabling, false, &count);
	if (!err)
		klpcc_progress_line("%s: %s: %zu task%s left, %.0f s", wait->name,
				    wait->enabling ? "enabling" : "disabling", count,
				    count == 1 ? "" : "s", now - wait->start);
	return err;
}

static struct klpcc_error *look(struct wait *wait)
{
	double now = klpcc_system_clock();
	struct klpcc_error *err = show_progress(wait, now);
	size_t count;

	if (err || wait->named || now - wait->start < STALL_SECONDS)
		return err;
	wait->named = true;
	klpcc_progress_end_line();
	return name_holders(wait->name, wait->enabling, true, &count);
}

/*
 * Kernels before 5.1 have a file that has every task woken; later ones do it by themselves, every
 * 15 seconds.
 */
static void signal_tasks(const char *name)
{
	int code = klpcc_system_write("1", KLPCC_SYS_LIVEPATCH "/%s/signal", name);

	if (code == ENOENT)
		klpcc_message(
			KLPCC_MESSAGE_NOTE,
			"--signal: this kernel wakes the tasks by itself, every 15 s");
	else if (code)
		klpcc_message(KLPCC_MESSAGE_WARNING, "--signal: %s", strerror(code));
}

static struct klpcc_error *force(const struct wait *wait)
{
	int code;

	klpcc_message(
		KLPCC_MESSAGE_WARNING,
		"%s: --force: tasks that run the code from before go on in it, together with what runs the new one; %s",
		wait->name,
		wait->enabling
			? "a patch that it replaces stays loaded until the next boot"
			: "the module stays loaded until the next boot");
	code = klpcc_system_write("1", KLPCC_SYS_LIVEPATCH "/%s/force", wait->name);
	if (!code || !is_in_transition(wait->name))
		return NULL;
	return klpcc_error_errno(code, "%s: cannot be forced", wait->name);
}

static struct klpcc_error *wait_forced(struct wait *wait)
{
	double end = klpcc_system_clock() + FORCE_SECONDS;

	/* The kernel ends it when it looks next. */
	while (is_in_transition(wait->name) && klpcc_system_clock() < end)
		klpcc_system_sleep(LOOK_MILLISECONDS);
	if (is_in_transition(wait->name))
		return klpcc_error_new(
			EBUSY, "%s: is still in transition although it was forced",
			wait->name);
	return NULL;
}

/* The time is over. */
static struct klpcc_error *end_wait(struct wait *wait, enum klpcc_transition_end *end)
{
	struct klpcc_error *err = NULL;
	size_t count;

	if (!wait->named || wait->options->force)
		err = name_holders(wait->name, wait->enabling, true, &count);
	*end = KLPCC_TRANSITION_TIMEOUT_OVER;
	/* That may have taken long. */
	if (err || !wait->options->force || !is_on_its_way(wait->name, wait->enabling))
		return err;
	*end = KLPCC_TRANSITION_FORCED;
	err = force(wait);
	return err ? err : wait_forced(wait);
}

static struct klpcc_error *wait_for_end(struct wait *wait, enum klpcc_transition_end *end)
{
	struct klpcc_error *err = NULL;

	while (is_on_its_way(wait->name, wait->enabling)) {
		err = klpcc_stop_check();
		if (err) {
			klpcc_error_free(err);
			*end = KLPCC_TRANSITION_STOPPED;
			return NULL;
		}
		if (wait->options->timeout > 0 &&
		    klpcc_system_clock() - wait->start >= wait->options->timeout) {
			klpcc_progress_end_line();
			return end_wait(wait, end);
		}
		err = look(wait);
		if (err)
			return err;
		klpcc_system_sleep(LOOK_MILLISECONDS);
	}
	return NULL;
}

/* What counts is how it stands, not why the wait ended. */
static enum klpcc_transition_end judge_end(const struct wait *wait,
					   enum klpcc_transition_end end)
{
	if (is_on_its_way(wait->name, wait->enabling))
		return end;
	if (wait->enabling !=
	    (klpcc_system_number(0, KLPCC_SYS_LIVEPATCH "/%s/enabled", wait->name) > 0))
		return KLPCC_TRANSITION_OVERRULED;
	return end == KLPCC_TRANSITION_FORCED ? end : KLPCC_TRANSITION_DONE;
}

struct klpcc_error *klpcc_transition_wait(const char *name, bool enabling,
					  const struct klpcc_transition_options *options,
					  enum klpcc_transition_end *end, double *seconds)
{
	struct wait wait = {
		.name = name,
		.enabling = enabling,
		.options = options,
		.start = klpcc_system_clock(),
	};
	struct klpcc_error *err;

	if (options->signal && is_in_transition(name))
		signal_tasks(name);
	*end = KLPCC_TRANSITION_DONE;
	err = wait_for_end(&wait, end);
	klpcc_progress_end_line();
	*end = judge_end(&wait, *end);
	*seconds = klpcc_system_clock() - wait.start;
	return err;
}

static struct klpcc_error *wait_reversed(const char *name, bool enabling)
{
	double end = klpcc_system_clock() + REVERSE_SECONDS;
	struct klpcc_error *err;
	size_t count;

	while (is_in_transition(name) && klpcc_system_clock() < end)
		klpcc_system_sleep(LOOK_MILLISECONDS);
	if (!is_in_transition(name))
		return NULL;
	err = name_holders(name, !enabling, true, &count);
	return err ? err
		   : klpcc_error_new(
			     EBUSY,
			     "%s: the transition back does not end, either: `klpcc unload %s` waits for it, and can force it",
			     name, name);
}

struct klpcc_error *klpcc_transition_reverse(const char *name, bool enabling, bool *ended)
{
	int code;

	/* What is in no transition any more would begin another one. */
	*ended = !is_on_its_way(name, enabling);
	if (*ended)
		return NULL;
	code = klpcc_system_write(enabling ? "0" : "1", KLPCC_SYS_LIVEPATCH "/%s/enabled",
				  name);
	*ended = code == ENOENT || code == EINVAL;
	if (*ended)
		return NULL;
	if (code)
		return klpcc_error_errno(code, "%s: the transition cannot be reversed",
					 name);
	return wait_reversed(name, enabling);
}

bool klpcc_transition_wait_unused(const char *name)
{
	for (int i = 0; i < UNUSED_LOOKS; i++) {
		if (klpcc_system_number(0, KLPCC_SYS_MODULE "/%s/refcnt", name) <= 0 &&
		    !klpcc_system_has(KLPCC_SYS_LIVEPATCH "/%s", name))
			return true;
		klpcc_system_sleep(LOOK_MILLISECONDS);
	}
	return false;
}
