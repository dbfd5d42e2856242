/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Replace: a unit compiled in place of one of the kernel's files is reduced to the
 * functions that are replaced and what they alone need. Whatever else the kernel has of the
 * file becomes external.
 */
#ifndef KLPCC_REPLACE_H
#define KLPCC_REPLACE_H

#include "unit.h"

/* When all of the unit is parsed, before klpcc_collect(). Only in place of a file. */
void klpcc_replace(struct klpcc_unit *unit);

/* The global name of a replacement, for the struct klp_func of another unit; to be freed. */
char *klpcc_replacement_name(const struct klpcc_unit *unit, const char *function);

#endif
