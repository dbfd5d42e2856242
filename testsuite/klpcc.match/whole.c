// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Functions that nobody touches, and that change with another: the compiler uses what it knows of the
 * whole file. Without replacing these, a fix would not be one.
 *
 *	WRITES		checked() writes to memory: its callers may have dropped the call
 *	PASSES		a caller passes a larger number: range() may have lost its check
 *	SETS		something sets a variable: read() may have its value in the code
 */
extern int imported(int x);
int written;
static int setting;
int call_checked(int x);
int call_range(int x);
int call_range_again(int x);
int read_setting(void);
int set_setting(int x);

static __attribute__((noinline)) int checked(int x)
{
#ifdef WRITES
	written = x;
#endif
	return x > 7;
}

int call_checked(int x)
{
	checked(x);
	return x;
}

static __attribute__((noinline)) int range(unsigned int x)
{
	if (x > 100)
		return imported(1);
	return imported((int)x * 3);
}

int call_range(int x)
{
	return range(x & 7) + 1;
}

int call_range_again(int x)
{
#ifdef PASSES
	return range(x & 1023) + 2;
#else
	return range(x & 15) + 2;
#endif
}

int read_setting(void)
{
	return setting ? imported(2) : imported(3);
}

int set_setting(int x)
{
#ifdef SETS
	setting = x;
#endif
	return x;
}
