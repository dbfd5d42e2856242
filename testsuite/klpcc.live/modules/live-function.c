// SPDX-License-Identifier: GPL-2.0-or-later
/* Replaces a function that the kernel does not have. */
#include "live.h"

LIVE_VERSION("function")
LIVE_FUNCTION("live_no_such_function", live_version);
LIVE_PATCH("a function that is not there");
