/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Makes small kernel images for the tests: kallsyms tables in every layout that a kernel has
 * had since 5.10, export tables, banner and build id, in an ELF file of either byte order.
 * Written from the kernel's side (scripts/kallsyms.c), not from the reader's.
 */
#ifndef GENERATE_H
#define GENERATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Kernels that differ in their tables; each stands for all up to the next. */
enum generate_kernel {
	GENERATE_5_10_ABSOLUTE,
	GENERATE_5_10_BASE,
	GENERATE_5_10_PERCPU,
	GENERATE_6_1, /* two-byte lengths; per-cpu, as x86 has it, here and below */
	GENERATE_6_2, /* seqs_of_names before the tokens */
	GENERATE_6_4, /* offsets behind the tokens */
	GENERATE_6_4_ABSOLUTE,
	GENERATE_6_15, /* no per-cpu symbols at zero any more */
	GENERATE_7_0,  /* offsets from their own place */
	GENERATE_KERNELS,
};

struct generate_options {
	enum generate_kernel kernel;
	bool big_endian;
	size_t count;     /* symbols; 512 at least is what a reader takes */
	bool no_sections; /* of the ELF file */
	bool flags;       /* __kflagstab in place of __ksymtab_gpl */
	bool absolute;    /* exports are addresses, as s390 has them, not relative */
	/* Addresses are zeros, and dynamic relocations tell them; for what is big-endian. */
	bool relocations;
	bool seals;     /* functions that lost their ENDBR; not for what is big-endian */
	bool code_only; /* kallsyms has no data, save for marks of the linker script */
};

struct generated {
	unsigned char *data;
	size_t size;
	/* Offsets in data; of the tables and, in an ELF file, of other things. */
	size_t num_syms, names, markers, token_table, token_index, values, base;
	size_t banner, ksymtab, strings, segment, segment_end;
	size_t dynsym, rela, rela_end; /* 0: no relocations */
	size_t seals_header;           /* of the section; 0: none */
};

/* Link address of the segment, and how long it is in memory. */
#define GENERATE_ADDRESS 0xffffffff81000000ull
#define GENERATE_MEMORY 0x800000ull
#define GENERATE_PERCPU 0x1000ull
/* Symbol i, save for those of per-cpu data: three share an address. */
#define GENERATE_SYMBOL(i) (GENERATE_ADDRESS + 0x1000 + (i) / 3 * 96)
#define GENERATE_RELEASE "6.1.0-99-test"
#define GENERATE_BUILD_ID                                                              \
	"\x01\x23\x45\x67\x89\xab\xcd\xef\x01\x23\x45\x67\x89\xab\xcd\xef\x01\x02\x03" \
	"\x04"
#define GENERATE_EXPORTS 6
/* The symbols at these two addresses are sealed where any are. */
#define GENERATE_SEAL_1 GENERATE_SYMBOL(60)
#define GENERATE_SEAL_2 GENERATE_SYMBOL(30)

const char *generate_name(enum generate_kernel kernel);

/* Symbol number i of the table: at most 300 bytes of name. */
void generate_symbol(const struct generate_options *options, size_t i, char *name,
		     char *letter, uint64_t *address);
/* Export number i; *namespace_ is NULL when it has none. */
void generate_export(size_t i, const char **name, bool *gpl, const char **namespace_);

/* The tables alone, as a piece that begins at GENERATE_ADDRESS. Ends on failure. */
struct generated generate_tables(const struct generate_options *options);
/* A whole ELF file. */
struct generated generate_image(const struct generate_options *options);

#endif
