/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A header beside the files that include it. The kernel has some of that name.
 */
#ifndef KLPCC_OUTSIDE_LIMITS_H
#define KLPCC_OUTSIDE_LIMITS_H

#include <linux/bug.h>

#define LIMIT 100

static inline int outside_limit(int value)
{
	WARN_ON(value < 0);
	return value < LIMIT ? value : LIMIT;
}

#endif
