/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The source file of each symbol of an ELF file, by its symbol table (STT_FILE) and its DWARF.
 */
#ifndef KLPCC_SOURCE_FILES_H
#define KLPCC_SOURCE_FILES_H

#include "../elf/elf.h"

struct klpcc_dwarf;

struct klpcc_source_files {
	/*
	 * By symbol number: a path where DWARF tells ("net/ipv4/tcp.c"), else for local symbols
	 * what STT_FILE has, which is a base name; NULL when neither does.
	 */
	const char **paths;
	size_t count;
	struct klpcc_dwarf *dwarf; /* private; owns the paths */
};

/* dwarf: use the DWARF, too. The strings live as long as elf and ret. */
struct klpcc_error *
klpcc_source_files_init(struct klpcc_elf *elf, bool dwarf,
			struct klpcc_source_files *ret) KLPCC_MUST_CHECK;
void klpcc_source_files_deinit(struct klpcc_source_files *files);

#endif
