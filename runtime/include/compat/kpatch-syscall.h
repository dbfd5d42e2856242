/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What fixes of system calls written for kpatch-build include, for `klpcc patch`: see
 * kpatch-macros.h. klpcc replaces the functions by which a system call is entered, so the
 * kernel's macros do.
 */
#ifndef __KPATCH_SYSCALL_H_
#define __KPATCH_SYSCALL_H_

#include "kpatch-macros.h"

#define KPATCH_SYSCALL_DEFINE1 SYSCALL_DEFINE1
#define KPATCH_SYSCALL_DEFINE2 SYSCALL_DEFINE2
#define KPATCH_SYSCALL_DEFINE3 SYSCALL_DEFINE3
#define KPATCH_SYSCALL_DEFINE4 SYSCALL_DEFINE4
#define KPATCH_SYSCALL_DEFINE5 SYSCALL_DEFINE5
#define KPATCH_SYSCALL_DEFINE6 SYSCALL_DEFINE6
#define KPATCH_SYSCALL_DEFINEx SYSCALL_DEFINEx

#endif
