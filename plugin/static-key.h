/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Static keys: a pass that finds branches on keys that the kernel patches before their symbols
 * are known.
 */
#ifndef KLPCC_STATIC_KEY_H
#define KLPCC_STATIC_KEY_H

#include "unit.h"

/* Adds the pass. unit outlives it. */
void klpcc_static_key_register(struct klpcc_unit *unit);

/* True when entry is, or contains, a marked static key that is resolved only with its module. */
bool klpcc_static_key_is_late(const struct klpcc_extern *entry);

/*
 * The key as C: "name", "name.member" where it is a member, "name[...]" where it is an element.
 * The caller's to free().
 */
char *klpcc_static_key_name(tree decl);

/*
 * The name of the tracepoint that decl is; NULL when it is not one. *test: with which the
 * kernel's header branches on its key, static_key_false() or static_branch_unlikely().
 */
const char *klpcc_static_key_tracepoint(tree decl, const char **test);

#endif
