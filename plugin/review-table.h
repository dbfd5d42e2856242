/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Review, the patch table: decides what is said about the objects and functions that the unit
 * patches.
 */
#ifndef KLPCC_REVIEW_TABLE_H
#define KLPCC_REVIEW_TABLE_H

#include "unit.h"

void klpcc_review_table(const struct klpcc_unit *unit);

#endif
