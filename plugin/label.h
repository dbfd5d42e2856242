/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Label: what the assembler names of existing livepatch sources say.
 *
 * Sources written for other tools name the target's symbol in an asm label, mostly by a macro
 * KLP_RELOC_SYMBOL(GATE, OBJECT, SYMBOL):
 *
 *   extern int f(void) asm("\".klp.sym.rela.<gate>.<object>.<symbol>,<position>\"");
 *
 * with the quotes inside, for the comma. It says what klp_object and the other attributes say, and
 * is taken as those are: checked against the index, and marked. That also makes the undefined
 * symbol weak, which modpost wants and a label by itself does not give.
 */
#ifndef KLPCC_LABEL_H
#define KLPCC_LABEL_H

#include "gcc-compat.h"
#include "unit.h"

/*
 * Puts what decl's label says into request, which holds it as symbol; leaves request alone when it
 * is a label of another kind. False, after an error, when it is malformed.
 */
bool klpcc_label_read(const struct klpcc_unit *unit, tree decl,
		      struct klpcc_request *request);

#endif
