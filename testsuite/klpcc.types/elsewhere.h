/* SPDX-License-Identifier: GPL-2.0-or-later */
struct inner {
	long first;
};
extern int exported_function(void);
