/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Preprocess: what the plugin tells the preprocessor before the first line is read.
 */
#ifndef KLPCC_PREPROCESS_H
#define KLPCC_PREPROCESS_H

#include "arguments.h"

/* Callback for PLUGIN_PRAGMAS; user_data is the const struct klpcc_unit. */
void klpcc_preprocess_start(void *gcc_data, void *user_data);

/*
 * Has macros defined or undefined without telling anybody: with -g3 the debug information would be
 * told, but it is not set up yet, and what is defined so is not part of the unit.
 */
void klpcc_define_quietly(cpp_reader *reader, void (*define)(cpp_reader *));

/*
 * Whether the unit is the output of -E and begins with `#pragma GCC pch_preprocess`: then GCC
 * takes a precompiled header without asking anybody, and its identifiers replace those that were
 * there.
 */
bool klpcc_preprocess_was_precompiled(void);

#endif
