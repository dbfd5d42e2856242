/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Plan: what is known of one source file of the kernel that runs, for a unit that is
 * compiled in its place: the symbols that the kernel has of it, the observation of the
 * original, and which functions are to be replaced. `klpcc match` writes it (docs/format.md
 * has the members), the plugin reads it.
 *
 * json-c parses; reading checks every member before anything is done with it. All strings belong
 * to the plan and live until klpcc_plan_free().
 */
#ifndef KLPCC_PLAN_H
#define KLPCC_PLAN_H

#ifndef __cplusplus
#include <stdbool.h>
#endif
#include <stddef.h>
#include <stdint.h>

#include "../lib/error.h"

#ifdef __cplusplus
extern "C" {
#endif

#define KLPCC_PLAN_FORMAT "klpcc plan"
#define KLPCC_PLAN_VERSION 1
#define KLPCC_OBSERVATION_FORMAT "klpcc observation"
#define KLPCC_OBSERVATION_VERSION 1

enum klpcc_plan_state {
	KLPCC_PLAN_SAME,     /* the kernel's is the file's, byte for byte */
	KLPCC_PLAN_WEAK,     /* the kernel's is another file's: this one is weak */
	KLPCC_PLAN_INIT,     /* the file's, in memory that is freed after start-up */
	KLPCC_PLAN_EXTERNAL, /* of another file; the original refers to it */
};

struct klpcc_plan_symbol {
	const char *name;
	bool is_function;
	enum klpcc_plan_state state;
	const char *object; /* of the kernel: that has it */
	uint32_t sympos;    /* in the object; 0: unique */
};

struct klpcc_plan_import {
	const char *name;
	const char *exporter; /* the object that exports it */
};

struct klpcc_plan_macro {
	const char *name;
	const char *text;
};

/* The observation of the original. Names are those of the source; labels the assembler's. */
struct klpcc_plan_function {
	const char *name;
	const char *label;
	const char *type; /* the declaration as C; NULL: it is static */
	bool is_static;
	bool address_taken;
	bool fentry; /* ftrace has a place in it */
	bool init;
	bool exit;                /* it runs when its module is unloaded */
	bool gone;                /* it has no code of its own */
	const char *file;         /* where its source is; NULL: not known */
	uint32_t line, last_line; /* there; 0: not known */
	const char *alias_of;     /* label; NULL: it is no alias */
	const char *merged_with;  /* label of one with the same code; NULL: none */
};

/* Two names, in the order in which the lists below say what they are. */
struct klpcc_plan_pair {
	const char *first;
	const char *second;
};

struct klpcc_plan_static {
	const char *function;
	const char *name;
	uint32_t
		ordinal; /* among the static variables of that name in that function, from 0 */
	const char *label; /* NULL: the assembler never saw it */
	uint64_t initializer;
};

struct klpcc_plan_variable {
	const char *name;
	const char *label;
	bool gone;           /* it has no memory: GCC used its value */
	const char *section; /* NULL: none was given */
	uint64_t initializer;
};

/* Of an enum: a value. */
struct klpcc_plan_member {
	const char *name;
	uint64_t offset;  /* bits */
	uint64_t size;    /* bits */
	const char *type; /* NULL: this is a value */
	int64_t value;
};

struct klpcc_plan_layout {
	const char *name; /* "struct x" */
	uint64_t size;    /* bytes */
	struct klpcc_plan_member *members;
	size_t members_count;
};

struct klpcc_plan {
	struct json_object *root; /* owns all strings */
	const char *release;
	const char *index;  /* digest of the index that it was made with */
	const char *source; /* the file, as in the kernel's tree */
	const char *object; /* of the kernel, that the file is part of */
	const char **replace;
	size_t replace_count;
	struct klpcc_plan_symbol
		*symbols; /* by name; several of one name may be external */
	size_t symbols_count;
	struct klpcc_plan_import *imports;
	size_t imports_count;
	const char **namespaces;
	size_t namespaces_count;
	const char **flags;
	size_t flags_count;
	struct klpcc_plan_macro *macros;
	size_t macros_count;
	struct klpcc_plan_function *functions;
	size_t functions_count;
	struct klpcc_plan_pair *calls; /* caller, callee */
	size_t calls_count;
	struct klpcc_plan_pair *inlined; /* function, into */
	size_t inlined_count;
	struct klpcc_plan_pair *clones; /* clone, function */
	size_t clones_count;
	struct klpcc_plan_static *statics;
	size_t statics_count;
	struct klpcc_plan_variable *variables;
	size_t variables_count;
	uint64_t *asms; /* top-level asm statements, by their texts */
	size_t asms_count;
	struct klpcc_plan_layout *layouts;
	size_t layouts_count;
};

/* Fails, with the member and the entry, when the file is no plan. */
struct klpcc_error *klpcc_plan_read(const char *path,
				    struct klpcc_plan **ret) KLPCC_MUST_CHECK;
/* The same over bytes in memory; label: how messages name them, borrowed for the call. */
struct klpcc_error *klpcc_plan_parse(const char *label, const void *data, size_t size,
				     struct klpcc_plan **ret) KLPCC_MUST_CHECK;
void klpcc_plan_free(struct klpcc_plan *plan);

/* By the assembler's name; NULL when the kernel has none of the file's. O(log symbols). */
const struct klpcc_plan_symbol *klpcc_plan_find_symbol(const struct klpcc_plan *plan,
						       const char *name);

#ifdef __cplusplus
}
#endif
#endif
