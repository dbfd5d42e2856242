/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Instances: static data of which each copy of the code has its own, so that the data of a function
 * that is replaced is not that of the kernel's function.
 */
#ifndef KLPCC_INSTANCE_H
#define KLPCC_INSTANCE_H

#include "unit.h"

/*
 * Whether the variable is one of the kernel's macros that describe the place where they are used: a
 * flag of WARN_ONCE(), the descriptor of pr_debug(), a key of lockdep, __func__. That DO_ONCE() has
 * done something is known by the kernel's flag.
 */
bool klpcc_is_instance(const struct klpcc_unit *unit, tree decl);

/*
 * Whether it is a record that the build or the module loader collects by its section, and code does
 * not name: a parameter, an export, an initcall, a line of modinfo.
 */
bool klpcc_is_record(tree decl);
/* The same, by the name of the section. */
bool klpcc_is_record_place(const char *place);

/*
 * The same of a top-level asm statement, by its text: a STRING_CST. False of one that only defines
 * macros for the asm statements of the code, or includes a file that does.
 */
bool klpcc_is_record_asm(tree text);

#endif
