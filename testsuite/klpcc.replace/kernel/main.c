// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What every kernel of these tests has beside the file in question. COUNT: of all symbols that
 * kallsyms would have; replace.exp finds it.
 */
const char linux_banner[] = "Linux version 6.1.0-klpcc (nobody@nowhere) #1 SMP\n";
unsigned int kallsyms_num_syms = COUNT;

/* Of another file than the one that is replaced. */
int elsewhere(int x)
{
	return x + 1;
}

/* A namesake of the files' own. */
static __attribute__((noinline, noclone)) int twin(int x)
{
	return x ^ 77;
}

int use_twin(int x)
{
	return twin(x) + 1;
}

int overridden(void)
{
	return 2;
}

int register_callback(int (*callback)(int))
{
	return callback(1);
}

/* Static keys of other files: one that is exported, and one that is not. */
int late_variable = 3;
int key_elsewhere = 4;

/* EXPORT_SYMBOL(late_variable), as linux/export.h has it with CONFIG_HAVE_ARCH_PREL32_RELOCATIONS. */
asm(".pushsection __ksymtab_strings, \"a\"\n"
    ".Lname: .asciz \"late_variable\"\n"
    ".Lspace: .asciz \"\"\n"
    ".popsection\n"
    ".pushsection __ksymtab, \"a\"\n"
    ".balign 4\n"
    ".long late_variable - ., .Lname - ., .Lspace - .\n"
    ".popsection");

/* Of the compiler's options for the kernel. */
void __fentry__(void)
{
}
