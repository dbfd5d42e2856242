/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the livepatch core makes of old_name and old_sympos of a struct klp_func: which
 * function of the target they mean, and whether the kernel can redirect it. Compiler, link
 * and verifier ask here.
 */
#ifndef KLPCC_FUNCTION_H
#define KLPCC_FUNCTION_H

#include "index.h"
#include "position.h"

#ifdef __cplusplus
extern "C" {
#endif

enum klpcc_function_verdict {
	KLPCC_FUNCTION_FOUND,         /* patchable, or not known to be not */
	KLPCC_FUNCTION_ABSENT,        /* the object has no symbol of that name */
	KLPCC_FUNCTION_AMBIGUOUS,     /* several, and no position is given */
	KLPCC_FUNCTION_NO_POSITION,   /* the position is higher than the number of them */
	KLPCC_FUNCTION_DATA,          /* it is not code */
	KLPCC_FUNCTION_INIT,          /* in init memory, gone once the object runs */
	KLPCC_FUNCTION_NOT_PATCHABLE, /* ftrace has no place at its entry: notrace, asm */
	/* Right for the live module, but not while it is coming: init symbols count then. */
	KLPCC_FUNCTION_COMING,
};

struct klpcc_function {
	enum klpcc_function_verdict verdict;
	struct klpcc_position position; /* what the name and the position mean */
	bool places_known; /* of the object; without it, what is FOUND may be not patchable */
};

/*
 * name, sympos: old_name, length bytes without NUL, and old_sympos. Fails when the index is
 * damaged.
 */
struct klpcc_error *
klpcc_index_find_function(const struct klpcc_index *index, uint32_t object,
			  const char *name, size_t length, uint32_t sympos,
			  struct klpcc_function *ret) KLPCC_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
