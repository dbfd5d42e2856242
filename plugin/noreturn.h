/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Noreturn: a pass that tells objtool which calls to marked functions never return.
 */
#ifndef KLPCC_NORETURN_H
#define KLPCC_NORETURN_H

#include "unit.h"

/* Adds the pass for machines whose objects objtool checks. unit outlives it. */
void klpcc_noreturn_register(struct klpcc_unit *unit);

#endif
