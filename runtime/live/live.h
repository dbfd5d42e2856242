/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The commands of klpcc-live.
 */
#ifndef KLPCC_LIVE_H
#define KLPCC_LIVE_H

#include <tool.h>

extern const struct klpcc_command klpcc_live_load;
extern const struct klpcc_command klpcc_live_unload;
extern const struct klpcc_command klpcc_live_list;
extern const struct klpcc_command klpcc_live_install;
extern const struct klpcc_command klpcc_live_uninstall;

#endif
