# SPDX-License-Identifier: GPL-2.0-or-later
# Nothing to link: the file is not touched.
#
# { unchanged }
	.include "module.inc"
	livepatch
	call	_printk
	.data
	# Looks a little like a mark, but is another name.
	.globl	x.klp
x.klp:	.quad	0
