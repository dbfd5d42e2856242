/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The livepatches that a kernel has, whoever made them, as /sys tells of them.
 */
#ifndef KLPCC_LIVE_PATCHES_H
#define KLPCC_LIVE_PATCHES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lib/error.h>

#define KLPCC_RESOLVER "klpcc_resolver"

enum klpcc_patch_state {
	KLPCC_PATCH_LOADING, /* its init has not ended */
	KLPCC_PATCH_ENABLED,
	KLPCC_PATCH_ENABLING,  /* in transition */
	KLPCC_PATCH_DISABLING, /* the same, the other way */
	/* The kernel has let go of it, and its module is still there. */
	KLPCC_PATCH_REPLACED, /* while another patch, which came later, is enabled */
	KLPCC_PATCH_DISABLED,
	/*
	 * The module cannot be removed. Where a transition was forced the kernel keeps it until the
	 * next boot, as a task may still run its code; or something has it in use.
	 */
	KLPCC_PATCH_KEPT,
};

/* How the places that need an address of the kernel are filled in. */
enum klpcc_patch_form {
	KLPCC_PATCH_PLAIN,    /* there are none */
	KLPCC_PATCH_OBJECT,   /* by the resolver */
	KLPCC_PATCH_MAINLINE, /* by the kernel */
};

struct klpcc_patched_function {
	char *name;
	unsigned long
		position; /* sympos, from 1 on: of one that is unique, too, it is 1 */
	uint64_t address; /* 0: not known (kallsyms.h) */
};

struct klpcc_patched_object {
	char *name;   /* of a module, or "vmlinux" */
	bool patched; /* false: it waits for its module */
	struct klpcc_patched_function *functions;
	size_t count, capacity;
};

struct klpcc_live_patch {
	char *name; /* of its module */
	enum klpcc_patch_state state;
	enum klpcc_patch_form form;
	long references; /* to its module; -1: not known */
	/* The resolver's relocations that are there, and that wait; -1: not known */
	long applied, waiting;
	char *origin;  /* what KLPCC_ORIGIN of klpcc.h said; NULL: nothing */
	char *version; /* MODULE_VERSION; NULL: none */
	struct klpcc_patched_object *objects;
	size_t count, capacity;
};

struct klpcc_live_patches {
	struct klpcc_live_patch *patches; /* in the order in which they were loaded */
	size_t count, capacity;
};

/* Reads all. What a user may not read is left out, as the comments above say. */
struct klpcc_error *klpcc_patches_read(struct klpcc_live_patches *ret) KLPCC_MUST_CHECK;
void klpcc_patches_deinit(struct klpcc_live_patches *patches);

/* NULL: there is none of that name. */
const struct klpcc_live_patch *
klpcc_patches_find(const struct klpcc_live_patches *patches, const char *name);

/* "enabled" and so on. */
const char *klpcc_patch_state_name(enum klpcc_patch_state state);
/* "object", "mainline"; NULL for a plain one. */
const char *klpcc_patch_form_name(enum klpcc_patch_form form);

#endif
