/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Literal: where a string of an initializer is in the source.
 *
 * GCC gives a string that initializes a pointer no location but the one where its parser
 * happened to be: on the line of the string or, when that is the last word of its line, on
 * a later one. So the string is looked for in the source, which is done only when something
 * is said about it.
 */
#ifndef KLPCC_LITERAL_H
#define KLPCC_LITERAL_H

#include "gcc-compat.h"

struct klpcc_literal {
	location_t near; /* GCC's */
	location_t
		beside; /* of another value of the same struct, exact; or UNKNOWN_LOCATION */
};

/*
 * The place of the string, with a caret below all of it, quotes included. Of a string that a macro
 * makes, the argument that it is made of, else the macro; or near, where it cannot be found.
 * *is_string: whether it is the place of the string, so that another one may be offered for it.
 */
location_t klpcc_literal_place(const struct klpcc_literal *literal, const char *text,
			       bool *is_string);

#endif
