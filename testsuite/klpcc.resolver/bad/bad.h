/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * For modules whose references no index has seen: names for the assembler (foreign marks,
 * docs/format.md), which the final link takes as they are when it has no index.
 */
#ifndef BAD_H
#define BAD_H

#include <linux/init.h>
#include <linux/module.h>

/* FROM(variable, "GATE.OBJECT.SYMBOL,POSITION") */
#define FROM(variable, mark) \
	extern const char variable[] __asm__("\".klp.sym.rela." mark "\"") __weak

MODULE_DESCRIPTION("klpcc test: names that the target does not have");
MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");

#endif
