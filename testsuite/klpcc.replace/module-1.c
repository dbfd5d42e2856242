// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The file of a module: it is that module, by its own macros, and what it takes from other
 * modules is there when the module is.
 */
/* { dg-do assemble } */
/* { dg-options "-DMODULE -DKBUILD_MODNAME=\"livepatch\" -DKBUILD_BASENAME=\"unit\"" } */
/* { dg-replace "replaced" "m_one" } */
#include "kernel.h"

struct module;
extern struct module __this_module;
int from_two(int x);
const char *name_of_file(void);

static int private_state = 6;

int replaced(int x)
{
#ifdef FIXED
	x++;
#endif
	asm volatile("" ::"r"(KBUILD_MODNAME), "r"(&__this_module), "r"(__FILE__));
	return from_two(x) + private_state++ + elsewhere(x);
}

/* { dg-final { scan-symbols "WEAK DEFAULT UND private_state.klp.m_one$" } } */
/* { dg-final { scan-symbols "WEAK DEFAULT UND __this_module.klp.m_one$" } } */
/* { dg-final { scan-symbols "WEAK DEFAULT UND from_two.klp.m_two.for.m_one$" } } */
/* { dg-final { scan-assembler "\.string\t\"m_one\"" } } */
/* { dg-final { scan-assembler-not "\.string\t\"livepatch\"" } } */
/* { dg-final { scan-assembler "import_ns=TWO" } } */
