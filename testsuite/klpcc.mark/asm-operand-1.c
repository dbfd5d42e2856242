/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A name that reaches asm text through an operand is marked. (Position-independent code, as
 * for s390, has no constant addresses.)
 */
/* { dg-do assemble { target x86_64-*-* } } */

extern int hidden_variable;

void use(void)
{
	__asm__ volatile(
		".pushsection .data.asm_table,\"aw\"\n\t.quad %c0 + 8\n\t.popsection"
		:
		: "i"(&hidden_variable));
}

/* { dg-final { scan-relocs {R_(X86_64|390)_64 0+ hidden_variable\.klp\.vmlinux \+ 8} } } */
