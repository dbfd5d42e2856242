// SPDX-License-Identifier: GPL-2.0-or-later
#include <here.h>
#include "beside.h"

const char *price(void)
{
	return HERE BESIDE PRICE KBUILD_BASENAME;
}
