/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is where in a tree that `klpcc tree` makes, and in each that kbuild prepares.
 */
#ifndef KLPCC_TREE_LAYOUT_H
#define KLPCC_TREE_LAYOUT_H

#include <stdbool.h>

/* Below the directory of a tree. */
#define KLPCC_TREE_SOURCE "source"
#define KLPCC_TREE_BUILD "build"
#define KLPCC_TREE_WORK "work"                  /* while it is made */
#define KLPCC_TREE_KERNEL_AUTOCONF "autoconf.h" /* the kernel's, of its headers */
#define KLPCC_TREE_INCOMPLETE "incomplete"      /* written first */
#define KLPCC_TREE_COMPLETE "complete"          /* written last */

/* Below the directory of a build. */
#define KLPCC_TREE_AUTOCONF "include/generated/autoconf.h"
#define KLPCC_TREE_UTSRELEASE "include/generated/utsrelease.h"
#define KLPCC_TREE_PACKAGE "include/generated/package.h"

/* directory/name, malloc()ed; NULL without memory. */
char *klpcc_tree_path(const char *directory, const char *name);

/* Whether there is a file directory/name. */
bool klpcc_tree_has(const char *directory, const char *name);

#endif
