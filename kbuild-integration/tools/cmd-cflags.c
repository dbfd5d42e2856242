// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc cflags: prints the compiler flags that load the plugin, for people who bring their
 * own build: KCFLAGS="$(klpcc cflags --index F)".
 *
 * The plugin and klpcc.h are found from where this binary is: beside it and in the sources
 * for a build tree, in ../lib/klpcc for an installed one. Only what exists is printed, so
 * that a mistake shows here and not in each compile.
 */
#include "tool.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "index/index.h"

struct options {
	const char *index;
	const char *triplet; /* of the compiler; "" is this machine's own */
};

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	struct options *options = state->input;

	switch (key) {
	case 'i':
		options->index = arg;
		return 0;
	case 't':
		options->triplet = arg;
		return 0;
	case ARGP_KEY_ARG:
		argp_error(state, "too many arguments: %s", arg);
		return 0;
	case ARGP_KEY_END:
		if (!options->index)
			argp_error(state, "--index is missing");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_option option_list[] = {
	{ "index", 'i', "FILE", 0, "Index of the target kernel (required)", 0 },
	{ "triplet", 't', "TRIPLET", 0,
	  "For the cross compiler TRIPLET-gcc (default: what CROSS_COMPILE says)", 0 },
	{ 0 },
};

static const struct argp argp = {
	.options = option_list,
	.parser = parse_option,
	.args_doc = "--index FILE",
	.doc = "Print the compiler flags that load the plugin, quoted for a shell.",
};

/* CROSS_COMPILE is a prefix, perhaps with a directory: /opt/bin/s390x-linux-gnu- */
static struct klpcc_error *triplet_from_environment(char **ret)
{
	const char *prefix = getenv("CROSS_COMPILE");
	const char *slash;
	char *triplet;
	size_t len;

	if (!prefix)
		prefix = "";
	slash = strrchr(prefix, '/');
	triplet = strdup(slash ? slash + 1 : prefix);
	if (!triplet)
		return klpcc_error_nomem();
	len = strlen(triplet);
	if (len && triplet[len - 1] == '-')
		triplet[len - 1] = '\0';
	*ret = triplet;
	return NULL;
}

/* The directory of this binary, symbolic links resolved. */
static struct klpcc_error *binary_directory(char **ret)
{
	char *path = realpath("/proc/self/exe", NULL);

	if (!path)
		return klpcc_error_errno(errno, "cannot find this binary's directory");
	*strrchr(path, '/') = '\0';
	*ret = path;
	return NULL;
}

/* Where things are, seen from the binary's directory. */
static const struct {
	const char
		*plugin; /* directory of the native plugin; a cross one is in TRIPLET/ */
	const char *include;
} layouts[] = {
	{ "/../lib/klpcc", "/../lib/klpcc/include" }, /* make install */
	{ "", "/../runtime/include" },                /* build/ in the sources */
	{ "", "/../../runtime/include" },             /* build/sanitize/ */
};

/* *ret is the resolved path if it exists, else NULL. */
static struct klpcc_error *existing(char **ret, const char *directory, const char *middle,
				    const char *triplet, const char *file)
{
	char *path;

	if (asprintf(&path, "%s%s%s%s/%s", directory, middle, *triplet ? "/" : "",
		     triplet, file) < 0)
		return klpcc_error_nomem();
	*ret = realpath(path, NULL);
	free(path);
	return NULL;
}

static struct klpcc_error *find_plugin(const char *directory, const char *triplet,
				       char **ret)
{
	for (size_t i = 0; i < sizeof(layouts) / sizeof(layouts[0]); i++) {
		struct klpcc_error *err =
			existing(ret, directory, layouts[i].plugin, triplet, "klpcc.so");

		if (err || *ret)
			return err;
	}
	if (*triplet)
		return klpcc_error_new(ENOENT,
				       "no plugin for %s-gcc beside this klpcc; "
				       "`make plugin CROSS_COMPILE=%s-` builds it",
				       triplet, triplet);
	return klpcc_error_new(
		ENOENT, "no plugin klpcc.so beside this klpcc; `make plugin` builds it");
}

/* Leaves *ret NULL when klpcc.h is not where it belongs: a patch can do without it. */
static struct klpcc_error *find_include(const char *directory, char **ret)
{
	for (size_t i = 0; i < sizeof(layouts) / sizeof(layouts[0]); i++) {
		struct klpcc_error *err =
			existing(ret, directory, layouts[i].include, "", "klpcc.h");

		if (err)
			return err;
		if (*ret) {
			*strrchr(*ret, '/') = '\0';
			return NULL;
		}
	}
	return NULL;
}

/* Prints " PREFIXpath" (no blank before the first) so that a shell reads it as one word. */
static void print_flag(const char *prefix, const char *path)
{
	static bool again;

	if (again)
		putchar(' ');
	again = true;
	fputs(prefix, stdout);
	if (!path[strspn(path, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
			       "0123456789_-+=:,./@%")]) {
		fputs(path, stdout);
		return;
	}
	putchar('\'');
	for (; *path; path++) {
		if (*path == '\'')
			fputs("'\\''", stdout);
		else
			putchar(*path);
	}
	putchar('\'');
}

/* The index must be one; its path as a compile in another directory needs it. */
static struct klpcc_error *check_index(const char *path, char **ret)
{
	struct klpcc_error *err;
	struct klpcc_index *index;

	err = klpcc_index_open(path, &index);
	if (err)
		return err;
	klpcc_index_close(index);
	*ret = realpath(path, NULL);
	return *ret ? NULL : klpcc_error_errno(errno, "%s", path);
}

static struct klpcc_error *print_flags(const struct options *options, const char *triplet)
{
	char *directory = NULL, *plugin = NULL, *include = NULL, *index = NULL;
	struct klpcc_error *err;

	err = check_index(options->index, &index);
	if (!err)
		err = binary_directory(&directory);
	if (!err)
		err = find_plugin(directory, triplet, &plugin);
	if (!err)
		err = find_include(directory, &include);
	if (!err) {
		print_flag("-fplugin=", plugin);
		print_flag("-fplugin-arg-klpcc-index=", index);
		if (include)
			print_flag("-I", include);
		putchar('\n');
	}
	free(directory);
	free(plugin);
	free(include);
	free(index);
	return err;
}

static struct klpcc_error *run(int argc, char **argv)
{
	struct options options = { NULL, NULL };
	struct klpcc_error *err;
	char *triplet = NULL;

	klpcc_parse_options(&argp, argc, argv, &options);
	if (options.triplet)
		return print_flags(&options, options.triplet);
	err = triplet_from_environment(&triplet);
	if (err)
		return err;
	err = print_flags(&options, triplet);
	free(triplet);
	return err;
}

const struct klpcc_command klpcc_cmd_cflags = {
	.name = "cflags",
	.summary = "print the compiler flags that load the plugin",
	.run = run,
};
