// SPDX-License-Identifier: GPL-2.0-or-later
/* The part of the target that is compiled without a description of its types. */
__attribute__((noinline, used, noclone)) static long twice(long a, long b)
{
	return a + b;
}

__attribute__((noinline, used)) long undescribed(long a, long b);
long undescribed(long a, long b)
{
	return a + b;
}

__attribute__((noinline, used, noclone)) static int code_alone(void)
{
	return 1;
}

__attribute__((noinline, used, noclone)) static int other_code_alone(void)
{
	return 2;
}

__attribute__((noinline, used, noclone)) static int last_code_alone(void)
{
	return 3;
}

__attribute__((used)) static int data_alone = 1, other_data_alone = 2;
