// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Prepares a build directory: see prepare.h.
 *
 * The headers' .config is taken, and what it became is compared with what the kernel was compiled
 * with. Two things need care. An option that was not to be had where the kernel was built has no
 * line in .config, and one that is on by default then appears here: GCC's plugins, where their
 * headers are installed. And a kernel with Rust is prepared without it: C code sees that in
 * autoconf.h alone, so the kernel's own is put in its place.
 */
#include "prepare.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../lib/file.h"
#include "../lib/message.h"
#include "headers.h"
#include "judge.h"
#include "kbuild.h"
#include "layout.h"
#include "package-id.h"

static void say(bool quiet, const char *text)
{
	if (!quiet)
		klpcc_message(KLPCC_MESSAGE_PLAIN, "%s", text);
}

/* ---- programs ------------------------------------------------------------------------- */

static bool is_in_path(const char *program)
{
	const char *path = getenv("PATH");

	for (size_t length; path && *path; path += length + (path[length] == ':')) {
		char *file;
		bool found;

		length = strcspn(path, ":");
		if (asprintf(&file, "%.*s/%s", (int)length, path, program) < 0)
			return false;
		found = access(file, X_OK) == 0;
		free(file);
		if (found)
			return true;
	}
	return false;
}

/* What the kernel's build runs that is not in every system that compiles. */
static const struct {
	const char *program, *package;
	const char *option; /* NULL: whatever the configuration is */
	const char *why;
} programs[] = {
	{ "make", "make", NULL, "" },
	{ "flex", "flex", NULL, "" },
	{ "bison", "bison", NULL, "" },
	{ "bc", "bc", NULL, "" },
	{ "python3", "python3", "CONFIG_DEBUG_INFO_BTF", "" },
	{ "pahole", "pahole or dwarves", "CONFIG_DEBUG_INFO_BTF",
	  ", and drops options of the kernel without, such as CONFIG_DEBUG_INFO_BTF_MODULES" },
};

struct klpcc_error *klpcc_prepare_check(const struct klpcc_config *kernel)
{
	for (size_t i = 0; i < sizeof(programs) / sizeof(programs[0]); i++) {
		if ((programs[i].option &&
		     !klpcc_config_value(kernel, programs[i].option)) ||
		    is_in_path(programs[i].program))
			continue;
		return klpcc_error_new(
			ENOENT,
			"'%s' is missing, which the kernel's build takes%s: install the package %s",
			programs[i].program, programs[i].why, programs[i].package);
	}
	return NULL;
}

/* ---- .config -------------------------------------------------------------------------- */

/* Options that are on by default where something is installed, and were not to be had. */
static const char *const absent_options[] = { "CONFIG_GCC_PLUGINS" };

/* *ret: .config with the lines that it needs here. */
static struct klpcc_error *complete_config(const char *text,
					   const struct klpcc_config *kernel, char **ret)
{
	size_t size;
	FILE *stream = open_memstream(ret, &size);

	if (!stream)
		return klpcc_error_nomem();
	fputs(text, stream);
	for (size_t i = 0; i < sizeof(absent_options) / sizeof(absent_options[0]); i++)
		if (!klpcc_config_value(kernel, absent_options[i]))
			fprintf(stream, "# %s is not set\n", absent_options[i]);
	return fclose(stream) ? klpcc_error_nomem() : NULL;
}

static struct klpcc_error *copy_config(const char *headers, const char *build,
				       const struct klpcc_config *kernel)
{
	char *from = klpcc_tree_path(headers, ".config"), *text = NULL;
	char *to = klpcc_tree_path(build, ".config"), *completed = NULL;
	struct klpcc_error *err = from && to ? NULL : klpcc_error_nomem();

	if (!err)
		err = klpcc_file_read_text(from, &text);
	if (!err)
		err = complete_config(text, kernel, &completed);
	if (!err)
		err = klpcc_file_write_text(to, completed);
	free(completed);
	free(text);
	free(from);
	free(to);
	return err;
}

/* ---- Rust ----------------------------------------------------------------------------- */

/*
 * Parts of the names of options that depend on CONFIG_RUST: most have it in their names, drivers in
 * Rust need not. One that is not known yet is a difference like any other.
 */
static const char *const rust_parts[] = { "_RUST", "CONFIG_DRM_PANIC_SCREEN_QR_",
					  "CONFIG_AMCC_QT2025_PHY" };

struct losses {
	size_t of_rust, others;
};

static void note_loss(void *arg, const char *name, const char *tree, const char *kernel)
{
	struct losses *losses = arg;

	(void)kernel;
	if (klpcc_tree_is_tool_option(name))
		return;
	for (size_t i = 0; i < sizeof(rust_parts) / sizeof(rust_parts[0]); i++) {
		if (tree || !strstr(name, rust_parts[i]))
			continue;
		losses->of_rust++;
		return;
	}
	losses->others++;
}

static struct klpcc_error *copy_autoconf(const struct klpcc_tree *tree,
					 const char *headers)
{
	char *from = klpcc_tree_path(headers, KLPCC_TREE_AUTOCONF), *text = NULL;
	char *to = klpcc_tree_path(tree->build, KLPCC_TREE_AUTOCONF);
	struct klpcc_error *err = from && to ? NULL : klpcc_error_nomem();

	if (!err)
		err = klpcc_file_read_text(from, &text);
	if (!err)
		err = klpcc_file_write_text(to, text);
	free(text);
	free(from);
	free(to);
	return err;
}

/*
 * Where Rust is all that differs, autoconf.h becomes the kernel's. *config: the tree's; it is read
 * again then.
 */
static struct klpcc_error *restore_rust(const struct klpcc_tree *tree,
					const char *headers,
					const struct klpcc_config *kernel, bool quiet,
					struct klpcc_config *config)
{
	struct losses losses = { 0, 0 };
	struct klpcc_error *err;

	if (!klpcc_config_value(kernel, "CONFIG_RUST") ||
	    klpcc_config_value(config, "CONFIG_RUST"))
		return NULL;
	klpcc_config_compare(config, kernel, note_loss, &losses);
	if (!losses.of_rust || losses.others)
		return NULL;
	if (!quiet)
		klpcc_message(
			KLPCC_MESSAGE_NOTE,
			"the kernel has CONFIG_RUST, but rustc, bindgen or Rust's library is missing: %zu options of Rust are copied from the kernel's autoconf.h, and the tree compiles C alone",
			losses.of_rust);
	err = copy_autoconf(tree, headers);
	if (err)
		return err;
	klpcc_config_deinit(config);
	return klpcc_tree_config(tree, config);
}

/* ---- all of it ------------------------------------------------------------------------ */

static struct klpcc_error *check_release(const struct klpcc_tree *tree)
{
	char *path = klpcc_tree_path(tree->build, KLPCC_TREE_UTSRELEASE), *release = NULL;
	struct klpcc_error *err =
		path ? klpcc_headers_release(path, &release) : klpcc_error_nomem();

	if (!err && strcmp(release, tree->release))
		err = klpcc_error_new(EINVAL,
				      "%s: it has the release '%s' in place of '%s'",
				      path, release, tree->release);
	free(release);
	free(path);
	return err;
}

static struct klpcc_error *run_kbuild(const struct klpcc_tree *tree, const char *target)
{
	const char *const targets[] = { target, NULL };

	return klpcc_error_prefix(klpcc_kbuild_run(tree, targets, false, false),
				  "`make %s`", target);
}

struct klpcc_error *klpcc_tree_prepare(const struct klpcc_tree *tree, const char *headers,
				       const struct klpcc_config *kernel, bool quiet)
{
	struct klpcc_config config = { .count = 0 };
	struct klpcc_error *err = copy_config(headers, tree->build, kernel);

	if (!err) {
		say(quiet, "configuring the tree");
		err = run_kbuild(tree, "olddefconfig");
	}
	if (!err)
		err = klpcc_package_id_copy(headers, tree->build);
	if (!err) {
		say(quiet, "preparing the tree");
		err = run_kbuild(tree, "modules_prepare");
	}
	if (!err)
		err = check_release(tree);
	if (!err)
		err = klpcc_tree_config(tree, &config);
	if (!err)
		err = restore_rust(tree, headers, kernel, quiet, &config);
	if (!err)
		err = klpcc_tree_check_config(&config, kernel, !quiet);
	klpcc_config_deinit(&config);
	return err;
}
