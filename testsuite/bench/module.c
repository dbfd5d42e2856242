// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Writes the assembler text of a patch module of any size, as an input of `klpcc link`: so
 * many relocations over so many sections, which name so many marks in turn, and a reference
 * table as the plugin leaves it. Or the kallsyms of a kernel that has these symbols.
 *
 *	module MACHINE RELOCATIONS SECTIONS SYMBOLS [INDEX]
 *	module kallsyms SYMBOLS
 *
 * INDEX: of a real kernel, which then has the symbols; the text is a part of a module, without .modinfo.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "index/index.h"
#include "lib/error.h"

/* The kernel that has the symbols, and the numbers of their names in it; NULL: none real. */
static struct klpcc_index *kernel;
static uint32_t *names;

static void must(struct klpcc_error *err)
{
	if (!err)
		return;
	fprintf(stderr, "module: %s\n", err->message);
	exit(1);
}

/* One function of vmlinux has the name, nothing exports it, and a mark may have it. */
static bool is_markable(const struct klpcc_index_name *name)
{
	struct klpcc_index_symbol symbol;

	if (name->symbols != 1 || name->exports || strpbrk(name->name, ".,@$") ||
	    !strncmp(name->name, "__", 2))
		return false;
	must(klpcc_index_symbol(kernel, name->first_symbol, &symbol));
	return !symbol.object && !symbol.init &&
	       (symbol.kallsyms_type == 't' || symbol.kallsyms_type == 'T');
}

/* From all over the index: neighbours would share its pages. */
static void read_names(const char *path, unsigned long symbols)
{
	unsigned long found = 0;

	must(klpcc_index_open(path, &kernel));
	names = calloc(klpcc_index_names(kernel), sizeof(*names));
	if (!names)
		must(klpcc_error_nomem());
	for (uint32_t i = 0; i < klpcc_index_names(kernel); i++) {
		struct klpcc_index_name name;

		must(klpcc_index_name_at(kernel, i, &name));
		if (is_markable(&name))
			names[found++] = i;
	}
	if (found < symbols) {
		fprintf(stderr, "module: %s has only %lu such symbols\n", path, found);
		exit(1);
	}
	for (unsigned long i = 0; i < symbols; i++)
		names[i] = names[i * found / symbols];
}

static void print_mark(unsigned long symbol)
{
	struct klpcc_index_name name;

	if (!kernel) {
		printf("bench_symbol_%06lu.klp.vmlinux", symbol);
		return;
	}
	must(klpcc_index_name_at(kernel, names[symbol], &name));
	printf("%s.klp.vmlinux", name.name);
}

static void print_modinfo(void)
{
	printf("\t.section .modinfo, \"a\", @progbits\n"
	       "\t.asciz \"license=GPL\"\n\t.asciz \"livepatch=Y\"\n"
	       "\t.asciz \"vermagic=6.1.0-bench SMP preempt mod_unload modversions \"\n");
}

static void print_marks(unsigned long symbols)
{
	for (unsigned long i = 0; i < symbols; i++) {
		printf("\t.weak ");
		print_mark(i);
		putchar('\n');
	}
	printf("\t.section .comment.klpcc.strings, \"\", @progbits\n"
	       ".Lfile:\n\t.asciz \"patch.c\"\n"
	       "\t.section .comment.klpcc.refs, \"\", @progbits\n\t.balign 8\n");
	for (unsigned long i = 0; i < symbols; i++) {
		printf("\t.quad ");
		print_mark(i);
		printf(", .Lfile\n\t.long %lu, 1, 1, 2\n", i + 1);
	}
}

struct machine {
	const char *name;
	const char *before[3], *behind[3]; /* the symbol; NULL: there are no more */
};

/* What the compiler makes of a call, an address and a pointer. */
static const struct machine machines[] = {
	{ "x86_64",
	  { "\tcall ", "\tleaq ", "\t.quad " },
	  { "\n", "(%rip), %rax\n", "\n" } },
	/* The link has to look at the code of both, and to change the second. */
	{ "s390x",
	  { "\tbrasl %r14, ", "\tlarl %r1, ", NULL },
	  { "@PLT\n", "@PLT\n", NULL } },
};

static const struct machine *find_machine(const char *name)
{
	for (size_t i = 0; i < sizeof(machines) / sizeof(machines[0]); i++)
		if (!strcmp(machines[i].name, name))
			return &machines[i];
	return NULL;
}

static void print_relocation(const struct machine *machine, unsigned long number,
			     unsigned long symbol)
{
	unsigned long form = number % (machine->before[2] ? 3 : 2);

	fputs(machine->before[form], stdout);
	print_mark(symbol);
	fputs(machine->behind[form], stdout);
}

static void print_sections(const struct machine *machine, unsigned long relocations,
			   unsigned long sections, unsigned long symbols)
{
	for (unsigned long section = 0; section < sections; section++) {
		printf("\t.section .text.f%lu, \"ax\", @progbits\n", section);
		for (unsigned long i = section; i < relocations; i += sections)
			print_relocation(machine, i, i % symbols);
		printf("\t.short 0\n");
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
	const struct machine *machine;

	if (argc == 3 && !strcmp(argv[1], "kallsyms")) {
		print_kallsyms(strtoul(argv[2], NULL, 10));
		return 0;
	}
	machine = argc == 5 || argc == 6 ? find_machine(argv[1]) : NULL;
	for (int i = 0; i < 3 && i + 2 < argc; i++)
		numbers[i] = strtoul(argv[i + 2], NULL, 10);
	if (!machine || !numbers[1] || !numbers[2]) {
		fprintf(stderr,
			"Usage: module MACHINE RELOCATIONS SECTIONS SYMBOLS [INDEX]\n"
			"       module kallsyms SYMBOLS\n");
		return 2;
	}
	if (argc == 6)
		read_names(argv[5], numbers[2]);
	else
		print_modinfo();
	print_marks(numbers[2]);
	print_sections(machine, numbers[0], numbers[1], numbers[2]);
	free(names);
	klpcc_index_close(kernel);
	return 0;
}
