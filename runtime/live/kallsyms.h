/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where the functions are that patches replace, by /proc/kallsyms.
 */
#ifndef KLPCC_LIVE_KALLSYMS_H
#define KLPCC_LIVE_KALLSYMS_H

#include "patches.h"

/* Fills in the addresses, as far as this user may see them. */
struct klpcc_error *
klpcc_kallsyms_locate(struct klpcc_live_patches *patches) KLPCC_MUST_CHECK;

#endif
