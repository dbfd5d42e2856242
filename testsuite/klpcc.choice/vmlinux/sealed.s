/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Functions, one of them in the list of those that lost their ENDBR: relative to the entry. */
	.file	"arch/x86/kernel/sealed.c"
	.include "macros.inc"
	.text
	function closed
	function open_function
	.section .ibt_endbr_seal, "a"
	.long	closed - .
