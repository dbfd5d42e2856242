/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files of the kernel that include what the fix changes.
 */
#ifndef KLPCC_PATCH_USERS_H
#define KLPCC_PATCH_USERS_H

#include "built.h"
#include "patch-private.h"

/*
 * Adds files that include a header to maker->files, behind the others, if their code can change
 * with it. Then the temporary directory has the headers in "lined", with the lines of the originals.
 */
struct klpcc_error *
klpcc_patch_find_users(struct klpcc_patch_maker *maker, const struct klpcc_tree *tree,
		       const struct klpcc_patch_built *built) KLPCC_MUST_CHECK;

/* examine.c: adds those of the candidates that include a header, and can have other code then. */
struct klpcc_error *
klpcc_patch_take_users(struct klpcc_patch_maker *maker, const struct klpcc_tree *tree,
		       const struct klpcc_words *candidates) KLPCC_MUST_CHECK;

/*
 * assembler.c: fails if a header changes for assembler code. assembler: a file that may have it;
 * NULL: there is none.
 */
struct klpcc_error *klpcc_patch_check_assemblers(const struct klpcc_patch_maker *maker,
						 const struct klpcc_tree *tree,
						 const char *assembler) KLPCC_MUST_CHECK;

#endif
