/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Nor is a register, whatever the variable that stands for it is called. */
/* { dg-do assemble } */

#ifdef __s390x__
register unsigned long hidden_variable __asm__("r15");
#else
register unsigned long hidden_variable __asm__("rsp");
#endif

unsigned long use(void)
{
	return hidden_variable;
}

/* { dg-final { scan-symbols-not {klp} } } */
