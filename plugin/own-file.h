/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Own file: which files are the patch's. A declaration in the kernel's own headers is right by
 * construction, and never that of a static in a source file. What an author wrote may be from
 * another release, and may mean anything.
 */
#ifndef KLPCC_OWN_FILE_H
#define KLPCC_OWN_FILE_H

#include "gcc-compat.h"

/* The main source file, and what lies in its directory or below. file: as GCC names it. */
bool klpcc_is_own_file(const char *file);

/* Whether the place is in such a file; true when the file is not known, too. */
bool klpcc_is_own_place(location_t location);

#endif
