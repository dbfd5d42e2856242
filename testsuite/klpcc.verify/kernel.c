// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A kernel that modules are verified against, with its types (-gbtf). On the command line:
 *
 *	SYMBOLS		how many symbols `klpcc index` counts in it
 *	RELEASE		its release, in quotes
 *	MAGIC		the rest of its vermagic; without, there is none
 *	NO_LIVEPATCH	it has no klp_enable_patch
 *	ALONE		the index knows of no modules
 *
 * struct module has 64 bytes, as many as this_module of module.inc.
 */
const char linux_banner[] = "Linux version " RELEASE " (nobody@nowhere) #1 SMP\n";
const unsigned int kallsyms_num_syms = SYMBOLS;
#ifdef MAGIC
/* After a NUL: klpcc index finds it by that. */
const struct {
	char nul;
	char text[sizeof(RELEASE " " MAGIC)];
} vermagic = { 0, RELEASE " " MAGIC };
#endif

struct module {
	char name[56];
	void *rest;
};

struct module *modules;

void _stext(void);
void _stext(void)
{
}

void given(void);
void given(void)
{
}

/* A vmlinux has such a table; its other exports are in kernel.symvers. */
__asm__("\t.section __ksymtab_strings, \"a\"\n"
	".Lname:\t.asciz \"given\"\n"
	".Lnone:\t.asciz \"\"\n"
	"\t.section __ksymtab, \"a\"\n"
	"\t.balign 4\n"
	"__ksymtab_given:\t.long given - ., .Lname - ., .Lnone - .\n"
	"\t.text\n");

void for_gpl(void);
void for_gpl(void)
{
}

void spaced(void);
void spaced(void)
{
}

void guarded(void);
void guarded(void)
{
}

void module_layout(void);
void module_layout(void)
{
}

__attribute__((used, noinline)) static void hidden(void)
{
}

#ifndef NO_LIVEPATCH
void klp_enable_patch(void);
void klp_enable_patch(void)
{
}
#endif
