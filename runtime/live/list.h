/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a kernel has of livepatches and should have, and how that is printed.
 */
#ifndef KLPCC_LIVE_LIST_H
#define KLPCC_LIVE_LIST_H

#include <stdio.h>

#include "installed.h"
#include "patches.h"

struct klpcc_live_state {
	struct klpcc_live_patches patches;
	struct klpcc_installed installed; /* for the running kernel */
	bool others;                      /* patches are installed for another kernel */
};

struct klpcc_error *klpcc_live_state_read(struct klpcc_live_state *ret) KLPCC_MUST_CHECK;
void klpcc_live_state_deinit(struct klpcc_live_state *state);

/* Tables for people. */
struct klpcc_error *klpcc_list_print(const struct klpcc_live_state *state,
				     FILE *stream) KLPCC_MUST_CHECK;

/* list-json.c: the same as JSON; klpcc-list(1) has its members. */
struct klpcc_error *klpcc_list_print_json(const struct klpcc_live_state *state,
					  FILE *stream) KLPCC_MUST_CHECK;

/* Prints a line for each thing that is not as it should be; returns how many there are. */
size_t klpcc_list_check(const struct klpcc_live_state *state, FILE *stream);

#endif
