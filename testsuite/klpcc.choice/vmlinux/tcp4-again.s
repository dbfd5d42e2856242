/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A file that was compiled twice into the kernel. */
	.file	"net/ipv4/tcp.c"
	.include "macros.inc"
	.text
	function twin
