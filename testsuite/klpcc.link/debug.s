# SPDX-License-Identifier: GPL-2.0-or-later
# Sections that are not loaded keep their relocations, against the renamed symbol, even when
# nothing else uses it.
#
# { relocs object {'\.rela\.debug_info' .* 3 entries:\n.*\n.*0000 .* R_X86_64_64 0+ helper\.klp\.vmlinux \+ 0\n.*0008 .* R_X86_64_64 0+ patch \+ 0\n.*0010 .* R_X86_64_64 0+ quiet\.klp\.vmlinux \+ 0$} }
# { relocs mainline {'\.rela\.debug_info' .* 3 entries:\n.*\n.*0000 .* R_X86_64_64 0+ \.klp\.sym\.vmlinux\.helper,0 \+ 0\n} }
# { symbols object {GLOBAL DEFAULT OS \[0xff20\] quiet\.klp\.vmlinux$} }
# { sections-not both {klp.*debug} }
	.include "module.inc"
	livepatch
	.globl	patch
patch:	call	helper.klp.vmlinux
	.section .debug_info, "", @progbits
	.quad	helper.klp.vmlinux
	.quad	patch
	.quad	quiet.klp.vmlinux
	mark	helper.klp.vmlinux
	mark	quiet.klp.vmlinux
