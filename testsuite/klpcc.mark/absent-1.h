/* SPDX-License-Identifier: GPL-2.0-or-later */
extern int in_another_unit(void), module_function(void);
