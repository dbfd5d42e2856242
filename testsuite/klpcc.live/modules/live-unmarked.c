// SPDX-License-Identifier: GPL-2.0-or-later
/* Does what a livepatch does, but does not say that it is one. */
#include "live.h"

LIVE_VERSION("unmarked")
LIVE_FUNCTION("version_proc_show", live_version);
LIVE_INIT("not marked as a livepatch");
