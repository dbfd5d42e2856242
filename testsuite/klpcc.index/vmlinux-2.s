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
