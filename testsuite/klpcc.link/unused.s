# SPDX-License-Identifier: GPL-2.0-or-later
# A mark that only the reference table names goes with the table; with nothing else to do,
# the module is cleaned of it and stays an ordinary one.
#
# { symbols-not both {klp|Lfile|unused} }
# { sections-not both {klp} }
# { symbols both {NOTYPE GLOBAL DEFAULT UND _printk$} }
# { relocs both {'\.rela\.text' .* 1 entry:\n.*\n.*0001 .* R_X86_64_PLT32 0+ _printk - 4$} }
	.include "module.inc"
	livepatch
	call	_printk
	mark	unused.klp.vmlinux
