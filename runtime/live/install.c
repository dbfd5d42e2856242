// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Has livepatches loaded at each boot, or no more: see install.h.
 */
#include "install.h"

#include <errno.h>
#include <stdio.h>
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

/* ---- install ---------------------------------------------------------------------------- */

/* The list and modprobe know a module by its file's name. */
static bool is_named_as_module(const struct klpcc_module_file *file)
{
	const char *base = klpcc_base_name(file->path);
	char *name = klpcc_module_is_file(base) ? klpcc_module_name(base) : NULL;
	bool same = name && !strcmp(name, file->name);

	free(name);
	return same;
}

static struct klpcc_error *check_file(const struct klpcc_module_file *file,
				      const struct klpcc_install_options *options)
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
			"%s: it needs klpcc_resolver.ko, which is neither beside it nor installed for %s; `make klp-resolver` builds it, or build the patch with KLPCC_FORM=mainline",
			file->path, file->release);
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
static void sync_unit(const struct klpcc_install_options *options)
{
	char *path;

	if (asprintf(&path, "%s/etc/systemd/system/basic.target.wants",
		     options->root ? options->root : "") < 0)
		return;
	klpcc_error_free(klpcc_installed_sync(path));
	free(path);
}

static struct klpcc_error *enable_unit(struct klpcc_install_options *options)
{
	char *root = NULL;
	const char *argv[] = { "systemctl", "--quiet", "enable", UNIT, NULL, NULL };
	const struct klpcc_run run = { .argv = argv, .speaks = true };
	struct klpcc_buffer output = { .data = NULL };
	struct klpcc_error *err;

	if (options->enabled)
		return NULL;
	options->enabled = true;
	if (options->root) {
		if (asprintf(&root, "--root=%s", options->root) < 0)
			return klpcc_error_nomem();
		argv[4] = root;
	}
	err = klpcc_run_read(&run, &output);
	klpcc_buffer_deinit(&output);
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
				    const struct klpcc_install_options *options,
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

/* At boot nobody finds what is beside the file now. */
static struct klpcc_error *check_needs(const struct klpcc_module_file *file,
				       const struct klpcc_install_options *options)
{
	struct klpcc_error *err = NULL;
	char *directory;

	if (asprintf(&directory, "%s/lib/modules/%s", options->root ? options->root : "",
		     file->release) < 0)
		return klpcc_error_nomem();
	for (size_t i = 0; !err && i < file->needs.count; i++) {
		const char *name = file->needs.words[i];
		char *path = NULL;

		if (!strcmp(name, KLPCC_RESOLVER))
			continue;
		err = klpcc_module_find(directory, name, &path);
		if (!err && !path)
			err = klpcc_error_new(
				ENOENT,
				"%s: it needs the module '%s', which is not installed for %s; install that first",
				file->path, name, file->release);
		free(path);
	}
	free(directory);
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
				  const struct klpcc_install_options *options,
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
				   struct klpcc_install_options *options)
{
	struct klpcc_installed installed;
	struct klpcc_error *err = check_file(file, options);

	if (!err)
		err = check_needs(file, options);
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

struct klpcc_error *klpcc_install(char **paths, int count,
				  struct klpcc_install_options *options)
{
	struct klpcc_module_file file;
	struct klpcc_error *err = NULL;

	for (int i = 0; !err && i < count; i++) {
		err = klpcc_module_open(paths[i], &file);
		if (!err)
			err = install(&file, options);
		klpcc_module_close(&file);
	}
	return err;
}

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
				     const char *argument,
				     const struct klpcc_install_options *options)
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

struct klpcc_error *klpcc_uninstall(char **names, int count, const char *release,
				    const struct klpcc_install_options *options)
{
	struct klpcc_installed installed;
	struct klpcc_error *err =
		klpcc_installed_lock(options->root, release, &installed);

	if (err)
		return err;
	/* None is removed if there is a mistyped one. */
	for (int i = 0; !err && i < count; i++)
		err = check_installed(&installed, names[i]);
	for (int i = 0; !err && i < count; i++)
		err = uninstall(&installed, names[i], options);
	if (!err)
		err = klpcc_installed_tidy(&installed);
	if (!err)
		err = klpcc_installed_depmod(&installed);
	klpcc_installed_deinit(&installed);
	return err;
}
