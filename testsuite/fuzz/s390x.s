# SPDX-License-Identifier: GPL-2.0-or-later
#
# Seeds of the link for s390x: what seed-files makes of the object that the assembler of an x86_64
# machine makes of this, so that fuzzing needs no other assembler. The instructions are
# bytes, and the types stand for others (seed-files.c: s390_type()).
#
# SLOTS: with GOT slots that are used in place, which only the object form takes.

	.include "module.inc"
	livepatch
	.macro	larl register, type, name, addend=2
	.byte	0xc0, \register << 4
	.reloc	., R_X86_64_\type, \name + \addend
	.long	0
	.endm
	.macro	jump opcode, type, name
	.byte	0xc0, \opcode
	.reloc	., R_X86_64_\type, \name + 2
	.long	0
	.endm
	.macro	lgrl register, name
	.byte	0xc4, \register << 4 | 8
	.reloc	., R_X86_64_GOTPCREL, \name + 2
	.long	0
	.endm

	.globl	patch
	.type	patch, @function
patch:
	jump	0xe5, PLT32, helper.klp.vmlinux
	jump	0xf4, PC32, helper.klp.vmlinux
	jump	0xe5, PC32, helper.klp.vmlinux.for.kvm
	jump	0xe5, PC32, vcpu.klp.kvm.2
	jump	0xe5, PLT32, _printk
	larl	1, PC32, helper.klp.vmlinux
	larl	2, PLT32, counter.klp.vmlinux
	larl	3, PLT32, vcpu.klp.kvm.2
	larl	4, PC32, vcpu.klp.kvm.2, 10
	lgrl	5, helper.klp.vmlinux
	lgrl	6, vcpu.klp.kvm.2
	.ifdef	SLOTS
	larl	7, GOTPCREL, vcpu.klp.kvm.2
	.endif
	.data
	.reloc	., R_X86_64_64, counter.klp.vmlinux
	.quad	0
	mark	helper.klp.vmlinux, 12, 5
	mark	helper.klp.vmlinux.for.kvm, 13, 5
	mark	counter.klp.vmlinux, 14, 5
	mark	vcpu.klp.kvm.2, 15, 5
