/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kernel of these tests, one part: banner, exports, and what is unique. COUNT: of all symbols
 * that kallsyms would have; choice.exp finds it.
 */
	.file	"init/main.c"
	.include "macros.inc"

	.section .rodata, "a"
	.globl	linux_banner
	.type	linux_banner, %object
linux_banner:
	.asciz	"Linux version 6.1.0-klpcc (nobody@nowhere) #1 SMP\n"

	.globl	kallsyms_num_syms
	.type	kallsyms_num_syms, %object
	.balign	4
kallsyms_num_syms:
	.long	COUNT

	.text
	.globl	_stext
_stext:
	function exported_function, globl
	function spaced_function, globl
	function privileged_function, globl
	function exported_twin, globl
	function only_here
	function shared_name
	function exported_elsewhere
	function inlined.isra.0
	function inlined.constprop.0
	function inlined.cold
	function unrelated.text

	export	exported_function
	export	exported_twin
	export	spaced_function, "SPACE"
	export	privileged_function, "module:m_one,m_three"
