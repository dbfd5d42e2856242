/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Holds a linked module against the one that it was made from: see audit.c.
 */
#ifndef AUDIT_H
#define AUDIT_H

#include <stddef.h>

/*
 * form: "object" or "mainline". NULL when after is what docs/format.md makes of before; else
 * what is wrong, valid until the next call.
 */
const char *audit(const char *form, const void *before, size_t before_size,
		  const void *after, size_t after_size);

#endif
