// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The machines that the tools know: see arch.h. The only place that lists them.
 */
#include "arch.h"

#include <stddef.h>

static const struct klpcc_arch *const machines[] = {
	&klpcc_arch_x86_64,
	&klpcc_arch_s390x,
};

const struct klpcc_arch *klpcc_arch_find(uint16_t machine, bool big_endian)
{
	for (size_t i = 0; i < sizeof(machines) / sizeof(machines[0]); i++)
		if (machines[i]->machine == machine &&
		    machines[i]->big_endian == big_endian)
			return machines[i];
	return NULL;
}
