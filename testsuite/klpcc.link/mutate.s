# SPDX-License-Identifier: GPL-2.0-or-later
# What mutate.c breaks: a module with everything that the link reads.
#
# { symbols both {helper} }
	.include "module.inc"
	livepatch
	.globl	patch
	.type	patch, @function
patch:
	call	helper.klp.vmlinux
	call	helper.klp.vmlinux.for.kvm
	call	start.klp.kvm.2
	call	".klp.sym.rela.vmlinux.vmlinux.foreign,1"
	call	_printk
	.data
	.quad	helper.klp.vmlinux
	.quad	patch
	.section .text.once, "axG", @progbits, once, comdat
	.globl	once
once:	call	helper.klp.vmlinux
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
