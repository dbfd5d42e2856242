# SPDX-License-Identifier: GPL-2.0-or-later
# Calls and jumps. To vmlinux they go through the PLT, also where the source says nothing of it;
# a module's function is within reach, and an offset to it is one to the function.
#
# { relocs object {'\.klp\.vmlinux\.rela\.\.text' .* 5 entries:\n.*\n.*0002 .* R_390_PLT32DBL 0+ a\.klp\.vmlinux \+ 2\n.*0008 .* R_390_PLT32DBL .* a\.klp\.vmlinux \+ 2\n.*000e .* R_390_PLT32DBL .* a\.klp\.vmlinux \+ 2\n.*0014 .* R_390_PLT32DBL .* a\.klp\.vmlinux \+ 2\n.*001a .* R_390_PLT16DBL .* a\.klp\.vmlinux \+ 2$} }
# { relocs mainline {'\.klp\.rela\.vmlinux\.\.text' .* 5 entries:\n.*\n.*0002 .* R_390_PLT32DBL .* \.klp\.sym\.vmlinux\.a,0 \+ 2$} }
# { relocs object {'\.klp\.kvm\.rela\.\.text' .* 3 entries:\n.*\n.*001e .* R_390_PC32DBL .* b\.klp\.kvm \+ 2\n.*0024 .* R_390_PLT32DBL .* b\.klp\.kvm \+ 2\n.*002a .* R_390_PC32DBL .* b\.klp\.kvm \+ 6$} }
# { relocs mainline {'\.klp\.rela\.kvm\.\.text' .* 3 entries:\n.*\n.*001e .* R_390_PC32DBL .* \.klp\.sym\.kvm\.b,0 \+ 2\n.*0024 .* R_390_PLT32DBL .* \.klp\.sym\.kvm\.b,0 \+ 2\n.*002a .* R_390_PC32DBL .* \.klp\.sym\.kvm\.b,0 \+ 6$} }
# { code both { 0:\tc0 e5 00 00 00 00 \tbrasl\t%r14,} }
# { code both { 6:\tc0 f4 00 00 00 00 \tjg\t} }
# { code both { c:\tc0 e5 00 00 00 00 \tbrasl\t%r14,} }
# { code both { 12:\tc0 84 00 00 00 00 \tjge\t} }
# { code both { 18:\ta7 e5 00 00 +\tbras\t%r14,} }
# { code both { 1c:\tc0 e5 00 00 00 00 \tbrasl\t%r14,} }
	.include "module.inc"
	livepatch
	brasl	%r14, a.klp.vmlinux@PLT
	jg	a.klp.vmlinux@PLT
	brasl	%r14, a.klp.vmlinux
	jge	a.klp.vmlinux
	bras	%r14, a.klp.vmlinux@PLT
	brasl	%r14, b.klp.kvm
	brasl	%r14, b.klp.kvm@PLT
	jg	b.klp.kvm + 4
	mark	a.klp.vmlinux
	mark	b.klp.kvm
