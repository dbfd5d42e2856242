/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The matcher: is the object of a source file what the kernel was made of?
 *
 * Every function and variable of the file is looked for in vmlinux or in a module, and compared
 * byte for byte. What the link fills in is compared by what it refers to.
 */
#ifndef KLPCC_MATCH_H
#define KLPCC_MATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../index/index.h"
#include "../lib/error.h"
#include "kernel.h"

enum klpcc_match_state {
	KLPCC_MATCH_SAME,
	KLPCC_MATCH_WEAK,      /* weak, and the kernel uses another file's definition */
	KLPCC_MATCH_ABSENT,    /* the kernel has nothing of that name */
	KLPCC_MATCH_DIFFERENT, /* it is there, and is not the same */
};
#define KLPCC_MATCH_STATES 4

/* A function or a variable of the file. */
struct klpcc_match_symbol {
	char *name;
	bool function;
	uint8_t binding; /* STB_* */
	enum klpcc_match_state state;
	bool moved;    /* it differs only in that it is elsewhere than its section says */
	uint64_t size; /* bytes */
	/* The kernel has a symbol of that name, the one that is meant: */
	bool named;
	bool init;       /* it is in init memory */
	uint32_t sympos; /* as the kernel counts */
	uint64_t
		address; /* in vmlinux the link address; in a module from the section's start */
	char *section; /* of the module; NULL in vmlinux */
	/* With KLPCC_MATCH_DIFFERENT: the first difference, in words. */
	char *difference;
	char *code; /* the instructions there, lines of text; of one function at most */
};

/* The verdict on one file. All strings are its own. */
struct klpcc_match_result {
	char *object;                       /* "vmlinux", or a module's name */
	const char *machine;                /* "x86_64"; static */
	struct klpcc_match_symbol *symbols; /* as in the file's symbol table */
	size_t symbol_count;
	/* Of other files of the object, which this one refers to; state is KLPCC_MATCH_SAME. */
	struct klpcc_match_symbol *externals;
	size_t external_count;
	size_t functions[KLPCC_MATCH_STATES];
	/* What differs besides functions and variables: one line each. */
	char **others;
	size_t other_count;
	bool matches;
};

/*
 * Compares one file with the kernel. in: "vmlinux" or a module's name; NULL: where most of
 * its names are. Fails where there is no verdict: the file cannot be read, is of another
 * machine, or the object is missing.
 */
struct klpcc_error *klpcc_match_run(struct klpcc_match_kernel *kernel, const char *path,
				    const char *in,
				    struct klpcc_match_result *ret) KLPCC_MUST_CHECK;
/* The same over bytes in memory; label is how messages name them. data is borrowed. */
struct klpcc_error *
klpcc_match_run_memory(struct klpcc_match_kernel *kernel, const char *label,
		       const void *data, size_t size, const char *in,
		       struct klpcc_match_result *ret) KLPCC_MUST_CHECK;
void klpcc_match_result_deinit(struct klpcc_match_result *result);

#endif
