// SPDX-License-Identifier: GPL-2.0-or-later
/* An earlier version of the state of live-states.c: not compatible when that is there. */
#define LIVE_STATE 1
#include "live-states.h"

LIVE_PATCH("an earlier state");
