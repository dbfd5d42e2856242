/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the files of diagnose share.
 */
#ifndef KLPCC_DIAGNOSE_PRIVATE_H
#define KLPCC_DIAGNOSE_PRIVATE_H

#include "diagnose.h"

/* SAY is GCC's function. */
#define SAY_OBJECT(say, location, meant, format, ...)                       \
	((meant) ? say(location, format "; did you mean %qs?", __VA_ARGS__, \
		       klpcc_shown(meant))                                  \
		 : say(location, format, __VA_ARGS__))

struct klpcc_candidate;

/* "at 0xffffffff81000000, type t, in fs/x.c", as far as it is known; the caller's to free(). */
char *klpcc_describe_candidate(const struct klpcc_candidate *candidate);

/* After a list of notes: how many more there are than were shown. */
void klpcc_note_others(location_t loc, uint32_t total);

/* A note for each. */
void klpcc_note_clones(location_t loc, const struct klpcc_name_list *clones);

#endif
