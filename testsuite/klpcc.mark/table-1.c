/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The reference table: a record for each mark, with the place of the first use in the
 * source and the kinds of use: call 1, address 2, data 4, explicit 8, asm 16.
 */
/* { dg-do assemble } */
/* { dg-additional-files "table.h" } */
/* { dg-options "-I%D" } */

#include "table.h"

extern int twice(void) __attribute__((klp_sympos(2)));
extern long hidden_array[4] __attribute__((klp_used));

int second(int value)
{
	int a = hidden_function(value);

	return a + hidden_function(a) + twice() + hidden_variable;
}

int (*pointer)(int) = hidden_function;
int (*only_pointer)(int) = hidden_global;

/* { dg-final { scan-assembler {\.quad\thidden_function\.klp\.vmlinux\n\t\.quad\t\.Lklpcc_file1\n\t\.long\t17, 10, 3, 2$} } } */
/* { dg-final { scan-assembler {\.quad\ttwice\.klp\.vmlinux\.2\n\t\.quad\t\.Lklpcc_file1\n\t\.long\t19, 34, 9, 2$} } } */
/* { dg-final { scan-assembler {\.quad\thidden_variable\.klp\.vmlinux\n\t\.quad\t\.Lklpcc_file0\n\t\.long\t9, 9, 4, 2$} } } */
/* { dg-final { scan-assembler {\.quad\thidden_global\.klp\.vmlinux\n\t\.quad\t\.Lklpcc_file1\n\t\.long\t23, 7, 2, 2$} } } */
/* { dg-final { scan-assembler {\.quad\thidden_array\.klp\.vmlinux\n\t\.quad\t\.Lklpcc_file1\n\t\.long\t13, 13, 20, 2$} } } */
/* { dg-final { scan-assembler {^\.Lklpcc_file1:\n\t\.string\t"[^"]*table-1\.c"$} } } */
/* { dg-final { scan-assembler {^\.Lklpcc_file0:\n\t\.string\t"[^"]*table\.h"$} } } */
/* { dg-final { scan-sections {\.comment\.klpcc\.refs PROGBITS 0+ [0-9a-f]+ 0000a0 00 0 0 8$} } } */
/* { dg-final { scan-sections {\.comment\.klpcc\.strings PROGBITS 0+ [0-9a-f]+ [0-9a-f]+ 00 0 0 1$} } } */
/* { dg-final { scan-relocs {^0*20 [0-9a-f]+ R_(X86_64|390)_64 0+ hidden_function\.klp\.vmlinux \+ 0\n0*28 [0-9a-f]+ R_(X86_64|390)_64 0+ \.comment\.klpcc\.strings \+ [1-9a-f][0-9a-f]*$} } } */
