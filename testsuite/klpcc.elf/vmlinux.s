# SPDX-License-Identifier: GPL-2.0-or-later
#
# A kernel in small, with one symbol of every kind that the way from `nm -n` through
# scripts/kallsyms treats differently; vmlinux.c says what becomes of them. The order here is
# not the order of the addresses. On the command line: CODE: its kallsyms names code alone; SEALED:
# functions of it lost their ENDBR; SEALED_ODD: and the list of them is damaged.
	.file	"kernel/late.c"
	.section .text.late, "ax"
	.type	twice, @function
twice:	ret
	.weak	weak_call
	.type	weak_call, @function
weak_call: ret
.ifdef CODE
	.globl	_etext, behind_code
_etext:
behind_code:
	.section .init.text, "ax"
	.balign	16
	.globl	_sinittext, _einittext
_sinittext:
	.type	start, @function
start:	ret
_einittext:
	.section .init.data, "aw"
	.globl	behind_start
behind_start: .long 0
.endif
.ifdef SEALED
	.section .ibt_endbr_seal, "a"
	.long	local_call - .
	.long	_stext - .
.ifdef SEALED_ODD
	.byte	0
.endif
.endif

	.section .text.early, "ax"
	.globl	_stext
_stext:
	.globl	global_call
	.type	global_call, @function
global_call: ret
	.type	local_call, @function
local_call: ret

	.section .data, "aw"
	.globl	global_data
	.type	global_data, @object
global_data: .long 1
	.weak	weak_data
	.type	weak_data, @object
weak_data: .long 2
	.section .bss, "aw", @nobits
	.type	local_bss, @object
local_bss: .zero 8

	.section .data..percpu, "aw"
	.globl	__per_cpu_start
__per_cpu_start:
	.type	per_cpu_count, @object
per_cpu_count: .quad 0
	.globl	__per_cpu_end
__per_cpu_end:

	.section .rodata, "a"
	.globl	linux_banner
linux_banner: .asciz "Linux version 6.1.0-test (x@y) #1\n"
	.balign	4
	.globl	kallsyms_num_syms
kallsyms_num_syms:
.ifdef MISCOUNTED
	.long	12
.else
.ifdef CODE
	.long	10
.else
	.long	14
.endif
.endif
	# None of these is in kallsyms.
	.globl	__crc_global_call
__crc_global_call: .long 0
	.set	local_absolute, 5
	.globl	global_absolute
	.set	global_absolute, 6
	.section .comment
remark:	.byte	0

	.section __ksymtab_strings, "aMS", @progbits, 1
__kstrtab_global_call: .asciz "global_call"
__kstrtabns_global_call: .asciz "module:kvm,kvm-amd"
	.section __ksymtab_gpl, "a"
	.balign	4
__ksymtab_global_call:
	.long	global_call - ., __kstrtab_global_call - ., __kstrtabns_global_call - .
	# The linker drops an input .note.gnu.build-id.
	.section .note.id, "a", @note
	.long	4, 4, 3
	.asciz	"GNU"
	.byte	0xca, 0xfe, 0xf0, 0x0d
