/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From a fix to a livepatch: `klpcc patch`. Each changed file is compiled as it was and as it is
 * now. What differs, function by function, decides what the livepatch replaces.
 */
#ifndef KLPCC_PATCH_H
#define KLPCC_PATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "../lib/error.h"

struct klpcc_patch_request {
	const char *release;
	char *const *diffs; /* paths of the fix, in the order in which they apply */
	size_t diff_count;
	/* What is not given, NULL, is looked for. */
	const char *tree;    /* a tree of the kernel's source */
	const char *source;  /* what to make that tree of */
	const char *headers; /* directory that modules are built with */
	const char *image, *modules, *index;
	/*
	 * Directory of modules that are built outside of the kernel's tree, which the fix is for;
	 * NULL: it is for the tree. And the file of one that is not among modules.
	 */
	const char *module_dir, *module_file;
	/*
	 * Files that include a header of the fix, by their names in the tree: no others get it as
	 * it is now. None: all do.
	 */
	char *const *users;
	size_t user_count;
	const char *output;   /* directory to make */
	const char *form;     /* "object", "mainline" */
	unsigned int allowed; /* kinds of allow.h */
	bool no_replace;      /* livepatches that are enabled stay */
	bool explain;         /* decide only */
	const char *test;     /* a shell script to try the livepatch with; NULL: none */
	const char *
		limit; /* its seconds without a sign of life, in digits; NULL: a default */
	bool quiet;
};

/* A function that is replaced. */
struct klpcc_patch_choice {
	char *name;
	char *why;
	/* For messages, see touched.h. */
	bool differs, lines_changed;
};

/* In the order of the kernel's struct klp_callbacks. */
#define KLPCC_CALLBACK_KINDS 4

/* A file of the kernel that the fix changes. Strings are its own. */
struct klpcc_patch_unit {
	char *source;  /* as in the tree: "fs/fcntl.c"; or in module_dir */
	char *name;    /* of its files in the output: "fs-fcntl" */
	char *object;  /* of the kernel, that has it: "vmlinux" */
	bool includes; /* it is as it was; a header of it changes */
	char *changed; /* path of the changed source */
	char *plan;    /* path of its plan, temporary */
	struct klpcc_patch_choice *choices; /* by name */
	size_t choice_count, choice_capacity;
	/* Its symbols' positions, as the kernel counts; one for each choice. */
	unsigned int *positions;
	/* The global functions that the kernel is to call, one of each kind; NULL: none. */
	char *callbacks[KLPCC_CALLBACK_KINDS];
	/*
	 * Others than the choices may contain old code of one: where it is the same with the fix,
	 * as what they pass to it leaves out what changes.
	 */
	bool copies;
	/* Another unit replaces a function of the same name: those of this one have a prefix. */
	bool prefixed;
	/* Why no livepatch can be made of it; the plugin says so with the place. NULL: one can. */
	char *refusal;
};

/* A file of the fix that is left out. */
struct klpcc_patch_left {
	char *file, *why;
};

/* What a run does, in this order. */
enum klpcc_patch_phase {
	KLPCC_PATCH_INDEX,
	KLPCC_PATCH_TREE,
	KLPCC_PATCH_FIX,       /* is applied */
	KLPCC_PATCH_ORIGINALS, /* are proved to be the kernel's */
	KLPCC_PATCH_COMPARE,   /* decides what is replaced */
	KLPCC_PATCH_BUILD,
	KLPCC_PATCH_VERIFY,
	KLPCC_PATCH_PHASES,
};

struct klpcc_patch {
	char *release;
	char *name;   /* of the module: "livepatch-fix" */
	char *output; /* directory that was made, absolute; NULL with explain */
	char *module; /* path of the module; NULL with explain */
	char *compat; /* directory of headers for fixes that were written for other tools */
	struct klpcc_patch_unit *units;
	size_t unit_count;
	struct klpcc_patch_left *left;
	size_t left_count, left_capacity;
	double seconds[KLPCC_PATCH_PHASES];
	size_t proved;               /* functions of the originals */
	size_t exported, unexported; /* symbols that the module takes from the kernel */
	bool resolver;               /* klpcc_resolver.ko must be loaded before it */
	size_t relocations;          /* klp ones, that were checked */
	char *doubt; /* why it cannot be told whether the module loads; NULL: it does */
};

/*
 * Makes the livepatch, or with explain only decides. On failure the output is what it was before,
 * unless it was the build that failed: then it is the new directory, without a module. stop.h says
 * what signals do.
 */
struct klpcc_error *klpcc_patch_make(const struct klpcc_patch_request *request,
				     struct klpcc_patch *ret) KLPCC_MUST_CHECK;
void klpcc_patch_deinit(struct klpcc_patch *patch);

/* phases.c: what a phase is called, in one word. */
const char *klpcc_patch_phase_name(enum klpcc_patch_phase phase);

/* print.c: which functions are replaced, and why; and of a module, what it is and what is next. */
struct klpcc_error *klpcc_patch_print(FILE *stream,
				      const struct klpcc_patch *patch) KLPCC_MUST_CHECK;
struct klpcc_error *
klpcc_patch_print_json(FILE *stream, const struct klpcc_patch *patch) KLPCC_MUST_CHECK;

#endif
