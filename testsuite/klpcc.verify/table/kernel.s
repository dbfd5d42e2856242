/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kernel of the tests of the patch table, which has SYMBOLS symbols; with TWO its second file,
 * with MODULE its module m_one. Which functions ftrace can redirect is what __mcount_loc lists.
 */
	.section .note.GNU-stack, "", %progbits

	.macro	function name, list=yes
	.type	\name, %function
\name:
.ifc \list, yes
	.pushsection __mcount_loc, "a"
	.quad	\name
	.popsection
.endif
	.quad	0
	.size	\name, . - \name
	.endm

.ifdef MODULE
	.file	"m_one.c"
.ifdef TWO
	.section .init.text, "ax"
	function early_twin
	.text
	function late_twin
.else
	.text
	function there
	function early_twin
	.section .init.text, "ax"
	function only_init
	function late_twin
	.section .modinfo, "a"
	.asciz	"name=m_one"
	.asciz	"vermagic=6.1.0-klpcc SMP preempt mod_unload "
	.section .gnu.linkonce.this_module, "aw"
	.zero	960
.endif
.else
.ifdef TWO
	.file	"kernel/two.c"
	.text
	function twin
.else
	.file	"kernel/one.c"
	.section .rodata, "a"
	.globl	linux_banner
	.type	linux_banner, %object
linux_banner:
	.asciz	"Linux version 6.1.0-klpcc (nobody@nowhere) #1 SMP\n"
	.size	linux_banner, . - linux_banner
	.asciz	"6.1.0-klpcc SMP preempt mod_unload "
	.globl	kallsyms_num_syms
	.type	kallsyms_num_syms, %object
	.balign	4
kallsyms_num_syms:
	.long	SYMBOLS
	.size	kallsyms_num_syms, 4

	.text
	.globl	_stext
_stext:
	.globl	klp_enable_patch
	function klp_enable_patch
	function good
	function another
	function twin
	function folded.constprop.0
	function blind, no

	.section __ksymtab_strings, "a"
.Lname:	.asciz	"klp_enable_patch"
.Lnone:	.asciz	""
	.section __ksymtab, "a"
	.balign	4
__ksymtab_klp_enable_patch:
	.long	klp_enable_patch - ., .Lname - ., .Lnone - .

	.data
	.type	counter, %object
counter:
	.quad	1
	.size	counter, 8

	.section .init.text, "ax"
	function boot
.endif
.endif
