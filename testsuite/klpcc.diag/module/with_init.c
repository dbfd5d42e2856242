// SPDX-License-Identifier: GPL-2.0-or-later
/* What makes an object a kernel module to the index: a name, a release, one init function. */
#define INFO(name, text)                                                                 \
	__attribute__((section(".modinfo"), used)) static const char name[] = text

INFO(module_name, "name=with_init");
INFO(module_magic, "vermagic=6.1.0-klpcc SMP ");

__attribute__((section(".gnu.linkonce.this_module"), used)) static char this_module[1024];

int stays(void);

__attribute__((section(".init.text"), used, noinline)) static int start_only(void)
{
	return 1;
}

int stays(void)
{
	return 2;
}
