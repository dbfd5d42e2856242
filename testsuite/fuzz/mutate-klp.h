/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Changes a patch module in ways that know its structure: see mutate-klp.c.
 */
#ifndef MUTATE_KLP_H
#define MUTATE_KLP_H

#include <stddef.h>

/*
 * Changes the module of size bytes at data, which has room for max, in place. The same seed
 * gives the same change. Returns the new size, at most max. Whatever the bytes are, nothing
 * outside of them is touched.
 */
size_t klpcc_mutate_klp(unsigned char *data, size_t size, size_t max, unsigned int seed);

#endif
