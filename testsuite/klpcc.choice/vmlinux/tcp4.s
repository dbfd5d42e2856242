/* SPDX-License-Identifier: GPL-2.0-or-later */
	.file	"net/ipv4/tcp.c"
	.include "macros.inc"
	.text
	function helper
	function twin
	.data
	variable counter
