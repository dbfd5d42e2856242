# SPDX-License-Identifier: GPL-2.0-or-later
# Calls, data and a section of its own: every relocation of a mark moves, the others stay, and
# where there are none one that does nothing.
#
# { sections object {\.rela\.text RELA .* 18 I } }
# { sections object {\.klp\.vmlinux\.rela\.\.text RELA 0+ [0-9a-f]+ 000030 18 AIo [0-9]+ 1 8$} }
# { sections object {\.klp\.vmlinux\.rela\.\.text\.alone RELA 0+ [0-9a-f]+ 000018 18 AIo } }
# { sections object {\.klp\.vmlinux\.rela\.\.data RELA 0+ [0-9a-f]+ 000018 18 AIo } }
# { relocs object {'\.rela\.text\.alone' .* 1 entry:\n.*\n0+ 0+ R_X86_64_NONE +0$} }
# { sections-not object {klpcc} }
# { sections mainline {\.klp\.rela\.vmlinux\.\.text RELA 0+ [0-9a-f]+ 000030 18 AIo [0-9]+ 1 8$} }
# { sections mainline {\.klp\.rela\.vmlinux\.\.text\.alone RELA 0+ [0-9a-f]+ 000018 18 AIo } }
# { sections mainline {\.klp\.rela\.vmlinux\.\.data RELA 0+ [0-9a-f]+ 000018 18 AIo } }
# { relocs mainline {'\.rela\.text\.alone' .* 1 entry:\n.*\n0+ 0+ R_X86_64_NONE +0$} }
# { symbols object {: 0+ 0 FUNC GLOBAL DEFAULT OS \[0xff20\] helper\.klp\.vmlinux$} }
# { symbols object {: 0+ 0 OBJECT GLOBAL DEFAULT OS \[0xff20\] counter\.klp\.vmlinux$} }
# { symbols object {: 0+ 0 NOTYPE GLOBAL DEFAULT UND _printk$} }
# { symbols mainline {: 0+ 0 FUNC GLOBAL DEFAULT OS \[0xff20\] \.klp\.sym\.vmlinux\.helper,0$} }
# { symbols mainline {: 0+ 0 OBJECT GLOBAL DEFAULT OS \[0xff20\] \.klp\.sym\.vmlinux\.counter,0$} }
# { symbols-not both {WEAK} }
# { relocs object {'\.rela\.text' .* 1 entry:\n.*\n.*0006 [0-9a-f]+ R_X86_64_PLT32 0+ _printk - 4$} }
# { relocs object {'\.klp\.vmlinux\.rela\.\.text' .* 2 entries:\n.*\n.*0001 [0-9a-f]+ R_X86_64_PLT32 0+ helper\.klp\.vmlinux - 4\n.*000c [0-9a-f]+ R_X86_64_PC32 0+ counter\.klp\.vmlinux - 4$} }
# { relocs object {'\.klp\.vmlinux\.rela\.\.data' .*\n.*\n.*0008 [0-9a-f]+ R_X86_64_64 0+ counter\.klp\.vmlinux \+ 10$} }
# { relocs object {'\.rela\.data' .* 1 entry:\n.*\n.*0000 [0-9a-f]+ R_X86_64_64 0+ patch \+ 0$} }
# { relocs mainline {'\.klp\.rela\.vmlinux\.\.text' .* 2 entries:\n.*\n.*0001 [0-9a-f]+ R_X86_64_PLT32 0+ \.klp\.sym\.vmlinux\.helper,0 - 4\n.*000c [0-9a-f]+ R_X86_64_PC32 0+ \.klp\.sym\.vmlinux\.counter,0 - 4$} }
	.include "module.inc"
	livepatch
	.globl	patch
	.type	patch, @function
patch:
	call	helper.klp.vmlinux
	call	_printk
	movl	counter.klp.vmlinux(%rip), %eax
	ret
	.size	patch, . - patch
	.section .text.alone, "ax", @progbits
	call	helper.klp.vmlinux
	.data
	.quad	patch
	.quad	counter.klp.vmlinux + 16
	.type	helper.klp.vmlinux, @function
	.type	counter.klp.vmlinux, @object
	mark	helper.klp.vmlinux, 12, 5
	mark	counter.klp.vmlinux, 13, 9, 4
