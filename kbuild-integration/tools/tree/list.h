/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which files a kernel is built of.
 */
#ifndef KLPCC_TREE_LIST_H
#define KLPCC_TREE_LIST_H

#include "../lib/words.h"
#include "tree.h"

/* By their names in the tree, in no order. */
struct klpcc_tree_list {
	/*
	 * Sources (.c, .S) that the configuration builds into the kernel or its modules, as tree.h
	 * names them. Files that the build makes count where they are there.
	 */
	struct klpcc_words built;
	/*
	 * What Makefiles name for options that are not set, objects ("drivers/tty/n_gsm.o") and
	 * directories ("fs/cramfs/").
	 */
	struct klpcc_words off;
	/* Sources of other objects, which rules of these Makefiles make: the vDSO's. */
	struct klpcc_words other;
};

/*
 * A file may be in none of them: programs of the build, and the code that unpacks the kernel. After
 * a failure, too, the list is to be deinitialised.
 */
struct klpcc_error *klpcc_tree_list(const struct klpcc_tree *tree,
				    struct klpcc_tree_list *ret) KLPCC_MUST_CHECK;
void klpcc_tree_list_deinit(struct klpcc_tree_list *list);

/* All #include lines of the tree. To find them takes a second or two, when they are asked for. */
struct klpcc_tree_includes;
struct klpcc_error *
klpcc_tree_includes_open(const struct klpcc_tree *tree,
			 struct klpcc_tree_includes **ret) KLPCC_MUST_CHECK;
/* Harmless on NULL. */
void klpcc_tree_includes_close(struct klpcc_tree_includes *includes);

/*
 * Files of the tree, sources and headers, that may include one of the headers, directly or not,
 * by what stands in them: #if is not looked at, nor where the compiler looks for headers. Those
 * that do are among them, and so are the headers. headers: names relative to the tree.
 */
struct klpcc_error *klpcc_tree_find_includers(struct klpcc_tree_includes *includes,
					      const struct klpcc_words *headers,
					      struct klpcc_words *ret) KLPCC_MUST_CHECK;

/*
 * Those of the C files that another file may include, by its #include lines, for *ret. Most are
 * compiled by themselves alone.
 */
struct klpcc_error *klpcc_tree_find_included(const struct klpcc_tree *tree,
					     const struct klpcc_words *files,
					     struct klpcc_words *ret) KLPCC_MUST_CHECK;

/*
 * The name without "." and "..": "virt/kvm/kvm_main.c" of "arch/x86/kvm/../../../virt/kvm/kvm_main.c".
 * malloc()ed; NULL: no memory.
 */
char *klpcc_tree_plain_name(const char *name);

#endif
