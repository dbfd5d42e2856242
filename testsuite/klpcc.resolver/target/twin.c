// SPDX-License-Identifier: GPL-2.0-or-later
/* klpcc_target's second function of one name that stays. */
#include <linux/compiler.h>

#include "target.h"

static int volatile twin_data = 72;

static noinline int target_twin(void)
{
	return twin_data;
}

int target_second(void)
{
	return target_twin();
}
