/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Observe: what a unit is made of and what GCC made of it, as JSON. The format is in
 * docs/format.md, section "Observation".
 *
 * The object is the same to the byte, and no index is needed.
 */
#ifndef KLPCC_OBSERVE_H
#define KLPCC_OBSERVE_H

#include "unit.h"

/* Where an observation is asked for, registers what it needs. Call it once, from plugin_init(). */
void klpcc_observe_register(struct klpcc_unit *unit);

/*
 * Reads the unit as it was parsed. To be called at PLUGIN_ALL_IPA_PASSES_START, before
 * anything that changes the unit.
 */
void klpcc_observe_source(const struct klpcc_unit *unit);

/* Writes the file. To be called at PLUGIN_FINISH_UNIT, after all that may refuse the unit. */
void klpcc_observe_write(const struct klpcc_unit *unit);

#endif
