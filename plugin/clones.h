/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Clones: what GCC inlined into what, and which functions it made clones of.
 */
#ifndef KLPCC_CLONES_H
#define KLPCC_CLONES_H

#include "gcc-compat.h"

struct klpcc_transformation {
	const char *from; /* assembler name of the function that was inlined or cloned */
	const char *to;   /* of the function that it is inlined into; of the clone */
	bool inlined;     /* false: cloned */
};

/*
 * Begins to listen. To be called at PLUGIN_ALL_IPA_PASSES_START: GCC decides nothing of this
 * before.
 */
void klpcc_clones_start(void);

/*
 * What was done since then, each thing once, in the order in which GCC did it. The text is
 * parsed when the unit is compiled (PLUGIN_FINISH_UNIT). Names live as long as the compiler
 * runs. False when GCC said something that cannot be understood; *line says what.
 */
bool klpcc_clones_finish(vec<struct klpcc_transformation> *ret, const char **line);

#endif
