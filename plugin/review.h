/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Review: decides what to tell the author about the names that the unit needs and about its types.
 */
#ifndef KLPCC_REVIEW_H
#define KLPCC_REVIEW_H

#include "unit.h"

/* Prints it all. Called once the text of the unit is written. */
void klpcc_review(struct klpcc_unit *unit);

#endif
