// SPDX-License-Identifier: GPL-2.0-or-later
/* A livepatch calls it what it calls part-a/b.c. */
int outside_first(int value);

int outside_first(int value)
{
	return value + 1;
}
