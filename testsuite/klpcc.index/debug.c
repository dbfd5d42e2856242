/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One source of a kernel or a module with debug information; compiled several times, from files of the
 * same name in several directories. UNIT: what makes its global names its own.
 */
#define PASTE_(a, b) a##_##b
#define PASTE(a, b) PASTE_(a, b)

int PASTE(exported, UNIT) = 1;
static int state = 2;

/* A variable that only the symbols beside it tell the source of. */
static __attribute__((noinline, used)) int helper(int n)
{
	static volatile int calls;

	calls += n;
	return calls + state;
}

int PASTE(run, UNIT)(int n)
{
	state += n;
	return helper(n);
}
