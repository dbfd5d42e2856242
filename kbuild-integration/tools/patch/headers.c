// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The directory of headers that a fix changes: see headers.h.
 */
#include "headers.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../lib/file.h"
#include "../lib/scratch.h"
#include "../tree/list.h"
#include "lines.h"

/* ---- the directory of headers -------------------------------------------------------------- */

/*
 * What the compiler calls a header of the tree. Where it runs in there, the name is relative, and
 * in the kernel's those of the directories that it looks into begin with "./".
 */
static struct klpcc_error *name_header(const struct klpcc_tree *tree, const char *header,
				       char **ret)
{
	const bool searched = !strncmp(header, "include/", strlen("include/")) ||
			      !strncmp(header, "arch/", strlen("arch/"));

	if (strcmp(tree->source, klpcc_tree_directory(tree)) != 0)
		return klpcc_patch_path(ret, tree->source, header, "");
	return asprintf(ret, "%s%s", searched && !tree->kernel ? "./" : "", header) < 0
		       ? klpcc_error_nomem()
		       : NULL;
}

/* tree: NULL, or it gets the lines and the name of the original in that. */
static struct klpcc_error *write_header(const struct klpcc_patch_maker *maker,
					const struct klpcc_tree *tree, const char *source,
					const char *directory, const char *header)
{
	char *original = NULL, *changed = NULL, *path = NULL, *text = NULL, *name = NULL;
	struct klpcc_error *err = klpcc_patch_path(&original, source, header, "");

	if (!err)
		err = klpcc_patch_path(&changed, maker->scratch, "changed/", header);
	if (!err)
		err = klpcc_patch_path(&path, directory, header, "");
	if (!err)
		err = klpcc_scratch_parents(path);
	if (!err && tree && !access(original, F_OK)) {
		err = name_header(tree, header, &name);
		if (!err)
			err = klpcc_lines_keep(original, changed, name, path);
	} else if (!err) {
		err = klpcc_file_read_text(changed, &text);
		if (!err)
			err = klpcc_file_write_text(path, text);
	}
	free(original);
	free(changed);
	free(path);
	free(text);
	free(name);
	return err;
}

/* name: of a file in "SOURCE/"; nothing is put over what is there. */
static struct klpcc_error *link_file(const char *from, const char *to, const char *name)
{
	char *target = NULL, *path = NULL;
	struct klpcc_error *err = klpcc_patch_path(&target, from, name, "");

	if (!err)
		err = klpcc_patch_path(&path, to, name, "");
	if (!err && symlink(target, path) && errno != EEXIST)
		err = klpcc_error_errno(errno, "%s", path);
	free(target);
	free(path);
	return err;
}

static bool is_wanted(const struct dirent *entry)
{
	return entry->d_name[0] != '.' &&
	       (entry->d_type == DT_DIR || klpcc_patch_ends_with(entry->d_name, ".h") ||
		klpcc_patch_ends_with(entry->d_name, ".inc"));
}

/* Links what a header in there may include: other headers, and those in directories below. */
static struct klpcc_error *link_directory(const char *source, const char *directory,
					  const char *name)
{
	char *from = NULL, *to = NULL;
	struct klpcc_error *err = klpcc_patch_path(&from, source, name, "");
	DIR *entries = NULL;

	if (!err)
		err = klpcc_patch_path(&to, directory, name, "");
	if (!err)
		entries = opendir(from);
	for (struct dirent *entry; !err && entries && (entry = readdir(entries));)
		if (is_wanted(entry))
			err = link_file(from, to, entry->d_name);
	if (entries)
		closedir(entries);
	free(from);
	free(to);
	return err;
}

/*
 * The directories that the files are in: "fs" and "fs/ext4" for "fs/ext4/ext4.h"; "." for one at
 * the top, as modules outside of the tree have.
 */
static struct klpcc_error *add_directories(const struct klpcc_words *files,
					   struct klpcc_words *ret)
{
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < files->count; i++) {
		char *name = klpcc_tree_plain_name(files->words[i]);

		if (!name)
			return klpcc_error_nomem();
		if (!strchr(name, '/'))
			err = klpcc_words_add(ret, ".");
		for (char *slash; !err && (slash = strrchr(name, '/'));) {
			*slash = '\0';
			err = klpcc_words_add(ret, name);
		}
		free(name);
	}
	return err;
}

/* All of them before there are links, which lead to the source. */
static struct klpcc_error *make_directories(const char *directory,
					    const struct klpcc_words *names)
{
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < names->count; i++) {
		char *path = NULL;

		err = klpcc_patch_path(&path, directory, names->words[i], "/");
		if (!err)
			err = klpcc_scratch_parents(path);
		free(path);
	}
	return err;
}

/* A directory from which a header that changes can be reached has all of its headers here. */
static struct klpcc_error *link_directories(const struct klpcc_patch_maker *maker,
					    const struct klpcc_words *more,
					    const char *source, const char *directory)
{
	struct klpcc_words names = { .count = 0 };
	struct klpcc_error *err = add_directories(&maker->headers, &names);

	if (!err)
		err = add_directories(&maker->between, &names);
	if (!err)
		err = add_directories(&maker->files, &names);
	if (!err && more)
		err = add_directories(more, &names);
	klpcc_words_sort(&names, 0);
	if (!err)
		err = make_directories(directory, &names);
	for (size_t i = 0; !err && i < names.count; i++)
		if (!i || strcmp(names.words[i], names.words[i - 1]))
			err = link_directory(source, directory, names.words[i]);
	klpcc_words_deinit(&names);
	return err;
}

/* more: files whose directories it is for, beside those of the units; or NULL. tree: as above. */
static struct klpcc_error *write_headers(const struct klpcc_patch_maker *maker,
					 const struct klpcc_words *more,
					 const struct klpcc_tree *tree,
					 const char *source, const char *directory)
{
	struct klpcc_error *err = NULL;

	if (!maker->headers.count)
		return NULL;
	for (size_t i = 0; !err && i < maker->headers.count; i++)
		err = write_header(maker, tree, source, directory,
				   maker->headers.words[i]);
	return err ? err : link_directories(maker, more, source, directory);
}

struct klpcc_error *klpcc_patch_write_headers(const struct klpcc_patch_maker *maker,
					      const struct klpcc_words *more,
					      const char *source, const char *directory)
{
	return write_headers(maker, more, NULL, source, directory);
}

struct klpcc_error *klpcc_patch_write_lined(const struct klpcc_patch_maker *maker,
					    const struct klpcc_tree *tree,
					    const struct klpcc_words *candidates)
{
	char *lined = NULL;
	struct klpcc_error *err = klpcc_patch_path(&lined, maker->scratch, "lined", "");

	if (!err)
		err = write_headers(maker, candidates, tree, tree->source, lined);
	free(lined);
	return err;
}

/* ---- which of them a unit was made of ------------------------------------------------------ */

/* Is the path, which has no "..", below the directory? */
static bool is_below(const char *path, const char *directory)
{
	size_t length = strlen(directory) - 1;

	return !strncmp(path, directory + 1, length) && path[length] == '/';
}

/*
 * Does the path name this header, the original or the changed one? In the tree the name is enough;
 * one at the top of a module's directory may be that of other headers, too.
 */
static bool names_header(const struct klpcc_patch_maker *maker, const char *plain,
			 const char *header, bool changed)
{
	const size_t length = strlen(plain), more = strlen(header);
	char *path, *real;
	bool same;

	if (!klpcc_patch_ends_with(plain, header) ||
	    (length != more && plain[length - more - 1] != '/'))
		return false;
	if (!maker->module || changed)
		return true;
	if (asprintf(&path, "/%s", plain) < 0)
		return true;
	real = realpath(path, NULL);
	same = real && is_below(real + 1, maker->module) &&
	       !strcmp(real + strlen(maker->module) + 1, header);
	free(path);
	free(real);
	return same;
}

/*
 * The changed ones are in the temporary directory or in the output, and have absolute names.
 * plain: a name without "..".
 */
static struct klpcc_error *check_name(const struct klpcc_patch_maker *maker,
				      const char *unit, const char *plain)
{
	const bool changed =
		is_below(plain, maker->scratch) ||
		(maker->patch->output && is_below(plain, maker->patch->output));

	for (size_t i = 0; i < maker->headers.count; i++) {
		const char *header = maker->headers.words[i];

		if (!names_header(maker, plain, header, changed))
			continue;
		/* By several threads, all of which set it. */
		if (changed)
			__atomic_store_n(&maker->included[i], true, __ATOMIC_RELAXED);
		else
			return klpcc_error_new(
				ENOTSUP,
				"%s: it includes '%s' by a path that leads to the original, not to the changed one",
				unit, header);
	}
	return NULL;
}

/* A character of a name, as a Makefile has it; NULL: the name ends. A backslash may end a line. */
static char *read_letter(char *at, char *ret)
{
	*ret = *at;
	if ((*at == '\\' && (at[1] == ' ' || at[1] == '#')) ||
	    (*at == '$' && at[1] == '$'))
		*ret = *++at;
	else if (!*at || strchr(" \t\n", *at) || (*at == '\\' && at[1] == '\n'))
		return NULL;
	return at + 1;
}

/* The next name of a list of prerequisites, in place; NULL: that was all. */
static char *read_name(char **rest)
{
	char *at = *rest + strspn(*rest, " \t\n\\"), *name = at, *end = at, letter;

	if (!*at)
		return NULL;
	for (char *next; (next = read_letter(at, &letter)); at = next)
		*end++ = letter;
	*rest = *at ? at + 1 : at;
	*end = '\0';
	return name;
}

struct klpcc_error *klpcc_patch_check_headers(const struct klpcc_patch_maker *maker,
					      const char *unit, const char *dependencies)
{
	char *text = NULL, *rest;
	struct klpcc_error *err;

	if (!maker->headers.count)
		return NULL;
	err = klpcc_file_read_text(dependencies, &text);
	rest = text;
	for (char *word; !err && (word = read_name(&rest));) {
		char *plain = klpcc_tree_plain_name(word);

		err = plain ? check_name(maker, unit, plain) : klpcc_error_nomem();
		free(plain);
	}
	free(text);
	return err;
}
