# SPDX-License-Identifier: GPL-2.0-or-later
# What is the module's own stays as it is: a thunk in its group, the tables of the sites that go
# through it, the slots of its own symbols.
#
# { groups both {COMDAT group section .*group' \[__s390_indirect_jump_r1\] contains 1 sections:\n.*\n *\[ +\d+\] +\.text\.__s390_indirect_jump_r1$} }
# { relocs both {'\.rela\.text' .* 4 entries:\n.*\n.* R_390_PC32DBL .* __s390_indirect_jump_r1 \+ 2\n.* R_390_GOTENT .* own \+ 2\n.* R_390_GOTENT .* own_global \+ 2\n.* R_390_PLT32DBL .* _printk \+ 2$} }
# { relocs both {'\.rela\.s390_indirect_jump' .* 1 entry:\n.*\n.* R_390_PC32 } }
# { relocs both {'\.rela\.s390_return_reg' .* 1 entry:\n.*\n.* R_390_PC32 } }
# { thunks both {c6000000 0005a7f4 000007f1 .*\n(?:.*\n)+\.rela\.s390_indirect_jump\n0+ R_390_PC32 .* \.text \+ 0\n\.rela\.s390_return_reg\n0+ R_390_PC32 .* \.text \+ 0\n__s390_indirect_jump_r1: \.text\.__s390_indirect_jump_r1$} }
# { relocs object {'\.klp\.vmlinux\.rela\.\.text' .* 1 entry:} }
	.include "module.inc"
	livepatch
site:	jg	__s390_indirect_jump_r1
	lgrl	%r1, own@GOTENT
	lgrl	%r1, own_global@GOTENT
	brasl	%r14, _printk@PLT
	brasl	%r14, a.klp.vmlinux
	.section .s390_indirect_jump, "a", @progbits
	.long	site - .
	.section .s390_return_reg, "a", @progbits
	.long	site - .
	.section .text.__s390_indirect_jump_r1, "axG", @progbits, __s390_indirect_jump_r1, comdat
	.weak	__s390_indirect_jump_r1
	.hidden	__s390_indirect_jump_r1
	.type	__s390_indirect_jump_r1, @function
__s390_indirect_jump_r1:
	exrl	%r0, 1f
0:	j	0b
1:	br	%r1
	.data
	.quad	0
own:	.quad	0
	.globl	own_global
own_global:
	.quad	0
	mark	a.klp.vmlinux
