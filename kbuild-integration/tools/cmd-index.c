// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc index: makes the index of a target kernel from what there is of that kernel. First in
 * the chain: the plugin and the final link ask the index, never the kernel's own files.
 *
 * Options say which files to read; --release looks for those that are not given. The reading
 * is done by kernel/read-*.c, the search by kernel/inputs.c.
 */
#include "tool.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "kernel/inputs.h"
#include "kernel/module-files.h"
#include "kernel/read-debug.h"
#include "kernel/read-elf.h"
#include "kernel/read-image.h"
#include "kernel/read-modules.h"
#include "kernel/read-text.h"
#include "target/target.h"
#include "lib/message.h"
#include "lib/progress.h"

enum {
	OPTION_RELEASE = 256,
	OPTION_SYMVERS,
	OPTION_IMAGE,
	OPTION_VMLINUX,
	OPTION_SYSTEM_MAP,
	OPTION_KALLSYMS,
	OPTION_MODULES,
	OPTION_DEBUG,
	OPTION_SYSROOT,
	OPTION_INPUTS,
};

struct options {
	const char *output;
	const char *release;
	const char *sysroot;
	bool quiet;
	bool inputs;
	struct klpcc_inputs sources;
	struct klpcc_error *err; /* out of memory while parsing */
};

static const struct argp_option option_list[] = {
	{ "output", 'o', "FILE", 0, "Write the index to FILE (required)", 0 },
	{ "inputs", OPTION_INPUTS, NULL, 0,
	  "Instead, print each file that the index would be made of, or of which it would be if it were there",
	  0 },
	{ "release", OPTION_RELEASE, "RELEASE", 0,
	  "Release of the kernel, as uname -r prints it; looks on this machine for what the other options do not give",
	  0 },
	{ "symvers", OPTION_SYMVERS, "FILE", 0,
	  "Exports from FILE, the Module.symvers of the kernel's headers", 0 },
	{ "image", OPTION_IMAGE, "FILE", 0,
	  "Symbols of vmlinux from a boot image or an uncompressed vmlinux that has no symbol table",
	  0 },
	{ "vmlinux", OPTION_VMLINUX, "FILE", 0,
	  "Symbols of vmlinux from a vmlinux with symbol table", 0 },
	{ "system-map", OPTION_SYSTEM_MAP, "FILE", 0,
	  "Symbols of vmlinux from a System.map", 0 },
	{ "kallsyms", OPTION_KALLSYMS, "FILE", 0,
	  "Symbols of vmlinux and of loaded modules from /proc/kallsyms or a copy of it",
	  0 },
	{ "modules", OPTION_MODULES, "PATH", 0,
	  "Symbols of a module (.ko, .ko.xz, .ko.zst, .ko.gz) or of all modules below a directory; may be repeated",
	  0 },
	{ "debug", OPTION_DEBUG, "PATH", 0,
	  "Source files of symbols from a vmlinux or module with debug information, or from all modules below a directory; may be repeated",
	  0 },
	{ "sysroot", OPTION_SYSROOT, "DIR", 0,
	  "Look below DIR instead of / for what belongs to --release", 0 },
	{ "quiet", 'q', NULL, 0, "Say nothing but errors", 0 },
	{ 0 },
};

/* Remembers the one source of vmlinux; a second kind contradicts the first. */
static error_t set_vmlinux(enum klpcc_vmlinux_kind kind, const char *option,
			   const char *path, struct argp_state *state)
{
	struct options *options = state->input;
	struct klpcc_inputs *sources = &options->sources;

	klpcc_check_name(state, option, path);
	if (sources->vmlinux && sources->kind != kind)
		argp_error(
			state,
			"only one of --image, --vmlinux, --system-map and --kallsyms can be given");
	free(sources->vmlinux);
	sources->kind = kind;
	sources->vmlinux = strdup(path);
	if (!sources->vmlinux)
		options->err = klpcc_error_nomem();
	return options->err ? ENOMEM : 0;
}

static void check_options(struct options *options, struct argp_state *state)
{
	if (!options->output && !options->inputs)
		argp_error(state, "no output file: give -o FILE");
	if (options->output && options->inputs)
		argp_error(state, "--inputs makes no index: leave out -o");
	if (options->sysroot && !options->release)
		argp_error(state, "--sysroot goes with --release");
	if (!options->release && !options->sources.vmlinux)
		argp_error(
			state,
			"no kernel: give --release or one of --image, --vmlinux, --system-map and --kallsyms");
}

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	struct options *options = state->input;

	switch (key) {
	case 'o':
		klpcc_check_output(state, arg);
		options->output = arg;
		return 0;
	case 'q':
		options->quiet = true;
		return 0;
	case OPTION_INPUTS:
		options->inputs = true;
		return 0;
	case OPTION_RELEASE:
		options->release = arg;
		return 0;
	case OPTION_SYSROOT:
		options->sysroot = arg;
		return 0;
	case OPTION_SYMVERS:
		klpcc_check_name(state, "--symvers", arg);
		free(options->sources.symvers);
		options->sources.symvers = strdup(arg);
		if (!options->sources.symvers)
			options->err = klpcc_error_nomem();
		return options->err ? ENOMEM : 0;
	case OPTION_IMAGE:
		return set_vmlinux(KLPCC_VMLINUX_IMAGE, "--image", arg, state);
	case OPTION_VMLINUX:
		return set_vmlinux(KLPCC_VMLINUX_ELF, "--vmlinux", arg, state);
	case OPTION_SYSTEM_MAP:
		return set_vmlinux(KLPCC_VMLINUX_SYSTEM_MAP, "--system-map", arg, state);
	case OPTION_KALLSYMS:
		return set_vmlinux(KLPCC_VMLINUX_KALLSYMS, "--kallsyms", arg, state);
	case OPTION_MODULES:
		klpcc_check_name(state, "--modules", arg);
		options->err = klpcc_inputs_add_modules(&options->sources, arg);
		return options->err ? ENOMEM : 0;
	case OPTION_DEBUG:
		options->err = klpcc_inputs_add_debug(&options->sources, arg);
		return options->err ? ENOMEM : 0;
	case ARGP_KEY_ARG:
		argp_error(
			state,
			"unexpected argument '%s'; each file has its option, such as --image=FILE",
			arg);
		return 0;
	case ARGP_KEY_END:
		check_options(options, state);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp argp = {
	.options = option_list,
	.parser = parse_option,
	.args_doc = "-o FILE\n--inputs",
	.doc = "Make the index of a target kernel, which tells the compiler plugin what that kernel has and what it exports.\v`klpcc index -o FILE --release RELEASE` is enough for a kernel that is installed with its headers.",
};

static void show_files(struct klpcc_progress *progress, const char *label, size_t done,
		       size_t total)
{
	if (done == 1)
		klpcc_progress_begin(progress, label, total);
	klpcc_progress_update(progress, done);
}

static void show_modules(void *data, size_t done, size_t total)
{
	show_files(data, "modules", done, total);
}

static void show_debug(void *data, size_t done, size_t total)
{
	show_files(data, "source files", done, total);
}

static struct klpcc_error *read_modules(struct klpcc_target *target,
					const struct options *options)
{
	struct klpcc_progress progress = { .quiet = options->quiet };
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < options->sources.modules_count; i++) {
		err = klpcc_read_modules(target, options->sources.modules[i],
					 show_modules, &progress);
		klpcc_progress_end(&progress);
	}
	return err;
}

static struct klpcc_error *read_vmlinux(struct klpcc_target *target,
					const struct klpcc_inputs *sources)
{
	struct klpcc_error *err = NULL;

	switch (sources->kind) {
	case KLPCC_VMLINUX_NONE:
	case KLPCC_VMLINUX_IMAGE: /* read_image_and_modules() */
		break;
	case KLPCC_VMLINUX_ELF:
		return klpcc_read_vmlinux(target, sources->vmlinux);
	case KLPCC_VMLINUX_KALLSYMS:
		err = klpcc_read_kallsyms(target, sources->vmlinux);
		break;
	case KLPCC_VMLINUX_SYSTEM_MAP:
		err = klpcc_read_system_map(target, sources->vmlinux);
		break;
	}
	return err ? err : klpcc_target_derive_exports(target);
}

static struct klpcc_error *check_exports(struct klpcc_target *target,
					 const struct klpcc_inputs *sources)
{
	if (!sources->symvers)
		return NULL;
	return klpcc_error_prefix(klpcc_target_check_exports(target), "%s",
				  sources->symvers);
}

/* Unpacking an image takes as long as reading all modules: side by side. */
static struct klpcc_error *read_image_and_modules(struct klpcc_target *target,
						  const struct options *options)
{
	struct klpcc_error *err, *later;
	struct klpcc_image *image;

	err = klpcc_image_begin(options->sources.vmlinux, &image);
	if (err)
		return err;
	later = read_modules(target, options);
	if (!later)
		later = klpcc_target_sort_strings(target);
	err = klpcc_image_finish(image, target);
	if (!err)
		err = check_exports(target, &options->sources);
	if (!err)
		return later;
	klpcc_error_free(later);
	return err;
}

/* What was found and not asked for may be left out, but not silently. */
static struct klpcc_error *read_debug(struct klpcc_target *target,
				      const struct options *options)
{
	struct klpcc_progress progress = { .quiet = options->quiet };
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < options->sources.debug_count; i++) {
		err = klpcc_read_debug(target, options->sources.debug[i], show_debug,
				       &progress);
		klpcc_progress_end(&progress);
		if (!err || !options->sources.debug_found || err->code == ENOMEM)
			continue;
		if (!options->quiet)
			klpcc_message(KLPCC_MESSAGE_WARNING, "no source files from %s",
				      err->message);
		klpcc_error_free(err);
		err = NULL;
	}
	return err;
}

/*
 * Symvers first, as it has the last word on exports; what is wrong with vmlinux is told
 * before what is wrong with one of thousands of modules; but kallsyms is read after them, as
 * it knows less of a module than the module's file does.
 */
static struct klpcc_error *read_sources(struct klpcc_target *target,
					const struct options *options)
{
	const struct klpcc_inputs *sources = &options->sources;
	bool modules_first = sources->kind == KLPCC_VMLINUX_KALLSYMS;
	struct klpcc_error *err = NULL;

	if (sources->symvers)
		err = klpcc_read_symvers(target, sources->symvers);
	if (!err && sources->kind == KLPCC_VMLINUX_IMAGE) {
		err = read_image_and_modules(target, options);
	} else {
		if (!err && modules_first)
			err = read_modules(target, options);
		if (!err)
			err = read_vmlinux(target, sources);
		if (!err)
			err = check_exports(target, sources);
		if (!err && !modules_first)
			err = read_modules(target, options);
	}
	if (!err)
		err = read_debug(target, options);
	if (!err) {
		klpcc_target_mark_init(target);
		klpcc_target_derive_seals(target);
	}
	return err;
}

/* What an index cannot do without. */
static struct klpcc_error *check_target(const struct klpcc_target *target,
					const struct options *options)
{
	if (!*klpcc_target_release(target))
		return klpcc_error_new(
			EINVAL, "%s: does not tell the kernel's release; give --release",
			options->sources.vmlinux);
	if (!klpcc_target_exports(target, KLPCC_TARGET_VMLINUX))
		return klpcc_error_new(
			EINVAL,
			"%s: no export information: give --symvers FILE (Module.symvers of the kernel's headers)",
			options->sources.vmlinux);
	return NULL;
}

static void print_summary(const struct klpcc_target *target, const char *output)
{
	size_t modules = 0, symbols = 0;
	struct stat st = { 0 };
	bool large;

	for (uint32_t i = 1; i < klpcc_target_objects(target); i++) {
		modules += klpcc_target_symbols(target, i) != 0;
		symbols += klpcc_target_symbols(target, i);
	}
	if (stat(output, &st) < 0)
		st.st_size = 0;
	large = st.st_size >= 1024 * 1024;
	klpcc_message(
		KLPCC_MESSAGE_PLAIN,
		"%s: vmlinux: %zu symbols, %zu exported; %zu module%s, %zu symbols; %s %.1f %s",
		klpcc_target_release(target),
		klpcc_target_symbols(target, KLPCC_TARGET_VMLINUX),
		klpcc_target_exports(target, KLPCC_TARGET_VMLINUX), modules,
		modules == 1 ? "" : "s", symbols, output,
		(double)st.st_size / (large ? 1024 * 1024 : 1024), large ? "MiB" : "KiB");
}

static struct klpcc_error *find_sources(struct klpcc_target *target,
					struct options *options)
{
	struct klpcc_error *err = klpcc_target_set_release(target, options->release);

	return err ? err
		   : klpcc_inputs_find(&options->sources, options->release,
				       options->sysroot ? options->sysroot : "",
				       options->quiet);
}

static struct klpcc_error *make_index(struct options *options)
{
	struct klpcc_target *target;
	struct klpcc_error *err;

	err = klpcc_target_create(&target);
	if (err)
		return err;
	if (options->release)
		err = find_sources(target, options);
	if (!err)
		err = klpcc_target_begin(target, options->output);
	if (!err)
		err = read_sources(target, options);
	if (!err)
		err = check_target(target, options);
	if (!err)
		err = klpcc_target_write(target, options->output);
	if (!err && !options->quiet)
		print_summary(target, options->output);
	klpcc_target_destroy(target);
	return err;
}

/* ---- --inputs -------------------------------------------------------------------------- */

static bool was_looked_at(const struct klpcc_inputs *sources, const char *path)
{
	for (size_t i = 0; i < sources->looked_count; i++)
		if (!strcmp(sources->looked[i], path))
			return true;
	return false;
}

static void print_file(const struct klpcc_inputs *sources, const char *path)
{
	if (path && !was_looked_at(sources, path))
		puts(path);
}

/* What cannot be listed is printed itself: its reader says what is wrong with it. */
static void print_path(const struct klpcc_inputs *sources, const char *path, bool debug)
{
	struct klpcc_module_files files = { NULL, 0, 0 };
	struct klpcc_error *err = NULL;
	struct stat st;

	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		err = klpcc_module_files_list(&files, path, debug);
	if (err || !files.count)
		print_file(sources, path);
	for (size_t i = 0; i < files.count; i++)
		puts(files.entries[i].path);
	klpcc_error_free(err);
	klpcc_module_files_deinit(&files);
}

/*
 * For those who keep an index: it is stale when one of these files is another, has come or has
 * gone. That nothing of vmlinux is there may change, and is no error here.
 */
static struct klpcc_error *print_inputs(struct options *options)
{
	struct klpcc_inputs *sources = &options->sources;
	struct klpcc_error *err = NULL;

	if (options->release)
		err = klpcc_inputs_find(sources, options->release,
					options->sysroot ? options->sysroot : "", true);
	if (err && err->code != ENOENT)
		return err;
	klpcc_error_free(err);
	for (size_t i = 0; i < sources->looked_count; i++)
		puts(sources->looked[i]);
	print_file(sources, sources->vmlinux);
	print_file(sources, sources->symvers);
	for (size_t i = 0; i < sources->modules_count; i++)
		print_path(sources, sources->modules[i], false);
	for (size_t i = 0; i < sources->debug_count; i++)
		print_path(sources, sources->debug[i], true);
	return NULL;
}

/* ---------------------------------------------------------------------------------------- */

static struct klpcc_error *run(int argc, char **argv)
{
	struct options options = { 0 };
	struct klpcc_error *err;

	klpcc_parse_options(&argp, argc, argv, 0, &options);
	err = options.err;
	if (!err)
		err = options.inputs ? print_inputs(&options) : make_index(&options);
	klpcc_inputs_deinit(&options.sources);
	return err;
}

const struct klpcc_command klpcc_cmd_index = {
	.name = "index",
	.summary = "make the index of a target kernel",
	.run = run,
};
