// SPDX-License-Identifier: GPL-2.0-or-later
/* A module of the target; split.c describes its types. */
#define INFO(name, text) \
	__attribute__((section(".modinfo"), used)) static const char name[] = text

INFO(module_name, "name=a_module");
INFO(module_magic, "vermagic=6.1.0-klpcc SMP ");

__attribute__((section(".gnu.linkonce.this_module"), used)) static char this_module[1024];

__attribute__((noinline, used)) static int module_function(void *item, void *own)
{
	return item == own;
}
