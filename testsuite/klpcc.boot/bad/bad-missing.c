// SPDX-License-Identifier: GPL-2.0-or-later
/* A function that the kernel does not have. */
#define BAD_SYMBOL "no_such_function,0"
#include "bad.h"
