/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Label: reads the assembler names of existing livepatch sources.
 *
 * Sources written for other tools name the target's symbol in an asm label, mostly by a macro
 * KLP_RELOC_SYMBOL(GATE, OBJECT, SYMBOL):
 *
 *   extern int f(void) asm("\".klp.sym.rela.<gate>.<object>.<symbol>,<position>\"");
 *
 * with the quotes inside, because of the comma. It means what klp_object and the other attributes
 * mean, and is treated like them: checked against the index, and marked. The mark also makes the
 * undefined symbol weak, which modpost needs and a label alone does not do.
 */
#ifndef KLPCC_LABEL_H
#define KLPCC_LABEL_H

#include "resolve.h"

/* The label names a symbol, but lacks the quotes inside. */
enum { KLPCC_LABEL_UNQUOTED = 1 };

/*
 * Puts what a label says into request, whose symbol is the label; leaves request alone when it is
 * a label of another kind. Returns 0, KLPCC_LABEL_UNQUOTED, or what is wrong with the name
 * (klp-name.h); *bare is then the label without its quotes.
 */
int klpcc_label_read(struct klpcc_request *request, const char **bare);

#endif
