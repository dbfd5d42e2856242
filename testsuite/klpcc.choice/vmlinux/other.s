/* SPDX-License-Identifier: GPL-2.0-or-later */
	.file	"other.c"
	.include "macros.inc"
	.text
	function helper
	.data
	variable counter
