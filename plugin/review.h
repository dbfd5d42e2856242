/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Review: what is to be said of the names that the unit needs, and of its types.
 */
#ifndef KLPCC_REVIEW_H
#define KLPCC_REVIEW_H

#include "unit.h"

/* Says it, once the unit's text is written. */
void klpcc_review(struct klpcc_unit *unit);

#endif
