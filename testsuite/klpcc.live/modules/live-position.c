// SPDX-License-Identifier: GPL-2.0-or-later
/* Calls the second function of a name that the kernel has once. */
#define LIVE_SYMBOL "uptime_proc_show,2"
#include "live-symbol.h"
