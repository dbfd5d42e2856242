/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether two objects of one source file have the same code and data, wherever the compiler has put
 * them: for `klpcc match --against`.
 */
#ifndef KLPCC_MATCH_SHAPE_H
#define KLPCC_MATCH_SHAPE_H

#include "file.h"

/* One of the two objects. */
struct klpcc_shape {
	const struct klpcc_match_file *file;
	/*
	 * By symbol: which of those with the same name it is, numbers aside, in the order of the
	 * symbol table. GCC numbers statics and clones through the file, so that x.45 of the one
	 * object may be x.46 of the other.
	 */
	uint32_t *ordinals;
	/* By section, sorted: where data without a name begins that something refers to. */
	struct klpcc_shape_starts {
		uint64_t *offsets;
		size_t count, capacity;
	} * starts;
};

struct klpcc_error *klpcc_shape_init(const struct klpcc_match_file *file,
				     struct klpcc_shape *ret) KLPCC_MUST_CHECK;
/* Harmless on one that is zero. */
void klpcc_shape_deinit(struct klpcc_shape *shape);

/* strcmp() of two names without their numbers: x.45 and x.46, f.constprop.0 and f.constprop.1. */
int klpcc_shape_compare_names(const char *a, const char *b);

/*
 * Whether this is data that the compiler or a macro makes for the place where it is used: __func__,
 * the text of NL_SET_ERR_MSG(), the flag of WARN_ONCE(), the key of a lock, the descriptor of
 * pr_debug(). There may be any number of one name, and which one it is does not matter: such data
 * is compared by content. plugin/instance.cc has the same names.
 */
bool klpcc_shape_is_instance(const struct klpcc_elf_symbol *symbol);

/* Bytes of a section of one of the objects. */
struct klpcc_shape_range {
	const struct klpcc_shape *shape;
	size_t section;
	uint64_t start, size;
};

/* The first difference; offsets are from the start of both ranges. */
struct klpcc_shape_difference {
	uint64_t offset;
	const char *what; /* a clause, of this one and the other */
};

/*
 * True if they are the same; else *ret is the first difference. Data without a name may
 * refer to more of it, and each reference is followed: *work is how many more relocations
 * may be looked at. When there are none left, everything counts as different.
 */
bool klpcc_shape_is_same(const struct klpcc_shape_range *a,
			 const struct klpcc_shape_range *b, uint64_t *work,
			 struct klpcc_shape_difference *ret);
/* Enough for any source file, and in proportion to it. */
uint64_t klpcc_shape_work(const struct klpcc_shape *shape);

#endif
