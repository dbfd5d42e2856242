/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the kernel's own symbol table makes of a symbol: rules that the readers of text, of
 * images and of ELF files share, so that all of them count and name alike.
 */
#ifndef KLPCC_KALLSYMS_RULES_H
#define KLPCC_KALLSYMS_RULES_H

#include <stdbool.h>
#include <stdint.h>

/*
 * ELF type and binding that a letter of nm(1) stands for; kallsyms keeps these letters.
 * Capital: global. STT_NOTYPE for letters that tell neither function nor data.
 */
void klpcc_kallsyms_letter(char letter, uint8_t *type, uint8_t *binding);

/*
 * True for the letter of a static variable, which only a kernel with CONFIG_KALLSYMS_ALL has in
 * its kallsyms. Others name what is between _stext and _etext and between _sinittext and
 * _einittext (scripts/kallsyms.c, symbol_valid()). All of that is code, save for marks of the
 * linker script that are at one of these addresses, such as __init_begin; but these are global.
 */
bool klpcc_kallsyms_is_variable(char letter);

/*
 * True for a symbol of vmlinux that the build leaves out of kallsyms (scripts/kallsyms.c
 * and scripts/mksysmap of the kernel): it takes no part in the counting. letter: as nm(1)
 * prints it, 'A' for an absolute symbol.
 */
bool klpcc_kallsyms_ignores(const char *name, char letter);

#endif
