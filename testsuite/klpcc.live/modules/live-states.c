// SPDX-License-Identifier: GPL-2.0-or-later
/* Beside it neither live-states-old.c is compatible, nor a cumulative patch that has no states. */
#define LIVE_STATE 2
#include "live-states.h"

LIVE_PATCH("a state");
