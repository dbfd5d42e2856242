// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc index: makes the index of a target kernel from that kernel's files. It is the first step:
 * the plugin and the final link read the index, never the kernel's own files.
 *
 * Options name the files to read; --release looks for those that are not given. kernel/read-*.c
 * reads them, kernel/inputs.c looks for them.
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
	OPTION_RELEASE = KLPCC_OPTION_LONG,
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
	bool list_inputs; /* instead of making an index */
	struct klpcc_inputs inputs;
};

static const struct argp_option option_list[] = {
	{ "output", 'o', "FILE", 0, "Write the index to FILE (required)", 0 },
	{ "inputs", OPTION_INPUTS, NULL, 0,
	  "Print the files that the index would depend on, and make no index: those that it would be made of, and those that would be used instead if they existed",
	  0 },
	{ "release", OPTION_RELEASE, "RELEASE", 0,
	  "Release of the kernel, as uname -r prints it; files that no option names are looked for on this machine",
	  0 },
	{ "symvers", OPTION_SYMVERS, "FILE", 0,
	  "Exports from FILE, the Module.symvers of the kernel's headers", 0 },
	{ "image", OPTION_IMAGE, "FILE", 0,
	  "Symbols of vmlinux from a boot image, or from an uncompressed vmlinux without a symbol table",
	  0 },
	{ "vmlinux", OPTION_VMLINUX, "FILE", 0,
	  "Symbols of vmlinux from a vmlinux with a symbol table", 0 },
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
	  "Look for the files of --release below DIR instead of /", 0 },
	{ "quiet", 'q', NULL, 0, "Print only errors", 0 },
	{ 0 },
};

static const struct klpcc_syntax syntax = {
	.options = option_list,
	.arguments = "-o FILE\n--inputs",
	.doc = "Make the index of a target kernel. "
	       "It tells the compiler plugin which symbols that kernel has and which it exports."
	       "\v"
	       "For a kernel that is installed with its headers, `klpcc index -o FILE --release RELEASE` is enough.",
};

static struct klpcc_error *set_path(char **path, const char *value)
{
	free(*path);
	*path = strdup(value);
	return *path ? NULL : klpcc_error_nomem();
}

/* Remembers where the symbols of vmlinux come from; a second kind contradicts the first. */
static struct klpcc_error *set_vmlinux(struct klpcc_inputs *inputs,
				       enum klpcc_vmlinux_kind kind, const char *option,
				       const struct klpcc_command_line *line)
{
	klpcc_check_name(line, option, line->value);
	if (inputs->vmlinux && inputs->kind != kind)
		klpcc_wrong_usage(
			line,
			"only one of --image, --vmlinux, --system-map and --kallsyms can be given");
	inputs->kind = kind;
	return set_path(&inputs->vmlinux, line->value);
}

/* The options that name what the index is made of. */
static struct klpcc_error *take_input(struct klpcc_inputs *inputs, int key,
				      const struct klpcc_command_line *line)
{
	switch (key) {
	case OPTION_SYMVERS:
		klpcc_check_name(line, "--symvers", line->value);
		return set_path(&inputs->symvers, line->value);
	case OPTION_IMAGE:
		return set_vmlinux(inputs, KLPCC_VMLINUX_IMAGE, "--image", line);
	case OPTION_VMLINUX:
		return set_vmlinux(inputs, KLPCC_VMLINUX_ELF, "--vmlinux", line);
	case OPTION_SYSTEM_MAP:
		return set_vmlinux(inputs, KLPCC_VMLINUX_SYSTEM_MAP, "--system-map",
				   line);
	case OPTION_KALLSYMS:
		return set_vmlinux(inputs, KLPCC_VMLINUX_KALLSYMS, "--kallsyms", line);
	case OPTION_MODULES:
		klpcc_check_name(line, "--modules", line->value);
		return klpcc_inputs_add_modules(inputs, line->value);
	case OPTION_DEBUG:
		return klpcc_inputs_add_debug(inputs, line->value);
	default:
		return NULL;
	}
}

static struct klpcc_error *take_option(struct options *options, int key,
				       const struct klpcc_command_line *line)
{
	switch (key) {
	case 'o':
		klpcc_check_output(line, line->value);
		options->output = line->value;
		return NULL;
	case 'q':
		options->quiet = true;
		return NULL;
	case OPTION_INPUTS:
		options->list_inputs = true;
		return NULL;
	case OPTION_RELEASE:
		options->release = line->value;
		return NULL;
	case OPTION_SYSROOT:
		options->sysroot = line->value;
		return NULL;
	default:
		return take_input(&options->inputs, key, line);
	}
}

static void check_options(const struct options *options,
			  const struct klpcc_command_line *line)
{
	if (line->argc)
		klpcc_wrong_usage(
			line,
			"unexpected argument '%s'; each file has its option, such as --image=FILE",
			line->argv[0]);
	if (!options->output && !options->list_inputs)
		klpcc_wrong_usage(line, "no output file: give -o FILE");
	if (options->output && options->list_inputs)
		klpcc_wrong_usage(line, "--inputs makes no index: leave out -o");
	if (options->sysroot && !options->release)
		klpcc_wrong_usage(line, "--sysroot needs --release");
	if (!options->release && !options->inputs.vmlinux)
		klpcc_wrong_usage(
			line,
			"no kernel: give --release or one of --image, --vmlinux, --system-map and --kallsyms");
}

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

	for (size_t i = 0; !err && i < options->inputs.modules_count; i++) {
		err = klpcc_read_modules(target, options->inputs.modules[i], show_modules,
					 &progress);
		klpcc_progress_end(&progress);
	}
	return err;
}

static struct klpcc_error *read_vmlinux(struct klpcc_target *target,
					const struct klpcc_inputs *inputs)
{
	struct klpcc_error *err = NULL;

	switch (inputs->kind) {
	case KLPCC_VMLINUX_NONE:
	case KLPCC_VMLINUX_IMAGE: /* read_image_and_modules() */
		break;
	case KLPCC_VMLINUX_ELF:
		return klpcc_read_vmlinux(target, inputs->vmlinux);
	case KLPCC_VMLINUX_KALLSYMS:
		err = klpcc_read_kallsyms(target, inputs->vmlinux);
		break;
	case KLPCC_VMLINUX_SYSTEM_MAP:
		err = klpcc_read_system_map(target, inputs->vmlinux);
		break;
	}
	return err ? err : klpcc_target_derive_exports(target);
}

static struct klpcc_error *check_exports(struct klpcc_target *target,
					 const struct klpcc_inputs *inputs)
{
	if (!inputs->symvers)
		return NULL;
	return klpcc_error_prefix(klpcc_target_check_exports(target), "%s",
				  inputs->symvers);
}

/* Unpacking an image takes as long as reading all modules, so both are done at the same time. */
static struct klpcc_error *read_image_and_modules(struct klpcc_target *target,
						  const struct options *options)
{
	struct klpcc_error *err, *later;
	struct klpcc_image *image;

	err = klpcc_image_begin(options->inputs.vmlinux, &image);
	if (err)
		return err;
	later = read_modules(target, options);
	if (!later)
		later = klpcc_target_sort_strings(target);
	err = klpcc_image_finish(image, target);
	if (!err)
		err = check_exports(target, &options->inputs);
	if (!err)
		return later;
	klpcc_error_free(later);
	return err;
}

/* Debug information that was found, not given, may be left out, but not silently. */
static struct klpcc_error *read_debug(struct klpcc_target *target,
				      const struct options *options)
{
	struct klpcc_progress progress = { .quiet = options->quiet };
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < options->inputs.debug_count; i++) {
		err = klpcc_read_debug(target, options->inputs.debug[i], show_debug,
				       &progress);
		klpcc_progress_end(&progress);
		if (!err || !options->inputs.debug_found || err->code == ENOMEM)
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
 * Symvers comes first, as it decides what is exported. vmlinux comes before the modules, so that
 * its errors are reported first. But kallsyms comes after the modules, as it tells less about a
 * module than the module's file does.
 */
static struct klpcc_error *read_inputs(struct klpcc_target *target,
				       const struct options *options)
{
	const struct klpcc_inputs *inputs = &options->inputs;
	bool modules_first = inputs->kind == KLPCC_VMLINUX_KALLSYMS;
	struct klpcc_error *err = NULL;

	if (inputs->symvers)
		err = klpcc_read_symvers(target, inputs->symvers);
	if (!err && inputs->kind == KLPCC_VMLINUX_IMAGE) {
		err = read_image_and_modules(target, options);
	} else {
		if (!err && modules_first)
			err = read_modules(target, options);
		if (!err)
			err = read_vmlinux(target, inputs);
		if (!err)
			err = check_exports(target, inputs);
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

/* Checks that the index will have what it needs at least. */
static struct klpcc_error *check_target(const struct klpcc_target *target,
					const struct options *options)
{
	if (!*klpcc_target_release(target))
		return klpcc_error_new(
			EINVAL, "%s: the kernel's release is not in it; give --release",
			options->inputs.vmlinux);
	if (!klpcc_target_exports(target, KLPCC_TARGET_VMLINUX))
		return klpcc_error_new(
			EINVAL,
			"%s: no export information: give --symvers FILE (Module.symvers of the kernel's headers)",
			options->inputs.vmlinux);
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

static struct klpcc_error *find_inputs(struct klpcc_target *target,
				       struct options *options)
{
	struct klpcc_error *err = klpcc_target_set_release(target, options->release);

	return err ? err
		   : klpcc_inputs_find(&options->inputs, options->release,
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
		err = find_inputs(target, options);
	if (!err)
		err = klpcc_target_begin(target, options->output);
	if (!err)
		err = read_inputs(target, options);
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

static bool was_looked_at(const struct klpcc_inputs *inputs, const char *path)
{
	for (size_t i = 0; i < inputs->looked_count; i++)
		if (!strcmp(inputs->looked[i], path))
			return true;
	return false;
}

static void print_file(const struct klpcc_inputs *inputs, const char *path)
{
	if (path && !was_looked_at(inputs, path))
		puts(path);
}

/* Prints a directory that cannot be listed itself: its reader will say what is wrong. */
static void print_path(const struct klpcc_inputs *inputs, const char *path, bool debug)
{
	struct klpcc_module_files files = { NULL, 0, 0 };
	struct klpcc_error *err = NULL;
	struct stat st;

	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		err = klpcc_module_files_list(&files, path, debug);
	if (err || !files.count)
		print_file(inputs, path);
	for (size_t i = 0; i < files.count; i++)
		puts(files.entries[i].path);
	klpcc_error_free(err);
	klpcc_module_files_deinit(&files);
}

/*
 * For users who keep an index: it is stale when one of these files has changed, has come or has
 * gone. A missing vmlinux may come later, so it is not an error here.
 */
static struct klpcc_error *print_inputs(struct options *options)
{
	struct klpcc_inputs *inputs = &options->inputs;
	struct klpcc_error *err = NULL;

	if (options->release)
		err = klpcc_inputs_find(inputs, options->release,
					options->sysroot ? options->sysroot : "", true);
	if (err && err->code != ENOENT)
		return err;
	klpcc_error_free(err);
	for (size_t i = 0; i < inputs->looked_count; i++)
		puts(inputs->looked[i]);
	print_file(inputs, inputs->vmlinux);
	print_file(inputs, inputs->symvers);
	for (size_t i = 0; i < inputs->modules_count; i++)
		print_path(inputs, inputs->modules[i], false);
	for (size_t i = 0; i < inputs->debug_count; i++)
		print_path(inputs, inputs->debug[i], true);
	return NULL;
}

/* ---------------------------------------------------------------------------------------- */

static struct klpcc_error *run_index(int argc, char **argv)
{
	struct options options = { 0 };
	struct klpcc_command_line line;
	struct klpcc_error *err = NULL;
	int key;

	klpcc_begin_options(&line, &syntax, argc, argv);
	while (!err && (key = klpcc_next_option(&line)) != KLPCC_OPTIONS_END)
		err = take_option(&options, key, &line);
	if (!err)
		check_options(&options, &line);
	if (!err)
		err = options.list_inputs ? print_inputs(&options) : make_index(&options);
	klpcc_inputs_deinit(&options.inputs);
	return err;
}

const struct klpcc_command klpcc_cmd_index = {
	.name = "index",
	.summary = "make the index of a target kernel",
	.run = run_index,
};
