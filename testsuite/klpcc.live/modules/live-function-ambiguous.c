// SPDX-License-Identifier: GPL-2.0-or-later
/* Replaces the only function of a name that the kernel has twice. */
#include "live.h"

LIVE_VERSION("ambiguous")
LIVE_FUNCTION("m_show", live_version);
LIVE_PATCH("a name that is not unique");
