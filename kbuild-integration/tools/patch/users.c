// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which files a fix concerns: see users.h.
 *
 * Which files include a header is found in three steps: those that may, by the #include lines of
 * the whole tree; of these, those that the configuration builds; and of these, those that the
 * preprocessor really reads it for, and that name what changes in it. What the change means for
 * each of them is for their code to say.
 */
#include "users.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../lib/file.h"
#include "../lib/progress.h"
#include "../lib/workers.h"
#include "../tree/list.h"
#include "headers.h"
#include "preprocessed.h"

static int compare_words(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void sort_words(struct klpcc_words *words, size_t from)
{
	if (words->count > from)
		qsort(words->words + from, words->count - from, sizeof(*words->words),
		      compare_words);
}

/* The words must be sorted. */
static bool has_word(const struct klpcc_words *words, const char *word)
{
	return words->count && bsearch(&word, words->words, words->count,
				       sizeof(*words->words), compare_words);
}

/* ---- what the configuration builds -------------------------------------------------------- */

/* The files of the kernel by their plain names, and as kbuild calls them. */
struct built {
	struct klpcc_words names; /* sorted by what they are without ".." */
	struct klpcc_words off;   /* objects and directories that are left out */
	struct klpcc_tree_includes *includes;
};

static void deinit_built(struct built *built)
{
	klpcc_words_deinit(&built->names);
	klpcc_words_deinit(&built->off);
	klpcc_tree_includes_close(built->includes);
}

static int compare_plain(const void *a, const void *b)
{
	const char *one = *(char *const *)a, *other = *(char *const *)b;
	char *left, *right;
	int order;

	if (!strstr(one, "..") && !strstr(other, ".."))
		return strcmp(one, other);
	left = klpcc_tree_plain_name(one);
	right = klpcc_tree_plain_name(other);
	order = left && right ? strcmp(left, right) : 0;

	free(left);
	free(right);
	return order;
}

static struct klpcc_error *read_built(const struct klpcc_tree *tree, struct built *built)
{
	struct klpcc_error *err;

	if (built->includes)
		return NULL;
	err = klpcc_tree_list(tree, &built->names, &built->off);
	if (!err && built->names.count)
		qsort(built->names.words, built->names.count, sizeof(char *),
		      compare_plain);
	return err ? err : klpcc_tree_includes_open(tree, &built->includes);
}

/* The first name of a file, NULL: it is not built. name: without "..". */
static char **find_built(const struct built *built, const char *name)
{
	char **words = built->names.words;
	size_t low = 0, high = built->names.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_plain(&words[middle], &name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < built->names.count && !compare_plain(&words[low], &name)
		       ? &words[low]
		       : NULL;
}

/* Adds all names of the file, as more than one Makefile may build it. */
static struct klpcc_error *add_built(const struct built *built, const char *name,
				     struct klpcc_words *ret)
{
	char **end = built->names.words + built->names.count;
	char **word = find_built(built, name);
	struct klpcc_error *err = NULL;

	for (; !err && word && word < end && !compare_plain(word, &name); word++)
		err = klpcc_words_add(ret, *word);
	return err;
}

/* ---- assembler code ----------------------------------------------------------------------- */

/* What an assembler file gets of a header: all text and macros; text: of the header. */
static struct klpcc_error *preprocess(const struct klpcc_patch_maker *maker,
				      const struct klpcc_tree *tree,
				      const struct klpcc_tree_command *command,
				      const char *header, const char *text, char **ret)
{
	char *source = NULL, *output = NULL, *quote = NULL;
	const char *extra[] = {
		"-E", "-P", "-dD", "-D__ASSEMBLY__", "-iquote", NULL, NULL
	};
	struct klpcc_error *err =
		klpcc_patch_path(&source, maker->scratch, "header", ".S");

	if (!err)
		err = klpcc_patch_path(&output, maker->scratch, "header", ".out");
	if (!err && asprintf(&quote, "%s/%.*s", tree->source,
			     (int)(klpcc_base_name(header) - header), header) < 0)
		err = klpcc_error_nomem();
	extra[5] = quote;
	if (!err)
		err = klpcc_file_write_text(source, text);
	if (!err)
		err = klpcc_tree_compile(tree, command, source, extra, output);
	if (!err)
		err = klpcc_file_read_text(output, ret);
	free(source);
	free(output);
	free(quote);
	return err;
}

static struct klpcc_error *read_both(const struct klpcc_patch_maker *maker,
				     const struct klpcc_tree *tree, const char *header,
				     char *ret[2])
{
	struct klpcc_error *err;
	char *path = NULL;

	err = klpcc_patch_path(&path, tree->source, header, "");
	if (!err && !access(path, F_OK))
		err = klpcc_file_read_text(path, &ret[0]);
	else if (!err && !(ret[0] = strdup("")))
		err = klpcc_error_nomem();
	free(path);
	path = NULL;
	if (!err)
		err = klpcc_patch_path(&path, maker->scratch, "changed/", header);
	if (!err)
		err = klpcc_file_read_text(path, &ret[1]);
	free(path);
	return err;
}

/* user: an assembler file that may include the header. */
static struct klpcc_error *check_assembler(const struct klpcc_patch_maker *maker,
					   const struct klpcc_tree *tree,
					   const struct klpcc_tree_command *command,
					   const char *header, const char *user)
{
	char *texts[2] = { NULL }, *outputs[2] = { NULL };
	struct klpcc_error *err = read_both(maker, tree, header, texts);

	for (size_t i = 0; !err && i < 2; i++)
		err = preprocess(maker, tree, command, header, texts[i], &outputs[i]);
	if (!err && strcmp(outputs[0], outputs[1]))
		err = klpcc_error_new(
			ENOTSUP,
			"%s: it changes for assembler code, which '%s' may have of it, and only functions of C files can be replaced",
			header, user);
	for (size_t i = 0; i < 2; i++) {
		free(texts[i]);
		free(outputs[i]);
	}
	return err;
}

/* ---- who includes them -------------------------------------------------------------------- */

/* kbuild is started for so many at once; the bar moves in between. */
#define AT_ONCE 64

/*
 * Some sources include what is made for their objects only. What is still missing in the end, the
 * command for each says.
 */
static struct klpcc_error *preprocess_portion(const struct klpcc_tree *tree,
					      char *const *sources, size_t count)
{
	struct klpcc_words missing = { .count = 0 };
	struct klpcc_error *err = NULL;

	klpcc_error_free(
		klpcc_tree_build_as(tree, sources, count, KLPCC_TREE_PREPROCESSED));
	for (size_t i = 0; !err && i < count; i++)
		if (!klpcc_tree_is_current(tree, sources[i], KLPCC_TREE_PREPROCESSED))
			err = klpcc_words_add(&missing, sources[i]);
	if (!err && missing.count) {
		klpcc_error_free(klpcc_tree_build(tree, missing.words, missing.count));
		klpcc_error_free(klpcc_tree_build_as(tree, missing.words, missing.count,
						     KLPCC_TREE_PREPROCESSED));
	}
	klpcc_words_deinit(&missing);
	return err;
}

static struct klpcc_error *preprocess_originals(const struct klpcc_patch_maker *maker,
						const struct klpcc_tree *tree,
						const struct klpcc_words *candidates)
{
	struct klpcc_progress progress = { .quiet = maker->request->quiet };
	struct klpcc_error *err = NULL;

	klpcc_progress_begin(&progress, "files that may include it", candidates->count);
	for (size_t at = 0; !err && at < candidates->count; at += AT_ONCE) {
		size_t count = candidates->count - at;

		count = count < AT_ONCE ? count : AT_ONCE;
		err = preprocess_portion(tree, candidates->words + at, count);
		klpcc_progress_update(&progress, at + count);
	}
	klpcc_progress_end(&progress);
	return err;
}

/* Each candidate is looked at by any thread. */
struct examination {
	const struct klpcc_patch_maker *maker;
	const struct klpcc_tree *tree;
	const struct klpcc_words *candidates;
	bool *taken;
	struct klpcc_error **errors;
};

/* A candidate with the headers that change. Strings are its own. */
struct variant {
	struct klpcc_tree_command command;
	char *source, *output, *dependencies, *name, *headers;
};

static void deinit_variant(struct variant *variant)
{
	klpcc_tree_command_deinit(&variant->command);
	free(variant->source);
	free(variant->output);
	free(variant->dependencies);
	free(variant->name);
	free(variant->headers);
}

/* A copy of the source, as what is beside the original would be found first there. */
static struct klpcc_error *copy_source(const struct klpcc_tree *tree, const char *source,
				       const char *copy)
{
	char *path = NULL, *text = NULL;
	struct klpcc_error *err = klpcc_patch_path(&path, tree->source, source, "");

	if (!err)
		err = klpcc_file_read_text(path, &text);
	if (!err)
		err = klpcc_file_write_text(copy, text);
	free(path);
	free(text);
	return err;
}

static struct klpcc_error *init_variant(const struct examination *examination,
					size_t number,
					const struct klpcc_tree_command *command,
					struct variant *variant)
{
	const char *scratch = examination->maker->scratch;
	const struct klpcc_tree *tree = examination->tree;
	char *lined = NULL, *below = NULL;
	struct klpcc_error *err = klpcc_patch_path(&lined, scratch, "lined", "");

	if (asprintf(&variant->source, "%s/user-%zu.c", scratch, number) < 0 ||
	    asprintf(&variant->output, "%s/user-%zu.i", scratch, number) < 0 ||
	    asprintf(&variant->dependencies, "%s/user-%zu.d", scratch, number) < 0)
		err = err ? err : klpcc_error_nomem();
	if (!err)
		err = klpcc_patch_path(&below, lined, "", "");
	if (!err)
		err = klpcc_patch_map_name(tree, variant->source, command->source,
					   &variant->name);
	if (!err)
		err = klpcc_patch_map_name(tree, below, "", &variant->headers);
	if (!err)
		err = copy_source(tree, command->source, variant->source);
	if (!err)
		err = klpcc_tree_overlay(tree, command, lined, lined, NULL,
					 &variant->command);
	free(lined);
	free(below);
	return err;
}

static struct klpcc_error *compare_texts(const struct klpcc_tree_command *command,
					 const struct variant *variant, bool *ret)
{
	char *original = NULL, *changed = NULL;
	struct klpcc_error *err = klpcc_file_read_text(command->object, &original);

	if (!err)
		err = klpcc_file_read_text(variant->output, &changed);
	if (!err)
		err = klpcc_preprocessed_differ(original, changed, ret);
	free(original);
	free(changed);
	return err;
}

/* *ret: whether the headers that change can change its code. */
static struct klpcc_error *examine(const struct examination *examination, size_t number,
				   const struct klpcc_tree_command *command, bool *ret)
{
	struct variant variant = { .source = NULL };
	struct klpcc_error *err = init_variant(examination, number, command, &variant);
	const char *extra[] = { variant.name, variant.headers,      "-MMD",
				"-MF",        variant.dependencies, NULL };

	if (!err)
		err = klpcc_tree_compile(examination->tree, &variant.command,
					 variant.source, extra, variant.output);
	if (!err)
		err = klpcc_patch_check_headers(examination->maker, command->source,
						variant.dependencies);
	if (!err)
		err = compare_texts(command, &variant, ret);
	if (variant.output)
		unlink(variant.output);
	deinit_variant(&variant);
	return err;
}

static void examine_task(void *data, size_t number)
{
	struct examination *examination = data;
	const char *source = examination->candidates->words[number], *header = NULL;
	struct klpcc_tree_command command;
	struct klpcc_error *err = klpcc_tree_command_of(
		examination->tree, source, KLPCC_TREE_PREPROCESSED, &command);

	if (!err) {
		err = klpcc_tree_find_dependency(examination->tree, &command,
						 &examination->maker->headers, &header);
		if (!err && header)
			err = examine(examination, number, &command,
				      &examination->taken[number]);
		klpcc_tree_command_deinit(&command);
	}
	examination->errors[number] = klpcc_error_prefix(err, "%s", source);
}

/* Adds those candidates that include a header, and can have other code then. */
static struct klpcc_error *take_users(struct klpcc_patch_maker *maker,
				      const struct klpcc_tree *tree,
				      const struct klpcc_words *candidates)
{
	struct examination examination = {
		.maker = maker,
		.tree = tree,
		.candidates = candidates,
		.taken = calloc(candidates->count + 1, sizeof(bool)),
		.errors = calloc(candidates->count + 1, sizeof(struct klpcc_error *)),
	};
	struct klpcc_error *err = examination.taken && examination.errors
					  ? preprocess_originals(maker, tree, candidates)
					  : klpcc_error_nomem();

	if (!err)
		klpcc_workers_run("files that include it", candidates->count,
				  examine_task, &examination);
	for (size_t i = 0; examination.errors && i < candidates->count; i++) {
		if (err)
			klpcc_error_free(examination.errors[i]);
		else
			err = examination.errors[i];
		if (!err && examination.taken[i])
			err = klpcc_words_add(&maker->files, candidates->words[i]);
	}
	free(examination.taken);
	free(examination.errors);
	return err;
}

/* Of those that may include a header: C files that are built, and one in assembler. */
static struct klpcc_error *choose_candidates(const struct klpcc_patch_maker *maker,
					     const struct built *built,
					     const struct klpcc_words *includers,
					     struct klpcc_words *ret,
					     const char **assembler)
{
	struct klpcc_words names = { .count = 0 };
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < includers->count; i++)
		err = add_built(built, includers->words[i], &names);
	for (size_t i = 0; !err && i < names.count; i++) {
		if (klpcc_patch_ends_with(names.words[i], ".S"))
			*assembler = *find_built(built, names.words[i]);
		else if (!has_word(&maker->files, names.words[i]))
			err = klpcc_words_add(ret, names.words[i]);
	}
	klpcc_words_deinit(&names);
	sort_words(ret, 0);
	return err;
}

/* Any command does that has the search path of the kernel. */
static struct klpcc_error *check_assemblers(const struct klpcc_patch_maker *maker,
					    const struct klpcc_tree *tree,
					    const char *assembler)
{
	struct klpcc_tree_command command;
	struct klpcc_error *err;

	if (!assembler)
		return NULL;
	if (tree->kernel)
		return klpcc_error_new(
			ENOTSUP,
			"%s: '%s' may have it, and only functions of C files can be replaced",
			maker->headers.words[0], assembler);
	err = klpcc_tree_command(tree, "init/version.c", &command);
	if (err)
		return err;
	for (size_t i = 0; !err && i < maker->headers.count; i++)
		err = check_assembler(maker, tree, &command, maker->headers.words[i],
				      assembler);
	klpcc_tree_command_deinit(&command);
	return err;
}

/* Headers by which a unit may come to one that changes. */
static struct klpcc_error *take_between(struct klpcc_patch_maker *maker,
					const struct klpcc_words *includers)
{
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < includers->count; i++) {
		const char *name = includers->words[i];

		if (*name != '/' && !klpcc_patch_ends_with(name, ".c") &&
		    !klpcc_patch_ends_with(name, ".S"))
			err = klpcc_words_add(&maker->between, name);
	}
	return err;
}

/* kbuild includes these in front of each file (c_flags of scripts/Makefile.lib). */
static struct klpcc_error *refuse_everywhere(const struct klpcc_words *headers)
{
	static const char *const names[] = { "include/linux/compiler-version.h",
					     "include/linux/compiler_types.h",
					     "include/linux/kconfig.h" };

	for (size_t i = 0; i < headers->count; i++)
		for (size_t k = 0; k < sizeof(names) / sizeof(names[0]); k++)
			if (!strcmp(headers->words[i], names[k]))
				return klpcc_error_new(
					ENOTSUP,
					"%s: every file of the kernel has it, before its first line; have the change in the files that need it",
					names[k]);
	return NULL;
}

static struct klpcc_error *find_users(struct klpcc_patch_maker *maker,
				      const struct klpcc_tree *tree,
				      const struct built *built)
{
	struct klpcc_words includers = { .count = 0 }, candidates = { .count = 0 };
	const char *assembler = NULL;
	struct klpcc_error *err = refuse_everywhere(&maker->headers);

	if (!err)
		err = klpcc_tree_find_includers(built->includes, &maker->headers,
						&includers);
	if (!err)
		err = choose_candidates(maker, built, &includers, &candidates,
					&assembler);
	if (!err)
		err = check_assemblers(maker, tree, assembler);
	if (!err)
		err = take_between(maker, &includers);
	if (!err)
		err = klpcc_patch_write_lined(maker, tree, &candidates);
	if (!err)
		err = take_users(maker, tree, &candidates);
	if (!err && !maker->own_count && !candidates.count)
		err = klpcc_error_new(
			ENOTSUP,
			"%s: no C file that the configuration of %s builds includes it, so the kernel has nothing of it to be replaced",
			maker->headers.words[0], maker->request->release);
	klpcc_words_deinit(&includers);
	klpcc_words_deinit(&candidates);
	return err;
}

/* ---- files of the fix --------------------------------------------------------------------- */

/* What the kernel has of a file. */
enum use {
	USE_BUILT,
	USE_INCLUDED, /* in one that is built, it may be */
	USE_NONE,
	USE_UNKNOWN, /* other rules make what it is in, or none that was found */
};

/* Is it what a Makefile names for an option that is not set, or another architecture's? */
static bool is_off(const struct klpcc_tree *tree, const struct built *built,
		   const char *name)
{
	const size_t length = strlen(name), arch = strlen(tree->arch);

	if (!tree->kernel && !strncmp(name, "arch/", 5) && strchr(name + 5, '/') &&
	    (strncmp(name + 5, tree->arch, arch) || name[5 + arch] != '/'))
		return true;
	for (size_t i = 0; i < built->off.count; i++) {
		const char *off = built->off.words[i];
		const size_t part = strlen(off) - 1;

		/* "fs/cramfs/", or "drivers/tty/n_gsm.o" */
		if (off[part] == '/' ? !strncmp(name, off, part + 1)
				     : length == part + 1 && !strncmp(name, off, part))
			return true;
	}
	return false;
}

/* Of what includes a file: is one built, or not known to be left out? */
static enum use judge_includers(const struct klpcc_tree *tree, const struct built *built,
				const char *file, const struct klpcc_words *includers)
{
	enum use use = USE_NONE;

	for (size_t i = 0; i < includers->count; i++) {
		const char *name = includers->words[i];

		if (find_built(built, name))
			return USE_INCLUDED;
		if (strcmp(name, file) != 0 && !is_off(tree, built, name) &&
		    (klpcc_patch_ends_with(name, ".c") ||
		     klpcc_patch_ends_with(name, ".S")))
			use = USE_UNKNOWN;
	}
	return use;
}

/* A header that nothing includes has no use. */
static struct klpcc_error *find_use(const struct klpcc_tree *tree,
				    const struct built *built, const char *file,
				    enum use *ret)
{
	struct klpcc_words self = { .count = 0 }, includers = { .count = 0 };
	struct klpcc_error *err;

	*ret = USE_BUILT;
	if (find_built(built, file))
		return NULL;
	err = klpcc_words_add(&self, file);
	if (!err)
		err = klpcc_tree_find_includers(built->includes, &self, &includers);
	if (!err)
		*ret = judge_includers(tree, built, file, &includers);
	if (*ret == USE_NONE && !klpcc_patch_ends_with(file, ".h") &&
	    !is_off(tree, built, file))
		*ret = USE_UNKNOWN;
	klpcc_words_deinit(&self);
	klpcc_words_deinit(&includers);
	return err;
}

static struct klpcc_error *refuse_unknown(const struct klpcc_patch_maker *maker,
					  const char *file)
{
	return klpcc_error_new(
		ENOTSUP,
		"%s: it cannot be told what %s has of it: it is neither among the files that the configuration builds, nor among those that it leaves out; have a fix without it if the kernel can do without that change",
		file, maker->request->release);
}

/* Where a file of the fix goes. */
struct sorted {
	struct klpcc_words files, headers, left;
};

/* Not a header. Options of a Kconfig may be others' as well. */
static struct klpcc_error *sort_file(struct klpcc_patch_maker *maker,
				     const struct klpcc_tree *tree,
				     const struct built *built, const char *file,
				     struct sorted *sorted)
{
	const bool code = klpcc_patch_ends_with(file, ".c");
	enum use use;
	struct klpcc_error *err = find_use(tree, built, file, &use);

	if (err)
		return err;
	if (use == USE_NONE && strncmp(klpcc_base_name(file), "Kconfig", 7) != 0)
		return klpcc_words_add(&sorted->left, file);
	if (!code)
		return klpcc_error_new(
			ENOTSUP,
			"%s: only functions of C files and headers can be replaced; have a fix without it if the kernel can do without that change",
			file);
	if (use == USE_BUILT)
		return add_built(built, file, &sorted->files);
	return use == USE_INCLUDED ? klpcc_words_add(&sorted->headers, file)
				   : refuse_unknown(maker, file);
}

/* One that nobody includes stays: a file that the fix changes may do so now. */
static struct klpcc_error *sort_header(struct klpcc_patch_maker *maker,
				       const struct klpcc_tree *tree,
				       const struct built *built, const char *file,
				       struct sorted *sorted)
{
	enum use use;
	struct klpcc_error *err = find_use(tree, built, file, &use);
	bool there = false;
	char *path = NULL;

	if (!err && use == USE_UNKNOWN)
		err = refuse_unknown(maker, file);
	if (!err)
		err = klpcc_patch_path(&path, maker->scratch, "changed/", file);
	if (!err)
		there = !access(path, F_OK);
	free(path);
	if (err)
		return err;
	return use == USE_NONE && !there ? klpcc_words_add(&sorted->left, file)
					 : klpcc_words_add(&sorted->headers, file);
}

/* Says which files are left out, if there are others. */
static struct klpcc_error *leave_out(struct klpcc_patch_maker *maker,
				     const struct sorted *sorted)
{
	struct klpcc_error *err = NULL;
	char *why;

	if (sorted->left.count && !sorted->files.count && !sorted->headers.count)
		return klpcc_error_new(
			ENOTSUP,
			"%s: the configuration of %s does not build it, so the kernel has nothing of it to be replaced",
			sorted->left.words[0], maker->request->release);
	if (asprintf(&why, "the configuration of %s does not build it",
		     maker->request->release) < 0)
		return klpcc_error_nomem();
	for (size_t i = 0; !err && i < sorted->left.count; i++)
		err = klpcc_patch_leave_out(maker->patch, sorted->left.words[i], why);
	free(why);
	return err;
}

static struct klpcc_error *sort_all(struct klpcc_patch_maker *maker,
				    const struct klpcc_tree *tree,
				    const struct built *built, struct sorted *sorted)
{
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < maker->files.count; i++)
		err = sort_file(maker, tree, built, maker->files.words[i], sorted);
	for (size_t i = 0; !err && i < maker->headers.count; i++)
		err = sort_header(maker, tree, built, maker->headers.words[i], sorted);
	return err ? err : leave_out(maker, sorted);
}

static struct klpcc_error *sort_files(struct klpcc_patch_maker *maker,
				      const struct klpcc_tree *tree,
				      const struct built *built)
{
	struct sorted sorted = { .left = { .count = 0 } };
	struct klpcc_error *err = sort_all(maker, tree, built, &sorted);

	klpcc_words_deinit(&sorted.left);
	if (err) {
		klpcc_words_deinit(&sorted.files);
		klpcc_words_deinit(&sorted.headers);
		return err;
	}
	klpcc_words_deinit(&maker->files);
	klpcc_words_deinit(&maker->headers);
	maker->files = sorted.files;
	maker->headers = sorted.headers;
	sort_words(&maker->files, 0);
	return NULL;
}

static struct klpcc_error *check_there(const struct klpcc_patch_maker *maker,
				       const struct klpcc_words *files)
{
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < files->count; i++) {
		char *name = klpcc_tree_plain_name(files->words[i]), *path = NULL;

		err = name ? klpcc_patch_path(&path, maker->scratch, "changed/", name)
			   : klpcc_error_nomem();
		if (!err && access(path, F_OK))
			err = klpcc_error_new(
				ENOTSUP,
				"the fix removes '%s', and a livepatch cannot remove a file of the kernel",
				name);
		free(path);
		free(name);
	}
	return err;
}

static bool are_current(const struct klpcc_tree *tree, const struct klpcc_words *files)
{
	for (size_t i = 0; i < files->count; i++)
		if (!klpcc_tree_is_current(tree, files->words[i], KLPCC_TREE_OBJECT))
			return false;
	return true;
}

static struct klpcc_error *add_users(struct klpcc_patch_maker *maker,
				     const struct klpcc_tree *tree, struct built *built)
{
	struct klpcc_error *err = read_built(tree, built);

	maker->included = calloc(maker->headers.count, sizeof(bool));
	if (!err && !maker->included)
		err = klpcc_error_nomem();
	if (!err)
		err = find_users(maker, tree, built);
	sort_words(&maker->files, maker->own_count);
	return err;
}

struct klpcc_error *klpcc_patch_sort_files(struct klpcc_patch_maker *maker,
					   const struct klpcc_tree *tree)
{
	struct built built = { .includes = NULL };
	struct klpcc_error *err = NULL;

	if (maker->headers.count || !are_current(tree, &maker->files)) {
		err = read_built(tree, &built);
		if (!err)
			err = sort_files(maker, tree, &built);
	}
	maker->own_count = maker->files.count;
	/* Others may have the code of a file that is compiled by itself, too. */
	if (!err)
		err = klpcc_tree_find_included(tree, &maker->files, &maker->headers);
	if (!err)
		err = check_there(maker, &maker->files);
	if (!err)
		err = check_there(maker, &maker->headers);
	if (!err && maker->headers.count)
		err = add_users(maker, tree, &built);
	deinit_built(&built);
	return err;
}
