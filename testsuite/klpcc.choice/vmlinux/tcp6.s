/* SPDX-License-Identifier: GPL-2.0-or-later */
	.file	"net/ipv6/tcp.c"
	.include "macros.inc"
	.text
	function helper
	function exported_twin
