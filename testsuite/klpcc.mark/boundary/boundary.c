/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bounds of the kernel's memory, whose addresses alone are used, and a module around them. With
 * READ there is also one whose contents are, with TABLE one of records, with CALL a function.
 */
#define INFO(name, text) \
	__attribute__((section(".modinfo"), used)) static const char name[] = text

INFO(livepatch, "livepatch=Y");
INFO(vermagic, "vermagic=6.1.0-klpcc SMP mod_unload ");

extern char __init_begin[], __init_end[], _sinittext[], _einittext[];
extern const unsigned char __initramfs_start[];
extern char __bss_start[], _end[];

extern int init_function(void);
#ifdef TABLE
extern const long init_table[];
#else
extern char init_table[];
#endif

char *begin = __init_begin;

int is_init(const char *address)
{
	if (address >= _sinittext && address < _einittext)
		return 2;
	return address >= begin && address < __init_end;
}

unsigned long is_elsewhere(const unsigned char *address)
{
	if (address == __initramfs_start)
		return 3;
	return (char *)address >= __bss_start && (char *)address < _end;
}

#ifdef READ
int read(void)
{
	return init_table[1];
}
#endif

#ifdef TABLE
const long *table(void)
{
	return init_table;
}
#endif

#ifdef CALL
int call(void)
{
	return init_function();
}
#endif
