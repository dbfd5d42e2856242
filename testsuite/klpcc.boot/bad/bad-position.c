// SPDX-License-Identifier: GPL-2.0-or-later
/* The second function of a name that the kernel has once. */
#define BAD_SYMBOL "nr_processes,2"
#include "bad.h"
