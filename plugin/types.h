/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Types: whether what a patch declares is what the target has, by the target's BTF.
 *
 * A declaration that a patch's author copied is never checked by the compiler that made the
 * kernel: a parameter too few, or a struct of another release, shows when the machine crashes.
 * Asked at the end, by emit.cc, when it is known which symbols of the target the unit takes. What
 * differs is a warning; what BTF does not tell is none. struct-layout.cc does the same for the
 * types that the patch's own files define.
 */
#ifndef KLPCC_TYPES_H
#define KLPCC_TYPES_H

#include "unit.h"

/* C keeps tags and functions apart; C++ warns when one name is both. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#include "index/btf.h"
#pragma GCC diagnostic pop

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
};

/* Reports what differs in a symbol that is marked. */
void klpcc_types_judge(const struct klpcc_unit *unit, const struct klpcc_extern *entry);

/* The BTF of an object, opened once; NULL when it has none. Fatal when it is damaged. */
const struct klpcc_btf *klpcc_types_of(const struct klpcc_unit *unit, uint32_t object);

/*
 * "struct file *f": a declaration of name as C, in the words of klpcc_btf_declare(), so that the
 * two can be compared by eye. The caller's to free().
 */
char *klpcc_type_text(tree type, const char *name);

/* The tag of a struct, union or enum; "" when it has none. */
const char *klpcc_type_tag(tree type);

#endif
