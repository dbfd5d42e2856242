/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The directory that `klpcc patch` makes, and the build in it. People can read, change and build it
 * like any patch: klpcc.mk does the work.
 */
#ifndef KLPCC_PATCH_BUILD_H
#define KLPCC_PATCH_BUILD_H

#include "patch-private.h"
#include "place.h"

/* Has klpcc.mk make the index of the kernel, if need be. *ret: its path, malloc()ed. */
struct klpcc_error *klpcc_patch_find_index(const struct klpcc_patch_request *request,
					   char **ret) KLPCC_MUST_CHECK;

/*
 * Makes the output: sources, headers that change, plans, Kbuild and Makefile. *place: where that
 * is, which the caller ends, also after an error.
 */
struct klpcc_error *klpcc_patch_write(const struct klpcc_patch_maker *maker,
				      struct klpcc_patch_place *place) KLPCC_MUST_CHECK;

/* Builds the module there, which `klpcc verify` judges. The compiler's messages are shown. */
struct klpcc_error *
klpcc_patch_build(const struct klpcc_patch_maker *maker) KLPCC_MUST_CHECK;

/* Has klpcc.mk put klpcc_resolver.ko for the same kernel there. */
struct klpcc_error *
klpcc_patch_build_resolver(const struct klpcc_patch *patch) KLPCC_MUST_CHECK;

#endif
