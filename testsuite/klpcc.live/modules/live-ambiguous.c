// SPDX-License-Identifier: GPL-2.0-or-later
/* Calls the only function of a name that the kernel has twice. */
#define LIVE_SYMBOL "m_show,0"
#include "live-symbol.h"
