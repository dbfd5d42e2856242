/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Patch table: the struct klp_object and struct klp_func of the unit, as they are initialized.
 *
 * They say what the patch replaces. The kernel reads them when the patch is enabled, too late for a
 * message with a line of the source; review-table.h judges them while there is one.
 */
#ifndef KLPCC_PATCH_TABLE_H
#define KLPCC_PATCH_TABLE_H

#include "unit.h"

/* To be told of each variable of the unit, in the order of the source. */
void klpcc_table_variable(struct klpcc_unit *unit, tree decl);

/*
 * The string that a pointer is initialized with; NULL when it is something else. near: set to the
 * location that GCC has for it, unless NULL.
 */
const char *klpcc_string_of(tree value, location_t *near);

#endif
