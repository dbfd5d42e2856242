/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the kernel's test patches call is exported, so they have no livepatch relocations. Where the
 * compiler is made to read this first, they have: it takes these two from vmlinux by name.
 */
#include <klpcc.h>

struct seq_file;

extern int _printk(const char *fmt, ...) klp_object("vmlinux");
extern void seq_printf(struct seq_file *m, const char *fmt, ...) klp_object("vmlinux");
