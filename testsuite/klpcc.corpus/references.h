/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the functions and data of an object refer to, for the oracles that compare two objects of one
 * source, name by name.
 */
#ifndef REFERENCES_H
#define REFERENCES_H

#include "object.h"

/*
 * Adds the names that a function or datum refers to, plain, or whole where the object defines a datum,
 * and texts. Those of a function's entries in lists of code are among them; what the compiler alone
 * decides about is not.
 */
void object_references(const struct object *object, const struct klpcc_elf_symbol *symbol,
		       struct names *ret);

/*
 * Is the plain name one of those that every unit has for itself: once-flags of messages, lock classes,
 * what describes a place?
 */
bool is_own_name(const char *name);

#endif
