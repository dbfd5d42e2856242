/* SPDX-License-Identifier: GPL-2.0-or-later */
extern int helper(void);
#define HELP() helper()
