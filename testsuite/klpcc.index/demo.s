/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A module: what the module loader looks at, and no more.
 */
	.section .modinfo, "a"
	.asciz	"name=demo"
	.asciz	"vermagic=6.1.0-klpcc SMP mod_unload "

	.text
	.globl	demo_run
	.type	demo_run, %function
demo_run:
	.byte	0xc3
	.size	demo_run, . - demo_run

	.type	helper, %function
helper:
	.byte	0xc3
	.size	helper, . - helper

	.section .init.text, "ax"
	.type	demo_init, %function
demo_init:
	.byte	0xc3
	.size	demo_init, . - demo_init

	.section .gnu.linkonce.this_module, "aw"
	.globl	__this_module
	.type	__this_module, %object
__this_module:
	.zero	8
	.size	__this_module, 8
