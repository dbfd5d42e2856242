/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a livepatch cannot bring to the kernel, and a person may allow to stay as it is there.
 */
#ifndef KLPCC_PATCH_ALLOW_H
#define KLPCC_PATCH_ALLOW_H

#include <stdbool.h>
#include <stdio.h>

/* Each has a name for --allow. The plugin has switches by the names of the first ones. */
enum klpcc_patch_kind {
	KLPCC_PATCH_ASM,
	KLPCC_PATCH_DATA,
	KLPCC_PATCH_ENTRY,
	KLPCC_PATCH_INLINED,
	KLPCC_PATCH_PROTOTYPE,
	KLPCC_PATCH_STATE,
	KLPCC_PATCH_STATIC_KEY,
	KLPCC_PATCH_STRUCT,
	KLPCC_PATCH_EXIT,
	KLPCC_PATCH_INIT,
	KLPCC_PATCH_NOTRACE,
};

/* A set of kinds: 1 << KIND each. Adds one to it by its name; false: there is none. */
bool klpcc_patch_allow(unsigned int *kinds, const char *name);
bool klpcc_patch_is_allowed(unsigned int kinds, enum klpcc_patch_kind kind);

/* Prints " OPTION" for the plugin, for each of its kinds. */
void klpcc_patch_print_allowed(FILE *stream, unsigned int kinds);

/* All names, "asm, data, ...". */
extern const char klpcc_patch_kinds[];

#endif
