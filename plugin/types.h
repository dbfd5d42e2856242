/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Types: whether what a patch declares is what the target has, by the target's BTF.
 *
 * The compiler that built the kernel never saw a declaration that a patch's author copied: a
 * missing parameter, or a struct of another release, shows only when the machine crashes.
 * Asked at the end, when it is known which symbols of the target the unit takes. What BTF does
 * not describe counts as equal. struct-layout.h does the same for the types that the patch's own
 * files define.
 */
#ifndef KLPCC_TYPES_H
#define KLPCC_TYPES_H

#include "facts.h"
#include "unit.h"

/* C keeps tags and functions apart; C++ warns when one name is both. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#include "index/btf.h"
#pragma GCC diagnostic pop

/* Whether the declaration of a symbol differs from the target's; *ret says how. */
bool klpcc_types_differ(const struct klpcc_unit *unit, const struct klpcc_extern *entry,
			struct klpcc_type_difference *ret);

/* Frees what a difference owns. */
void klpcc_type_difference_deinit(struct klpcc_type_difference *difference);

/* The BTF of an object, opened once; NULL when it has none. Fatal when it is damaged. */
const struct klpcc_btf *klpcc_types_of(const struct klpcc_unit *unit, uint32_t object);

/*
 * "struct file *f": a declaration of name as C, in the words of klpcc_btf_declare(), so that the
 * two can be compared by eye. The caller's to free().
 */
char *klpcc_type_text(tree type, const char *name);

/* The tag of a struct, union or enum; "" when it has none. */
const char *klpcc_type_tag(tree type);

#endif
