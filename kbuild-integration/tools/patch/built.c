// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the kernel's configuration builds: see built.h.
 */
#include "built.h"

#include <stdlib.h>
#include <string.h>

#include "patch-private.h"

void klpcc_patch_deinit_built(struct klpcc_patch_built *built)
{
	klpcc_tree_list_deinit(&built->list);
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

struct klpcc_error *klpcc_patch_read_built(const struct klpcc_tree *tree,
					   struct klpcc_patch_built *built)
{
	struct klpcc_error *err;

	if (built->includes)
		return NULL;
	err = klpcc_tree_list(tree, &built->list);
	klpcc_words_sort(&built->list.other, 0);
	if (!err && built->list.built.count)
		qsort(built->list.built.words, built->list.built.count, sizeof(char *),
		      compare_plain);
	return err ? err : klpcc_tree_includes_open(tree, &built->includes);
}

/* The first name of a file, NULL: it is not built. name: without "..". */
char **klpcc_patch_find_built(const struct klpcc_patch_built *built, const char *name)
{
	char **words = built->list.built.words;
	size_t low = 0, high = built->list.built.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_plain(&words[middle], &name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < built->list.built.count && !compare_plain(&words[low], &name)
		       ? &words[low]
		       : NULL;
}

/* Adds all names of the file, as more than one Makefile may build it. */
struct klpcc_error *klpcc_patch_add_built(const struct klpcc_patch_built *built,
					  const char *name, struct klpcc_words *ret)
{
	char **end = built->list.built.words + built->list.built.count;
	char **word = klpcc_patch_find_built(built, name);
	struct klpcc_error *err = NULL;

	for (; !err && word && word < end && !compare_plain(word, &name); word++)
		err = klpcc_words_add(ret, *word);
	return err;
}

/* Is it what a Makefile names for an option that is not set, or another architecture's? */
static bool is_off(const struct klpcc_tree *tree, const struct klpcc_patch_built *built,
		   const char *name)
{
	const size_t length = strlen(name), arch = strlen(tree->arch);

	if (!tree->kernel && !strncmp(name, "arch/", 5) && strchr(name + 5, '/') &&
	    (strncmp(name + 5, tree->arch, arch) || name[5 + arch] != '/'))
		return true;
	for (size_t i = 0; i < built->list.off.count; i++) {
		const char *off = built->list.off.words[i];
		const size_t part = strlen(off) - 1;

		/* "fs/cramfs/", or "drivers/tty/n_gsm.o" */
		if (off[part] == '/' ? !strncmp(name, off, part + 1)
				     : length == part + 1 && !strncmp(name, off, part))
			return true;
	}
	return false;
}

/* Of what includes a file: is one built, or not known to be left out? */
static enum klpcc_patch_use judge_includers(const struct klpcc_tree *tree,
					    const struct klpcc_patch_built *built,
					    const char *file,
					    const struct klpcc_words *includers)
{
	enum klpcc_patch_use use = KLPCC_USE_NONE;

	for (size_t i = 0; i < includers->count; i++) {
		const char *name = includers->words[i];

		if (klpcc_patch_find_built(built, name))
			return KLPCC_USE_INCLUDED;
		if (strcmp(name, file) != 0 && !is_off(tree, built, name) &&
		    (klpcc_patch_ends_with(name, ".c") ||
		     klpcc_patch_ends_with(name, ".S")))
			use = KLPCC_USE_UNKNOWN;
	}
	return use;
}

struct klpcc_error *klpcc_patch_find_use(const struct klpcc_tree *tree,
					 const struct klpcc_patch_built *built,
					 const char *file, enum klpcc_patch_use *ret)
{
	struct klpcc_words self = { .count = 0 }, includers = { .count = 0 };
	struct klpcc_error *err;

	*ret = KLPCC_USE_BUILT;
	if (klpcc_patch_find_built(built, file))
		return NULL;
	err = klpcc_words_add(&self, file);
	if (!err)
		err = klpcc_tree_find_includers(built->includes, &self, &includers);
	if (!err)
		*ret = judge_includers(tree, built, file, &includers);
	if (*ret == KLPCC_USE_NONE && !klpcc_patch_ends_with(file, ".h") &&
	    !is_off(tree, built, file))
		*ret = KLPCC_USE_UNKNOWN;
	klpcc_words_deinit(&self);
	klpcc_words_deinit(&includers);
	return err;
}
