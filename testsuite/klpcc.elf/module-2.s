# SPDX-License-Identifier: GPL-2.0-or-later
#
# Second object of the module of module-1.s: the same names again.
	.file	"module-2.c"

	.text
	.type	twice, @function
twice:	ret
	.size	twice, 1
	.type	thrice, @function
thrice:	ret
	.size	thrice, 1

	.data
	.type	state, @object
state:	.long 5
	.size	state, 4
	# Without memory: not kept, and not counted.
	.section .comment
	.type	state_remark, @object
state_remark: .byte 0
