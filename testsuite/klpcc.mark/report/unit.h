/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Declarations in another file than their uses. */
extern int hidden_function(void);
extern int exported_function(void);
