/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Initializer: a number that says whether a variable begins with the same contents in two
 * compilations of a file.
 */
#ifndef KLPCC_INITIALIZER_H
#define KLPCC_INITIALIZER_H

#include "gcc-compat.h"

/*
 * A hash of what the variable is initialized with; 0 when it has no initializer, or one that is
 * all zeros. Depends on each constant, string, name and order in it; does not depend on lines, on
 * other parts of the file, or on how zeros are written. Knows statics of functions, so it is
 * complete only once the unit is parsed (PLUGIN_ALL_IPA_PASSES_START).
 */
uint64_t klpcc_hash_initializer(tree variable);

/*
 * The same for the text, a STRING_CST, of an asm statement outside of functions. Names that
 * end with a line or a count of the preprocessor are the same whatever that is.
 */
uint64_t klpcc_hash_asm(tree text);

#endif
