/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Preprocess: what the plugin tells the preprocessor before the first line is read.
 */
#ifndef KLPCC_PREPROCESS_H
#define KLPCC_PREPROCESS_H

#include "arguments.h"

/* Callback for PLUGIN_PRAGMAS; user_data is the const struct klpcc_options. */
void klpcc_preprocess_start(void *gcc_data, void *user_data);

#endif
