// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Not built.
 */
#include "value.h"

int outside_unused(void)
{
	return outside_value(0);
}
