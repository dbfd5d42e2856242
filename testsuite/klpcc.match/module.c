// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What kbuild adds to a module, for one that has unit.c and this file.
 */
#define INFO(name, text)         \
	static const char name[] \
		__attribute__((section(".modinfo"), used, aligned(1))) = text

INFO(info_name, "name=odd");
INFO(info_magic, "vermagic=6.1.0-klpcc SMP mod_unload ");
INFO(info_license, "license=GPL");
INFO(info_depends, "depends=other");
INFO(info_namespace, "import_ns=SPACE");

char this_module[64] __attribute__((section(".gnu.linkonce.this_module")));

int variable = 3;
extern int borrowed(void);

/* A namesake of unit.c's. */
static __attribute__((noinline)) int helper(int x)
{
	static int calls;

	calls ^= x;
	return calls;
}

int imported(const char *text);
int imported(const char *text)
{
	return helper(*text) + borrowed();
}

int exported(const char *text);
int exported(const char *text)
{
	return helper(text[1]);
}

int overridden(int x);
int overridden(int x)
{
	return x * 9;
}
