/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What makes an object a kernel module to the index: a name, a release, one init function. */
#define INFO(name, text) \
	__attribute__((section(".modinfo"), used)) static const char name[] = text
#define MODULE(name)                                                \
	INFO(module_name, "name=" name);                            \
	INFO(module_magic, "vermagic=6.1.0-klpcc SMP mod_unload "); \
	extern struct module {                                      \
		char bytes[1024];                                   \
	} __this_module;                                            \
	struct module __this_module                                 \
		__attribute__((section(".gnu.linkonce.this_module"), used))

#define FUNCTION(name)                           \
	int name(void);                          \
	__attribute__((noinline)) int name(void) \
	{                                        \
		return 1;                        \
	}
#define STATIC_FUNCTION(name)                                 \
	__attribute__((used, noinline)) static int name(void) \
	{                                                     \
		return 1;                                     \
	}
#define INIT_FUNCTION(name)                                                          \
	__attribute__((section(".init.text"), used, noinline)) static int name(void) \
	{                                                                            \
		return 1;                                                            \
	}
#define NOTRACE_FUNCTION(name)                                                        \
	__attribute__((used, noinline, no_instrument_function)) static int name(void) \
	{                                                                             \
		return 1;                                                             \
	}
