/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Declarators: how C writes a type. There are two walkers: btf-text.c walks the target's BTF, the
 * plugin's type-text.cc walks GCC's trees. Readers compare the texts of both, so the rules are
 * here, once, and a walker only says what comes next in its types.
 *
 * A declaration grows from its name outwards: the walker starts at the type itself, goes on to what
 * that points to, is an array of, or returns, and adds each of these; the name of a type ends it.
 * Where there is no memory nothing more is added, and klpcc_declarator_take() returns the error.
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
	char *text;              /* NULL after an error */
	int levels_left;         /* of pointers, arrays and functions in each other */
	int types_left;          /* in all */
	bool ends_with_pointer;  /* what was added last */
	unsigned int parameters; /* of the function that is open */
};

/* name: what is declared; "" for a type alone. Ended by klpcc_declarator_take(). */
void klpcc_declarator_init(struct klpcc_declarator *declarator, const char *name);
/* A parameter of a function. Ended by klpcc_declarator_add_parameter(). */
void klpcc_declarator_init_parameter(struct klpcc_declarator *parameter,
				     const struct klpcc_declarator *function);

/*
 * To be asked before each type. False when the declaration is long enough, in levels or in types:
 * it ends with "..." then, in place of this type.
 */
bool klpcc_declarator_enter_type(struct klpcc_declarator *declarator);

/* qualifiers: of the pointer, not of what it points to. */
void klpcc_declarator_add_pointer(struct klpcc_declarator *declarator,
				  unsigned int qualifiers);
/* 0 elements: their number is not known. */
void klpcc_declarator_add_array(struct klpcc_declarator *declarator, uint64_t elements);

/* A function: open, add each parameter, and close in one of the two ways. */
void klpcc_declarator_open_parameters(struct klpcc_declarator *declarator);
/* Consumes parameter. False when no more are to be added, as there are too many. */
bool klpcc_declarator_add_parameter(struct klpcc_declarator *function,
				    struct klpcc_declarator *parameter);
/* none: what to write when there are no parameters: "void", or "" without a prototype. */
void klpcc_declarator_close_parameters(struct klpcc_declarator *declarator,
				       const char *none);
void klpcc_declarator_close_variadic(struct klpcc_declarator *declarator);

/* The end: a type's own name, or keyword and tag of a struct, union or enum. "": it has none. */
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
