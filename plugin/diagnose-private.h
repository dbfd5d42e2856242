/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the files of diagnose share.
 */
#ifndef KLPCC_DIAGNOSE_PRIVATE_H
#define KLPCC_DIAGNOSE_PRIVATE_H

#include "diagnose.h"

/* So many notes list what the target has: all that a name has there may be thousands. */
enum { KLPCC_SHOWN = 8 };
/* Behind them: how many there are more. */
void klpcc_note_others(location_t loc, uint32_t total);

/*
 * A note for what the target has in place of a function: GCC made it out of that one, for some
 * calls only. False when there is nothing.
 */
bool klpcc_note_clones(const struct klpcc_unit *unit, const char *symbol, location_t loc);

#endif
