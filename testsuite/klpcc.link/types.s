# SPDX-License-Identifier: GPL-2.0-or-later
# Every relocation type that the module loader applies, up to the last byte of a section.
#
# { relocs object {'\.klp\.vmlinux\.rela\.\.data' .* 7 entries:\n.*\n.* R_X86_64_64 .*\n.* R_X86_64_32 .*\n.* R_X86_64_32S .*\n.* R_X86_64_PC32 .*\n.* R_X86_64_PC64 .*\n.* R_X86_64_PLT32 .*\n.*0020 .* R_X86_64_NONE 0+ a\.klp\.vmlinux \+ 0$} }
	.include "module.inc"
	livepatch
	.data
	.irp	type, 64, 32, 32S, PC32, PC64, PLT32
	.reloc	., R_X86_64_\type, a.klp.vmlinux
	.ifc	\type, 64
	.quad	0
	.else
	.ifc	\type, PC64
	.quad	0
	.else
	.long	0
	.endif
	.endif
	.endr
	.reloc	., R_X86_64_NONE, a.klp.vmlinux
	.byte	0
	mark	a.klp.vmlinux
