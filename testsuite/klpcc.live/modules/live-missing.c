// SPDX-License-Identifier: GPL-2.0-or-later
/* Calls what the kernel does not have: built with the index of another kernel. */
#define LIVE_SYMBOL "live_no_such_function,0"
#include "live-symbol.h"
