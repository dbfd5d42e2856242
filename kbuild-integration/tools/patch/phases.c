// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The phases of `klpcc patch`: how long they take, and on a terminal what is being done.
 *
 * A line for each phase when it begins, since the making of a tree has lines of its own. A file, or
 * a program that reads the messages, gets none of that.
 */
#include <time.h>
#include <unistd.h>

#include "../lib/message.h"
#include "../lib/stop.h"
#include "patch-private.h"

static const struct {
	const char *name; /* in the summary, and a member of JSON */
	const char *doing;
} phases[KLPCC_PATCH_PHASES] = {
	[KLPCC_PATCH_INDEX] = { "index", "finding the kernel's index, or making it" },
	[KLPCC_PATCH_TREE] = { "tree", "finding the kernel's source tree, or making it" },
	[KLPCC_PATCH_FIX] = { "fix", "applying the fix" },
	[KLPCC_PATCH_ORIGINALS] = { "originals",
				    "proving that the originals are the kernel's" },
	[KLPCC_PATCH_COMPARE] = { "compare", "comparing them with the changed files" },
	[KLPCC_PATCH_BUILD] = { "build", "building the module" },
	[KLPCC_PATCH_VERIFY] = { "verify", "verifying it" },
};

const char *klpcc_patch_phase_name(enum klpcc_patch_phase phase)
{
	return phases[phase].name;
}

static double read_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

struct klpcc_error *klpcc_patch_enter(struct klpcc_patch_maker *maker,
				      enum klpcc_patch_phase phase)
{
	const double now = read_clock();

	if (maker->start > 0)
		maker->patch->seconds[maker->phase] = now - maker->since;
	else
		maker->start = now;
	maker->phase = phase;
	maker->since = now;
	if (phase < KLPCC_PATCH_PHASES && !maker->request->quiet && isatty(STDERR_FILENO))
		klpcc_message(KLPCC_MESSAGE_PLAIN, "%5.1f s  %s", now - maker->start,
			      phases[phase].doing);
	return klpcc_stop_check();
}
