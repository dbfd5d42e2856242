// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * x86_64: what its module loader applies, and what it reads before.
 *
 * Sources of the facts: __write_relocate_add() and module_finalize() in the kernel's
 * arch/x86/kernel/module.c, and the psABI for the names of the types.
 */
#include "arch.h"

#include <elf.h>
#include <stddef.h>

static bool applies(uint32_t type, unsigned int *width)
{
	switch (type) {
	case R_X86_64_NONE:
		*width = 0;
		return true;
	case R_X86_64_64:
	case R_X86_64_PC64:
		*width = 8;
		return true;
	case R_X86_64_32:
	case R_X86_64_32S:
	case R_X86_64_PC32:
	case R_X86_64_PLT32:
		*width = 4;
		return true;
	default:
		return false;
	}
}

#define TYPE(name) [name] = #name

static const char *const type_names[] = {
	TYPE(R_X86_64_NONE),
	TYPE(R_X86_64_64),
	TYPE(R_X86_64_PC32),
	TYPE(R_X86_64_GOT32),
	TYPE(R_X86_64_PLT32),
	TYPE(R_X86_64_COPY),
	TYPE(R_X86_64_GLOB_DAT),
	TYPE(R_X86_64_JUMP_SLOT),
	TYPE(R_X86_64_RELATIVE),
	TYPE(R_X86_64_GOTPCREL),
	TYPE(R_X86_64_32),
	TYPE(R_X86_64_32S),
	TYPE(R_X86_64_16),
	TYPE(R_X86_64_PC16),
	TYPE(R_X86_64_8),
	TYPE(R_X86_64_PC8),
	TYPE(R_X86_64_DTPMOD64),
	TYPE(R_X86_64_DTPOFF64),
	TYPE(R_X86_64_TPOFF64),
	TYPE(R_X86_64_TLSGD),
	TYPE(R_X86_64_TLSLD),
	TYPE(R_X86_64_DTPOFF32),
	TYPE(R_X86_64_GOTTPOFF),
	TYPE(R_X86_64_TPOFF32),
	TYPE(R_X86_64_PC64),
	TYPE(R_X86_64_GOTOFF64),
	TYPE(R_X86_64_GOTPC32),
	TYPE(R_X86_64_GOT64),
	TYPE(R_X86_64_GOTPCREL64),
	TYPE(R_X86_64_GOTPC64),
	TYPE(R_X86_64_GOTPLT64),
	TYPE(R_X86_64_PLTOFF64),
	TYPE(R_X86_64_SIZE32),
	TYPE(R_X86_64_SIZE64),
	TYPE(R_X86_64_GOTPC32_TLSDESC),
	TYPE(R_X86_64_TLSDESC_CALL),
	TYPE(R_X86_64_TLSDESC),
	TYPE(R_X86_64_IRELATIVE),
	TYPE(R_X86_64_RELATIVE64),
	TYPE(R_X86_64_GOTPCRELX),
	TYPE(R_X86_64_REX_GOTPCRELX),
};

static const char *relocation_name(uint32_t type)
{
	return type < sizeof(type_names) / sizeof(type_names[0]) ? type_names[type]
								 : NULL;
}

#define PATCHES_CODE "the kernel patches code from it while the module loads"

static const struct klpcc_special_section special_sections[] = {
	{ .name = ".altinstructions", .reason = PATCHES_CODE },
	{ .name = ".altinstr_replacement",
	  .reason = "the kernel copies it into code while the module loads" },
	{ .name = ".parainstructions", .reason = PATCHES_CODE },
	{ .name = ".smp_locks", .reason = PATCHES_CODE },
	{ .name = ".retpoline_sites", .reason = PATCHES_CODE },
	{ .name = ".return_sites", .reason = PATCHES_CODE },
	{ .name = ".call_sites", .reason = PATCHES_CODE },
	{ .name = ".cfi_sites", .reason = PATCHES_CODE },
	{ .name = ".ibt_endbr_seal", .reason = PATCHES_CODE },
	{ .name = ".orc_",
	  .prefix = true,
	  .reason = "the kernel sorts it for the unwinder while the module loads" },
	{ .name = NULL },
};

const struct klpcc_arch klpcc_arch_x86_64 = {
	.machine = EM_X86_64,
	.name = "x86_64",
	.absolute = R_X86_64_64,
	.applies = applies,
	.relocation_name = relocation_name,
	.advice = "compile as the kernel does, with -fno-pic -mcmodel=kernel",
	.special_sections = special_sections,
};
