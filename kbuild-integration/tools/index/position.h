/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kernel's counting rules: which symbol of an object a name and a position mean.
 *
 * klp_find_object_symbol() in the kernel's kernel/livepatch/core.c goes by the symbol table
 * that the object has at that moment. The table of vmlinux is never cut. A module that is
 * still coming has the whole table; once it is live, the symbols in init memory are gone
 * (add_kallsyms() in kernel/module/kallsyms.c, do_init_module()). The resolver always uses
 * the table of a live module.
 */
#ifndef KLPCC_POSITION_H
#define KLPCC_POSITION_H

#include "index.h"

#ifdef __cplusplus
extern "C" {
#endif

#define KLPCC_INDEX_NO_SYMBOL UINT32_MAX

struct klpcc_position {
	uint32_t
		counted; /* symbols of that name that the kernel counts: in vmlinux init ones too */
	uint32_t init;   /* init symbols of a module, counted only while it is coming */
	uint32_t before; /* of these, those that come before the one that is meant */
	/*
	 * Number of the one that is meant once the object is live, or KLPCC_INDEX_NO_SYMBOL: there
	 * is none, or there are several and no position is given.
	 */
	uint32_t symbol;
	bool gone; /* that one is in init memory; in vmlinux only */
};

/*
 * name: length bytes, without NUL. sympos: 0 for a name that is unique in its object, else from 1.
 * Fails when the index is damaged. O(log names + log symbols of that name + those of the object).
 */
struct klpcc_error *
klpcc_index_find_position(const struct klpcc_index *index, uint32_t object,
			  const char *name, size_t length, uint32_t sympos,
			  struct klpcc_position *ret) KLPCC_MUST_CHECK;

/*
 * Whether the name and the position, which are right for the live module, mean another symbol or
 * several while it is coming.
 */
bool klpcc_position_differs_while_coming(const struct klpcc_position *position,
					 uint32_t sympos);

#ifdef __cplusplus
}
#endif
#endif
