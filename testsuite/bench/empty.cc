// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A plugin that does nothing: what it costs is what any plugin costs.
 */
#include "gcc-plugin.h"

int plugin_is_GPL_compatible;

int plugin_init(struct plugin_name_args *, struct plugin_gcc_version *)
{
	return 0;
}
