/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The symbol table that a running kernel carries in its .rodata, decoded from the bytes of
 * its image. No symbol says where the tables are: they are found by their structure, and
 * accepted only when all of them agree.
 */
#ifndef KLPCC_KALLSYMS_TABLE_H
#define KLPCC_KALLSYMS_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../lib/error.h"

struct klpcc_address_range {
	uint64_t start, end; /* end is not inside, but a symbol may be there */
};

struct klpcc_kallsyms_input {
	const unsigned char *data; /* one piece of the image that contains the tables */
	size_t size;
	uint64_t address; /* link address of data[0], a multiple of 8 */
	bool big_endian;
	/* Where the kernel is in memory, to tell addresses from other numbers. */
	const struct klpcc_address_range *ranges;
	size_t range_count;
};

struct klpcc_kallsyms_symbol {
	uint64_t address; /* link address; in a kernel before 6.15 that of a per-cpu
			   * variable is the offset in the per-cpu area */
	size_t name;      /* offset in the table's strings */
	char letter;      /* as /proc/kallsyms prints it */
};

struct klpcc_kallsyms {
	struct klpcc_kallsyms_symbol *symbols; /* in the kernel's order */
	size_t count;
	char *strings;
};

/*
 * Finds and decodes the tables. *found is false, and ret is not touched, when the piece
 * contains nothing like them; tables that contradict each other are an error, which names
 * no file.
 */
struct klpcc_error *klpcc_kallsyms_decode(const struct klpcc_kallsyms_input *input,
					  struct klpcc_kallsyms *ret,
					  bool *found) KLPCC_MUST_CHECK;
void klpcc_kallsyms_deinit(struct klpcc_kallsyms *kallsyms);

/*
 * Address of the first symbol of that name. Takes no NULL; false when there is none. Goes
 * through all of the table.
 */
bool klpcc_kallsyms_find(const struct klpcc_kallsyms *kallsyms, const char *name,
			 uint64_t *address);

#endif
