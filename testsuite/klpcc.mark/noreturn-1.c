/* SPDX-License-Identifier: GPL-2.0-or-later */
/* objtool learns of marked calls that never return; only of those, and at no cost in code. */
/* { dg-do assemble { target x86_64-*-* } } */

extern void hidden_die(int value) __attribute__((noreturn));
extern void exported_function(void) __attribute__((noreturn));
int hidden_function(int value);

int middle(int value)
{
	if (value)
		hidden_die(value);
	return hidden_function(value) + 1;
}

void last(int value)
{
	hidden_die(value);
}

void ordinary(void)
{
	exported_function();
}

/* { dg-final { scan-sections {\.discard\.unreachable PROGBITS 0+ [0-9a-f]+ 000008 } } } */
/* { dg-final { scan-relocs {R_X86_64_PC32 0+ \.text \+ [0-9a-f]+\n[0-9a-f]+ [0-9a-f]+ R_X86_64_PC32 0+ \.text \+ [0-9a-f]+$} } } */
/* { dg-final { scan-assembler-times {call\thidden_die\n\.L[0-9]+:\n} 2 } } */
/* { dg-final { same-sections-without-plugin } } */
