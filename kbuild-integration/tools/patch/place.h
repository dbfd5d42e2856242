/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The place of a patch's directory: it has that of an earlier run, or the new one, or none.
 */
#ifndef KLPCC_PATCH_PLACE_H
#define KLPCC_PATCH_PLACE_H

#include <stdbool.h>

#include "../lib/error.h"

/* The first line of the Makefile, which tells what the directory was made by. */
#define KLPCC_PATCH_MARK \
	"# Made by klpcc patch: the next run makes this directory anew.\n"

struct klpcc_patch_place {
	const char *path; /* absolute; borrowed */
	char *new;        /* name beside it of the directory that is to be filled */
	bool committed;   /* it has its name now */
	char *old;        /* where the earlier one is meanwhile; NULL: there was none */
	int lock;         /* on the new Makefile, until the end; -1: none */
};

/* Nothing is there, or what this command made and nobody works in. */
struct klpcc_error *klpcc_patch_place_check(const char *path) KLPCC_MUST_CHECK;

/* Makes the new directory. */
struct klpcc_error *
klpcc_patch_place_begin(const char *path, struct klpcc_patch_place *ret) KLPCC_MUST_CHECK;

/* Puts it, with its Makefile in it, where it is to be. */
struct klpcc_error *
klpcc_patch_place_commit(struct klpcc_patch_place *place) KLPCC_MUST_CHECK;

/*
 * keep: the new directory, which was committed; otherwise what was there before is there again.
 * Harmless on a place that is zero but for the lock.
 */
void klpcc_patch_place_end(struct klpcc_patch_place *place, bool keep);

#endif
