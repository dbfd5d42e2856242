# SPDX-License-Identifier: GPL-2.0-or-later
# Addresses. What the PLT or a distance would give for vmlinux comes from the GOT; of a module it
# is the distance in mainline form, where a slot would go stale, and in object form the GOT, whose
# slots the resolver fills again. The addend is the slot's and stays.
#
# { relocs object {'\.klp\.vmlinux\.rela\.\.text' .* 4 entries:\n.*\n.*0002 .* R_390_GOTENT .* a\.klp\.vmlinux \+ 2\n.*0008 .* R_390_GOTENT .* a\.klp\.vmlinux \+ 2\n.*000e .* R_390_GOTENT .* a\.klp\.vmlinux \+ 2\n.*0014 .* R_390_GOTENT .* a\.klp\.vmlinux \+ 2$} }
# { relocs mainline {'\.klp\.rela\.vmlinux\.\.text' .* 4 entries:\n.*\n.*0002 .* R_390_GOTENT .* \.klp\.sym\.vmlinux\.a,0 \+ 2\n.*0008 .* R_390_GOTENT .*\n.*000e .* R_390_GOTENT .*\n.*0014 .* R_390_GOTENT .* \.klp\.sym\.vmlinux\.a,0 \+ 2$} }
# { code both { 0:\tc4 28 00 00 00 00 \tlgrl\t%r2,} }
# { code both { 6:\tc4 c8 00 00 00 00 \tlgrl\t%r12,} }
# { code both { c:\tc4 18 00 00 00 00 \tlgrl\t%r1,} }
# { code both { 12:\tc0 10 00 00 00 00 \tlarl\t%r1,} }
# { relocs object {'\.klp\.kvm\.rela\.\.text' .* 3 entries:\n.*\n.*001a .* R_390_GOTENT .* b\.klp\.kvm \+ 2\n.*0020 .* R_390_GOTENT .* b\.klp\.kvm \+ 2\n.*0026 .* R_390_PC32DBL .* b\.klp\.kvm \+ a$} }
# { relocs mainline {'\.klp\.rela\.kvm\.\.text' .* 3 entries:\n.*\n.*001a .* R_390_PC32DBL .* \.klp\.sym\.kvm\.b,0 \+ 2\n.*0020 .* R_390_PC32DBL .* \.klp\.sym\.kvm\.b,0 \+ 2\n.*0026 .* R_390_PC32DBL .* \.klp\.sym\.kvm\.b,0 \+ a$} }
# { code object { 18:\tc4 f8 00 00 00 00 \tlgrl\t%r15,} }
# { code mainline { 18:\tc0 f0 00 00 00 00 \tlarl\t%r15,} }
# { code object { 1e:\tc4 38 00 00 00 00 \tlgrl\t%r3,} }
# { code mainline { 1e:\tc0 30 00 00 00 00 \tlarl\t%r3,} }
# { code both { 24:\tc0 40 00 00 00 00 \tlarl\t%r4,} }
	.include "module.inc"
	livepatch
	larl	%r2, a.klp.vmlinux@PLT
	larl	%r12, a.klp.vmlinux
	lgrl	%r1, a.klp.vmlinux@GOTENT
	larl	%r1, a.klp.vmlinux@GOTENT
	lgrl	%r15, b.klp.kvm@GOTENT
	larl	%r3, b.klp.kvm@PLT
	larl	%r4, b.klp.kvm + 8
	mark	a.klp.vmlinux
	mark	b.klp.kvm
