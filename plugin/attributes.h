/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Attributes: how an author says which symbol of the target a declaration means.
 */
#ifndef KLPCC_ATTRIBUTES_H
#define KLPCC_ATTRIBUTES_H

#include "gcc-compat.h"
#include "resolve.h"

/* Callback for PLUGIN_ATTRIBUTES; user_data: the unit. */
void klpcc_attributes_register(void *gcc_data, void *user_data);

/* True when decl carries klp_used. Cheap for a declaration without klpcc's attributes. */
bool klpcc_attributes_used(tree decl);

/*
 * Puts what decl's attributes say into request, whose symbol is the assembler name until then.
 * Strings belong to decl. False, after an error, when they contradict each other.
 */
bool klpcc_attributes_read(tree decl, struct klpcc_request *request);

/* Warns when decl, which cannot be taken from the target, carries attributes of klpcc. */
void klpcc_attributes_check_unused(tree decl);

/* Where decl was given the attribute; UNKNOWN_LOCATION when it was not. */
location_t klpcc_attribute_location(tree decl, const char *name);

/* Whether a request says anything by attribute; whether two say the same. */
bool klpcc_request_said(const struct klpcc_request *request);
bool klpcc_request_equal(const struct klpcc_request *a, const struct klpcc_request *b);

#endif
