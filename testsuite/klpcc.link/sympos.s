# SPDX-License-Identifier: GPL-2.0-or-later
# Positions: in st_value in object form, in the name in mainline form. Symbols that differ in
# their position stay apart; names with dots keep them.
#
# { symbols object {: 0+1 0 NOTYPE GLOBAL DEFAULT OS \[0xff20\] show\.klp\.vmlinux$} }
# { symbols object {: 0+c 0 NOTYPE GLOBAL DEFAULT OS \[0xff20\] show\.klp\.vmlinux$} }
# { symbols object {: 0+3 0 NOTYPE GLOBAL DEFAULT OS \[0xff20\] run\.isra\.0\.klp\.kvm$} }
# { symbols mainline {: 0+ 0 NOTYPE GLOBAL DEFAULT OS \[0xff20\] \.klp\.sym\.vmlinux\.show,1$} }
# { symbols mainline {: 0+ 0 NOTYPE GLOBAL DEFAULT OS \[0xff20\] \.klp\.sym\.vmlinux\.show,12$} }
# { symbols mainline {: 0+ 0 NOTYPE GLOBAL DEFAULT OS \[0xff20\] \.klp\.sym\.kvm\.run\.isra\.0,3$} }
# { symbols-count both {show} 2 }
	.include "module.inc"
	livepatch
	call	show.klp.vmlinux.1
	call	show.klp.vmlinux.12
	call	run.isra.0.klp.kvm.3
	mark	show.klp.vmlinux.1
	mark	show.klp.vmlinux.12
	mark	run.isra.0.klp.kvm.3
