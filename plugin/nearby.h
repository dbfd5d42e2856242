/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Nearby: what the target has in place of a name that it does not have.
 */
#ifndef KLPCC_NEARBY_H
#define KLPCC_NEARBY_H

#include "unit.h"

/*
 * The object that is meant by a text that is not the name of one: the file of a module,
 * `kvm-intel` for kvm_intel, other letter case. NULL when there is none. Lives as long as the
 * index.
 */
const char *klpcc_nearby_object(const struct klpcc_unit *unit, const char *text);

/* The module whose name is so similar that `name` is a slip; else NULL. */
const char *klpcc_nearby_module(const struct klpcc_unit *unit, const char *name);

/* Where to look: the number of an object, or vmlinux and the modules that the unit is for. */
#define KLPCC_NEARBY_SCOPE UINT32_MAX

/* Whether that is the name of such a variant as klpcc_nearby_clone() finds. */
bool klpcc_nearby_is_clone(const char *name);

/*
 * The next variant, from number on, that GCC derived from the function `name`: NAME.isra.0,
 * NAME.constprop.0, NAME.part.0, NAME.cold and their like. Start with the number UINT32_MAX. NULL
 * when there are no more. The string lives as long as the index.
 */
const char *klpcc_nearby_clone(const struct klpcc_unit *unit, uint32_t object,
			       const char *name, uint32_t *number);

/*
 * The name most similar to `name` among those of functions, or variables, when it is so
 * similar that `name` is a slip; else NULL.
 */
const char *klpcc_nearby_similar(const struct klpcc_unit *unit, uint32_t object,
				 const char *name, bool variable);

#endif
