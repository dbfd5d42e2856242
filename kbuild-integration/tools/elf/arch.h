/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the tools know about a machine: one table for each, and no #ifdef anywhere else.
 *
 * The final link asks which relocations the kernel's module loader can apply, and which
 * sections of a module it has used up before it applies those that wait for another module.
 */
#ifndef KLPCC_ARCH_H
#define KLPCC_ARCH_H

#include <stdbool.h>
#include <stdint.h>

struct klpcc_special_section {
	const char *name; /* NULL ends a list */
	bool prefix;      /* any section whose name begins so */
	bool any_gate;    /* not even relocations that are applied early arrive in time */
	const char *reason; /* a clause: what the kernel does with the section before */
};

struct klpcc_arch {
	uint16_t machine; /* e_machine */
	const char *name;
	uint32_t absolute; /* relocation type: 64 bits, symbol + addend */
	/*
	 * True when the module loader applies relocations of this type. *width: how many
	 * bytes it writes at the offset.
	 */
	bool (*applies)(uint32_t type, unsigned int *width);
	const char *(*relocation_name)(uint32_t type); /* NULL when unknown */
	/* What to do about a type that the module loader does not apply; a clause. */
	const char *advice;
	const struct klpcc_special_section *special_sections;
};

extern const struct klpcc_arch klpcc_arch_x86_64;

/* NULL for a machine that is not supported. */
const struct klpcc_arch *klpcc_arch_find(uint16_t machine);

#endif
