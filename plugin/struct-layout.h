/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Layout: whether the structs, unions and enums that a patch's own files define are laid out as
 * the target's of the same name. Authors copy private ones out of the kernel's .c files, and a
 * copy of another release compiles without a word.
 */
#ifndef KLPCC_STRUCT_LAYOUT_H
#define KLPCC_STRUCT_LAYOUT_H

#include "facts.h"
#include "unit.h"

/* Starts to remember the types, unless nothing will be compared. */
void klpcc_layout_register(const struct klpcc_unit *unit);

/*
 * Adds a difference for each type that is not the target's. Called when it is known which modules
 * the unit is for.
 */
void klpcc_layout_compare(const struct klpcc_unit *unit,
			  vec<struct klpcc_layout_difference> *ret);

/* Frees what a difference owns. */
void klpcc_layout_difference_deinit(struct klpcc_layout_difference *difference);

#endif
