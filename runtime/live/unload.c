// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Takes livepatches out of the kernel: see unload.h.
 */
#include "unload.h"

#include <errno.h>
#include <string.h>

#include <lib/message.h>
#include <lib/nearest.h>
#include <lib/stop.h>

#include "modules.h"
#include "patches.h"
#include "system.h"

/* ---- the module ------------------------------------------------------------------------- */

/* Why the kernel does not let go of a module. */
static struct klpcc_error *explain_kept(const char *name, int code)
{
	struct klpcc_words holders;
	struct klpcc_error *err;

	if (code == EPERM)
		return klpcc_error_new(code, "%s: only root may remove modules", name);
	if (code != EBUSY && code != EAGAIN)
		return klpcc_error_errno(code, "%s: its module cannot be removed", name);
	err = klpcc_system_list(&holders, KLPCC_SYS_MODULE "/%s/holders", name);
	if (!err && holders.count)
		err = klpcc_error_new(
			code, "%s: its module stays: '%s' uses it; unload that first",
			name, holders.words[0]);
	else if (!err)
		err = klpcc_error_new(
			code,
			"%s: it is off, but its module stays: a transition was forced, which keeps it until the next boot, or something has it in use",
			name);
	klpcc_words_deinit(&holders);
	return err;
}

struct klpcc_error *klpcc_unload_module(const char *name)
{
	int code;

	klpcc_transition_wait_unused(name);
	code = klpcc_module_remove(name);
	return code && code != ENOENT ? explain_kept(name, code) : NULL;
}

/* ---- the patch -------------------------------------------------------------------------- */

static struct klpcc_error *refuse_unknown(const char *name,
					  const struct klpcc_live_patches *patches)
{
	struct klpcc_nearest nearest = { .word = name };

	if (!strcmp(name, KLPCC_RESOLVER))
		return klpcc_error_new(
			ENOENT,
			"%s: the resolver goes with the last livepatch that needs it: `klpcc unload --all`, or rmmod",
			name);
	/* A path would be that of another file. */
	if (*name && *name != '.' && !strchr(name, '/') &&
	    klpcc_system_has(KLPCC_SYS_MODULE "/%s", name))
		return klpcc_error_new(
			EINVAL, "%s: this module is not a livepatch; rmmod removes it",
			name);
	for (size_t i = 0; i < patches->count; i++)
		klpcc_nearest_offer(&nearest, patches->patches[i].name);
	if (nearest.best)
		return klpcc_error_new(
			ENOENT, "%s: no such livepatch is loaded; did you mean '%s'?",
			name, nearest.best);
	return klpcc_error_new(ENOENT, "%s: no such livepatch is loaded", name);
}

/* Which other patch is in transition, and so has all others wait. */
static const char *find_transition(const struct klpcc_live_patches *patches)
{
	for (size_t i = 0; i < patches->count; i++)
		if (patches->patches[i].state == KLPCC_PATCH_ENABLING ||
		    patches->patches[i].state == KLPCC_PATCH_DISABLING)
			return patches->patches[i].name;
	return NULL;
}

static struct klpcc_error *disable(const char *name,
				   const struct klpcc_live_patches *patches)
{
	int code = klpcc_system_write("0", KLPCC_SYS_LIVEPATCH "/%s/enabled", name);
	const char *other = find_transition(patches);

	if (!code)
		return NULL;
	if (code == EACCES || code == EPERM)
		return klpcc_error_new(code, "%s: only root may disable livepatches",
				       name);
	if (code == EBUSY && other)
		return klpcc_error_new(
			code,
			"%s: '%s' is in transition, and the kernel does one at a time; wait for it, or unload it first",
			name, other);
	return klpcc_error_errno(code, "%s: the kernel does not disable it", name);
}

/* *ended: it is off after all. */
static struct klpcc_error *keep_enabled(const char *name,
					const struct klpcc_transition_options *options,
					enum klpcc_transition_end end, bool *ended)
{
	struct klpcc_error *err = klpcc_transition_reverse(name, false, ended);

	if (err || *ended)
		return err;
	if (end == KLPCC_TRANSITION_STOPPED)
		return klpcc_error_new(
			EINTR, "%s: stopped by a signal; it is enabled as before", name);
	return klpcc_error_new(
		ETIMEDOUT,
		"%s: tasks still run its code after %g s; it is enabled as before. Wait longer with --timeout, or see --force",
		name, options->timeout);
}

static struct klpcc_error *wait_disabled(const char *name,
					 const struct klpcc_transition_options *options,
					 double *seconds)
{
	enum klpcc_transition_end end;
	struct klpcc_error *err;
	bool ended;

	err = klpcc_transition_wait(name, false, options, &end, seconds);
	if (!err &&
	    (end == KLPCC_TRANSITION_TIMEOUT_OVER || end == KLPCC_TRANSITION_STOPPED))
		err = keep_enabled(name, options, end, &ended);
	if (!err && klpcc_system_number(0, KLPCC_SYS_LIVEPATCH "/%s/enabled", name) > 0)
		err = klpcc_error_new(
			EBUSY, "%s: somebody has enabled it again meanwhile; it stays",
			name);
	return err;
}

static struct klpcc_error *finish(const char *name,
				  const struct klpcc_transition_options *options)
{
	double seconds;
	struct klpcc_error *err = wait_disabled(name, options, &seconds);

	if (!err)
		err = klpcc_unload_module(name);
	if (!err && !options->quiet)
		klpcc_message(KLPCC_MESSAGE_PLAIN, "%s: unloaded (%.1f s)", name,
			      seconds);
	return err;
}

static struct klpcc_error *unload_patch(const struct klpcc_live_patch *patch,
					const struct klpcc_live_patches *patches,
					const struct klpcc_transition_options *options)
{
	struct klpcc_error *err = NULL;

	switch (patch->state) {
	case KLPCC_PATCH_ENABLED:
	case KLPCC_PATCH_ENABLING: /* this reverses it */
		err = disable(patch->name, patches);
		break;
	case KLPCC_PATCH_LOADING:
		return klpcc_error_new(EBUSY, "%s: it is still being loaded; try again",
				       patch->name);
	case KLPCC_PATCH_DISABLING:
	case KLPCC_PATCH_REPLACED:
	case KLPCC_PATCH_DISABLED:
	case KLPCC_PATCH_KEPT: /* or the kernel has not dropped its reference yet */
		break;
	}
	return err ? err : finish(patch->name, options);
}

struct klpcc_error *klpcc_unload(const char *name,
				 const struct klpcc_transition_options *options)
{
	const struct klpcc_live_patch *patch;
	struct klpcc_live_patches patches;
	struct klpcc_error *err = klpcc_stop_check();

	if (!err)
		err = klpcc_patches_read(&patches);
	if (err)
		return err;
	patch = klpcc_patches_find(&patches, name);
	err = patch ? unload_patch(patch, &patches, options)
		    : refuse_unknown(name, &patches);
	klpcc_patches_deinit(&patches);
	return err;
}
