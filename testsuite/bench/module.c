// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Writes the assembler text of a patch module of any size, as an input of `klpcc link`: so
 * many relocations over so many sections, which name so many marks in turn, and a reference
 * table as the plugin leaves it. Or the kallsyms of a kernel that has these symbols.
 *
 *	module RELOCATIONS SECTIONS SYMBOLS
 *	module kallsyms SYMBOLS
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_modinfo(void)
{
	printf("\t.section .modinfo, \"a\", @progbits\n"
	       "\t.asciz \"license=GPL\"\n\t.asciz \"livepatch=Y\"\n"
	       "\t.asciz \"vermagic=6.1.0-bench SMP preempt mod_unload modversions \"\n");
}

static void print_marks(unsigned long symbols)
{
	for (unsigned long i = 0; i < symbols; i++)
		printf("\t.weak bench_symbol_%06lu.klp.vmlinux\n", i);
	printf("\t.section .comment.klpcc.strings, \"\", @progbits\n"
	       ".Lfile:\n\t.asciz \"patch.c\"\n"
	       "\t.section .comment.klpcc.refs, \"\", @progbits\n\t.balign 8\n");
	for (unsigned long i = 0; i < symbols; i++)
		printf("\t.quad bench_symbol_%06lu.klp.vmlinux, .Lfile\n"
		       "\t.long %lu, 1, 1, 1\n",
		       i, i + 1);
}

/* A call, an address relative to the instruction, a pointer. */
static void print_relocation(unsigned long number, unsigned long symbol)
{
	static const char *const forms[] = {
		"\tcall bench_symbol_%06lu.klp.vmlinux\n",
		"\tleaq bench_symbol_%06lu.klp.vmlinux(%%rip), %%rax\n",
		"\t.quad bench_symbol_%06lu.klp.vmlinux\n",
	};

	/* Each of them is a literal above. */
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	printf(forms[number % 3], symbol);
}

static void print_sections(unsigned long relocations, unsigned long sections,
			   unsigned long symbols)
{
	for (unsigned long section = 0; section < sections; section++) {
		printf("\t.section .text.f%lu, \"ax\", @progbits\n", section);
		for (unsigned long i = section; i < relocations; i += sections)
			print_relocation(i, i % symbols);
		printf("\tret\n");
	}
}

static void print_kallsyms(unsigned long symbols)
{
	for (unsigned long i = 0; i < symbols; i++)
		printf("%016lx t bench_symbol_%06lu\n", 0xffffffff81000000 + i * 16, i);
}

int main(int argc, char **argv)
{
	unsigned long numbers[3] = { 0, 0, 0 };

	if (argc == 3 && !strcmp(argv[1], "kallsyms")) {
		print_kallsyms(strtoul(argv[2], NULL, 10));
		return 0;
	}
	for (int i = 0; i < 3 && i + 1 < argc; i++)
		numbers[i] = strtoul(argv[i + 1], NULL, 10);
	if (argc != 4 || !numbers[1] || !numbers[2]) {
		fprintf(stderr, "Usage: module RELOCATIONS SECTIONS SYMBOLS\n"
				"       module kallsyms SYMBOLS\n");
		return 2;
	}
	print_modinfo();
	print_marks(numbers[2]);
	print_sections(numbers[0], numbers[1], numbers[2]);
	return 0;
}
