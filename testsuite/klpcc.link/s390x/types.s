# SPDX-License-Identifier: GPL-2.0-or-later
# Every relocation type that the module loader applies, up to the last byte of a section.
#
# { relocs object {'\.klp\.vmlinux\.rela\.\.data' .* 26 entries:\n.*\n.* R_390_8 .*\n.* R_390_12 .*\n.* R_390_16 .*\n.* R_390_20 .*\n.* R_390_32 .*\n.* R_390_64 .*\n.* R_390_PC64 .*\n.* R_390_GOT12 .*\n.* R_390_GOT16 .*\n.* R_390_GOT20 .*\n.* R_390_GOT32 .*\n.* R_390_GOT64 .*\n.* R_390_GOTPLT12 .*\n.* R_390_GOTPLT16 .*\n.* R_390_GOTPLT20 .*\n.* R_390_GOTPLT32 .*\n.* R_390_GOTPLT64 .*\n.* R_390_PLT32 .*\n.* R_390_PLT64 .*\n.* R_390_PLTOFF16 .*\n.* R_390_PLTOFF32 .*\n.* R_390_PLTOFF64 .*\n.* R_390_GOTOFF16 .*\n.* R_390_GOTOFF(32)? .*\n.* R_390_GOTOFF64 .*\n.* R_390_NONE 0+ a\.klp\.vmlinux \+ 0$} }
# { relocs both {R_390_PC16 .*\n.* R_390_PC16DBL .*\n.* R_390_PC32 .*\n.* R_390_PC32DBL } }
	.include "module.inc"
	livepatch
	.macro	type name, size, symbol
	.reloc	., R_390_\name, \symbol
	.zero	\size
	.endm
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
	type	GOTPLT12, 2, a.klp.vmlinux
	type	GOTPLT16, 2, a.klp.vmlinux
	type	GOTPLT20, 4, a.klp.vmlinux
	type	GOTPLT32, 4, a.klp.vmlinux
	type	GOTPLT64, 8, a.klp.vmlinux
	type	PLT32, 4, a.klp.vmlinux
	type	PLT64, 8, a.klp.vmlinux
	type	PLTOFF16, 2, a.klp.vmlinux
	type	PLTOFF32, 4, a.klp.vmlinux
	type	PLTOFF64, 8, a.klp.vmlinux
	type	GOTOFF16, 2, a.klp.vmlinux
	type	GOTOFF32, 4, a.klp.vmlinux
	type	GOTOFF64, 8, a.klp.vmlinux
	.reloc	., R_390_NONE, a.klp.vmlinux
	.byte	0
	.section .data.near, "aw", @progbits
	type	PC16, 2, b.klp.kvm
	type	PC16DBL, 2, b.klp.kvm
	type	PC32, 4, b.klp.kvm
	type	PC32DBL, 4, b.klp.kvm
	mark	a.klp.vmlinux
	mark	b.klp.kvm
