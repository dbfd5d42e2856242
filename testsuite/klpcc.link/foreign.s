# SPDX-License-Identifier: GPL-2.0-or-later
# The marks of existing source-based livepatches end as the project's own do: one symbol for
# both spellings, in the same section.
#
# { relocs object {'\.klp\.vmlinux\.rela\.\.text' .* 3 entries:\n.*\n.*0001 .* helper\.klp\.vmlinux - 4\n.*0006 .* helper\.klp\.vmlinux - 4\n.*000b .* show\.klp\.vmlinux - 4$} }
# { relocs object {'\.klp\.kvm\.rela\.\.text' .* 2 entries:\n.*\n.*0010 .* start\.klp\.kvm - 4\n.*0015 .* start\.klp\.kvm - 4$} }
# { relocs mainline {'\.klp\.rela\.vmlinux\.\.text' .* 3 entries:\n.*\n.*0001 .* \.klp\.sym\.vmlinux\.helper,0 - 4\n.*0006 .* \.klp\.sym\.vmlinux\.helper,0 - 4\n.*000b .* \.klp\.sym\.vmlinux\.show,2 - 4$} }
# { relocs mainline {'\.klp\.rela\.kvm\.\.text' .* 2 entries:\n.*\n.*0010 .* \.klp\.sym\.kvm\.start,0 - 4\n.*0015 .* \.klp\.sym\.kvm\.start,0 - 4$} }
# { symbols object {: 0+2 0 NOTYPE GLOBAL DEFAULT OS \[0xff20\] show\.klp\.vmlinux$} }
# { symbols-count both {helper} 1 }
# { symbols-count both {start} 1 }
	.include "module.inc"
	livepatch
	call	helper.klp.vmlinux
	call	".klp.sym.rela.vmlinux.vmlinux.helper,0"
	call	".klp.sym.rela.vmlinux.vmlinux.show,2"
	call	".klp.sym.rela.kvm.kvm.start,0"
	call	start.klp.kvm
	mark	helper.klp.vmlinux
	mark	start.klp.kvm
