# SPDX-License-Identifier: GPL-2.0-or-later
# SHF_LINK_ORDER sections still follow their section when the numbers move.
#
# { sections both {\] \.text\.b PROGBITS .*\n.*\] \.rela\.text\.b } }
# { link-order both __patchable_function_entries .text.b }
	.include "module.inc"
	livepatch
	.section .text.a, "ax", @progbits
	call	helper.klp.vmlinux
	.section .text.b, "ax", @progbits
.Lb:	call	_printk
	.section __patchable_function_entries, "awo", @progbits, .text.b
	.quad	.Lb
	mark	helper.klp.vmlinux
