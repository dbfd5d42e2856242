// SPDX-License-Identifier: GPL-2.0-or-later
#include "../../lib/module.h"

MODULE("m_one");

STATIC_FUNCTION(one_only)
STATIC_FUNCTION(both)
STATIC_FUNCTION(split)
STATIC_FUNCTION(shared_name)
FUNCTION(one_exported)
FUNCTION(exported_elsewhere)
struct key {
	int enabled;
} one_key, __tracepoint_one;

__attribute__((section(".init.text"), used, noinline)) static int one_start(void)
{
	return 1;
}
