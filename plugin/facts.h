/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts: what a message about a name or a type of the target is worded from.
 *
 * They are gathered by those who know the unit and the index, and say what is the case; the
 * files of diagnose.h put them into words and ask nobody. Strings are borrowed, but for those
 * that klpcc_type_difference and klpcc_layout_difference own.
 */
#ifndef KLPCC_FACTS_H
#define KLPCC_FACTS_H

#include "gcc-compat.h"

/* What differs first between a declaration and the target's. */
struct klpcc_type_difference {
	enum {
		NONE,
		FUNCTION, /* one is a function, the other a variable; here: 1 for ours */
		PARAMETERS, /* how many */
		VARIADIC,   /* here: 1 when ours is */
		TYPE,       /* of the place */
		SIZE,       /* the same, bytes: the types go by the same words */
	} what;
	unsigned int parameter; /* the place: 1 for the first; 0: what is returned, or the
				 * variable itself */
	uint64_t here, there;
	tree here_type;      /* of the place */
	uint32_t there_type; /* the same */
	char letter; /* of kallsyms, when nothing else tells that it differs; else 0 */
	/* As C, malloc()ed: the types of the place, or NULL; both declarations. */
	char *here_text, *there_text, *own, *target;
};

/* What differs first between a struct, union or enum and the target's. */
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
	tree type;
	location_t location;      /* of the member, or of the type */
	const char *here, *there; /* names of the members; NULL where there is none */
	int64_t here_number, there_number;
	char *there_text; /* the target's member, as C, malloc()ed; NULL where there is none */
	int64_t there_offset; /* its bits, or its value */
	uint64_t target_size; /* bytes of the target's type */
	/* A module that the unit is not known to be for, with a type of that name, or NULL. */
	const char *module;
};

#endif
