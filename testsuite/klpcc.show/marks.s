# SPDX-License-Identifier: GPL-2.0-or-later
# A patch module before the final link: marks of several objects, positions and gates, in code and in
# data, an import, and a patch table as the kernel's headers lay it out (include/linux/livepatch.h).
	.include "module.inc"
	.include "machine.inc"
	livepatch
	.globl	replacement
	.type	replacement, @function
replacement:
	callto	helper.klp.vmlinux
	callto	helper.klp.vmlinux
	callto	_printk
	load	counter.klp.vmlinux.2
	ret_
	.size	replacement, . - replacement
	.type	waiting, @function
waiting:
	callto	start.klp.kvm
	callto	probe.klp.kvm.for.kvm_intel
	ret_
	.size	waiting, . - waiting
	# Behind the function, so in none.
	callto	helper.klp.vmlinux
	ret_
	.section .text.alone, "ax", @progbits
	callto	helper.klp.vmlinux
	.data
	.globl	table
	.type	table, @object
	.size	table, 16
table:
	.quad	replacement
	.quad	counter.klp.vmlinux.2 + 16
	.macro	function name, new, position
	.quad	\name, \new, \position
	.zero	160 - 24
	.endm
	.macro	object name, functions
	.quad	\name, \functions
	.zero	176 - 16
	.endm
	.type	functions, @object
functions:
	function .Lold, replacement, 0
	.zero	160
	.size	functions, . - functions
	.type	kvm_functions, @object
kvm_functions:
	function .Lold_kvm, waiting, 2
	.zero	160
	.size	kvm_functions, . - kvm_functions
	.type	objects, @object
objects:
	object	0, functions
	object	.Lkvm, kvm_functions
	.zero	176
	.size	objects, . - objects
	.type	patch, @object
patch:
	.quad	__this_module, objects, 0
	.zero	192 - 24
	.size	patch, . - patch
	.section .rodata.str1.1, "aMS", @progbits, 1
.Lold:	.asciz	"show_line"
.Lold_kvm:	.asciz	"start_twice"
.Lkvm:	.asciz	"kvm"
	.type	helper.klp.vmlinux, @function
	mark	helper.klp.vmlinux, 12, 5
	record	helper.klp.vmlinux, 30, 9, 2
	mark	counter.klp.vmlinux.2, 13, 9, 12
	mark	start.klp.kvm, 14, 0
	mark	probe.klp.kvm.for.kvm_intel, 0, 0
	mark	unused.klp.vmlinux, 20, 2, 0x10
