/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One half of a vmlinux: banner, exports, init memory, and one of two functions of a name. On
 * the command line: ADDRESSES: as s390 has it, exports are addresses, not relative; COUNT: so many
 * symbols.
 */
	.file	"init/main.c"

	.section .rodata, "a"
	.globl	linux_banner
	.type	linux_banner, %object
linux_banner:
	.asciz	"Linux version 6.1.0-klpcc (nobody@nowhere) #1 SMP\n"
	.size	linux_banner, . - linux_banner

	/* What is not vermagic: after other text, or not with a blank at its end. */
	.asciz	"not 6.1.0-klpcc SMP "
	.asciz	"6.1.0-klpcc (nobody)"
	.asciz	"6.1.0-klpcc SMP mod_unload "

	.globl	kallsyms_num_syms
	.type	kallsyms_num_syms, %object
	.balign	4
kallsyms_num_syms:
.ifdef COUNT
	.long	COUNT
.else
	.long	7
.endif
	.size	kallsyms_num_syms, 4

	.text
	.globl	_stext
_stext:
	.globl	kfree
	.type	kfree, %function
kfree:
	.byte	0xc3
	.size	kfree, . - kfree

	.type	helper, %function
helper:
	.byte	0xc3
	.size	helper, . - helper

	.section __ksymtab_strings, "aMS", %progbits, 1
.Lkfree:
	.asciz	"kfree"
.Lnone:
	.asciz	""

	/* struct kernel_symbol: value, name and namespace, relative to their own places or not. */
	.section __ksymtab, "a"
	.balign	4
__ksymtab_kfree:
.ifdef ADDRESSES
	.quad	kfree, .Lkfree, .Lnone
.else
	.long	kfree - ., .Lkfree - ., .Lnone - .
.endif
