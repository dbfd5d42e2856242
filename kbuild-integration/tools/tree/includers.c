// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which files may include a header: see list.h.
 *
 * grep finds all #include lines of the tree in seconds; the compiler would take hours for as many
 * files. A name with "" that is beside the file is that one. Any other is looked for in many
 * places, so each file of the tree whose path ends with it counts. A macro may stand for the name:
 * then its #define counts, in whichever file that is, since it has to be included, too.
 */
#include "list.h"

#include <dirent.h>
#include <errno.h>
#include <search.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../lib/run.h"

/*
 * grep's options for the lines of headers; and for those of C files, which few lines name. A closer
 * pattern takes grep twice the time: parse_line() drops what is no directive.
 */
static const char *const of_headers[] = { "-e", "^[[:space:]]*#[[:space:]]*include", "-e",
					  "\\.[ch][\">]", NULL };
static const char *const of_sources[] = { "-Fe", ".c\"", "-e", ".c>", NULL };

/* A file names another one. Strings are in the text that grep printed. */
struct inclusion {
	const char *file; /* relative to the tree */
	const char *name; /* as it stands there */
	const char *end;  /* the same behind the last ".." */
	bool quoted;
};

struct klpcc_tree_includes {
	const struct klpcc_tree *tree;
	bool read;
	struct klpcc_buffer text;
	struct inclusion *inclusions; /* by the last part of the name */
	size_t count;
};

struct search {
	const struct klpcc_tree_includes *includes;
	struct klpcc_words
		*found; /* headers that were asked for, then what includes them */
	void *known;    /* the same, as tsearch() has it */
};

/* ---- what grep finds ---------------------------------------------------------------------- */

/*
 * Directories of the source, those for other machines and of other programs left out. All there is
 * of modules outside of the tree, which may have their files at the top.
 */
static struct klpcc_error *add_directories(const struct klpcc_tree *tree,
					   struct klpcc_words *argv)
{
	static const char *const others[] = { "Documentation", "arch", "scripts",
					      "tools" };
	DIR *directory = opendir(tree->source);
	struct klpcc_error *err = NULL;
	const bool module = tree->kernel != NULL;

	if (!directory)
		return klpcc_error_errno(errno, "%s", tree->source);
	for (struct dirent *entry; !err && (entry = readdir(directory));) {
		bool other = entry->d_name[0] == '.';

		for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
			other |= !module && !strcmp(entry->d_name, others[i]);
		if (!other && (module || entry->d_type != DT_REG))
			err = klpcc_words_add(argv, entry->d_name);
	}
	closedir(directory);
	return err || module ? err : klpcc_words_addf(argv, "arch/%s", tree->arch);
}

/* Headers that the build made, most of them for one #include each. */
static struct klpcc_error *add_generated(const struct klpcc_tree *tree,
					 struct klpcc_words *argv)
{
	char *path;
	struct klpcc_error *err = NULL;

	if (tree->kernel || !strcmp(tree->source, tree->build))
		return NULL;
	if (asprintf(&path, "%s/arch/%s/include/generated", tree->build, tree->arch) < 0)
		return klpcc_error_nomem();
	if (!access(path, F_OK))
		err = klpcc_words_add(argv, path);
	free(path);
	return err;
}

static struct klpcc_error *add_words(struct klpcc_words *argv, const char *const *words)
{
	struct klpcc_error *err = NULL;

	for (; !err && *words; words++)
		err = klpcc_words_add(argv, *words);
	return err;
}

/* Its status says whether there is a line. Names are bytes, which it need not decode. */
static struct klpcc_error *run_grep(const struct klpcc_tree *tree,
				    const char *const *options, struct klpcc_buffer *ret)
{
	static const char *const command[] = { "sh",
					       "-c",
					       "LC_ALL=C grep \"$@\"; [ $? -le 1 ]",
					       "sh",
					       "-rHs",
					       "--include=*.[chS]",
					       "--include=*.inc",
					       NULL };
	struct klpcc_words argv = { .count = 0 };
	struct klpcc_error *err = add_words(&argv, command);

	if (!err)
		err = add_words(&argv, options);
	if (!err)
		err = klpcc_words_add(&argv, "--");
	if (!err)
		err = add_directories(tree, &argv);
	if (!err)
		err = add_generated(tree, &argv);
	if (!err) {
		struct klpcc_run run = { .argv = (const char *const *)argv.words,
					 .directory = tree->source };

		err = klpcc_error_prefix(klpcc_run_read(&run, ret),
					 "%s: cannot look for #include", tree->source);
	}
	klpcc_words_deinit(&argv);
	return err;
}

/* ---- inclusions --------------------------------------------------------------------------- */

/* A line of grep's: "fs/fcntl.c:#include <linux/fs.h>", in place. False for what is none. */
static bool parse_line(char *line, struct inclusion *ret)
{
	char *colon = strchr(line, ':'), *name, *end;

	if (!colon || colon[1 + strspn(colon + 1, " \t")] != '#')
		return false;
	name = strpbrk(colon, "\"<");
	end = name ? strpbrk(name + 1, "\">") : NULL;
	if (!end)
		return false;
	*colon = *end = '\0';
	ret->file = line;
	ret->quoted = *name++ == '"';
	ret->name = name;
	for (char *up; (up = strstr(name, "../"));)
		name = up + 3;
	ret->end = strncmp(name, "./", 2) ? name : name + 2;
	return true;
}

static int compare_inclusions(const void *a, const void *b)
{
	const struct inclusion *left = a, *right = b;

	return strcmp(klpcc_base_name(left->name), klpcc_base_name(right->name));
}

static struct klpcc_error *parse_lines(struct klpcc_tree_includes *includes)
{
	char *at = (char *)includes->text.data, *end = at + includes->text.size;
	size_t lines = 0;

	for (size_t i = 0; i < includes->text.size; i++)
		lines += includes->text.data[i] == '\n';
	includes->inclusions = calloc(lines + 1, sizeof(*includes->inclusions));
	if (!includes->inclusions)
		return klpcc_error_nomem();
	while (at < end) {
		char *newline = memchr(at, '\n', (size_t)(end - at));

		if (!newline)
			break;
		*newline = '\0';
		if (parse_line(at, &includes->inclusions[includes->count]))
			includes->count++;
		at = newline + 1;
	}
	qsort(includes->inclusions, includes->count, sizeof(*includes->inclusions),
	      compare_inclusions);
	return NULL;
}

static struct klpcc_error *read_includes(struct klpcc_tree_includes *includes,
					 const char *const *options)
{
	struct klpcc_error *err =
		includes->read ? NULL
			       : run_grep(includes->tree, options, &includes->text);

	if (!err && !includes->read)
		err = parse_lines(includes);
	includes->read = !err;
	return err;
}

struct klpcc_error *klpcc_tree_includes_open(const struct klpcc_tree *tree,
					     struct klpcc_tree_includes **ret)
{
	*ret = calloc(1, sizeof(**ret));
	if (!*ret)
		return klpcc_error_nomem();
	(*ret)->tree = tree;
	return NULL;
}

void klpcc_tree_includes_close(struct klpcc_tree_includes *includes)
{
	if (!includes)
		return;
	free(includes->inclusions);
	klpcc_buffer_deinit(&includes->text);
	free(includes);
}

/* ---- the search --------------------------------------------------------------------------- */

static int compare_names(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void keep_name(void *name)
{
	(void)name;
}

static struct klpcc_error *add_found(struct search *search, const char *name)
{
	struct klpcc_error *err;

	if (tfind(name, &search->known, compare_names))
		return NULL;
	err = klpcc_words_add(search->found, name);
	if (!err && !tsearch(search->found->words[search->found->count - 1],
			     &search->known, compare_names))
		err = klpcc_error_nomem();
	return err;
}

static bool ends_with(const char *path, const char *end)
{
	size_t length = strlen(path), more = strlen(end);

	return length >= more && !strcmp(path + length - more, end) &&
	       (length == more || path[length - more - 1] == '/');
}

/* Where the compiler looks first: beside the file. *ret: NULL, there is none. */
static struct klpcc_error *find_beside(const struct klpcc_tree *tree,
				       const struct inclusion *inclusion, char **ret)
{
	const char *slash = strrchr(inclusion->file, '/');
	struct klpcc_error *err = NULL;
	char *path = NULL, *name = NULL;

	*ret = NULL;
	if (asprintf(&name, "%.*s/%s", (int)(slash ? slash - inclusion->file : 0),
		     inclusion->file, inclusion->name) < 0)
		return klpcc_error_nomem();
	if (asprintf(&path, "%s/%s", *name == '/' ? "" : tree->source, name) < 0)
		err = klpcc_error_nomem();
	else if (!access(path, F_OK)) {
		*ret = klpcc_tree_plain_name(name);
		err = *ret ? NULL : klpcc_error_nomem();
	}
	free(path);
	free(name);
	return err;
}

/* Does it name the file? */
static struct klpcc_error *judge(const struct klpcc_tree *tree,
				 const struct inclusion *inclusion, const char *file,
				 bool *ret)
{
	struct klpcc_error *err;
	char *beside;

	*ret = ends_with(file, inclusion->end);
	if (!*ret || !inclusion->quoted)
		return NULL;
	err = find_beside(tree, inclusion, &beside);
	if (!err && beside)
		*ret = !strcmp(beside, file);
	free(beside);
	return err;
}

/* All that include the file. */
static struct klpcc_error *follow(struct search *search, const char *file)
{
	const struct klpcc_tree_includes *includes = search->includes;
	const char *base = klpcc_base_name(file);
	size_t low = 0, high = includes->count;
	struct klpcc_error *err = NULL;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(klpcc_base_name(includes->inclusions[middle].name), base) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; !err && low < includes->count; low++) {
		const struct inclusion *inclusion = &includes->inclusions[low];
		bool named;

		if (strcmp(klpcc_base_name(inclusion->name), base))
			break;
		err = judge(includes->tree, inclusion, file, &named);
		if (!err && named)
			err = add_found(search, inclusion->file);
	}
	return err;
}

struct klpcc_error *klpcc_tree_find_includers(struct klpcc_tree_includes *includes,
					      const struct klpcc_words *headers,
					      struct klpcc_words *ret)
{
	struct search search = { .includes = includes, .found = ret };
	struct klpcc_error *err = read_includes(includes, of_headers);

	for (size_t i = 0; !err && i < headers->count; i++)
		err = add_found(&search, headers->words[i]);
	for (size_t i = 0; !err && i < ret->count; i++)
		err = follow(&search, ret->words[i]);
	tdestroy(search.known, keep_name);
	return err;
}

struct klpcc_error *klpcc_tree_find_included(const struct klpcc_tree *tree,
					     const struct klpcc_words *files,
					     struct klpcc_words *ret)
{
	struct klpcc_tree_includes *includes = NULL;
	struct klpcc_error *err = klpcc_tree_includes_open(tree, &includes);

	if (!err)
		err = read_includes(includes, of_sources);

	for (size_t i = 0; !err && i < files->count; i++) {
		bool named = false;

		for (size_t k = 0; !err && !named && k < includes->count; k++)
			err = judge(tree, &includes->inclusions[k], files->words[i],
				    &named);
		if (!err && named)
			err = klpcc_words_add(ret, files->words[i]);
	}
	klpcc_tree_includes_close(includes);
	return err;
}
