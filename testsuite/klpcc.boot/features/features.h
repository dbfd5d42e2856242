/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One patch module of several source files, one file for each way to refer to what vmlinux does
 * not export. main.c replaces the function behind /proc/version by one that runs the
 * feature whose name is in the module parameter `feature`; the feature writes what it
 * found, and boot.exp compares that with what user space sees.
 */
#ifndef FEATURES_H
#define FEATURES_H

#include <linux/seq_file.h>

#ifdef CONFIG_S390
#include "machine-s390.h"
#else
#include "machine-x86.h"
#endif

void feature_address(struct seq_file *m);
void feature_alternative(struct seq_file *m);
void feature_asm(struct seq_file *m);
void feature_call(struct seq_file *m);
void feature_data(struct seq_file *m);
void feature_duplicate(struct seq_file *m);
void feature_immediate(struct seq_file *m);
void feature_key(struct seq_file *m);
void feature_percpu(struct seq_file *m);
void feature_sections(struct seq_file *m);
void feature_variable(struct seq_file *m);

/* The replacement of the system call sync (noreturn.c); it looks at `noreturn_code`. */
struct pt_regs;
long feature_sys_sync(const struct pt_regs *regs);
extern int noreturn_code;

/* Called by the module's init (sections.c), from .init.text. */
void feature_sections_at_load(int processes);

/* Static in fs/filesystems.c; writes what /proc/filesystems shows. */
extern int filesystems_proc_show(struct seq_file *m, void *v);
/* Static in kernel/acct.c; the three numbers of /proc/sys/kernel/acct. */
extern int acct_parm[3];

#endif
