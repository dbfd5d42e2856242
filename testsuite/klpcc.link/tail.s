# SPDX-License-Identifier: GPL-2.0-or-later
# Symbols whose names share a tail with a mark's keep their names when the mark's goes.
#
# { symbols both {GLOBAL DEFAULT 1 klp\.vmlinux$} }
# { symbols both {GLOBAL DEFAULT UND vmlinux$} }
# { symbols both {GLOBAL DEFAULT UND x$} }
# { strings-not object {gone} }
# { strings-not mainline {helper.klp} }
	.include "module.inc"
	livepatch
	call	helper.klp.vmlinux
	call	vmlinux
	call	x
	.globl	klp.vmlinux
klp.vmlinux:
	mark	helper.klp.vmlinux
	mark	gone.klp.vmlinux
