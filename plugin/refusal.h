/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Refusal: gathers the facts about a refused name: what is wrong, and what the author can write
 * instead.
 */
#ifndef KLPCC_REFUSAL_H
#define KLPCC_REFUSAL_H

#include "facts.h"
#include "unit.h"

/* The verdict of entry is neither KLPCC_VERDICT_ORDINARY nor KLPCC_VERDICT_MARK. */
void klpcc_refusal_gather(const struct klpcc_unit *unit, const struct klpcc_extern *entry,
			  struct klpcc_refusal *ret);

/*
 * Variants of a function that GCC derived from it, for some of its calls. object: as
 * klpcc_nearby_clone() has it.
 */
void klpcc_find_clones(const struct klpcc_unit *unit, uint32_t object, const char *symbol,
		       struct klpcc_name_list *ret);

/* Whether the index has no symbol of the object, so that it does not know what the object has. */
bool klpcc_object_is_empty(const struct klpcc_unit *unit, uint32_t object);

void klpcc_add_name(struct klpcc_name_list *list, const char *name);

#endif
