// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc install, klpcc uninstall: which livepatches are loaded at each boot of their kernel.
 * klpcc.service runs `klpcc load --installed`.
 */
#include "live.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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
	bool enabled; /* the unit is, or there was a warning */
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
	/* What is made here, by depmod and systemctl, too, is for everybody to read. */
	umask(022);
}

/* ---- install ---------------------------------------------------------------------------- */

/* The list and modprobe know a module by its file's name. */
static bool is_named_as_module(const struct klpcc_module_file *file)
{
	static const char *const suffixes[] = { ".ko", ".ko.xz", ".ko.zst", ".ko.gz" };
	const char *base = klpcc_base_name(file->path);
	const char *end = strstr(base, ".ko");
	bool same = false;

	for (size_t i = 0; end && i < sizeof(suffixes) / sizeof(*suffixes); i++)
		same |= !strcmp(end, suffixes[i]);
	if (same) {
		char *name = klpcc_module_name(base);

		same = name && !strcmp(name, file->name);
		free(name);
	}
	return same;
}

static struct klpcc_error *check_file(const struct klpcc_module_file *file,
				      const struct options *options)
{
	const char *root = options->root ? options->root : "";

	if (!file->livepatch)
		return klpcc_error_new(EINVAL, "%s: this module is not a livepatch",
				       file->path);
	/* It says that it is one, as the kernel applies klp relocations to no other module. */
	if (!strcmp(file->name, KLPCC_RESOLVER))
		return klpcc_error_new(
			EINVAL,
			"%s: this is the resolver: it is installed with a patch that it is beside",
			file->path);
	if (!is_named_as_module(file))
		return klpcc_error_new(
			EINVAL,
			"%s: this is the module '%s', and its file must be named so: %s.ko, or compressed %s.ko.xz, .zst or .gz",
			file->path, file->name, file->name, file->name);
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
	if (!path) {
		err = klpcc_installed_locate(installed, KLPCC_RESOLVER, &path);
		if (err || path) {
			free(path);
			return err;
		}
		return klpcc_error_new(
			ENOENT,
			"%s: it needs klpcc_resolver.ko, which is not beside it; `make klp-resolver` builds it, or build the patch with KLPCC_FORM=mainline",
			file->path);
	}
	err = klpcc_module_open(path, &resolver);
	if (!err && (!resolver.release || strcmp(resolver.release, file->release) != 0))
		err = klpcc_error_new(EINVAL,
				      "%s: it was built for another kernel than %s", path,
				      file->path);
	if (!err)
		err = klpcc_installed_copy(installed, path);
	if (!err)
		err = klpcc_installed_clean(installed, KLPCC_RESOLVER,
					    klpcc_base_name(path));
	klpcc_module_close(&resolver);
	free(path);
	return err;
}

/* systemctl does not wait until the link is on the disk. Where it is elsewhere, so be it. */
static void sync_unit(const struct options *options)
{
	char *path;

	if (asprintf(&path, "%s/etc/systemd/system/basic.target.wants",
		     options->root ? options->root : "") < 0)
		return;
	klpcc_error_free(klpcc_installed_sync(path));
	free(path);
}

static struct klpcc_error *enable_unit(struct options *options)
{
	char *root = NULL;
	const char *argv[] = { "systemctl", "--quiet", "enable", UNIT, NULL, NULL };
	const struct klpcc_run run = { .argv = argv, .silent = true };
	struct klpcc_error *err;

	if (options->enabled)
		return NULL;
	options->enabled = true;
	if (options->root) {
		if (asprintf(&root, "--root=%s", options->root) < 0)
			return klpcc_error_nomem();
		argv[4] = root;
	}
	err = klpcc_run(&run);
	free(root);
	if (!err) {
		sync_unit(options);
		return NULL;
	}
	klpcc_message(
		KLPCC_MESSAGE_WARNING,
		"nothing is loaded at boot: " UNIT
		" cannot be enabled (%s); have the boot run `klpcc load --installed`",
		err->message);
	klpcc_error_free(err);
	return NULL;
}

/* What was there before an install. */
struct before {
	bool file; /* one of its name */
	bool resolver;
};

/* Removes what a failed install has put there. */
static struct klpcc_error *clean_up(const struct klpcc_module_file *file,
				    const struct options *options,
				    const struct before *before)
{
	struct klpcc_installed installed;
	struct klpcc_error *err =
		klpcc_installed_read(options->root, file->release, &installed);

	if (!err && !before->file)
		err = klpcc_installed_clean(&installed, file->name,
					    klpcc_installed_find(&installed, file->name));
	if (!err && !before->resolver)
		err = klpcc_installed_clean(&installed, KLPCC_RESOLVER, NULL);
	if (!err)
		err = klpcc_installed_tidy(&installed);
	klpcc_installed_deinit(&installed);
	return err;
}

/* Everything that the next boot needs is on the disk when this returns. */
static struct klpcc_error *add_file(const struct klpcc_module_file *file,
				    struct klpcc_installed *installed)
{
	const char *name = klpcc_base_name(file->path);
	struct klpcc_error *err = NULL;

	if (klpcc_words_has(&file->needs, KLPCC_RESOLVER))
		err = copy_resolver(file, installed);
	if (!err)
		err = klpcc_installed_copy(installed, file->path);
	return err ? err : klpcc_installed_add(installed, name);
}

static struct klpcc_error *change(const struct klpcc_module_file *file,
				  const struct options *options,
				  struct klpcc_installed *installed)
{
	const char *name = klpcc_base_name(file->path);
	char *resolver;
	struct klpcc_error *err =
		klpcc_installed_locate(installed, KLPCC_RESOLVER, &resolver);
	const struct before before = {
		.file = klpcc_system_has("%s/%s", installed->directory, name),
		.resolver = resolver,
	};

	free(resolver);
	if (err)
		return err;
	err = add_file(file, installed);
	if (!err)
		return klpcc_installed_clean(installed, file->name, name);
	/* The first error is the one to tell. */
	klpcc_error_free(clean_up(file, options, &before));
	return err;
}

static struct klpcc_error *install(const struct klpcc_module_file *file,
				   struct options *options)
{
	struct klpcc_installed installed;
	struct klpcc_error *err = check_file(file, options);

	if (!err)
		err = klpcc_installed_lock(options->root, file->release, &installed);
	if (err)
		return err;
	err = change(file, options, &installed);
	/* Before depmod, which takes longest, and may fail. */
	if (!err)
		err = enable_unit(options);
	if (!err)
		err = klpcc_installed_depmod(&installed);
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

	read_options(&options, &line, &install_syntax, argc, argv);
	for (int i = 0; !err && i < line.argc; i++) {
		err = klpcc_module_open(line.argv[i], &file);
		if (!err)
			err = install(&file, &options);
		klpcc_module_close(&file);
	}
	return err;
}

const struct klpcc_command klpcc_live_install = {
	.name = "install",
	.summary = "have livepatches loaded at each boot",
	.run = run_install,
};

/* ---- uninstall -------------------------------------------------------------------------- */

/* One that is not on the list may have its file there: its uninstall did not come to its end. */
static struct klpcc_error *check_installed(const struct klpcc_installed *installed,
					   const char *argument)
{
	char *name = klpcc_module_name(argument), *path = NULL;
	struct klpcc_error *err = NULL;
	bool found;

	if (!name)
		return klpcc_error_nomem();
	found = klpcc_installed_find(installed, name);
	/* The patches need it, and it goes with the last one. */
	if (!found && strcmp(name, KLPCC_RESOLVER) != 0)
		err = klpcc_installed_locate(installed, name, &path);
	if (!err && !path && !found)
		err = klpcc_error_new(ENOENT, "%s: not installed for %s", name,
				      installed->release);
	free(path);
	free(name);
	return err;
}

static struct klpcc_error *uninstall(struct klpcc_installed *installed,
				     const char *argument, const struct options *options)
{
	char *name = klpcc_module_name(argument);
	struct klpcc_error *err;

	if (!name)
		return klpcc_error_nomem();
	err = klpcc_installed_drop(installed, name);
	if (!err)
		err = klpcc_installed_clean(installed, name, NULL);
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

	read_options(&options, &line, &uninstall_syntax, argc, argv);
	err = klpcc_installed_lock(
		options.root, options.release ? options.release : klpcc_system_release(),
		&installed);
	if (err)
		return err;
	/* None is removed if there is a mistyped one. */
	for (int i = 0; !err && i < line.argc; i++)
		err = check_installed(&installed, line.argv[i]);
	for (int i = 0; !err && i < line.argc; i++)
		err = uninstall(&installed, line.argv[i], &options);
	if (!err)
		err = klpcc_installed_tidy(&installed);
	if (!err)
		err = klpcc_installed_depmod(&installed);
	klpcc_installed_deinit(&installed);
	return err;
}

const struct klpcc_command klpcc_live_uninstall = {
	.name = "uninstall",
	.summary = "have them loaded no more",
	.run = run_uninstall,
};
