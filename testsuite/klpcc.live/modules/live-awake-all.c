// SPDX-License-Identifier: GPL-2.0-or-later
/* The same, in place of all others: what it replaces stays until its transition ends. */
#define LIVE_REPLACE true
#include "live-awake.h"

LIVE_PATCH("a transition that lasts, in place of all others");
