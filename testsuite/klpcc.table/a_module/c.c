// SPDX-License-Identifier: GPL-2.0-or-later
/* This init function comes last: the positions of those before it stay. */
#include "../../lib/module.h"

STATIC_FUNCTION(threefold)
STATIC_FUNCTION(both_times)
