// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Its transition does not end while a task sleeps in live-sleeper.c. Loaded before that module, it
 * waits for it: the module is its gate.
 */
#define LIVE_REPLACE false
#include "live-awake.h"

LIVE_PATCH("a transition that lasts");
