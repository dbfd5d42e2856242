/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Emit: the marks and the reference table, as assembler text after the unit's own.
 */
#ifndef KLPCC_EMIT_H
#define KLPCC_EMIT_H

#include "unit.h"

/* Writes what the link needs to know of the unit, once the unit's own text is written. */
void klpcc_emit(FILE *out, const struct klpcc_unit *unit);

#endif
