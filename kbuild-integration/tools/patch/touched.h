/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which of the functions that are replaced have lines of the fix. Nothing is decided by that: GCC
 * may make other code of a function that nobody touched, as it knows something else of a callee,
 * and people wonder then.
 */
#ifndef KLPCC_PATCH_TOUCHED_H
#define KLPCC_PATCH_TOUCHED_H

#include "../match/against.h"
#include "../plan/plan.h"
#include "patch.h"

/*
 * Fills in differs of each choice, whether its own code is another one, and lines_changed, whether
 * a hunk is in it, or in what is inlined in it.
 */
struct klpcc_error *
klpcc_patch_note_lines(const struct klpcc_plan *original,
		       const struct klpcc_against *against, const char *hunks,
		       struct klpcc_patch_unit *unit) KLPCC_MUST_CHECK;

#endif
