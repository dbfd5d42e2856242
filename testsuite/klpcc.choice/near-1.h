/* SPDX-License-Identifier: GPL-2.0-or-later */
extern int only_hear(void);
