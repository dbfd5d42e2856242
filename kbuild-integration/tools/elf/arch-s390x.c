// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * s390x: what its module loader reads before it applies relocations, and what code must look like
 * that names a symbol outside of the module.
 *
 * The 32 bits of an instruction do not reach from a module to vmlinux, but they reach other modules
 * (arch/s390/boot/startup.c). So calls of vmlinux go through the module's PLT and addresses come
 * from its GOT, both of which the loader makes. It fills a slot only once: when a relocation is
 * applied again, for a module that was loaded again elsewhere, the slot still has the old address.
 * So in mainline form a reference to a module's symbol must not use a slot.
 *
 * Sources of the facts: apply_rela() and module_finalize() in the kernel's
 * arch/s390/kernel/module.c; instructions: the Principles of Operation, formats RIL-b and RIL-c.
 */
#include "arch.h"

#include <elf.h>
#include <stddef.h>

#include "../lib/number.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct klpcc_reloc relocs[] = { KLPCC_RELOCS_S390(KLPCC_RELOC_ROW) };

/* ---- instructions ---------------------------------------------------------------------- */

/*
 * All six bytes long: opcode and register in the first two, then the 32 bits that are
 * relocated, which count from the instruction's beginning, so that the addend is 2.
 */
enum instruction {
	NONE,  /* not code */
	LARL,  /* c0 X0: the address */
	BRCL,  /* c0 M4: a jump */
	BRASL, /* c0 X5: a call */
	LGRL,  /* c4 X8: 64 bits that are stored there */
	OTHER,
};

#define ADDEND 2

static int relative_origin(const unsigned char *code, size_t before)
{
	(void)code, (void)before;
	return -ADDEND;
}

static enum instruction read_instruction(const unsigned char *code)
{
	if (!code)
		return NONE;
	switch (code[0] << 4 | (code[1] & 0xf)) {
	case 0xc00:
		return LARL;
	case 0xc04:
		return BRCL;
	case 0xc05:
		return BRASL;
	case 0xc48:
		return LGRL;
	default:
		return OTHER;
	}
}

/*
 * elf_s390_relocate_section() of GNU ld (bfd/elf64-s390.c): a symbol that is in the file that is
 * linked needs no slot, so that lgrl of the slot becomes larl of the symbol.
 */
static bool relax(uint32_t *type, unsigned char *code)
{
	if (*type != R_390_GOTENT || read_instruction(code) != LGRL)
		return false;
	*type = R_390_PC32DBL;
	code[0] = 0xc0;
	code[1] &= 0xf0;
	return true;
}

/* The distance counts halfwords from the beginning of the instruction. */
static bool is_branch(const unsigned char *code, size_t size, size_t field,
		      int64_t *target)
{
	if (field < KLPCC_ARCH_CODE || field > size || size - field < KLPCC_ARCH_BRANCH)
		return false;
	switch (read_instruction(code + field - KLPCC_ARCH_CODE)) {
	case LARL:
	case BRCL:
	case BRASL:
		*target = (int64_t)field - KLPCC_ARCH_CODE +
			  2 * (int64_t)(int32_t)klpcc_number(code + field,
							     KLPCC_ARCH_BRANCH, true);
		return true;
	default:
		return false;
	}
}

/* The instruction keeps its register. */
static void recode_instruction(const unsigned char *code, uint32_t type,
			       enum instruction to, struct klpcc_arch_fix *fix)
{
	fix->type = type;
	fix->recoded = true;
	fix->code[0] = to == LGRL ? 0xc4 : 0xc0;
	fix->code[1] = (unsigned char)((code[1] & 0xf0) | (to == LGRL ? 8 : 0));
}

static const char *vmlinux_out_of_reach(void)
{
	return "only calls and larl can reach vmlinux from a module; compile as the kernel does, with -fPIC";
}

/* The address itself: from the GOT, or by its distance. */
static const char *fix_address(const struct klpcc_arch_use *use,
			       struct klpcc_arch_fix *fix)
{
	if (use->slots_go_stale && !use->vmlinux) {
		fix->type = R_390_PC32DBL;
		return NULL;
	}
	if (use->addend != ADDEND)
		return "larl takes the address with an offset, which a slot of the GOT cannot have; add the offset in a separate instruction";
	recode_instruction(use->code, R_390_GOTENT, LGRL, fix);
	return NULL;
}

/*
 * The loader writes the slot's address plus the addend (apply_rela()): with any other addend a
 * branch goes into the middle of the slot, and a load reads past it.
 */
static const char *check_branch(const struct klpcc_arch_use *use)
{
	return use->addend == ADDEND
		       ? NULL
		       : "the branch goes through a slot of the PLT, and its offset would lead into the middle of the slot; load the address and add the offset in a separate instruction";
}

static const char *check_slot(const struct klpcc_arch_use *use, int64_t addend)
{
	return use->addend == addend
		       ? NULL
		       : "with an offset it reaches past the symbol's slot; load the address and add the offset in a separate instruction";
}

static const char *plt_without_call(void)
{
	return "neither a call nor larl, so it is unknown what the address of the PLT slot is for";
}

/* A jump or call goes to the PLT's slot, which is good; an address must not be the slot's. */
static const char *fix_plt(const struct klpcc_arch_use *use, struct klpcc_arch_fix *fix)
{
	switch (read_instruction(use->code)) {
	case LARL:
		return fix_address(use, fix);
	case BRCL:
	case BRASL:
		return check_branch(use);
	default:
		return plt_without_call();
	}
}

static const char *fix_relative(const struct klpcc_arch_use *use,
				struct klpcc_arch_fix *fix)
{
	if (!use->vmlinux)
		return NULL;
	switch (read_instruction(use->code)) {
	case LARL:
		return fix_address(use, fix);
	case BRCL:
	case BRASL:
		fix->type = R_390_PLT32DBL;
		return check_branch(use);
	default:
		return vmlinux_out_of_reach();
	}
}

#define STALE                                                                            \
	"the kernel does not update when the module is loaded again elsewhere: link in " \
	"object form, "

static const char *fix_got_entry(const struct klpcc_arch_use *use,
				 struct klpcc_arch_fix *fix)
{
	const char *problem = check_slot(use, ADDEND);

	if (problem || !use->slots_go_stale || use->vmlinux)
		return problem;
	if (read_instruction(use->code) != LGRL)
		return "it uses the GOT slot in place, which " STALE
		       "or put the address into a variable first, with OPTIMIZER_HIDE_VAR()";
	recode_instruction(use->code, R_390_PC32DBL, LARL, fix);
	return NULL;
}

/* Uses a slot, and is left as it is. */
static const char *keep_slot(const struct klpcc_arch_use *use,
			     const struct klpcc_reloc *reloc)
{
	if (use->slots_go_stale && !use->vmlinux)
		return "it needs a slot of the GOT or PLT, which " STALE
		       "or compile as the kernel does, with -fPIC";
	if (reloc->value == KLPCC_RELOC_GOT_DISTANCE)
		return check_slot(use, ADDEND);
	if (reloc->value != KLPCC_RELOC_PLT_DISTANCE)
		return check_slot(use, 0);
	/* Only branches count halfwords. Data may be relative to any label. */
	if (!reloc->field.shift)
		return NULL;
	return use->code ? check_branch(use) : plt_without_call();
}

/* Two modules may have up to 2 GiB between them (MODULES_LEN). */
static const char *check_distance(const struct klpcc_arch_use *use,
				  const struct klpcc_reloc *reloc)
{
	if (reloc->field.bits == 64 || (reloc->field.bits == 32 && !use->vmlinux))
		return NULL;
	return use->vmlinux
		       ? vmlinux_out_of_reach()
		       : "16 bits cannot reach another module; compile as the kernel does, with -fPIC";
}

static const char *find_fix(const struct klpcc_arch_use *use, struct klpcc_arch_fix *fix)
{
	const struct klpcc_reloc *reloc;

	switch (use->type) {
	case R_390_PC32DBL:
		return fix_relative(use, fix);
	case R_390_PLT32DBL:
		return fix_plt(use, fix);
	case R_390_GOTENT:
		return fix_got_entry(use, fix);
	}
	reloc = klpcc_reloc_find(relocs, COUNT(relocs), use->type);
	switch (reloc->value) {
	case KLPCC_RELOC_DISTANCE:
		return check_distance(use, reloc);
	case KLPCC_RELOC_SYMBOL_OFFSET:
		/* The loader treats it as unsigned, but the symbol may be on either side. */
		return reloc->field.bits == 64
			       ? NULL
			       : "the distance from the GOT to another module or to vmlinux needs 64 bits; compile as the kernel does, with -fPIC";
	case KLPCC_RELOC_GOT_OFFSET:
	case KLPCC_RELOC_GOT_DISTANCE:
	case KLPCC_RELOC_PLT_OFFSET:
	case KLPCC_RELOC_PLT_DISTANCE:
		return keep_slot(use, reloc);
	default:
		return NULL;
	}
}

/* ---- the table ------------------------------------------------------------------------- */

#define PATCHES_CODE "the kernel patches code from it while the module loads"

static const struct klpcc_special_section special_sections[] = {
	{ .name = ".altinstructions", .reason = PATCHES_CODE },
	{ .name = ".altinstr_replacement",
	  .reason = "the kernel copies it into code while the module loads" },
	{ .name = ".s390_indirect", .prefix = true, .reason = PATCHES_CODE },
	{ .name = ".s390_return", .prefix = true, .reason = PATCHES_CODE },
	{ .name = NULL },
};

#define REPLACED "the kernel replaces the code there while it loads the module"

#define ALTERNATIVE(bytes, original, replacement)                                      \
	{ .name = ".altinstructions",                                                  \
	  .size = bytes,                                                               \
	  .relocations = 2,                                                            \
	  .address = 0,                                                                \
	  .length_at = original,                                                       \
	  .reason = REPLACED },                                                        \
	{                                                                              \
		.name = ".altinstructions", .size = bytes, .relocations = 2,           \
		.address = 4, .length_at = replacement,                                \
		.reason = "the kernel copies the code there while it loads the module" \
	}

/* Nothing rewrites what __ex_table and __bug_table point to. An instruction has six bytes. */
static const struct klpcc_rewrite rewrites[] = {
	/*
	 * apply_alternatives() in arch/s390/kernel/alternative.c. struct alt_instr: first with
	 * two lengths, then with one for both, then with 32 bits for the feature.
	 */
	ALTERNATIVE(12, 10, 11),
	ALTERNATIVE(11, 10, 10),
	ALTERNATIVE(13, 12, 12),
	/* __nospec_revert() in arch/s390/kernel/nospec-branch.c: calls of thunks */
	{ .name = ".s390_indirect",
	  .prefix = true,
	  .size = 4,
	  .relocations = 1,
	  .length = 6,
	  .reason = REPLACED },
	{ .name = ".s390_return",
	  .prefix = true,
	  .size = 4,
	  .relocations = 1,
	  .length = 6,
	  .reason = REPLACED },
	/* arch_jump_label_transform() in arch/s390/kernel/jump_label.c */
	{ .name = "__jump_table",
	  .size = 16,
	  .relocations = 3,
	  .length = 6,
	  .reason = "the kernel rewrites that jump with its static key" },
	/* ftrace_init_nop() in arch/s390/kernel/ftrace.c */
	{ .name = "__mcount_loc",
	  .size = 8,
	  .relocations = 1,
	  .length = 6,
	  .reason = "ftrace rewrites that instruction" },
	{ .name = NULL },
};

const struct klpcc_arch klpcc_arch_s390x = {
	.machine = EM_S390,
	.name = "s390x",
	.triplet = "s390x-linux-gnu",
	.bfd = "s390:64-bit",
	.big_endian = true,
	.absolute = R_390_64,
	.none = R_390_NONE,
	.relocs = relocs,
	.reloc_count = COUNT(relocs),
	.fix = find_fix,
	.advice = "compile as the kernel does, with -fPIC",
	.special_sections = special_sections,
	.rewrites = rewrites,
	.relative_origin = relative_origin,
	.relax = relax,
	.is_branch = is_branch,
};
