# SPDX-License-Identifier: GPL-2.0-or-later
#
# Another file of the kernel of vmlinux.s; its code comes last in the symbol table.
	.file	"kernel/first.c"
	.section .text.early, "ax"
	.type	twice, @function
twice:	ret
