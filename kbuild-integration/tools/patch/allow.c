// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a person may allow: see allow.h.
 */
#include "allow.h"

#include <string.h>

const char klpcc_patch_kinds[] =
	"asm, data, entry, exit, init, inlined, notrace, prototype, state, static-key, struct";

static const struct {
	const char *name;
	bool plugin; /* it has a switch for it */
} kinds_list[] = {
	[KLPCC_PATCH_ASM] = { "asm", true },
	[KLPCC_PATCH_DATA] = { "data", true },
	[KLPCC_PATCH_ENTRY] = { "entry", true },
	[KLPCC_PATCH_INLINED] = { "inlined", true },
	[KLPCC_PATCH_PROTOTYPE] = { "prototype", true },
	[KLPCC_PATCH_STATE] = { "state", true },
	[KLPCC_PATCH_STATIC_KEY] = { "static-key", true },
	[KLPCC_PATCH_STRUCT] = { "struct", true },
	[KLPCC_PATCH_EXIT] = { "exit", false },
	[KLPCC_PATCH_INIT] = { "init", false },
	[KLPCC_PATCH_NOTRACE] = { "notrace", false },
};

#define KIND_COUNT (sizeof(kinds_list) / sizeof(kinds_list[0]))

bool klpcc_patch_allow(unsigned int *kinds, const char *name)
{
	for (size_t i = 0; i < KIND_COUNT; i++)
		if (!strcmp(kinds_list[i].name, name)) {
			*kinds |= 1u << i;
			return true;
		}
	return false;
}

bool klpcc_patch_is_allowed(unsigned int kinds, enum klpcc_patch_kind kind)
{
	return kinds & 1u << kind;
}

void klpcc_patch_print_allowed(FILE *stream, unsigned int kinds)
{
	for (size_t i = 0; i < KIND_COUNT; i++)
		if (kinds_list[i].plugin && kinds & 1u << i)
			fprintf(stream, " -fplugin-arg-klpcc-no-warn-%s",
				kinds_list[i].name);
}
