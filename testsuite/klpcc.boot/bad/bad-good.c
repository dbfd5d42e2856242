// SPDX-License-Identifier: GPL-2.0-or-later
/* The same module with a right name: what makes the others fail is the name alone. */
#define BAD_SYMBOL "nr_processes,0"
#include "bad.h"
