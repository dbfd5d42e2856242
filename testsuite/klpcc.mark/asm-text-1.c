/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names inside of asm text follow the mark when C refers to them as well, or when klp_used
 * says that the text does; in both cases with the table's word for it.
 */
/* { dg-do assemble } */

extern int hidden_function(int value);
extern void hidden_global(void) __attribute__((klp_used));
extern int hidden_variable;

__asm__(".pushsection .data.asm_table,\"aw\"\n\t.quad hidden_function\n\t"
	".quad hidden_global\n\t.quad hidden_variable\n\t.popsection");

int use(void)
{
	return hidden_function(1);
}

/* { dg-final { scan-relocs {R_(X86_64|390)_64 0+ hidden_function\.klp\.vmlinux} } } */
/* { dg-final { scan-relocs {R_(X86_64|390)_64 0+ hidden_global\.klp\.vmlinux} } } */
/* { dg-final { scan-symbols {GLOBAL DEFAULT UND hidden_variable$} } } */
/* { dg-final { scan-assembler {\.quad\thidden_global\.klp\.vmlinux\n\t\.quad\t\.Lklpcc_file0\n\t\.long\t9, 13, 16, 2$} } } */
