# SPDX-License-Identifier: GPL-2.0-or-later
# A module with two functions of one name, one of them in init memory: the test takes the I away.
	.section .modinfo, "a"
	.asciz	"name=twin"
	.asciz	"vermagic=6.1.0-klpcc SMP "
	.text
	.type	both, @function
both:	ret
	.size	both, . - both
	.section .init.text, "ax"
	.type	bothI, @function
bothI:	ret
	.size	bothI, . - bothI
	.section __mcount_loc, "a"
	.quad	both
	.section .gnu.linkonce.this_module, "aw"
	.zero	64
