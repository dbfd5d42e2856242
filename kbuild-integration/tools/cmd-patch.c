// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc patch: makes a livepatch of a fix.
 */
#include "tool.h"

#include <stdlib.h>
#include <string.h>

#include "lib/message.h"
#include "lib/progress.h"
#include "lib/stop.h"
#include "lib/words.h"
#include "patch/allow.h"
#include "patch/many.h"
#include "patch/patch.h"
#include "patch/try.h"

enum {
	OPTION_RELEASE = KLPCC_OPTION_LONG,
	OPTION_TREE,
	OPTION_SOURCE,
	OPTION_HEADERS,
	OPTION_IMAGE,
	OPTION_MODULES,
	OPTION_MODULE_FILE,
	OPTION_HEADER_USER,
	OPTION_FORM,
	OPTION_NO_REPLACE,
	OPTION_ALLOW,
	OPTION_EXPLAIN,
	OPTION_TEST,
	OPTION_TEST_LIMIT,
	OPTION_JSON,
};

static const struct argp_option option_list[] = {
	{ "release", OPTION_RELEASE, "RELEASE", 0,
	  "Release of the kernel, as uname -r prints it (required); if given several times, a livepatch is made for each",
	  0 },
	{ "tree", OPTION_TREE, "DIR", 0,
	  "Tree of the kernel's source (default: as klpcc tree makes it)", 0 },
	{ "source", OPTION_SOURCE, "SOURCE", 0,
	  "What to make the tree of, as klpcc tree takes it", 0 },
	{ "headers", OPTION_HEADERS, "DIR", 0,
	  "The kernel's headers (default: those that are installed for the release)", 0 },
	{ "image", OPTION_IMAGE, "FILE", 0,
	  "Image of the kernel (default: that of its release on this machine)", 0 },
	{ "modules", OPTION_MODULES, "DIR", 0, "The same of its modules", 0 },
	{ "module-dir", 'M', "DIR", 0,
	  "The fix is for modules that are built outside of the kernel's tree, in DIR",
	  0 },
	{ "module-file", OPTION_MODULE_FILE, "FILE", 0,
	  "The file of such a module, if it is not among the kernel's", 0 },
	{ "index", 'i', "FILE", 0, "Index of the kernel (default: one is made, and kept)",
	  0 },
	{ "header-user", OPTION_HEADER_USER, "FILE", 0,
	  "A file that is to have the headers that the fix changes (default: all that include them); can be given several times",
	  0 },
	{ "form", OPTION_FORM, "FORM", 0,
	  "object (default): the kernel needs klpcc_resolver.ko; or mainline", 0 },
	{ "no-replace", OPTION_NO_REPLACE, NULL, 0,
	  "Leave other livepatches enabled, in place of replacing them", 0 },
	{ "allow", OPTION_ALLOW, "KIND,...", 0,
	  "Leave as it is what no livepatch can change: asm, data, entry, exit, init, inlined, notrace, prototype, state, static-key, struct",
	  0 },
	{ "output", 'o', "DIR", 0,
	  "Make the directory DIR (default: livepatch- and the name of the first fix)",
	  0 },
	{ "explain", OPTION_EXPLAIN, NULL, 0,
	  "Print what would be replaced, and build nothing", 0 },
	{ "test", OPTION_TEST, "SCRIPT", 0,
	  "Boot the kernel in qemu, and run SCRIPT there before, with and after the livepatch",
	  0 },
	{ "test-limit", OPTION_TEST_LIMIT, "SECONDS", 0,
	  "Processor time that the test may take without a word (default: 100)", 0 },
	{ "json", OPTION_JSON, NULL, 0, "Print JSON", 0 },
	{ "quiet", 'q', NULL, 0, "Print only errors", 0 },
	{ 0 },
};

static const struct klpcc_syntax syntax = {
	.options = option_list,
	.arguments = "--release=RELEASE... FIX...",
	.doc = "Make a livepatch of a fix, which is a diff of the kernel's C files: prove that the "
	       "source is the kernel's, find out which functions the fix changes, and build a "
	       "module that replaces these.",
};

struct options {
	struct klpcc_patch_request request;
	struct klpcc_words releases;
	struct klpcc_words users;
	struct klpcc_words others; /* options, as each of several releases gets them */
	bool json;
};

/* Options that name a file; false: this is none of them. */
static bool take_path(struct klpcc_patch_request *request, int key,
		      const struct klpcc_command_line *line)
{
	switch (key) {
	case OPTION_TREE:
		klpcc_check_name(line, "--tree", line->value);
		request->tree = line->value;
		return true;
	case OPTION_SOURCE:
		klpcc_check_name(line, "--source", line->value);
		request->source = line->value;
		return true;
	case OPTION_HEADERS:
		klpcc_check_name(line, "--headers", line->value);
		request->headers = line->value;
		return true;
	case OPTION_IMAGE:
		klpcc_check_name(line, "--image", line->value);
		request->image = line->value;
		return true;
	case OPTION_MODULES:
		klpcc_check_name(line, "--modules", line->value);
		request->modules = line->value;
		return true;
	case 'M':
		klpcc_check_name(line, "--module-dir", line->value);
		request->module_dir = line->value;
		return true;
	case OPTION_MODULE_FILE:
		klpcc_check_name(line, "--module-file", line->value);
		request->module_file = line->value;
		return true;
	case 'i':
		klpcc_check_name(line, "--index", line->value);
		request->index = line->value;
		return true;
	case 'o':
		klpcc_check_output(line, line->value);
		request->output = line->value;
		return true;
	case OPTION_TEST:
		klpcc_check_name(line, "--test", line->value);
		request->test = line->value;
		return true;
	}
	return false;
}

/* Names of kinds, with commas between them. */
static void take_kinds(unsigned int *kinds, const struct klpcc_command_line *line)
{
	char *copy = strdup(line->value), *rest = copy;

	for (char *name; copy && (name = strsep(&rest, ","));)
		if (!klpcc_patch_allow(kinds, name))
			klpcc_wrong_usage(line, "--allow '%s': it must be one of %s",
					  name, klpcc_patch_kinds);
	free(copy);
}

/* What boot/run can count, ten times of it and in all. */
static void check_limit(const struct klpcc_command_line *line)
{
	size_t length = strlen(line->value);

	if (strspn(line->value, "0123456789") != length || length > 6 ||
	    !strtoul(line->value, NULL, 10))
		klpcc_wrong_usage(
			line,
			"--test-limit '%s': it must be a number of seconds, from 1 to 999999",
			line->value);
}

static void take_option(struct options *options, int key,
			const struct klpcc_command_line *line)
{
	struct klpcc_patch_request *request = &options->request;

	if (take_path(request, key, line))
		return;
	switch (key) {
	case OPTION_RELEASE:
		request->release = line->value;
		break;
	case OPTION_FORM:
		if (strcmp(line->value, "object") && strcmp(line->value, "mainline"))
			klpcc_wrong_usage(line,
					  "--form '%s': it must be object or mainline",
					  line->value);
		request->form = line->value;
		break;
	case OPTION_ALLOW:
		take_kinds(&request->allowed, line);
		break;
	case OPTION_NO_REPLACE:
		request->no_replace = true;
		break;
	case OPTION_EXPLAIN:
		request->explain = true;
		break;
	case OPTION_TEST_LIMIT:
		check_limit(line);
		request->limit = line->value;
		break;
	case OPTION_JSON:
		options->json = true;
		break;
	case 'q':
		request->quiet = true;
		break;
	}
}

/* What is each one's is passed to it by its own name. */
static struct klpcc_error *note_option(struct options *options, int key,
				       const struct klpcc_command_line *line)
{
	const struct argp_option *option = option_list;
	struct klpcc_error *err;

	if (key == OPTION_HEADER_USER) {
		klpcc_check_name(line, "--header-user", line->value);
		err = klpcc_words_add(&options->users, line->value);
		if (err)
			return err;
	}
	switch (key) {
	case OPTION_RELEASE:
		return klpcc_words_add(&options->releases, line->value);
	case OPTION_JSON:
	case 'o':
	case 'q':
		return NULL;
	}
	while (option->key != key)
		option++;
	return option->arg ? klpcc_words_addf(&options->others, "--%s=%s", option->name,
					      line->value)
			   : klpcc_words_addf(&options->others, "--%s", option->name);
}

static void check_releases(const struct options *options,
			   const struct klpcc_command_line *line)
{
	const struct klpcc_patch_request *request = &options->request;
	const struct klpcc_words *releases = &options->releases;

	if (!releases->count)
		klpcc_wrong_usage(line, "no release: give --release=RELEASE");
	if (releases->count == 1)
		return;
	if (request->tree || request->source || request->headers || request->image ||
	    request->modules || request->module_dir || request->index)
		klpcc_wrong_usage(
			line,
			"several releases, and an option that names what one kernel has: give --release once, or leave --tree, --source, --headers, --image, --modules, --module-dir and --index out");
	for (size_t i = 0; i < releases->count; i++) {
		/* They name directories of the output. */
		if (!*releases->words[i] || *releases->words[i] == '.' ||
		    strchr(releases->words[i], '/'))
			klpcc_wrong_usage(line, "--release '%s': that is no release",
					  releases->words[i]);
		for (size_t k = 0; k < i; k++)
			if (!strcmp(releases->words[i], releases->words[k]))
				klpcc_wrong_usage(line, "--release %s: given twice",
						  releases->words[i]);
	}
}

static void check_options(const struct options *options,
			  const struct klpcc_command_line *line)
{
	check_releases(options, line);
	if (!options->request.diff_count)
		klpcc_wrong_usage(line, "no fix given");
	for (int i = 0; i < line->argc; i++)
		klpcc_check_name(line, "FIX", line->argv[i]);
	if (options->request.tree && options->request.source)
		klpcc_wrong_usage(line, "--tree and --source exclude each other");
	if (options->request.module_file && !options->request.module_dir)
		klpcc_wrong_usage(line, "--module-file needs --module-dir");
	if (options->request.explain && options->request.output)
		klpcc_wrong_usage(line, "--explain makes nothing, and takes no --output");
	if (options->request.explain && options->request.test)
		klpcc_wrong_usage(line, "--explain makes nothing, and takes no --test");
	if (options->request.limit && !options->request.test)
		klpcc_wrong_usage(line, "--test-limit needs --test");
}

static struct klpcc_error *make_one(const struct options *options)
{
	struct klpcc_patch patch;
	struct klpcc_error *err = klpcc_patch_can_try(&options->request);

	if (!err)
		err = klpcc_patch_make(&options->request, &patch);
	if (err)
		return err;
	if (options->json)
		err = klpcc_patch_print_json(stdout, &patch);
	else if (!options->request.quiet)
		err = klpcc_patch_print(stdout, &patch);
	/* The result comes last, also where both go to one file. */
	fflush(stdout);
	if (!err && patch.doubt)
		klpcc_message(KLPCC_MESSAGE_WARNING,
			      "%s: it cannot be told whether it loads on %s: %s",
			      patch.module, patch.release, patch.doubt);
	else if (!err && patch.module && !options->request.quiet)
		klpcc_message(KLPCC_MESSAGE_PLAIN, "%s: it loads on %s", patch.module,
			      patch.release);
	if (!err)
		err = klpcc_patch_try(&options->request, &patch);
	klpcc_patch_deinit(&patch);
	return err;
}

static struct klpcc_error *make_many(const struct options *options)
{
	/* A list without a word is NULL. */
	char *const none[] = { NULL };
	const struct klpcc_patch_many many = {
		.releases = options->releases.words,
		.count = options->releases.count,
		.output = options->request.output,
		.options = options->others.count ? options->others.words : none,
		.diffs = options->request.diffs,
		.diff_count = options->request.diff_count,
		.explain = options->request.explain,
		.json = options->json,
		.quiet = options->request.quiet,
	};

	return klpcc_patch_many(&many);
}

static struct klpcc_error *run_patch(int argc, char **argv)
{
	struct options options = { .json = false };
	struct klpcc_command_line line;
	struct klpcc_error *err = NULL;
	int key;

	klpcc_begin_options(&line, &syntax, argc, argv);
	while (!err && (key = klpcc_next_option(&line)) != KLPCC_OPTIONS_END) {
		take_option(&options, key, &line);
		err = note_option(&options, key, &line);
	}
	if (!err) {
		options.request.diffs = line.argv;
		options.request.diff_count = (size_t)line.argc;
		options.request.users = options.users.words;
		options.request.user_count = options.users.count;
		check_options(&options, &line);
		options.request.quiet |= options.json;
		if (options.request.quiet)
			klpcc_progress_silence();
		klpcc_stop_begin();
		err = options.releases.count == 1 ? make_one(&options)
						  : make_many(&options);
	}
	klpcc_words_deinit(&options.releases);
	klpcc_words_deinit(&options.users);
	klpcc_words_deinit(&options.others);
	return err;
}

const struct klpcc_command klpcc_cmd_patch = {
	.name = "patch",
	.summary = "make a livepatch of a fix",
	.run = run_patch,
};
