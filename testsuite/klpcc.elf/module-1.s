# SPDX-License-Identifier: GPL-2.0-or-later
#
# First object of a module that has one symbol of every kind that the kernel tells apart when
# it decides what its kallsyms keeps (kernel/module/kallsyms.c); module.c says what becomes
# of them. On the command line: NAMED: it says its name; LIVEPATCH: it is a patch; OTHER: it is
# for another kernel; FOREVER: that kernel unloads no modules; FLAGS: it has flags of exports; LONG: its
# exports have names that no kernel has; SEALED: functions of it lost their ENDBR; SEALED_ELSEWHERE,
# SEALED_ODD, SEALED_LESS: and its list of them is wrong; TRACED: ftrace can redirect functions of it;
# TRACED_ODD: and that list is wrong; CRC: its exports have checksums, CRC_ABSOLUTE, CRC_RELATIVE: as
# before 5.19, with symbols that are these or are at them; CRC_LESS: and one is missing.
	.file	"module-1.c"

	.text
	.type	twice, @function
twice:	ret
	.size	twice, 1
	.type	only_here, @function
only_here: ret
	.size	only_here, 1

	.section .init.text, "ax"
	.type	start, @function
start:	ret
	.size	start, 1
	# Also a name of module-2.s: the kernel forgets this one.
	.type	thrice, @function
thrice:	ret
	.size	thrice, 1

	.section .exit.text, "ax"
	.type	stop, @function
stop:	ret
	.size	stop, 1

	.data
	.type	state, @object
state:	.long 1
	.size	state, 4
	.bss
	.type	space, @object
space:	.zero 8
	.size	space, 8
	.section .rodata, "a"
	.type	fixed, @object
fixed:	.long 2
	.size	fixed, 4
	.section .init.data, "aw"
	.type	start_data, @object
start_data: .long 3
	.size	start_data, 4

	.section .data..percpu, "aw"
	.globl	per_cpu_count
	.type	per_cpu_count, @object
per_cpu_count: .quad 0
	.size	per_cpu_count, 8

	# Memory only while the module is loaded.
	.section .modinfo, "a"
	.type	license, @object
license: .asciz "license=GPL"
	.size	license, 12
.ifdef NAMED
	.asciz "name=sample_module"
.endif
.ifdef LIVEPATCH
	.asciz "livepatch=Y"
.endif
	.ascii "vermagic="
	.ifdef OTHER
	.ascii "9.9.9-other"
	.else
	.ascii "6.1.0-test"
	.endif
	.ascii " SMP preempt "
	.ifndef FOREVER
	.ascii "mod_unload "
	.endif
	.asciz "modversions "
	.section __versions, "a"
	.type	versions, @object
versions: .zero 64
	.size	versions, 64

	# No memory at all.
	.section .comment
remark:	.byte 0
	.set	absolute, 0x1234

	.section .gnu.linkonce.this_module, "aw"
	.globl	__this_module
	.type	__this_module, @object
__this_module: .zero 64
	.size	__this_module, 64

	.section .note.gnu.build-id, "a", @note
	.long	4, 4, 3
	.asciz	"GNU"
	.byte	0x01, 0x23, 0x45, 0x67

	.text
	.globl	open_call
	.type	open_call, @function
open_call: endbr64
	call elsewhere
	.size	open_call, 9
	.globl	gpl_call
	.type	gpl_call, @function
gpl_call: ret
	.size	gpl_call, 1
	.globl	renamed_call
	.type	renamed_call, @function
renamed_call: ret
	.size	renamed_call, 1
	.weak	weak_call
	.type	weak_call, @function
weak_call: ret
	.size	weak_call, 1
	.data
	.weak	weak_data
	.type	weak_data, @object
weak_data: .long 4
	.size	weak_data, 4

# \symbol: what is exported; \name: under which name
.macro	export name, symbol, table, namespace=""
	.section __ksymtab_strings, "aMS", @progbits, 1
__kstrtab_\name: .ascii "\name"
.ifdef LONG
	.fill	5000, 1, 'x'
.endif
	.byte	0
__kstrtabns_\name: .asciz "\namespace"
	.section \table, "a"
	.balign	4
__ksymtab_\name:
	.long	\symbol - .
	.long	__kstrtab_\name - .
	.long	__kstrtabns_\name - .
.endm
	export	open_call, open_call, __ksymtab
	# EXPORT_SYMBOL_FOR_MODULES() of 6.16 and later.
	export	other_name, renamed_call, __ksymtab, "module:kvm,kvm-amd"
	export	gpl_call, gpl_call, __ksymtab_gpl, SAMPLES
.ifdef SEALED
	# As objtool makes it: the section, and for each entry a relocation.
	.section .ibt_endbr_seal, "a"
	.long	only_here - .
	.long	open_call - .
	.long	start - .
.ifdef SEALED_ELSEWHERE
	.long	elsewhere - .
.endif
.ifdef SEALED_ODD
	.long	open_call
.endif
.ifdef SEALED_LESS
	.long	0
.endif
.endif
.ifdef TRACED
	# As objtool and recordmcount make it.
	.section __mcount_loc, "a"
	.quad	only_here
	.quad	open_call + 4
	.quad	start
	# Not after an ENDBR: the place of another function, which has no name.
	.quad	renamed_call + 4
.ifdef TRACED_ODD
	.long	only_here - .
	.long	0
.endif
.endif

# \table: of checksums; \name: of the export
.macro	checksum name, table, value
.ifdef CRC_ABSOLUTE
	.weak	__crc_\name
	.set	__crc_\name, \value
	.section \table, "a"
	.long	__crc_\name
.else
.ifdef CRC_RELATIVE
	.section .rodata, "a"
	.balign	4
__crc_\name: .long \value
	.section \table, "a"
	.long	__crc_\name - .
.else
	.section \table, "a"
	.long	\value
.endif
.endif
.endm
.ifdef CRC
	checksum open_call, __kcrctab, 0x89abcdef
	checksum other_name, __kcrctab, 0x12345678
.ifndef CRC_LESS
	checksum gpl_call, __kcrctab_gpl, 0x00c0ffee
.else
	.section __kcrctab_gpl, "a"
	.byte	0
.endif
.endif
.ifdef FLAGS
	# Kernels that have this keep GPL-only exports in __ksymtab, too.
	.section __kflagstab, "a"
	.byte	0, 1
.endif
