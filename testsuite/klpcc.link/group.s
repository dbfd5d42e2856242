# SPDX-License-Identifier: GPL-2.0-or-later
# Section groups: their members and their signature are renumbered, and a relocation section
# whose relocations all move stays in the group.
#
# { groups both {COMDAT group section \[[ 0-9]+\] `\.group' \[once\] contains 2 sections:\n.*\n\[ ?[0-9]+\] \.text\.once\n\[ ?[0-9]+\] \.rela\.text\.once$} }
# { groups both {COMDAT group section \[[ 0-9]+\] `\.group' \[kept\] contains 2 sections:\n.*\n\[ ?[0-9]+\] \.text\.kept\n\[ ?[0-9]+\] \.rela\.text\.kept$} }
# { relocs object {'\.klp\.vmlinux\.rela\.\.text\.once' .* 1 entry} }
	.include "module.inc"
	livepatch
	.section .text.gone, "ax", @progbits
	call	helper.klp.vmlinux
	.section .text.once, "axG", @progbits, once, comdat
	.globl	once
once:	call	helper.klp.vmlinux
	.section .text.kept, "axG", @progbits, kept, comdat
	.globl	kept
kept:	call	helper.klp.vmlinux
	call	once
	mark	helper.klp.vmlinux
