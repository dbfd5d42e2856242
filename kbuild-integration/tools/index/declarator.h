/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Declarators: how C writes a type, for those who walk one: btf-text.c the target's BTF,
 * type-text.cc of the plugin GCC's trees. The texts of both appear in notes that a reader compares,
 * so that the rules are here, once, and a walker only says what comes next in its types.
 *
 * A declaration grows from its name outwards: the walker goes from the type itself to what it
 * points to, is an array of, or returns, and adds each on its way; the name of a type is the end.
 * After a lack of memory nothing more is done; klpcc_declarator_take() reports it.
 */
#ifndef KLPCC_DECLARATOR_H
#define KLPCC_DECLARATOR_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/error.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { KLPCC_CONST = 1, KLPCC_VOLATILE = 2 };

struct klpcc_declarator {
	char *text;   /* NULL after an error */
	int depth;    /* pointers, arrays and functions in each other that may be added */
	int types;    /* types that may be looked at */
	bool pointer; /* was added last */
	unsigned int parameters; /* of the function that is open */
};

/* name: what is declared; "" for a type alone. klpcc_declarator_take() ends it. */
void klpcc_declarator_init(struct klpcc_declarator *declarator, const char *name);
/* A parameter of a function: klpcc_declarator_add_parameter() ends it. */
void klpcc_declarator_init_parameter(struct klpcc_declarator *parameter,
				     const struct klpcc_declarator *function);

/*
 * To be asked before each type. False when this one is not to be looked at: there are too many in
 * each other or in all for a reader, and the declaration ends with "...".
 */
bool klpcc_declarator_enter(struct klpcc_declarator *declarator);

/* qualifiers: of the pointer, not of what it points to. */
void klpcc_declarator_add_pointer(struct klpcc_declarator *declarator,
				  unsigned int qualifiers);
/* 0 elements: it is not known how many. */
void klpcc_declarator_add_array(struct klpcc_declarator *declarator, uint64_t elements);

/* A function: open, one add for each parameter, and one of the two ways to close. */
void klpcc_declarator_open_parameters(struct klpcc_declarator *declarator);
/* False when there are too many: no further one is to be added. Consumes parameter. */
bool klpcc_declarator_add_parameter(struct klpcc_declarator *function,
				    struct klpcc_declarator *parameter);
/* none: what it says where there are no parameters: "void", or "" where it is not known. */
void klpcc_declarator_close_parameters(struct klpcc_declarator *declarator,
				       const char *none);
void klpcc_declarator_close_variadic(struct klpcc_declarator *declarator);

/* The end: a type's own name, or the keyword and tag of a struct, union or enum; "": none. */
void klpcc_declarator_end_name(struct klpcc_declarator *declarator,
			       unsigned int qualifiers, const char *name);
void klpcc_declarator_end_tag(struct klpcc_declarator *declarator,
			      unsigned int qualifiers, const char *keyword,
			      const char *tag);

/* The declaration, which is the caller's to free(). */
struct klpcc_error *klpcc_declarator_take(struct klpcc_declarator *declarator,
					  char **ret) KLPCC_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
