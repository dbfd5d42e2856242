// SPDX-License-Identifier: GPL-2.0-or-later
/* The init functions come first: while the module is loading, the kernel counts them, too. */
#include "../../lib/module.h"

MODULE("a_module");

STATIC_FUNCTION(in_module)
NOTRACE_FUNCTION(untraced)
INIT_FUNCTION(module_start)
INIT_FUNCTION(twofold)
INIT_FUNCTION(threefold)
