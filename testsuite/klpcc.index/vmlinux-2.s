/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The other half of a vmlinux.
 */
	.file	"fs/proc/cmdline.c"

	.text
	.type	helper, %function
helper:
	.byte	0xc3
	.size	helper, . - helper

	/* nm has no letter for it: kallsyms then says `?`, as for some of objtool's in a vmlinux. */
	.section .discard.mark,"w",@progbits
marker:
	.byte	0
