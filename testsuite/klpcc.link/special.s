# SPDX-License-Identifier: GPL-2.0-or-later
# Sections that the kernel uses while a module loads may name vmlinux: those relocations are
# applied before.
#
# { sections object {\.klp\.vmlinux\.rela\.__jump_table } }
# { sections object {\.klp\.vmlinux\.rela\.\.altinstructions } }
# { sections object {\.klp\.vmlinux\.rela\.\.static_call_sites } }
# { sections object {\.klp\.vmlinux\.rela\.__ex_table } }
# { sections object {\.klp\.vmlinux\.rela\.__bug_table } }
# { sections object {\.klp\.vmlinux\.rela\.__mcount_loc } }
# { sections object {\.klp\.vmlinux\.rela\.\.orc_unwind_ip } }
# { sections object {\.klp\.vmlinux\.rela\.\.init\.data } }
# { sections object {\.klp\.kvm\.rela\.__bug_table } }
# { sections object {\.klp\.kvm\.rela\.\.exit\.text } }
# { sections mainline {\.klp\.rela\.vmlinux\.__jump_table } }
	.include "module.inc"
	livepatch
	.macro	special name
	.section \name, "a", @progbits
	.quad	key.klp.vmlinux
	.endm
	.text
own:	nop
	.section __jump_table, "aw", @progbits
	.long	own - ., own - .
	.quad	key.klp.vmlinux - .
	.section .altinstructions, "a", @progbits
	.long	own - .
	.long	key.klp.vmlinux - .
	.zero	4
	.section .static_call_sites, "a", @progbits
	.long	own - .
	.long	key.klp.vmlinux - .
	.irp	name, __ex_table, __bug_table, __mcount_loc, .orc_unwind_ip, .init.data
	special \name
	.endr
	.section __bug_table
	.quad	start.klp.kvm
	.section .exit.text, "ax", @progbits
	call	start.klp.kvm
	mark	key.klp.vmlinux
	mark	start.klp.kvm
