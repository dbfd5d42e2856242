/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Scope: what the unit as a whole is for: the modules that it patches, the namespaces that it
 * imports, the source file that it was copied from.
 */
#ifndef KLPCC_SCOPE_H
#define KLPCC_SCOPE_H

#include "unit.h"

/* Reads -fplugin-arg-klpcc-object; an object that the target does not have is fatal. */
void klpcc_scope_init(struct klpcc_unit *unit);

/* To be told of each variable of the unit: a .modinfo entry may import a namespace. */
void klpcc_scope_variable(struct klpcc_unit *unit, tree decl);

/*
 * Fills in unit->scope when all variables have been seen: the unit is for the objects that its
 * patch table names, too.
 */
void klpcc_scope_finish(struct klpcc_unit *unit);

#endif
