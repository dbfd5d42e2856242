// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc install, klpcc uninstall: which livepatches are loaded at each boot of their kernel.
 * klpcc.service runs `klpcc load --installed`.
 */
#include "live.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <lib/file.h>
#include <lib/message.h>
#include <lib/run.h>

#include "installed.h"
#include "modules.h"
#include "patches.h"
#include "system.h"

#define UNIT "klpcc.service"

enum { OPTION_ROOT = KLPCC_OPTION_LONG, OPTION_RELEASE };

struct options {
	const char *root;    /* NULL: this system */
	const char *release; /* for uninstall; NULL: the running kernel's */
	bool quiet;
};

static const struct argp_option install_options[] = {
	{ "root", OPTION_ROOT, "DIR", 0, "The system whose root directory is DIR", 0 },
	{ "quiet", 'q', NULL, 0, "Print only errors, warnings and notes", 0 },
	{ 0 },
};

static const struct klpcc_syntax install_syntax = {
	.options = install_options,
	.arguments = "FILE.ko...",
	.doc = "Have livepatches loaded at each boot of the kernel that they were built for, in "
	       "the order in which they are installed. This does not load them now.",
};

static const struct argp_option uninstall_options[] = {
	{ "release", 'r', "RELEASE", 0, "Of this kernel; by default the running one", 0 },
	{ "root", OPTION_ROOT, "DIR", 0, "The system whose root directory is DIR", 0 },
	{ "quiet", 'q', NULL, 0, "Print only errors, warnings and notes", 0 },
	{ 0 },
};

static const struct klpcc_syntax uninstall_syntax = {
	.options = uninstall_options,
	.arguments = "NAME...",
	.doc = "Have livepatches loaded at boot no more, and remove their files. One that is "
	       "loaded stays loaded.",
};

static void read_options(struct options *options, struct klpcc_command_line *line,
			 const struct klpcc_syntax *syntax, int argc, char **argv)
{
	int key;

	klpcc_begin_options(line, syntax, argc, argv);
	while ((key = klpcc_next_option(line)) != KLPCC_OPTIONS_END) {
		if (key == OPTION_ROOT) {
			klpcc_check_name(line, "--root", line->value);
			options->root = line->value;
		} else if (key == 'r') {
			if (!*line->value || strchr(line->value, '/'))
				klpcc_wrong_usage(line, "--release: '%s' is no release",
						  line->value);
			options->release = line->value;
		} else {
			options->quiet = true;
		}
	}
	if (!line->argc)
		klpcc_wrong_usage(line, "no livepatch given");
}

/* ---- install ---------------------------------------------------------------------------- */

static struct klpcc_error *check_file(const struct klpcc_module_file *file,
				      const struct options *options)
{
	const char *root = options->root ? options->root : "";

	if (!file->livepatch)
		return klpcc_error_new(EINVAL, "%s: this module is not a livepatch",
				       file->path);
	if (!file->release)
		return klpcc_error_new(
			EINVAL, "%s: it does not say which kernel it was built for",
			file->path);
	if (strchr(file->release, '/') ||
	    !klpcc_system_has("%s/lib/modules/%s/.", root, file->release))
		return klpcc_error_new(
			ENOENT,
			"%s: it was built for %s, and that kernel is not installed: there is no %s/lib/modules/%s",
			file->path, file->release, root, file->release);
	return NULL;
}

/* One that an earlier patch brought serves this one, too. */
static struct klpcc_error *need_resolver(const struct klpcc_module_file *file,
					 const struct klpcc_installed *installed)
{
	struct klpcc_words files;
	struct klpcc_error *err = klpcc_system_list(&files, "%s", installed->directory);
	bool found = false;

	for (size_t i = 0; i < files.count; i++) {
		char *name = klpcc_module_name(files.words[i]);

		found |= name && !strcmp(name, KLPCC_RESOLVER);
		free(name);
	}
	klpcc_words_deinit(&files);
	if (err || found)
		return err;
	return klpcc_error_new(
		ENOENT,
		"%s: it needs klpcc_resolver.ko, which is neither beside it nor installed for %s; `make klp-resolver` builds it, or build the patch with KLPCC_FORM=mainline",
		file->path, file->release);
}

/* The resolver of that kernel goes with the patch, so that nothing else is needed at boot. */
static struct klpcc_error *copy_resolver(const struct klpcc_module_file *file,
					 const struct klpcc_installed *installed)
{
	struct klpcc_module_file resolver;
	struct klpcc_error *err;
	char *path;

	err = klpcc_module_beside(file, KLPCC_RESOLVER, &path);
	if (err)
		return err;
	if (!path)
		return need_resolver(file, installed);
	err = klpcc_module_open(path, &resolver);
	if (!err && (!resolver.release || strcmp(resolver.release, file->release) != 0))
		err = klpcc_error_new(EINVAL,
				      "%s: it was built for another kernel than %s", path,
				      file->path);
	if (!err)
		err = klpcc_installed_copy(installed, path);
	klpcc_module_close(&resolver);
	free(path);
	return err;
}

static struct klpcc_error *keep_first(struct klpcc_error *first,
				      struct klpcc_error *second)
{
	if (!first)
		return second;
	klpcc_error_free(second);
	return first;
}

static struct klpcc_error *enable_unit(const struct options *options)
{
	char *root = NULL;
	const char *argv[] = { "systemctl", "--quiet", "enable", UNIT, NULL, NULL };
	const struct klpcc_run run = { .argv = argv, .silent = true };
	struct klpcc_error *err;

	if (options->root) {
		if (asprintf(&root, "--root=%s", options->root) < 0)
			return klpcc_error_nomem();
		argv[4] = root;
	}
	err = klpcc_run(&run);
	free(root);
	if (!err)
		return NULL;
	klpcc_message(
		KLPCC_MESSAGE_WARNING,
		"nothing is loaded at boot: " UNIT
		" cannot be enabled (%s); have the boot run `klpcc load --installed`",
		err->message);
	klpcc_error_free(err);
	return NULL;
}

/* *count: how many are installed by now. */
static struct klpcc_error *install(const struct klpcc_module_file *file,
				   const struct options *options, int *count)
{
	const char *name = klpcc_base_name(file->path);
	struct klpcc_installed installed;
	struct klpcc_error *err = check_file(file, options);

	if (!err)
		err = klpcc_installed_read(options->root, file->release, &installed);
	if (err)
		return err;
	if (klpcc_words_has(&file->needs, KLPCC_RESOLVER))
		err = copy_resolver(file, &installed);
	if (!err)
		err = klpcc_installed_copy(&installed, file->path);
	if (!err)
		err = klpcc_installed_add(&installed, name);
	if (!err) {
		++*count;
		err = klpcc_installed_depmod(&installed);
	}
	if (!err && !options->quiet)
		klpcc_message(KLPCC_MESSAGE_PLAIN, "%s: installed for %s", file->name,
			      file->release);
	klpcc_installed_deinit(&installed);
	return err;
}

static struct klpcc_error *run_install(int argc, char **argv)
{
	struct options options = { .root = NULL };
	struct klpcc_module_file file;
	struct klpcc_command_line line;
	struct klpcc_error *err = NULL;
	int count = 0;

	read_options(&options, &line, &install_syntax, argc, argv);
	for (int i = 0; !err && i < line.argc; i++) {
		err = klpcc_module_open(line.argv[i], &file);
		if (!err)
			err = install(&file, &options, &count);
		klpcc_module_close(&file);
	}
	/* Those before one that fails are installed. */
	return keep_first(err, count ? enable_unit(&options) : NULL);
}

const struct klpcc_command klpcc_live_install = {
	.name = "install",
	.summary = "have livepatches loaded at each boot",
	.run = run_install,
};

/* ---- uninstall -------------------------------------------------------------------------- */

static struct klpcc_error *uninstall(struct klpcc_installed *installed,
				     const char *argument, const struct options *options)
{
	char *name = klpcc_module_name(argument);
	const char *file = name ? klpcc_installed_find(installed, name) : NULL;
	struct klpcc_error *err;

	if (!name)
		return klpcc_error_nomem();
	err = file ? klpcc_installed_remove(installed, file)
		   : klpcc_error_new(ENOENT, "%s: not installed for %s", name,
				     installed->release);
	if (!err && !options->quiet)
		klpcc_message(KLPCC_MESSAGE_PLAIN, "%s: uninstalled from %s%s", name,
			      installed->release,
			      !options->root && klpcc_system_has(
							KLPCC_SYS_LIVEPATCH "/%s", name)
				      ? "; it stays loaded until `klpcc unload`"
				      : "");
	free(name);
	return err;
}

static struct klpcc_error *run_uninstall(int argc, char **argv)
{
	struct options options = { .root = NULL };
	struct klpcc_installed installed;
	struct klpcc_command_line line;
	struct klpcc_error *err;
	size_t before;

	read_options(&options, &line, &uninstall_syntax, argc, argv);
	err = klpcc_installed_read(
		options.root, options.release ? options.release : klpcc_system_release(),
		&installed);
	if (err)
		return err;
	before = installed.files.count;
	for (int i = 0; !err && i < line.argc; i++)
		err = uninstall(&installed, line.argv[i], &options);
	/* Those before one that fails are gone. */
	if (installed.files.count < before) {
		err = keep_first(err, klpcc_installed_tidy(&installed));
		err = keep_first(err, klpcc_installed_depmod(&installed));
	}
	klpcc_installed_deinit(&installed);
	return err;
}

const struct klpcc_command klpcc_live_uninstall = {
	.name = "uninstall",
	.summary = "have them loaded no more",
	.run = run_uninstall,
};
