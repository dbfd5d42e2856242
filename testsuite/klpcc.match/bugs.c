// SPDX-License-Identifier: GPL-2.0-or-later
/* Two entries of __bug_table as a kernel without CONFIG_DEBUG_BUGVERBOSE has them: eight bytes each. */

#define NOTE(flags)                                  \
	asm volatile("0: nop\n"                      \
		     ".section __bug_table,\"aw\"\n" \
		     "1: .long 0b - .\n"             \
		     ".short " #flags "\n"           \
		     ".org 1b + 8\n"                 \
		     ".previous")

int first(int x);
int second(int x);

int first(int x)
{
	NOTE(1);
#ifdef GROW
	if (x > 7)
		return x * 11 + 5;
#endif
	return x;
}

int second(int x)
{
	NOTE(9);
	return x + 1;
}
