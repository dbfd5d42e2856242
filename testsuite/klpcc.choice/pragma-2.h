/* SPDX-License-Identifier: GPL-2.0-or-later */
extern int only_here(void);
#pragma klp object("m_two")
extern int two_only(void);
