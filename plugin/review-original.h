/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Review of a unit that is compiled in place of a file of the kernel: can its functions be
 * replaced, and what differs from the original that no replaced function can change?
 */
#ifndef KLPCC_REVIEW_ORIGINAL_H
#define KLPCC_REVIEW_ORIGINAL_H

#include "unit.h"

/* Refuses functions that the kernel cannot redirect, with the callers to replace instead. */
void klpcc_review_replaced(struct klpcc_unit *unit);

/* Refuses data, types and declarations that are not the original's. Before anything is changed. */
void klpcc_review_original(const struct klpcc_unit *unit);

/* What the reduced unit keeps that may surprise. */
void klpcc_review_kept(const struct klpcc_unit *unit);

#endif
