// SPDX-License-Identifier: GPL-2.0-or-later
/* Exports what live-provider.c does. */
#include "live.h"

int live_provided(void);

int live_provided(void)
{
	return 8;
}
EXPORT_SYMBOL_GPL(live_provided);

LIVE_VERSION("exporter")
LIVE_FUNCTION("version_proc_show", live_version);
LIVE_PATCH("a name that is exported already");
