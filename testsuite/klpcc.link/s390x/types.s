# SPDX-License-Identifier: GPL-2.0-or-later
# Every relocation type that the module loader applies, where it can work, up to the last byte of
# a section. Where each cannot: s390x.exp.
#
# { relocs object {'\.klp\.vmlinux\.rela\.\.data' .* 28 entries:\n.*\n.* R_390_8 .*\n.* R_390_12 .*\n.* R_390_16 .*\n.* R_390_20 .*\n.* R_390_32 .*\n.* R_390_64 .*\n.* R_390_PC64 .*\n.* R_390_GOT12 .*\n.* R_390_GOT16 .*\n.* R_390_GOT20 .*\n.* R_390_GOT32 .*\n.* R_390_GOT64 .*\n.* R_390_GOTENT .* \+ 2\n.* R_390_GOTPLT12 .*\n.* R_390_GOTPLT16 .*\n.* R_390_GOTPLT20 .*\n.* R_390_GOTPLT32 .*\n.* R_390_GOTPLT64 .*\n.* R_390_GOTPLTENT .* \+ 2\n.* R_390_PLT32 .*\n.* R_390_PLT64 .*\n.* R_390_PLTOFF16 .*\n.* R_390_PLTOFF32 .*\n.* R_390_PLTOFF64 .*\n.* R_390_GOTOFF64 .*\n.* R_390_GOTPC .*\n.* R_390_GOTPCDBL .*\n.* R_390_NONE 0+ a\.klp\.vmlinux \+ 0$} }
# { relocs mainline {'\.klp\.rela\.vmlinux\.\.data' .* 28 entries:} }
# { relocs object {'\.klp\.vmlinux\.rela\.\.text' .* 2 entries:\n.*\n.* R_390_PLT16DBL .* \+ 2\n.* R_390_PLT32DBL .* \+ 2$} }
# { relocs both {'\.klp\..*\.data\.near' .* 5 entries:\n.*\n.* R_390_PC32 .*\n.* R_390_PC32DBL .*\n.* R_390_PC64 .*\n.* R_390_GOTOFF64 .*\n.* R_390_GOTPC } }
	.include "module.inc"
	livepatch
	.macro	type name, size, symbol
	.reloc	., R_390_\name, \symbol
	.zero	\size
	.endm
	bras	%r14, a.klp.vmlinux@PLT
	brasl	%r14, a.klp.vmlinux@PLT
	.data
	type	8, 1, a.klp.vmlinux
	type	12, 2, a.klp.vmlinux
	type	16, 2, a.klp.vmlinux
	type	20, 4, a.klp.vmlinux
	type	32, 4, a.klp.vmlinux
	type	64, 8, a.klp.vmlinux
	type	PC64, 8, a.klp.vmlinux
	type	GOT12, 2, a.klp.vmlinux
	type	GOT16, 2, a.klp.vmlinux
	type	GOT20, 4, a.klp.vmlinux
	type	GOT32, 4, a.klp.vmlinux
	type	GOT64, 8, a.klp.vmlinux
	type	GOTENT, 4, a.klp.vmlinux + 2
	type	GOTPLT12, 2, a.klp.vmlinux
	type	GOTPLT16, 2, a.klp.vmlinux
	type	GOTPLT20, 4, a.klp.vmlinux
	type	GOTPLT32, 4, a.klp.vmlinux
	type	GOTPLT64, 8, a.klp.vmlinux
	type	GOTPLTENT, 4, a.klp.vmlinux + 2
	type	PLT32, 4, a.klp.vmlinux
	type	PLT64, 8, a.klp.vmlinux
	type	PLTOFF16, 2, a.klp.vmlinux
	type	PLTOFF32, 4, a.klp.vmlinux
	type	PLTOFF64, 8, a.klp.vmlinux
	type	GOTOFF64, 8, a.klp.vmlinux
	type	GOTPC, 4, a.klp.vmlinux
	type	GOTPCDBL, 4, a.klp.vmlinux
	.reloc	., R_390_NONE, a.klp.vmlinux
	.byte	0
	.section .data.near, "aw", @progbits
	type	PC32, 4, b.klp.kvm
	type	PC32DBL, 4, b.klp.kvm
	type	PC64, 8, b.klp.kvm
	type	GOTOFF64, 8, b.klp.kvm
	type	GOTPC, 4, b.klp.kvm
	mark	a.klp.vmlinux
	mark	b.klp.kvm
