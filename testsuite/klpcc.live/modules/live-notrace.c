// SPDX-License-Identifier: GPL-2.0-or-later
/* Replaces a function that ftrace must not touch. */
#include "live.h"

#ifdef CONFIG_S390
#define LIVE_NOTRACE "__do_syscall"
#else
#define LIVE_NOTRACE "do_syscall_64"
#endif

LIVE_VERSION("notrace")
LIVE_FUNCTION(LIVE_NOTRACE, live_version);
LIVE_PATCH("a function that cannot be patched");
