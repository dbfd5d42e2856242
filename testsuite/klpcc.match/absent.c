// SPDX-License-Identifier: GPL-2.0-or-later
/* A file that the kernel's configuration does not build. */
extern int imported(const char *text);

int nowhere(int x);
int nowhere(int x)
{
	return x + 4;
}

int not_there(void);
int not_there(void)
{
	return imported("absent") * 3;
}
