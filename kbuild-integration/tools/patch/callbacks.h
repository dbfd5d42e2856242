/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Callbacks: functions of a fix that the kernel calls before and after it patches and unpatches an
 * object. The macros of runtime/include/compat/linux/livepatch_helpers.h define for each a global
 * function that calls it, and whose name says of which kind it is.
 */
#ifndef KLPCC_PATCH_CALLBACKS_H
#define KLPCC_PATCH_CALLBACKS_H

#include "../match/against.h"
#include "patch.h"

/* The names of the kinds, as members of struct klp_callbacks. */
extern const char *const klpcc_callbacks_kinds[KLPCC_CALLBACK_KINDS];

/* What a callback of the kind returns, in C. */
const char *klpcc_callbacks_result(size_t kind);

/* Finds those that the changed file has, one of each kind; the names are malloc()ed. */
struct klpcc_error *klpcc_callbacks_find(const struct klpcc_against *against,
					 char **ret) KLPCC_MUST_CHECK;

size_t klpcc_callbacks_count(char *const *callbacks);

/* Of one object the kernel calls one of each kind: fails if two files have one. */
struct klpcc_error *
klpcc_callbacks_check(const struct klpcc_patch *patch) KLPCC_MUST_CHECK;

#endif
