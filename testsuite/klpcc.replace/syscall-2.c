// SPDX-License-Identifier: GPL-2.0-or-later
/* What is written in the source has no code of its own, or none that ftrace can redirect. */
/* { dg-do compile } */
/* { dg-replace "__do_sys_answer,__do_sys_large" } */
#include "syscall.h"

SYSCALL_DEFINE(answer)
/* { dg-message "1: note: in expansion of macro 'SYSCALL_DEFINE'" "" { target *-*-* } .-1 } */
/* { dg-error "'__do_sys_answer' cannot be replaced: the kernel has no function of that name from this file, as GCC made it part of others" "" { target *-*-* } 0 } */
/* { dg-message "note: replace its caller '__x64_sys_answer' instead" "" { target x86_64-*-* } 0 } */
/* { dg-message "note: replace its caller '__ia32_sys_answer' instead" "" { target x86_64-*-* } 0 } */
/* { dg-message "note: replace its caller '__s390x_sys_answer' instead" "" { target s390x-*-* } 0 } */
/* { dg-message "note: replace its caller '__s390_sys_answer' instead" "" { target s390x-*-* } 0 } */
{
#ifdef FIXED
	if (x < 0)
		return -22;
#endif
	return elsewhere(x) + 2;
}

SYSCALL_DEFINE(large)
/* { dg-message "1: note: in expansion of macro 'SYSCALL_DEFINE'" "" { target *-*-* } .-1 } */
/* { dg-error "'__do_sys_large' cannot be replaced: ftrace cannot redirect it, as it is compiled without a call of '__fentry__'" "" { target *-*-* } 0 } */
/* { dg-message "note: replace its caller '__x64_sys_large' instead" "" { target x86_64-*-* } 0 } */
/* { dg-message "note: replace its caller '__ia32_sys_large' instead" "" { target x86_64-*-* } 0 } */
/* { dg-message "note: replace its caller '__s390x_sys_large' instead" "" { target s390x-*-* } 0 } */
/* { dg-message "note: replace its caller '__s390_sys_large' instead" "" { target s390x-*-* } 0 } */
{
	int sum = 0;

#define TEN(what) \
	what;     \
	what;     \
	what;     \
	what;     \
	what;     \
	what;     \
	what;     \
	what;     \
	what;     \
	what
	TEN(sum += elsewhere(x + sum); register_callback(elsewhere));
	TEN(sum += elsewhere(x - sum); register_callback(elsewhere));
	TEN(sum += elsewhere(x * sum); register_callback(elsewhere));
	return sum;
}
