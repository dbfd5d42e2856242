/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Layout list: the layouts of the structs, unions and enums that a unit's code or data uses.
 *
 * (struct-layout.h is about those that the patch's own files define.)
 */
#ifndef KLPCC_LAYOUT_LIST_H
#define KLPCC_LAYOUT_LIST_H

#include "gcc-compat.h"

/* Of a struct or union: a member, also when it is inside of an unnamed one. Of an enum: a value. */
struct klpcc_layout_member {
	const char *name;
	uint64_t offset; /* bits from the start of the whole */
	uint64_t size;   /* bits; 0 for an array without a length */
	char *type;      /* as C text, without a name; NULL: this is a value */
	int64_t value;
};

struct klpcc_layout {
	tree type;
	/*
	 * "struct x", "union x", "enum x", or the typedef of a type without a tag. A type
	 * of a function's own is "struct function::x". One with neither is named by where
	 * it is: "struct x.member", or for a variable's "struct .variable" or "struct
	 * .function::variable".
	 */
	char *name;
	uint64_t size; /* bytes */
	vec<struct klpcc_layout_member> members;
};

/*
 * Adds them to the list, sorted by name. Meant for PLUGIN_ALL_IPA_PASSES_START: later,
 * inlining has taken functions away. A type counts as used when a function that is there
 * has a variable or an expression of it or of a pointer to it, or when a variable of the
 * unit is of it.
 */
void klpcc_layouts_collect(vec<struct klpcc_layout> *ret);

void klpcc_layout_deinit(struct klpcc_layout *layout);

#endif
