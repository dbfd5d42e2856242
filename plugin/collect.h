/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Collect: finds what the unit refers to outside of itself, and has each name resolved.
 */
#ifndef KLPCC_COLLECT_H
#define KLPCC_COLLECT_H

#include "unit.h"

/* Callback for PLUGIN_FINISH_DECL: remembers declarations with klp_used. */
void klpcc_collect_declaration(void *gcc_data, void *user_data);

/* Callback for PLUGIN_ALL_IPA_PASSES_START; user_data is the struct klpcc_unit. */
void klpcc_collect(void *gcc_data, void *user_data);

/* Whether an address that is taken may end in a pointer that is called. */
bool klpcc_may_be_called_through(const struct ipa_ref *ref);

#endif
