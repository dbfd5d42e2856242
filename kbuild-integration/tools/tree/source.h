/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The source of a kernel: where it comes from, which version it is, and how it gets into a tree.
 */
#ifndef KLPCC_TREE_SOURCE_H
#define KLPCC_TREE_SOURCE_H

#include <stdbool.h>

#include "../lib/error.h"

/* What a kernel is known by. */
struct klpcc_kernel_version {
	char *upstream; /* "6.1.192": of the kernel's Makefile */
	char *package;  /* "6.1.192-2": of Debian's packages; NULL if not known */
};

enum klpcc_tree_source_kind {
	KLPCC_SOURCE_PACKAGE,   /* of the package lists */
	KLPCC_SOURCE_DEB,       /* a file of such a package */
	KLPCC_SOURCE_ARCHIVE,   /* of tar */
	KLPCC_SOURCE_DIRECTORY, /* taken as it is, where it is */
};

struct klpcc_tree_source {
	enum klpcc_tree_source_kind kind;
	char *name;    /* of the package or the file, absolute */
	char *version; /* of the package; NULL where only the source itself tells */
};

/*
 * Decides what a source is. given: what the user names, a directory, an archive, a package file or
 * a package, perhaps as PACKAGE=VERSION; NULL: Debian's package for the kernel. A package of
 * another version than the kernel's is refused.
 */
struct klpcc_error *
klpcc_tree_source_find(const char *given, const struct klpcc_kernel_version *kernel,
		       struct klpcc_tree_source *ret) KLPCC_MUST_CHECK;
void klpcc_tree_source_deinit(struct klpcc_tree_source *source);

/* Whether its very version is known, and is the kernel's. */
bool klpcc_tree_source_is_exact(const struct klpcc_tree_source *source,
				const struct klpcc_kernel_version *kernel);

/*
 * Puts the source into the directory tree, where *ret is its place: malloc()ed. A source whose
 * Makefile or changelog has another version than the kernel's is refused.
 */
struct klpcc_error *klpcc_tree_source_provide(const struct klpcc_tree_source *source,
					      const struct klpcc_kernel_version *kernel,
					      const char *tree, bool quiet,
					      char **ret) KLPCC_MUST_CHECK;

#endif
