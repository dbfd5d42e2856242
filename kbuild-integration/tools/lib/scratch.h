/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A temporary directory, for what is made on the way.
 */
#ifndef KLPCC_SCRATCH_H
#define KLPCC_SCRATCH_H

#include "error.h"

/* Makes it, in TMPDIR. *ret: its absolute path, for klpcc_scratch_remove(). */
struct klpcc_error *klpcc_scratch_make(char **ret) KLPCC_MUST_CHECK;
/* Removes it with all that is in it. Harmless on NULL. */
void klpcc_scratch_remove(char *path);

/* Makes the directories that path is to be in. */
struct klpcc_error *klpcc_scratch_parents(const char *path) KLPCC_MUST_CHECK;

#endif
