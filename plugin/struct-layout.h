/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Layout: whether the structs, unions and enums that a patch's own files define are laid out as
 * the target's of the same name. Authors copy private ones out of the kernel's .c files, and a
 * copy of another release compiles without a word.
 */
#ifndef KLPCC_STRUCT_LAYOUT_H
#define KLPCC_STRUCT_LAYOUT_H

#include "types.h"

/* What differs first. */
struct klpcc_layout_difference {
	enum {
		NONE,
		NAME,    /* another member, or enumerator, in its place */
		OFFSET,  /* bits; of an enumerator: value */
		WIDTH,   /* bits of a member */
		FURTHER, /* a member that the target's does not have */
		MISSING, /* one that ours does not have */
		SIZE,    /* bytes of the whole */
	} what;
	location_t location;      /* of the member, or of the type */
	const char *here, *there; /* names of the members; NULL where there is none */
	int64_t here_number, there_number;
	char *there_text;     /* the target's member, as C; NULL where there is none */
	int64_t there_offset; /* its bits, or its value */
};

/* Remembers the types; does nothing when nothing will be compared. */
void klpcc_layout_register(const struct klpcc_unit *unit);

/* Reports what differs, once everything is known that the unit is for. */
void klpcc_layout_judge(const struct klpcc_unit *unit);

#endif
