// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The directory that `klpcc patch` makes: see build.h.
 */
#include "build.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../kernel/inputs.h"
#include "../lib/file.h"
#include "../lib/parts.h"
#include "../lib/run.h"
#include "../lib/words.h"
#include "../lib/scratch.h"
#include "allow.h"
#include "callbacks.h"
#include "headers.h"

/* ---- klpcc.mk --------------------------------------------------------------------------- */

static struct klpcc_error *find_makefile(char **ret)
{
	struct klpcc_parts parts;
	struct klpcc_error *err = klpcc_parts_init(&parts);

	if (err)
		return err;
	err = klpcc_parts_makefile(&parts, ret);
	klpcc_parts_deinit(&parts);
	return err;
}

/* Where the tool is in a build directory: klpcc.mk looks for it in one place only. */
static struct klpcc_error *find_build(const char *makefile, char **ret)
{
	char *tool = realpath("/proc/self/exe", NULL), *sources = NULL;

	*ret = NULL;
	if (!tool)
		return klpcc_error_errno(errno, "cannot find this program's directory");
	*strrchr(tool, '/') = '\0';
	if (asprintf(&sources, "%.*s/tools/main.c",
		     (int)(strrchr(makefile, '/') - makefile), makefile) < 0) {
		free(tool);
		return klpcc_error_nomem();
	}
	if (access(sources, F_OK))
		free(tool);
	else
		*ret = tool;
	free(sources);
	return NULL;
}

/* An option of `klpcc patch` as a variable of klpcc.mk; path: absolute there. */
static struct klpcc_error *add_variable(struct klpcc_words *words, const char *name,
					const char *value, bool path)
{
	char *absolute = value && path ? realpath(value, NULL) : NULL;
	struct klpcc_error *err;

	if (!value)
		return NULL;
	if (path && !absolute)
		return klpcc_error_errno(errno, "%s", value);
	err = klpcc_words_addf(words, "%s=%s", name, path ? absolute : value);
	free(absolute);
	return err;
}

/* klpcc.mk has the paths in one list. */
static struct klpcc_error *check_word(const char *path)
{
	if (path && strpbrk(path, " \t\n*?[\\"))
		return klpcc_error_new(
			EINVAL,
			"%s: with --module-file, no path of modules may have a blank or one of *?[\\ in it",
			path);
	return NULL;
}

/* *ret: the directory of the kernel's modules; NULL: it is not there. */
static struct klpcc_error *find_modules(const struct klpcc_patch_request *request,
					char **ret)
{
	struct klpcc_inputs inputs = { .modules_count = 0 };
	struct klpcc_error *err = NULL;

	*ret = NULL;
	if (request->modules) {
		*ret = realpath(request->modules, NULL);
		return *ret ? NULL : klpcc_error_errno(errno, "%s", request->modules);
	}
	/* What is missing, the making of the index tells. */
	klpcc_error_free(klpcc_inputs_find(&inputs, request->release, "/", true));
	if (inputs.modules_count && !(*ret = strdup(inputs.modules[0])))
		err = klpcc_error_nomem();
	klpcc_inputs_deinit(&inputs);
	return err;
}

/* Those of the kernel, and one more. */
static struct klpcc_error *add_modules(const struct klpcc_patch_request *request,
				       struct klpcc_words *words)
{
	char *modules = NULL, *file = NULL;
	struct klpcc_error *err;

	if (!request->module_file)
		return add_variable(words, "KLPCC_MODULES", request->modules, true);
	file = realpath(request->module_file, NULL);
	err = file ? find_modules(request, &modules)
		   : klpcc_error_errno(errno, "%s", request->module_file);
	if (!err)
		err = check_word(modules);
	if (!err)
		err = check_word(file);
	if (!err)
		err = klpcc_words_addf(words, "KLPCC_MODULES=%s%s%s",
				       modules ? modules : "", modules ? " " : "", file);
	free(modules);
	free(file);
	return err;
}

static struct klpcc_error *add_variables(const struct klpcc_patch_request *request,
					 const char *makefile, struct klpcc_words *words)
{
	struct klpcc_error *err;
	char *build;

	err = find_build(makefile, &build);
	if (!err)
		err = add_variable(words, "KLPCC_RELEASE", request->release, false);
	if (!err)
		err = add_variable(words, "KLPCC_FORM", request->form, false);
	if (!err)
		err = add_variable(words, "KLPCC_BUILD", build, false);
	if (!err)
		err = add_variable(words, "KLPCC_KDIR", request->headers, true);
	if (!err)
		err = add_variable(words, "KLPCC_IMAGE", request->image, true);
	if (!err)
		err = add_modules(request, words);
	if (!err)
		err = add_variable(words, "KLPCC_INDEX", request->index, true);
	free(build);
	return err;
}

/* This make is none of those that may have started klpcc. */
static void forget_make(void)
{
	static const char *const variables[] = { "MAKEFLAGS", "MFLAGS", "MAKELEVEL",
						 "MAKEOVERRIDES" };

	for (size_t i = 0; i < sizeof(variables) / sizeof(variables[0]); i++)
		unsetenv(variables[i]);
}

static struct klpcc_error *read_line(const struct klpcc_run *run, char **ret)
{
	struct klpcc_buffer output;
	struct klpcc_error *err = klpcc_run_read(run, &output);
	size_t length;

	if (err)
		return err;
	length = output.size;
	while (length && output.data[length - 1] == '\n')
		length--;
	*ret = length ? strndup((const char *)output.data, length) : NULL;
	klpcc_buffer_deinit(&output);
	return *ret ? NULL : klpcc_error_new(EIO, "make said nothing");
}

struct klpcc_error *klpcc_patch_find_index(const struct klpcc_patch_request *request,
					   char **ret)
{
	struct klpcc_words words = { .count = 0 };
	char *makefile = NULL;
	struct klpcc_error *err;

	if (request->index) {
		*ret = realpath(request->index, NULL);
		return *ret ? NULL : klpcc_error_errno(errno, "%s", request->index);
	}
	forget_make();
	err = find_makefile(&makefile);
	if (!err)
		err = klpcc_words_add(&words, "make");
	if (!err)
		err = klpcc_words_add(&words, "-s");
	if (!err)
		err = klpcc_words_addf(&words, "--file=%s", makefile);
	if (!err)
		err = klpcc_words_add(&words, "klp-index-path");
	if (!err)
		err = add_variables(request, makefile, &words);
	if (!err) {
		struct klpcc_run run = { .argv = (const char *const *)words.words };

		err = klpcc_error_prefix(read_line(&run, ret), "the kernel's index");
	}
	klpcc_words_deinit(&words);
	free(makefile);
	return err;
}

struct klpcc_error *klpcc_patch_open_kernel(const struct klpcc_patch_request *request,
					    const char *index,
					    struct klpcc_match_kernel *ret)
{
	struct klpcc_error *err =
		klpcc_match_kernel_open(index, request->image, request->modules, ret);

	if (!err && request->module_file)
		err = klpcc_match_kernel_add(ret, request->module_file);
	return err;
}

/* ---- the files -------------------------------------------------------------------------- */

static struct klpcc_error *write_file(const char *directory, const char *name,
				      const char *text)
{
	struct klpcc_error *err;
	char *path;

	if (asprintf(&path, "%s/%s", directory, name) < 0)
		return klpcc_error_nomem();
	err = klpcc_file_write_text(path, text);
	free(path);
	return err;
}

static struct klpcc_error *copy_file(const char *from, const char *directory,
				     const char *name, const char *ending)
{
	char *text = NULL, *path = NULL;
	struct klpcc_error *err = klpcc_file_read_text(from, &text);

	if (!err && asprintf(&path, "%s/%s%s", directory, name, ending) < 0)
		err = klpcc_error_nomem();
	if (!err)
		err = klpcc_file_write_text(path, text);
	free(text);
	free(path);
	return err;
}

/* Names of identifiers and files: what is none of their characters is "_". */
static void print_plain(FILE *stream, const char *text)
{
	for (; *text; text++)
		fputc(strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
			     *text)
			      ? *text
			      : '_',
		      stream);
}

/* The first unit of the same object. */
static size_t first_of_object(const struct klpcc_patch *patch, size_t unit)
{
	for (size_t i = 0; i < unit; i++)
		if (!strcmp(patch->units[i].object, patch->units[unit].object))
			return i;
	return unit;
}

/* The end of the name of the new function: "do_fcntl", or "fs_fcntl_do_fcntl". */
static void print_new_name(FILE *stream, const struct klpcc_patch_unit *unit,
			   size_t choice)
{
	if (unit->prefixed) {
		print_plain(stream, unit->name);
		fputc('_', stream);
	}
	fputs(unit->choices[choice].name, stream);
}

static void print_functions(FILE *stream, const struct klpcc_patch *patch, size_t object)
{
	fputs("static struct klp_func functions_", stream);
	print_plain(stream, patch->units[object].object);
	fputs("[] = {\n", stream);
	for (size_t i = object; i < patch->unit_count; i++) {
		const struct klpcc_patch_unit *unit = &patch->units[i];

		if (first_of_object(patch, i) != object)
			continue;
		fprintf(stream, "\t/* %s */\n", unit->source);
		for (size_t j = 0; j < unit->choice_count; j++) {
			fprintf(stream, "\t{ .old_name = \"%s\", .new_func = klpcc_new_",
				unit->choices[j].name);
			print_new_name(stream, unit, j);
			if (unit->positions[j])
				fprintf(stream, ", .old_sympos = %u", unit->positions[j]);
			fputs(" },\n", stream);
		}
	}
	fputs("\t{}\n};\n\n", stream);
}

/* The callbacks of an object, in whichever of its files they are. */
static void print_callbacks(FILE *stream, const struct klpcc_patch *patch, size_t object)
{
	for (size_t i = object; i < patch->unit_count; i++) {
		if (first_of_object(patch, i) != object)
			continue;
		for (size_t kind = 0; kind < KLPCC_CALLBACK_KINDS; kind++)
			if (patch->units[i].callbacks[kind])
				fprintf(stream, ",\n\t  .callbacks.%s = %s",
					klpcc_callbacks_kinds[kind],
					patch->units[i].callbacks[kind]);
	}
}

static void print_objects(FILE *stream, const struct klpcc_patch *patch)
{
	fputs("static struct klp_object objects[] = {\n", stream);
	for (size_t i = 0; i < patch->unit_count; i++) {
		const char *object = patch->units[i].object;

		if (first_of_object(patch, i) != i)
			continue;
		fputs("\t{ ", stream);
		if (strcmp(object, "vmlinux"))
			fprintf(stream, ".name = \"%s\", ", object);
		fputs(".funcs = functions_", stream);
		print_plain(stream, object);
		print_callbacks(stream, patch, i);
		fputs(" },\n", stream);
	}
	fputs("\t{}\n};\n\n", stream);
}

static void print_declarations(FILE *stream, const struct klpcc_patch_unit *unit)
{
	for (size_t i = 0; i < unit->choice_count; i++) {
		fputs("KLPCC_REPLACES(", stream);
		print_new_name(stream, unit, i);
		fputs(");\n", stream);
	}
	for (size_t i = 0; i < KLPCC_CALLBACK_KINDS; i++)
		if (unit->callbacks[i])
			fprintf(stream, "%s %s(struct klp_object *object);\n",
				klpcc_callbacks_result(i), unit->callbacks[i]);
}

/* What `klpcc list` shows of it: the names of the diffs, with a ? for what C or gas might take. */
static void print_origin(FILE *stream, const struct klpcc_patch_request *request)
{
	fputs("\n/* `klpcc list` shows this of a livepatch that is loaded. */\nKLPCC_ORIGIN(\"",
	      stream);
	for (size_t i = 0; i < request->diff_count; i++) {
		const char *name = klpcc_base_name(request->diffs[i]);

		for (fputs(i ? ", " : "", stream); *name; name++)
			fputc(isalnum((unsigned char)*name) || strchr("-_.+,", *name)
				      ? *name
				      : '?',
			      stream);
	}
	fputs(" (klpcc " KLPCC_VERSION ")\");\n", stream);
}

static void print_main(FILE *stream, const struct klpcc_patch *patch,
		       const struct klpcc_patch_request *request)
{
	fputs("// SPDX-License-Identifier: GPL-2.0\n"
	      "/* What the livepatch replaces, and by what. */\n"
	      "#include <linux/livepatch.h>\n"
	      "#include <linux/module.h>\n"
	      "#include <klpcc.h>\n\n",
	      stream);
	for (size_t i = 0; i < patch->unit_count; i++)
		print_declarations(stream, &patch->units[i]);
	fputc('\n', stream);
	for (size_t i = 0; i < patch->unit_count; i++)
		if (first_of_object(patch, i) == i)
			print_functions(stream, patch, i);
	print_objects(stream, patch);
	fprintf(stream,
		"static struct klp_patch patch = {\n"
		"\t.mod = THIS_MODULE,\n"
		"\t.objs = objects,\n"
		"%s};\n\n",
		request->no_replace ? "" : "\t.replace = true,\n");
	fputs("static int __init patch_init(void)\n"
	      "{\n"
	      "\treturn klp_enable_patch(&patch);\n"
	      "}\n\n"
	      "static void __exit patch_exit(void)\n"
	      "{\n"
	      "}\n\n"
	      "module_init(patch_init);\n"
	      "module_exit(patch_exit);\n"
	      "MODULE_LICENSE(\"GPL\");\n"
	      "MODULE_INFO(livepatch, \"Y\");\n",
	      stream);
	print_origin(stream, request);
}

/*
 * Each directory of headers that has one here gets it in front, as the search goes on behind it.
 * What __FILE__ is in them goes to the kernel's log, by the names of the kernel's source.
 */
#define HEADERS_FIRST                                                                       \
	"\n# Headers that the fix changes go before the kernel's.\n"                        \
	"headers := $(src)/" KLPCC_PATCH_HEADERS "\n"                                       \
	"LINUXINCLUDE := $(foreach w,$(LINUXINCLUDE),$(if $(wildcard \\\n"                  \
	"\t$(w:-I$(srctree)/%=$(headers)/%)/.),$(w:-I$(srctree)/%=-I$(headers)/%)) $(w))\n" \
	"ccflags-y := $(foreach d,$(headers) $(abspath $(headers)),-fmacro-prefix-map='$(d)/=')\n"

/* What differs decides here; for the plugin, any copy of old code is one too many. */
static unsigned int unit_allowed(const struct klpcc_patch_maker *maker,
				 const struct klpcc_patch_unit *unit)
{
	return maker->request->allowed | (unit->copies ? 1u << KLPCC_PATCH_INLINED : 0);
}

static void print_kbuild(FILE *stream, const struct klpcc_patch_maker *maker,
			 const char *tool)
{
	const struct klpcc_patch *patch = maker->patch;

	fprintf(stream, "%sobj-m := %s.o\n%s-y := main.o", KLPCC_PATCH_MARK, patch->name,
		patch->name);
	for (size_t i = 0; i < patch->unit_count; i++)
		fprintf(stream, " %s.o", patch->units[i].name);
	fprintf(stream,
		"\n\n# Headers for sources written for other tools, before the kernel's.\n"
		"LINUXINCLUDE := -I'%s' $(LINUXINCLUDE)\n",
		patch->compat);
	if (maker->headers.count)
		fputs(HEADERS_FIRST, stream);
	for (size_t i = 0; i < patch->unit_count; i++) {
		const struct klpcc_patch_unit *unit = &patch->units[i];

		fprintf(stream, "\n# %s\n", unit->source);
		if (unit->copies)
			fputs("# Other functions may contain their old code; with this fix it stays as it is there.\n",
			      stream);
		fprintf(stream,
			"CFLAGS_%s.o := $(shell '%s' cflags --plan='$(src)/%s.plan') \\\n"
			"\t-fplugin-arg-klpcc-replace%s",
			unit->name, tool, unit->name, unit->choice_count ? "=" : "");
		for (size_t j = 0; j < unit->choice_count; j++)
			fprintf(stream, "%s%s", j ? "," : "", unit->choices[j].name);
		if (unit->prefixed) {
			fputs(" -fplugin-arg-klpcc-prefix=", stream);
			print_plain(stream, unit->name);
		}
		klpcc_patch_print_allowed(stream, unit_allowed(maker, unit));
		fputs("\n", stream);
	}
}

/* As make reads a value, or with escaped blanks a file name. */
static void print_escaped(FILE *stream, const char *text, bool name)
{
	for (; *text; text++) {
		if (*text == '$')
			fputc('$', stream);
		else if (*text == '#' || (name && *text == ' '))
			fputc('\\', stream);
		fputc(*text, stream);
	}
}

static struct klpcc_error *print_makefile(FILE *stream,
					  const struct klpcc_patch_maker *maker)
{
	const struct klpcc_tree *tree = maker->sources.tree;
	struct klpcc_words words = { .count = 0 };
	char *makefile = NULL;
	struct klpcc_error *err = find_makefile(&makefile);

	if (!err)
		err = add_variables(maker->request, makefile, &words);
	if (!err && *tree->cross)
		err = klpcc_words_addf(&words, "ARCH=%s", tree->arch);
	if (!err && *tree->cross)
		err = klpcc_words_addf(&words, "CROSS_COMPILE=%s", tree->cross);
	fputs(KLPCC_PATCH_MARK, stream);
	for (size_t i = 0; !err && i < words.count; i++) {
		const char *value = strchr(words.words[i], '=');

		fprintf(stream, "%.*s := ", (int)(value - words.words[i]),
			words.words[i]);
		print_escaped(stream, value + 1, false);
		fputc('\n', stream);
	}
	if (!err) {
		fputs("include ", stream);
		print_escaped(stream, makefile, true);
		fputc('\n', stream);
	}
	klpcc_words_deinit(&words);
	free(makefile);
	return err;
}

/* Writes what print does, in one piece. */
static struct klpcc_error *write_texts(const struct klpcc_patch_maker *maker,
				       const char *directory)
{
	char *texts[3] = { NULL }, *tool = realpath("/proc/self/exe", NULL);
	static const char *const names[] = { "main.c", "Kbuild", "Makefile" };
	struct klpcc_error *err = tool ? NULL : klpcc_error_nomem();
	size_t sizes[3];

	for (size_t i = 0; !err && i < 3; i++) {
		FILE *stream = open_memstream(&texts[i], &sizes[i]);

		if (!stream)
			err = klpcc_error_nomem();
		else if (i == 0)
			print_main(stream, maker->patch, maker->request);
		else if (i == 1)
			print_kbuild(stream, maker, tool);
		else
			err = print_makefile(stream, maker);
		if (stream && fclose(stream) && !err)
			err = klpcc_error_nomem();
		if (!err)
			err = write_file(directory, names[i], texts[i]);
	}
	for (size_t i = 0; i < 3; i++)
		free(texts[i]);
	free(tool);
	return err;
}

static struct klpcc_error *write_units(const struct klpcc_patch *patch,
				       const char *directory)
{
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < patch->unit_count; i++) {
		const struct klpcc_patch_unit *unit = &patch->units[i];

		err = copy_file(unit->changed, directory, unit->name, ".c");
		if (!err)
			err = copy_file(unit->plan, directory, unit->name, ".plan");
	}
	return err;
}

/* ---- the directory ---------------------------------------------------------------------- */

static struct klpcc_error *write_headers(const struct klpcc_patch_maker *maker,
					 const char *directory)
{
	char *path = NULL;
	struct klpcc_error *err =
		klpcc_patch_path(&path, directory, KLPCC_PATCH_HEADERS, "");

	if (!err)
		err = klpcc_patch_write_headers(maker, NULL, maker->sources.tree->source,
						path);
	free(path);
	return err;
}

struct klpcc_error *klpcc_patch_write(const struct klpcc_patch_maker *maker,
				      struct klpcc_patch_place *place)
{
	const struct klpcc_patch *patch = maker->patch;
	struct klpcc_error *err = klpcc_patch_place_begin(patch->output, place);

	if (!err)
		err = write_texts(maker, place->new);
	if (!err)
		err = write_headers(maker, place->new);
	if (!err)
		err = write_units(patch, place->new);
	if (!err)
		err = klpcc_patch_place_commit(place);
	return err;
}

/* kbuild keeps what each unit was made of. */
static struct klpcc_error *check_units(const struct klpcc_patch_maker *maker)
{
	const struct klpcc_patch *patch = maker->patch;
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < patch->unit_count; i++) {
		char *path;

		if (asprintf(&path, "%s/.%s.o.cmd", patch->output, patch->units[i].name) <
		    0)
			return klpcc_error_nomem();
		err = klpcc_patch_check_headers(maker, patch->units[i].source, path);
		free(path);
	}
	return err;
}

static struct klpcc_error *make_in(const char *directory, const char *target)
{
	const char *argv[] = { "make", "-s", "--no-print-directory", "-C", directory,
			       target, NULL };
	/* A warning may be all that is said of code that will not do what it seems to. */
	struct klpcc_run run = { .argv = argv, .warns = true };

	forget_make();
	return klpcc_run(&run);
}

struct klpcc_error *klpcc_patch_build_resolver(const struct klpcc_patch *patch)
{
	return klpcc_error_prefix(make_in(patch->output, "klp-resolver"), "the resolver");
}

struct klpcc_error *klpcc_patch_build(const struct klpcc_patch_maker *maker)
{
	const struct klpcc_patch *patch = maker->patch;
	struct klpcc_error *err = make_in(patch->output, "klp");

	if (!err && access(patch->module, F_OK))
		err = klpcc_error_errno(errno, "%s", patch->module);
	if (!err) {
		err = check_units(maker);
		if (err)
			unlink(patch->module);
	}
	return err;
}
