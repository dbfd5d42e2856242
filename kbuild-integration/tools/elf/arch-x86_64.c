// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * x86_64: what its module loader reads before it applies relocations, and which code is rewritten.
 *
 * Sources of the facts: module_finalize() in the kernel's arch/x86/kernel/module.c; for code that
 * is rewritten, the files that the table names.
 */
#include "arch.h"

#include <elf.h>
#include <stddef.h>
#include <string.h>

#include "../lib/number.h"

static const struct klpcc_reloc relocs[] = { KLPCC_RELOCS_X86_64(KLPCC_RELOC_ROW) };

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

/* ---- code that is rewritten ------------------------------------------------------------ */

/*
 * Prefixes that compilers and the kernel put before a branch: CS and DS (a padded call, a hint),
 * and the operand size, of which NOPs have any number.
 */
static bool is_prefix(unsigned char byte)
{
	return byte == 0x2e || byte == 0x3e || byte == 0x66;
}

static unsigned int branch_length(const unsigned char *code, size_t size)
{
	unsigned int prefixes = 0;

	while (prefixes < size && prefixes < 4 && is_prefix(code[prefixes]))
		prefixes++;
	if (size - prefixes >= 2 && code[prefixes] == 0x0f &&
	    (code[prefixes + 1] & 0xf0) == 0x80) /* jcc */
		return prefixes + 6;
	if (size > prefixes && code[prefixes] == 0xeb) /* jmp, 8 bits */
		return prefixes + 2;
	if (size > prefixes && code[prefixes] == 0x90) /* nop */
		return prefixes + 1;
	return prefixes + 5; /* call; jmp, 32 bits; the long NOP */
}

/* Bytes of the immediate operand that follows an address of 32 bits, by opcode and ModRM byte. */
static int immediate_size(const unsigned char *modrm, size_t before)
{
	bool first_register = !(*modrm & 0x38), narrow = before >= 3 && modrm[-2] == 0x66;

	if (before >= 3 && modrm[-2] == 0x0f) /* bt and its kin; double shifts */
		return modrm[-1] == 0xba || modrm[-1] == 0xa4 || modrm[-1] == 0xac;
	switch (modrm[-1]) {
	case 0x6b: /* imul */
	case 0x80: /* arithmetic */
	case 0x83:
	case 0xc0: /* shifts */
	case 0xc1:
	case 0xc6: /* mov */
		return 1;
	case 0x69:
	case 0x81:
	case 0xc7:
		return narrow ? 2 : 4;
	case 0xf6: /* test, not its kin */
		return first_register;
	case 0xf7:
		return !first_register ? 0 : narrow ? 2 : 4;
	default:
		return 0;
	}
}

/* The end of the instruction. A branch has no ModRM byte, and its target is code. */
static int relative_origin(const unsigned char *code, size_t before)
{
	/* A relative address: no base register, 32 bits. */
	if (before < 2 || (code[-1] & 0xc7) != 0x05)
		return 4;
	return 4 + immediate_size(code - 1, before);
}

/* call and jmp, and jcc: the distance counts from the end of the instruction. */
static bool is_branch(const unsigned char *code, size_t size, size_t field,
		      int64_t *target)
{
	if (field > size || size - field < KLPCC_ARCH_BRANCH)
		return false;
	if ((field < 1 || (code[field - 1] != 0xe8 && code[field - 1] != 0xe9)) &&
	    (field < 2 || code[field - 2] != 0x0f || (code[field - 1] & 0xf0) != 0x80))
		return false;
	*target = (int64_t)field + KLPCC_ARCH_BRANCH +
		  (int32_t)klpcc_number(code + field, KLPCC_ARCH_BRANCH, false);
	return true;
}

/* elf_write_insn() of the kernel's tools/objtool, with the NOPs of arch_nop_insn(). */
static unsigned int clear_jump(unsigned char *code, size_t size)
{
	static const unsigned char nop2[] = { 0x66, 0x90 };
	static const unsigned char nop5[] = { 0x0f, 0x1f, 0x44, 0x00, 0x00 };

	if (size >= sizeof(nop2) && code[0] == 0xeb) {
		memcpy(code, nop2, sizeof(nop2));
		return sizeof(nop2);
	}
	if (size >= sizeof(nop5) && code[0] == 0xe9) {
		memcpy(code, nop5, sizeof(nop5));
		return sizeof(nop5);
	}
	return 0;
}

#define REPLACED "the kernel replaces the code there while it loads the module"
#define COPIED "the kernel copies the code there while it loads the module"

#define ALTERNATIVE(bytes, lengths)                                          \
	{ .name = ".altinstructions",                                        \
	  .size = bytes,                                                     \
	  .relocations = 2,                                                  \
	  .address = 0,                                                      \
	  .length_at = lengths,                                              \
	  .reason = REPLACED },                                              \
	{                                                                    \
		.name = ".altinstructions", .size = bytes, .relocations = 2, \
		.address = 4, .length_at = lengths + 1, .reason = COPIED     \
	}

/*
 * Not in this list, because none of it is rewritten: what __ex_table, __bug_table and
 * .orc_* point to, and the NOPs of __patchable_function_entries, which ftrace does not use
 * on this machine. .call_sites is not in it either: callthunks_patch_module_calls()
 * (callthunks.c), where it is in use, changes only calls whose target has NOPs before it,
 * and the target of a call that still waits is the instruction after it. .cfi_sites lists
 * prologues; only clang makes it.
 */
static const struct klpcc_rewrite rewrites[] = {
	/*
	 * apply_alternatives() in alternative.c. struct alt_instr: first with the length of the
	 * padding after the two others, then without, then with 32 bits for the feature.
	 */
	ALTERNATIVE(13, 10),
	ALTERNATIVE(12, 10),
	ALTERNATIVE(14, 12),
	/* apply_paravirt() in alternative.c, until 6.7. */
	{ .name = ".parainstructions",
	  .size = 16,
	  .relocations = 1,
	  .length_at = 9,
	  .reason = REPLACED },
	/* apply_retpolines(), apply_returns(), apply_ibt_endbr() in alternative.c */
	{ .name = ".retpoline_sites", .size = 4, .relocations = 1, .reason = REPLACED },
	{ .name = ".return_sites", .size = 4, .relocations = 1, .reason = REPLACED },
	{ .name = ".ibt_endbr_seal",
	  .size = 4,
	  .relocations = 1,
	  .length = 4,
	  .reason = REPLACED },
	/* alternatives_smp_lock() in alternative.c: the prefix alone */
	{ .name = ".smp_locks",
	  .size = 4,
	  .relocations = 1,
	  .length = 1,
	  .reason = REPLACED },
	/* __static_call_transform() in static_call.c */
	{ .name = ".static_call_sites",
	  .size = 8,
	  .relocations = 2,
	  .reason = "the kernel rewrites that call with its static call" },
	/* __jump_label_patch() in jump_label.c */
	{ .name = "__jump_table",
	  .size = 16,
	  .relocations = 3,
	  .reason = "the kernel rewrites that jump with its static key" },
	/* ftrace_modify_code_direct() in ftrace.c */
	{ .name = "__mcount_loc",
	  .size = 8,
	  .relocations = 1,
	  .length = 5,
	  .reason = "ftrace rewrites that call" },
	{ .name = NULL },
};

const struct klpcc_arch klpcc_arch_x86_64 = {
	.machine = EM_X86_64,
	.name = "x86_64",
	.triplet = "x86_64-linux-gnu",
	.bfd = "i386:x86-64",
	.absolute = R_X86_64_64,
	.none = R_X86_64_NONE,
	.relocs = relocs,
	.reloc_count = sizeof(relocs) / sizeof(relocs[0]),
	.advice = "compile as the kernel does, with -fno-pic -mcmodel=kernel",
	.special_sections = special_sections,
	.rewrites = rewrites,
	.branch_length = branch_length,
	.relative_origin = relative_origin,
	.clear_jump = clear_jump,
	.is_branch = is_branch,
};
