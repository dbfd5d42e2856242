// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc cflags: prints the compiler flags that load the plugin, for klpcc-build and for people who
 * have their own build: KCFLAGS="$(klpcc cflags --index F)". With a plan, those that one unit needs
 * besides, which is compiled in place of a file of the kernel: CFLAGS_fcntl.o.
 *
 * The flags that code for the machine needs come last. Only files that exist are printed, so that a
 * mistake shows here and not in each compile. The flags contain the release of the index: the
 * plugin refuses an index of another kernel that later has the same name. They also contain its
 * digest: a compiler cache sees the flags, but not what the plugin reads.
 */
#include "tool.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "elf/elf.h"
#include "index/index.h"
#include "lib/parts.h"
#include "plan/plan.h"

enum { OPTION_RELEASE = KLPCC_OPTION_LONG, OPTION_MACHINE, OPTION_PLAN };

struct options {
	const char *index;
	const char *release; /* that the index must have; NULL: any */
	const char *triplet; /* of the compiler; "" for this machine's own */
	bool machine;        /* only flags that name no file */
	const char *plan;    /* only flags of the unit that it is for */
};

static const struct argp_option option_list[] = {
	{ "index", 'i', "FILE", 0, "Index of the target kernel", 0 },
	{ "release", OPTION_RELEASE, "RELEASE", 0, "Refuse an index of another release",
	  0 },
	{ "triplet", 't', "TRIPLET", 0,
	  "For the cross compiler TRIPLET-gcc (default: from CROSS_COMPILE)", 0 },
	{ "machine", OPTION_MACHINE, NULL, 0,
	  "Print only flags without file names: those that code for the compiler's machine needs and, with --index, the release and the digest of the index",
	  0 },
	{ "plan", OPTION_PLAN, "FILE", 0,
	  "Print only the flags of the unit that FILE is the plan of, besides those of its module",
	  0 },
	{ 0 },
};

static const struct klpcc_syntax syntax = {
	.options = option_list,
	.arguments = "--index=FILE\n--machine\n--plan=FILE",
	.doc = "Print the compiler flags that load the plugin, quoted for a shell.",
};

static void take_option(struct options *options, int key,
			const struct klpcc_command_line *line)
{
	switch (key) {
	case 'i':
		klpcc_check_name(line, "--index", line->value);
		options->index = line->value;
		break;
	case OPTION_RELEASE:
		options->release = line->value;
		break;
	case 't':
		options->triplet = line->value;
		break;
	case OPTION_MACHINE:
		options->machine = true;
		break;
	case OPTION_PLAN:
		klpcc_check_name(line, "--plan", line->value);
		options->plan = line->value;
		break;
	}
}

static void check_options(const struct options *options,
			  const struct klpcc_command_line *line)
{
	if (line->argc)
		klpcc_wrong_usage(line, "unexpected argument '%s'%s", line->argv[0],
				  options->index || options->machine || options->plan
					  ? ""
					  : "; give the index with --index=FILE");
	if (options->plan &&
	    (options->index || options->machine || options->release || options->triplet))
		klpcc_wrong_usage(line, "--plan cannot be combined with other options");
	if (options->plan)
		return;
	if (options->machine && options->release && !options->index)
		klpcc_wrong_usage(line, "--release needs an index: give --index=FILE");
	if (!options->index && !options->machine)
		klpcc_wrong_usage(line, "no index: give --index=FILE");
}

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

/* Prints " PREFIXvalue", without the blank the first time. A shell reads it as one word. */
static void print_flag(const char *prefix, const char *value)
{
	static bool printed;

	if (printed)
		putchar(' ');
	printed = true;
	fputs(prefix, stdout);
	if (!value[strspn(
		    value,
		    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+=:,./@%")]) {
		fputs(value, stdout);
		return;
	}
	putchar('\'');
	for (; *value; value++) {
		if (*value == '\'')
			fputs("'\\''", stdout);
		else
			putchar(*value);
	}
	putchar('\'');
}

/* Opens the index, which must have the release that is asked for, if any. */
static struct klpcc_error *open_index(const struct options *options,
				      struct klpcc_index **ret)
{
	struct klpcc_index *index;
	struct klpcc_error *err;

	err = klpcc_index_open(options->index, &index);
	if (err)
		return err;
	if (options->release && strcmp(options->release, klpcc_index_release(index))) {
		err = klpcc_error_new(
			EINVAL, "%s: the index is for kernel release '%s', not for '%s'",
			options->index, klpcc_index_release(index), options->release);
		klpcc_index_close(index);
		return err;
	}
	*ret = index;
	return NULL;
}

/* The flags that tell this index from others. */
static void print_identity(const struct klpcc_index *index)
{
	print_flag("-fplugin-arg-klpcc-release=", klpcc_index_release(index));
	print_flag("-fplugin-arg-klpcc-digest=", klpcc_index_digest(index));
}

/* The flags that the plugin says code for its machine needs; on most machines none. */
static struct klpcc_error *print_machine_flags(const char *plugin)
{
	struct klpcc_error *err;
	struct klpcc_elf *elf;
	const char *flags;
	char *copy, *rest;

	err = klpcc_elf_open(plugin, &elf);
	if (err)
		return err;
	err = klpcc_elf_value(elf, KLPCC_PLUGIN_SECTION, "options", &flags);
	copy = err ? NULL : strdup(flags ? flags : "");
	if (!err && !copy)
		err = klpcc_error_nomem();
	rest = copy;
	for (char *flag; !err && (flag = strsep(&rest, " "));)
		if (*flag)
			print_flag("", flag);
	free(copy);
	klpcc_elf_close(elf);
	return err;
}

/* Absolute paths of the plugin, the directory of klpcc.h, and the index. */
struct places {
	char *plugin, *include, *index;
};

static struct klpcc_error *find_places(const struct options *options, const char *triplet,
				       struct places *ret)
{
	struct klpcc_parts parts = { NULL, NULL, 0 };
	struct klpcc_error *err;

	err = klpcc_parts_init(&parts);
	if (!err)
		err = klpcc_parts_plugin(&parts, triplet, &ret->plugin);
	if (!err && !options->machine) {
		err = klpcc_parts_include(&parts, &ret->include);
		ret->index = realpath(options->index, NULL);
		if (!err && !ret->index)
			err = klpcc_error_errno(errno, "%s", options->index);
	}
	klpcc_parts_deinit(&parts);
	return err;
}

static struct klpcc_error *print_flags(const struct options *options, const char *triplet)
{
	struct places places = { NULL, NULL, NULL };
	struct klpcc_index *index = NULL;
	struct klpcc_error *err = NULL;

	if (options->index)
		err = open_index(options, &index);
	if (!err)
		err = find_places(options, triplet, &places);
	if (!err) {
		if (!options->machine) {
			print_flag("-fplugin=", places.plugin);
			print_flag("-fplugin-arg-klpcc-index=", places.index);
		}
		if (index)
			print_identity(index);
		if (!options->machine)
			print_flag("-I", places.include);
		err = print_machine_flags(places.plugin);
	}
	if (!err)
		putchar('\n');
	klpcc_index_close(index);
	free(places.plugin);
	free(places.include);
	free(places.index);
	return err;
}

/* The unit's flags come after the module's, and change what these say. */
static struct klpcc_error *print_plan(const char *path)
{
	struct klpcc_error *err;
	struct klpcc_plan *plan;
	char *place;

	err = klpcc_plan_read(path, &plan);
	if (err)
		return err;
	/* klpcc.mk builds in a link where kbuild could not cope with the name of the directory. */
	place = *path == '/' ? strdup(path) : realpath(path, NULL);
	if (!place)
		err = klpcc_error_errno(errno, "%s", path);
	for (size_t i = 0; !err && i < plan->flags_count; i++)
		print_flag("", plan->flags[i]);
	if (!err) {
		print_flag("-fplugin-arg-klpcc-plan=", place);
		putchar('\n');
	}
	free(place);
	klpcc_plan_free(plan);
	return err;
}

static struct klpcc_error *run_cflags(int argc, char **argv)
{
	struct options options = { .index = NULL };
	struct klpcc_command_line line;
	struct klpcc_error *err;
	char *triplet = NULL;
	int key;

	klpcc_begin_options(&line, &syntax, argc, argv);
	while ((key = klpcc_next_option(&line)) != KLPCC_OPTIONS_END)
		take_option(&options, key, &line);
	check_options(&options, &line);
	if (options.plan)
		return print_plan(options.plan);
	if (!options.triplet) {
		err = triplet_from_environment(&triplet);
		if (err)
			return err;
		options.triplet = triplet;
	}
	err = print_flags(&options, options.triplet);
	free(triplet);
	return err;
}

const struct klpcc_command klpcc_cmd_cflags = {
	.name = "cflags",
	.summary = "print the compiler flags that load the plugin",
	.run = run_cflags,
};
