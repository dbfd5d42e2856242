/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pragma: how an author says for many declarations at once which object, gate or source file
 * they mean:
 *
 *	#pragma klp object("kvm")
 *	#pragma klp gate("kvm_intel")
 *	#pragma klp source("net/ipv4/tcp.c")
 *	#pragma klp reset
 *
 * Each applies to the declarations after it in its file, but not in what that file includes, which
 * was written without it.
 */
#ifndef KLPCC_PRAGMA_H
#define KLPCC_PRAGMA_H

#include "unit.h"

/* Callback for PLUGIN_PRAGMAS; user_data is the struct klpcc_unit. */
void klpcc_pragma_register(void *gcc_data, void *user_data);

/* Callback for PLUGIN_FINISH_DECL: notes at an external declaration which pragmas hold. */
void klpcc_pragma_declaration(void *gcc_data, void *user_data);

/* Fills in what decl's attributes left open, by the pragmas that held where it was declared. */
void klpcc_pragma_read(tree decl, struct klpcc_request *request);

/* Of the pragma that decl's object or gate comes from; UNKNOWN_LOCATION: none. */
location_t klpcc_pragma_location(tree decl);

#endif
