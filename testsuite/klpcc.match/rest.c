// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The rest of a kernel whose file unit.c is. RELEASE: its release, in quotes; SYMBOLS: how many symbols
 * `klpcc index` counts in it.
 */
const char linux_banner[] = "Linux version " RELEASE " (nobody@nowhere) #1 SMP\n";
const unsigned int kallsyms_num_syms = SYMBOLS;

void _stext(void);
void _stext(void)
{
}

/* A vmlinux has such a table. */
asm("\t.section __ksymtab_strings, \"a\"\n"
    ".Lname:\t.asciz \"exported\"\n"
    ".Lnone:\t.asciz \"\"\n"
    "\t.section __ksymtab, \"a\"\n"
    "\t.balign 4\n"
    "__ksymtab_exported:\t.long exported - ., .Lname - ., .Lnone - .\n"
    "\t.text\n");

/* A namesake of unit.c's. */
static __attribute__((noinline)) int helper(int x)
{
	static int calls;

	calls ^= x;
	return calls;
}

int variable = 3;

int imported(const char *text);
int imported(const char *text)
{
	return helper(*text);
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
