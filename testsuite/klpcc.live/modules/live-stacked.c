// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A second patch of the same function: both are there, and the last one is in effect. It would like to
 * have a module first that is nowhere.
 */
#include "live.h"

LIVE_VERSION("stacked")
LIVE_FUNCTION("version_proc_show", live_version);
LIVE_PATCH("on top of another patch");

MODULE_SOFTDEP("pre: live_nowhere");
