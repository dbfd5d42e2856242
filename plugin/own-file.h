/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Own file: which files are the patch's. What the kernel's own headers say is right by
 * construction, and never of a static in some source file; what an author wrote down may be of
 * another release, and may mean anything.
 */
#ifndef KLPCC_OWN_FILE_H
#define KLPCC_OWN_FILE_H

#include "gcc-compat.h"

/* The main source file, and what lies in its directory or below. file: as GCC names it. */
bool klpcc_is_own_file(const char *file);

/* Whether something is declared there; also when it is not known where. */
bool klpcc_is_own_place(location_t location);

#endif
