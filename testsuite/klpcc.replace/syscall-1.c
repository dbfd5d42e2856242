// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A system call is replaced where its code is: in the functions that SYSCALL_DEFINEx() of
 * asm/syscall_wrapper.h makes for those who enter the kernel. The address of one, in the table of the
 * system calls, stays the kernel's.
 */
/* { dg-do assemble } */
/* { dg-replace "__x64_sys_answer,__ia32_sys_answer" { target x86_64-*-* } } */
/* { dg-replace "__s390x_sys_answer,__s390_sys_answer" { target s390x-*-* } } */
#include "syscall.h"

SYSCALL_DEFINE(answer)
{
#ifdef FIXED
	if (x < 0)
		return -22;
#endif
	return elsewhere(x) + 2;
}

/* { dg-final { scan-symbols "GLOBAL DEFAULT \[0-9\]+ klpcc_new___(x64|s390x)_sys_answer$" } } */
/* { dg-final { scan-symbols "GLOBAL DEFAULT \[0-9\]+ klpcc_new___(ia32|s390)_sys_answer$" } } */
/* { dg-final { scan-symbols-not "__(do|se)_sys" } } */
