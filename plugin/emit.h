/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Emit: the marks and the reference table, as assembler text behind the unit.
 */
#ifndef KLPCC_EMIT_H
#define KLPCC_EMIT_H

#include "unit.h"

/* Callback for PLUGIN_FINISH_UNIT; user_data is the struct klpcc_unit. */
void klpcc_finish(void *gcc_data, void *user_data);

#endif
