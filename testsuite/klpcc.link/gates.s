# SPDX-License-Identifier: GPL-2.0-or-later
# Gates: one section for each; marks that differ in their gate alone are one symbol; in
# mainline form what vmlinux has never waits for a module.
#
# { relocs object {'\.klp\.kvm\.rela\.\.text' .* 2 entries:\n.*\n.*0006 .* helper\.klp\.vmlinux - 4\n.*000b .* start\.klp\.kvm - 4$} }
# { relocs object {'\.klp\.vmlinux\.rela\.\.text' .* 2 entries:\n.*\n.*0001 .* helper\.klp\.vmlinux - 4\n.*0010 .* early\.klp\.kvm - 4$} }
# { relocs object {'\.klp\.kvm_intel\.rela\.\.text' .* 1 entry:\n.*\n.*0015 .* start\.klp\.kvm - 4$} }
# { sections object {\.klp\.kvm\.rela\.\.text .*\n.*\.klp\.kvm_intel\.rela\.\.text .*\n.*\.klp\.vmlinux\.rela\.\.text .*\n.*\.klp\.kvm\.rela\.\.data } }
# { relocs mainline {'\.klp\.rela\.kvm\.\.text' .* 1 entry:\n.*\n.*000b .* \.klp\.sym\.kvm\.start,0 - 4$} }
# { relocs mainline {'\.klp\.rela\.vmlinux\.\.text' .* 3 entries:\n.*\n.*0001 .* \.klp\.sym\.vmlinux\.helper,0 - 4\n.*0006 .* \.klp\.sym\.vmlinux\.helper,0 - 4\n.*0010 .* \.klp\.sym\.kvm\.early,0 - 4$} }
# { relocs mainline {'\.klp\.rela\.kvm_intel\.\.text' .* 1 entry:\n.*\n.*0015 .* \.klp\.sym\.kvm\.start,0 - 4$} }
# { symbols-count both {helper} 1 }
# { symbols-count both {start} 1 }
# { symbols object {FUNC GLOBAL DEFAULT OS \[0xff20\] helper\.klp\.vmlinux$} }
	.include "module.inc"
	livepatch
	call	helper.klp.vmlinux
	call	helper.klp.vmlinux.for.kvm
	call	start.klp.kvm
	call	early.klp.kvm.for.vmlinux
	call	start.klp.kvm.for.kvm_intel
	.data
	.quad	start.klp.kvm
	.type	helper.klp.vmlinux.for.kvm, @function
	mark	helper.klp.vmlinux
	mark	helper.klp.vmlinux.for.kvm
	mark	start.klp.kvm
	mark	early.klp.kvm.for.vmlinux
	mark	start.klp.kvm.for.kvm_intel
