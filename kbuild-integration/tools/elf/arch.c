// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The machines that the tools know: see arch.h. The only place that lists them.
 */
#include "arch.h"

#include <stddef.h>

static const struct klpcc_arch *const machines[] = {
	&klpcc_arch_x86_64,
};

const struct klpcc_arch *klpcc_arch_find(uint16_t machine)
{
	for (size_t i = 0; i < sizeof(machines) / sizeof(machines[0]); i++)
		if (machines[i]->machine == machine)
			return machines[i];
	return NULL;
}
