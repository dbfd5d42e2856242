// SPDX-License-Identifier: GPL-2.0-or-later
/* The only function of a name that the kernel has twice. */
#define BAD_SYMBOL "defrag_show,0"
#include "bad.h"
