# SPDX-License-Identifier: GPL-2.0-or-later
# What mutate.c breaks on this machine: a module with everything that the link reads, and each of
# the instructions that it looks at.
#
# { relocs object {'\.klp\.vmlinux\.rela\.\.text' .* 6 entries:} }
# { relocs mainline {'\.klp\.rela\.vmlinux\.\.text' .* 7 entries:} }
	.include "module.inc"
	livepatch
	.globl	patch
	.type	patch, @function
patch:
	brasl	%r14, helper.klp.vmlinux@PLT
	jg	helper.klp.vmlinux
	larl	%r1, helper.klp.vmlinux
	larl	%r2, helper.klp.vmlinux@PLT
	lgrl	%r3, helper.klp.vmlinux@GOTENT
	brasl	%r14, helper.klp.vmlinux.for.kvm
	lgrl	%r4, start.klp.kvm.2@GOTENT
	larl	%r5, start.klp.kvm.2@PLT
	brasl	%r14, start.klp.kvm.2
	brasl	%r14, ".klp.sym.rela.vmlinux.vmlinux.foreign,1"
	brasl	%r14, _printk@PLT
	.data
	.quad	helper.klp.vmlinux
	.quad	patch
	.section .text.once, "axG", @progbits, once, comdat
	.globl	once
once:	brasl	%r14, helper.klp.vmlinux
	.section __patchable_function_entries, "awo", @progbits, .text.once
	.quad	once
	.section .debug_info, "", @progbits
	.quad	helper.klp.vmlinux
	.bss
	.zero	64
	.section .note.GNU-stack, "", @progbits
	mark	helper.klp.vmlinux, 12, 5
	mark	helper.klp.vmlinux.for.kvm, 13, 5
	mark	start.klp.kvm.2, 14, 5
	mark	unused.klp.vmlinux, 15, 5
