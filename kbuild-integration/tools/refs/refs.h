/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The reference table that the compiler leaves in a unit, and that a module still has before the
 * final link (klp-ref.h): where in the source each mark comes from, and how it is used there.
 */
#ifndef KLPCC_REFS_H
#define KLPCC_REFS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../elf/arch.h"
#include "../elf/elf.h"

/* A record of the table; its number is its place in the array. */
struct klpcc_refs_record {
	uint32_t symbol;       /* number of the mark in the symbol table */
	const char *file;      /* in the model's memory */
	uint32_t line, column; /* from 1; 0 is unknown */
	uint32_t flags;        /* KLPCC_REF_* */
};

struct klpcc_refs {
	const struct klpcc_elf_section *section; /* NULL: there is no table */
	struct klpcc_refs_record *records;
	size_t count;
};

/* True for the name of any section that the compiler makes for the link. */
bool klpcc_refs_is_section(const char *name);
/* Fails when such a section is of the wrong kind or size. */
struct klpcc_error *
klpcc_refs_check_section(const struct klpcc_elf *elf,
			 const struct klpcc_elf_section *section) KLPCC_MUST_CHECK;

/* Reads the whole table; the caller frees it with klpcc_refs_deinit(). No table is no error. */
struct klpcc_error *klpcc_refs_read(struct klpcc_elf *elf, const struct klpcc_arch *arch,
				    struct klpcc_refs *ret) KLPCC_MUST_CHECK;
void klpcc_refs_deinit(struct klpcc_refs *refs);

/* "patch.c:12:5" or what is known of it, "" when nothing is, into buffer. 0 is unknown. */
void klpcc_refs_place(const char *file, uint32_t line, uint32_t column, char *buffer,
		      size_t size);

#endif
