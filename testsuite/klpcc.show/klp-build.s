# SPDX-License-Identifier: GPL-2.0-or-later
# What klp-build makes: mainline form, a patch table of records, and a tombstone. The test gives the
# tombstone its name and makes it a klp symbol, as link and assembler cannot.
	.include "module.inc"
	.include "machine.inc"
	livepatch
	.globl	replacement
	.type	replacement, @function
replacement:
	callto	helper.klp.vmlinux
	ret_
	.size	replacement, . - replacement
	.section .text.gone, "ax", @progbits
	callto	.kIp.tombstone.gone
	.section .init.klp_funcs, "aw", @progbits
functions:
	.quad	.Lold, replacement, 0
	.section .init.klp_objects, "aw", @progbits
	.quad	0, functions, 0, 0, 0, 0
	.byte	0
	.zero	7
	.long	1
	.zero	4
	.section .rodata.str1.1, "aMS", @progbits, 1
.Lold:	.asciz	"show_line"
	.type	helper.klp.vmlinux, @function
	mark	helper.klp.vmlinux, 12, 5
