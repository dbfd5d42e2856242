// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Loads one livepatch: what can be told before, what it needs, the module itself, its transition.
 */
#include "load.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <lib/file.h>
#include <lib/message.h>
#include <lib/stop.h>

#include "kernel-log.h"
#include "patches.h"
#include "refusals.h"
#include "system.h"
#include "unload.h"
#include "verdict.h"

/* ---- before ----------------------------------------------------------------------------- */

/* A module of that name is there. */
static struct klpcc_error *refuse_loaded(const struct klpcc_module_file *file)
{
	const struct klpcc_live_patch *patch;
	struct klpcc_live_patches patches;
	struct klpcc_error *err = klpcc_patches_read(&patches);

	if (err)
		return err;
	patch = klpcc_patches_find(&patches, file->name);
	if (!patch)
		err = klpcc_error_new(EEXIST, "%s: another module '%s' is loaded",
				      file->path, file->name);
	else if (patch->state == KLPCC_PATCH_ENABLED ||
		 patch->state == KLPCC_PATCH_ENABLING)
		err = klpcc_error_new(
			EEXIST,
			"%s: '%s' is loaded already; unload it first, or give the new version another name",
			file->path, file->name);
	else if (patch->state == KLPCC_PATCH_REPLACED ||
		 patch->state == KLPCC_PATCH_DISABLED)
		err = klpcc_error_new(
			EEXIST, "%s: '%s' is loaded and %s; `klpcc unload %s` removes it",
			file->path, file->name, klpcc_patch_state_name(patch->state),
			file->name);
	else
		err = klpcc_error_new(
			EEXIST,
			"%s: '%s' is there already, and %s; see `klpcc list`, or give the new version another name",
			file->path, file->name, klpcc_patch_state_name(patch->state));
	klpcc_patches_deinit(&patches);
	return err;
}

static struct klpcc_error *check_file(const struct klpcc_module_file *file)
{
	const char *release = klpcc_system_release();

	if (!klpcc_system_has(KLPCC_SYS_LIVEPATCH))
		return klpcc_error_new(
			ENOSYS,
			"this kernel cannot be patched: it was built without CONFIG_LIVEPATCH, or /sys is not mounted");
	if (!file->livepatch)
		return klpcc_error_new(
			EINVAL,
			"%s: this module is not a livepatch; modprobe loads it, and a livepatch needs MODULE_INFO(livepatch, \"Y\")",
			file->path);
	if (file->release && strcmp(file->release, release) != 0)
		return klpcc_error_new(
			EINVAL,
			"%s: it was built for %s, and this kernel is %s; build it for that",
			file->path, file->release, release);
	if (klpcc_system_has(KLPCC_SYS_MODULE "/%s/refcnt", file->name))
		return refuse_loaded(file);
	/* Here, as the kernel's answer is the same as where another tool is in the way. */
	if (!klpcc_system_number(1, "/proc/sys/kernel/ftrace_enabled"))
		return klpcc_error_new(
			EBUSY,
			"%s: ftrace is switched off, and the kernel patches with it: run `sysctl kernel.ftrace_enabled=1`",
			file->path);
	if (geteuid() != 0)
		return klpcc_error_new(EPERM, "%s: only root may load modules",
				       file->path);
	return NULL;
}

/* ---- the module, and what it needs ------------------------------------------------------ */

/* Whether any livepatch is in transition. */
static bool is_in_transition(void)
{
	struct klpcc_words names;
	struct klpcc_error *err = klpcc_system_list(&names, KLPCC_SYS_LIVEPATCH);
	bool found = false;

	for (size_t i = 0; !err && i < names.count; i++)
		found |= klpcc_system_number(0, KLPCC_SYS_LIVEPATCH "/%s/transition",
					     names.words[i]) > 0;
	klpcc_words_deinit(&names);
	klpcc_error_free(err);
	return found;
}

/* Inserts a module; what the kernel says if it does not take it becomes the error. */
static struct klpcc_error *insert(const struct klpcc_module_file *file)
{
	struct klpcc_refused refused = { .module = file->name };
	struct klpcc_kernel_log log;
	struct klpcc_words lines;
	struct klpcc_error *err;
	char *text;

	klpcc_kernel_log_begin(&log);
	refused.unread = log.fd < 0;
	refused.code = klpcc_module_insert(file);
	if (!refused.code) {
		klpcc_kernel_log_end(&log);
		return NULL;
	}
	err = klpcc_kernel_log_read(&log, &lines);
	klpcc_kernel_log_end(&log);
	if (err)
		return err;
	refused.log = &lines;
	refused.busy = is_in_transition();
	text = klpcc_refusal_explain(&refused);
	err = text ? klpcc_error_new(refused.code, "%s: %s", file->path, text)
		   : klpcc_error_nomem();
	free(text);
	klpcc_words_deinit(&lines);
	return err;
}

static struct klpcc_error *refuse_missing(const struct klpcc_module_file *file,
					  const char *name)
{
	if (!strcmp(name, KLPCC_RESOLVER))
		return klpcc_error_new(
			ENOENT,
			"%s: it needs klpcc_resolver.ko, which is neither beside it nor installed; `make klp-resolver` builds it, or build the patch with KLPCC_FORM=mainline",
			file->path);
	return klpcc_error_new(
		ENOENT, "%s: it needs the module '%s', which is not installed for %s",
		file->path, name, klpcc_system_release());
}

/* name: of a file without .ko, or of the module, which has _ for each -. */
static struct klpcc_error *load_need(const struct klpcc_module_file *file,
				     const char *name)
{
	char *module = klpcc_module_name(name), *path;
	struct klpcc_module_file need;
	struct klpcc_error *err;
	bool loaded;

	if (!module)
		return klpcc_error_nomem();
	loaded = klpcc_system_has(KLPCC_SYS_MODULE "/%s", module);
	free(module);
	if (loaded)
		return NULL;
	err = klpcc_module_beside(file, name, &path);
	if (!err && !path)
		err = klpcc_module_find(NULL, name, &path);
	if (err)
		return err;
	if (!path)
		return refuse_missing(file, name);
	err = klpcc_module_open(path, &need);
	free(path);
	if (err)
		return err;
	err = insert(&need);
	/* Somebody else was faster. */
	if (err && err->code == EEXIST) {
		klpcc_error_free(err);
		err = NULL;
	}
	klpcc_module_close(&need);
	return err;
}

/* ---- after ------------------------------------------------------------------------------ */

/* "3 functions of vmlinux, 1 of kvm when it is loaded" */
static void describe_patch(const struct klpcc_live_patch *patch, FILE *stream)
{
	for (size_t i = 0; i < patch->count; i++) {
		const struct klpcc_patched_object *object = &patch->objects[i];

		fprintf(stream, "%s%zu function%s of %s%s", i ? ", " : "", object->count,
			object->count == 1 ? "" : "s", object->name,
			object->patched ? "" : " when that is loaded");
	}
}

/* Says what is patched. */
static struct klpcc_error *report(const char *name, enum klpcc_transition_end end,
				  double seconds)
{
	const struct klpcc_live_patch *patch;
	struct klpcc_live_patches patches;
	struct klpcc_error *err = klpcc_patches_read(&patches);
	char *text = NULL;
	size_t size = 0;
	FILE *stream;

	if (err)
		return err;
	patch = klpcc_patches_find(&patches, name);
	stream = open_memstream(&text, &size);
	if (patch && stream)
		describe_patch(patch, stream);
	if (!stream || fclose(stream)) {
		err = klpcc_error_nomem();
	} else {
		klpcc_message(KLPCC_MESSAGE_PLAIN, "%s: patches %s (%s%.1f s)", name,
			      *text ? text : "nothing",
			      end == KLPCC_TRANSITION_FORCED ? "forced after " : "",
			      seconds);
	}
	free(text);
	klpcc_patches_deinit(&patches);
	return err;
}

static struct klpcc_error *refuse_overruled(const char *name)
{
	return klpcc_error_new(
		ECANCELED, "%s: it is not in effect: somebody has disabled it meanwhile",
		name);
}

/* Whether all livepatches of the list are still there. */
static bool are_there(const struct klpcc_words *names)
{
	for (size_t i = 0; i < names->count; i++)
		if (!klpcc_system_has(KLPCC_SYS_LIVEPATCH "/%s", names->words[i]))
			return false;
	return true;
}

/* before: the livepatches that there were. *ended: it is in effect after all. */
static struct klpcc_error *revert(const char *name,
				  const struct klpcc_load_options *options,
				  enum klpcc_transition_end end,
				  const struct klpcc_words *before, bool *ended)
{
	struct klpcc_error *err = klpcc_transition_reverse(name, true, ended);

	if (err || *ended)
		return err;
	err = klpcc_unload_module(name);
	if (err)
		return err;
	if (!are_there(before))
		return klpcc_error_new(
			ETIMEDOUT,
			"%s: it is unloaded, but it had replaced others just before: see `klpcc list`, and load these again",
			name);
	if (end == KLPCC_TRANSITION_STOPPED)
		return klpcc_error_new(
			EINTR, "%s: stopped by a signal; the kernel is as before", name);
	return klpcc_error_new(
		ETIMEDOUT,
		"%s: tasks still run the old code after %g s; it is unloaded, and the kernel is as before. End or wake them, wait longer with --timeout, or see --force",
		name, options->transition.timeout);
}

static struct klpcc_error *wait_for_effect(const char *name,
					   const struct klpcc_load_options *options,
					   const struct klpcc_words *before)
{
	enum klpcc_transition_end end;
	struct klpcc_error *err;
	bool ended = false;
	double seconds;

	err = klpcc_transition_wait(name, true, &options->transition, &end, &seconds);
	if (!err &&
	    (end == KLPCC_TRANSITION_TIMEOUT_OVER || end == KLPCC_TRANSITION_STOPPED))
		err = revert(name, options, end, before, &ended);
	if (err)
		return err;
	if (!klpcc_transition_is_enabled(name))
		return refuse_overruled(name);
	return options->transition.quiet ? NULL : report(name, end, seconds);
}

/* The module registered no livepatch, or was not loaded at all. */
static struct klpcc_error *check_effect(const struct klpcc_module_file *file)
{
	if (!klpcc_system_has(KLPCC_SYS_MODULE "/%s", file->name))
		return klpcc_error_new(
			ENOENT,
			"%s: it is not loaded: modprobe's configuration has another command in its place (install %s), or it is gone again",
			file->path, file->name);
	klpcc_message(KLPCC_MESSAGE_WARNING,
		      "%s: the module is loaded, and has enabled no livepatch",
		      file->name);
	return NULL;
}

static struct klpcc_error *load_patch(const struct klpcc_module_file *file,
				      const struct klpcc_load_options *options)
{
	struct klpcc_words before;
	struct klpcc_error *err = klpcc_system_list(&before, KLPCC_SYS_LIVEPATCH);

	if (!err)
		err = klpcc_stop_check();
	if (!err)
		err = insert(file);
	if (!err)
		err = klpcc_system_has(KLPCC_SYS_LIVEPATCH "/%s", file->name)
			      ? wait_for_effect(file->name, options, &before)
			      : check_effect(file);
	klpcc_words_deinit(&before);
	return err;
}

static struct klpcc_error *load_needs(const struct klpcc_module_file *file)
{
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < file->needs.count; i++)
		err = load_need(file, file->needs.words[i]);
	/* What would be good to have need not be there. */
	for (size_t i = 0; !err && i < file->wishes.count; i++)
		klpcc_error_free(load_need(file, file->wishes.words[i]));
	return err;
}

static struct klpcc_error *load_file(const struct klpcc_module_file *file,
				     const struct klpcc_load_options *options)
{
	struct klpcc_error *err = check_file(file);
	bool verified = false;

	if (!err)
		err = klpcc_verdict_ask(file->path, options->index, &verified);
	if (!err && verified && !options->transition.quiet)
		klpcc_message(KLPCC_MESSAGE_PLAIN,
			      "%s: verified with the index of this kernel", file->name);
	if (!err)
		err = load_needs(file);
	return err ? err : load_patch(file, options);
}

struct klpcc_error *klpcc_load(const char *path, const struct klpcc_load_options *options)
{
	struct klpcc_module_file file;
	struct klpcc_error *err = klpcc_stop_check();

	if (!err)
		err = klpcc_module_open(path, &file);
	if (err)
		return err;
	err = load_file(&file, options);
	klpcc_module_close(&file);
	return err;
}
