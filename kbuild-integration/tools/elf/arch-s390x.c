// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * s390x: what its module loader applies, what it reads before, and what code must look like
 * that names a symbol outside of the module.
 *
 * Modules lie out of reach of vmlinux for an instruction's 32 bits, but within reach of each
 * other (arch/s390/boot/startup.c). So calls of vmlinux go through the module's PLT and
 * addresses come from its GOT, both of which the loader makes. It fills a slot once:
 * when a relocation is applied again, for a module that came back elsewhere, the slot still has
 * the old address. Whatever names a module's symbol in mainline form must do without.
 *
 * Sources of the facts: apply_rela() and module_finalize() in the kernel's
 * arch/s390/kernel/module.c; names and fields of the types: the s390x ELF ABI supplement,
 * "Relocation Types"; instructions: the Principles of Operation, formats RIL-b and RIL-c.
 */
#include "arch.h"

#include <elf.h>
#include <stddef.h>

/* Not in every <elf.h>. */
#ifndef R_390_PC12DBL
#define R_390_PC12DBL 62
#define R_390_PLT12DBL 63
#define R_390_PC24DBL 64
#define R_390_PLT24DBL 65
#endif

static bool applies(uint32_t type, unsigned int *width)
{
	switch (type) {
	case R_390_NONE:
		*width = 0;
		return true;
	case R_390_8:
		*width = 1;
		return true;
	case R_390_12:
	case R_390_16:
	case R_390_PC16:
	case R_390_PC16DBL:
	case R_390_GOT12:
	case R_390_GOT16:
	case R_390_GOTPLT12:
	case R_390_GOTPLT16:
	case R_390_GOTOFF16:
	case R_390_PLT16DBL:
	case R_390_PLTOFF16:
		*width = 2;
		return true;
	case R_390_20:
	case R_390_32:
	case R_390_PC32:
	case R_390_PC32DBL:
	case R_390_GOT20:
	case R_390_GOT32:
	case R_390_GOTENT:
	case R_390_GOTPLT20:
	case R_390_GOTPLT32:
	case R_390_GOTPLTENT:
	case R_390_GOTOFF32:
	case R_390_GOTPC:
	case R_390_GOTPCDBL:
	case R_390_PLT32:
	case R_390_PLT32DBL:
	case R_390_PLTOFF32:
		*width = 4;
		return true;
	case R_390_64:
	case R_390_PC64:
	case R_390_GOT64:
	case R_390_GOTPLT64:
	case R_390_GOTOFF64:
	case R_390_PLT64:
	case R_390_PLTOFF64:
		*width = 8;
		return true;
	default:
		return false;
	}
}

#define TYPE(name) [name] = #name

static const char *const type_names[] = {
	TYPE(R_390_NONE),        TYPE(R_390_8),           TYPE(R_390_12),
	TYPE(R_390_16),          TYPE(R_390_32),          TYPE(R_390_PC32),
	TYPE(R_390_GOT12),       TYPE(R_390_GOT32),       TYPE(R_390_PLT32),
	TYPE(R_390_COPY),        TYPE(R_390_GLOB_DAT),    TYPE(R_390_JMP_SLOT),
	TYPE(R_390_RELATIVE),    TYPE(R_390_GOTOFF32),    TYPE(R_390_GOTPC),
	TYPE(R_390_GOT16),       TYPE(R_390_PC16),        TYPE(R_390_PC16DBL),
	TYPE(R_390_PLT16DBL),    TYPE(R_390_PC32DBL),     TYPE(R_390_PLT32DBL),
	TYPE(R_390_GOTPCDBL),    TYPE(R_390_64),          TYPE(R_390_PC64),
	TYPE(R_390_GOT64),       TYPE(R_390_PLT64),       TYPE(R_390_GOTENT),
	TYPE(R_390_GOTOFF16),    TYPE(R_390_GOTOFF64),    TYPE(R_390_GOTPLT12),
	TYPE(R_390_GOTPLT16),    TYPE(R_390_GOTPLT32),    TYPE(R_390_GOTPLT64),
	TYPE(R_390_GOTPLTENT),   TYPE(R_390_PLTOFF16),    TYPE(R_390_PLTOFF32),
	TYPE(R_390_PLTOFF64),    TYPE(R_390_TLS_LOAD),    TYPE(R_390_TLS_GDCALL),
	TYPE(R_390_TLS_LDCALL),  TYPE(R_390_TLS_GD32),    TYPE(R_390_TLS_GD64),
	TYPE(R_390_TLS_GOTIE12), TYPE(R_390_TLS_GOTIE32), TYPE(R_390_TLS_GOTIE64),
	TYPE(R_390_TLS_LDM32),   TYPE(R_390_TLS_LDM64),   TYPE(R_390_TLS_IE32),
	TYPE(R_390_TLS_IE64),    TYPE(R_390_TLS_IEENT),   TYPE(R_390_TLS_LE32),
	TYPE(R_390_TLS_LE64),    TYPE(R_390_TLS_LDO32),   TYPE(R_390_TLS_LDO64),
	TYPE(R_390_TLS_DTPMOD),  TYPE(R_390_TLS_DTPOFF),  TYPE(R_390_TLS_TPOFF),
	TYPE(R_390_20),          TYPE(R_390_GOT20),       TYPE(R_390_GOTPLT20),
	TYPE(R_390_TLS_GOTIE20), TYPE(R_390_IRELATIVE),   TYPE(R_390_PC12DBL),
	TYPE(R_390_PLT12DBL),    TYPE(R_390_PC24DBL),     TYPE(R_390_PLT24DBL),
};

static const char *relocation_name(uint32_t type)
{
	return type < sizeof(type_names) / sizeof(type_names[0]) ? type_names[type]
								 : NULL;
}

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

static enum instruction instruction_of(const unsigned char *code)
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

/* The instruction keeps its register. */
static void recode(const unsigned char *code, uint32_t type, enum instruction to,
		   struct klpcc_arch_fix *fix)
{
	fix->type = type;
	fix->recoded = true;
	fix->code[0] = to == LGRL ? 0xc4 : 0xc0;
	fix->code[1] = (unsigned char)((code[1] & 0xf0) | (to == LGRL ? 8 : 0));
}

static const char *vmlinux_out_of_reach(void)
{
	return "vmlinux is out of reach of what is no call or larl in a module; compile as the kernel does, with -fPIC";
}

/* The address itself: from the GOT, or by the module's own place. */
static const char *fix_address(const struct klpcc_arch_use *use,
			       struct klpcc_arch_fix *fix)
{
	if (use->slots_go_stale && !use->vmlinux) {
		fix->type = R_390_PC32DBL;
		return NULL;
	}
	if (use->addend != ADDEND)
		return "larl takes the address with an offset, which no slot of the GOT has; add the offset in an instruction of its own";
	recode(use->code, R_390_GOTENT, LGRL, fix);
	return NULL;
}

/*
 * What the loader writes is the slot's place and the addend (apply_rela()): with another one a
 * branch goes into the middle of the slot, and a load reads what stands beside it.
 */
static const char *check_branch(const struct klpcc_arch_use *use)
{
	return use->addend == ADDEND
		       ? NULL
		       : "the branch goes by a slot of the PLT, and its offset would lead into the middle of the slot; load the address and add the offset in an instruction of its own";
}

static const char *check_slot(const struct klpcc_arch_use *use, int64_t addend)
{
	return use->addend == addend
		       ? NULL
		       : "with an offset it reaches past the symbol's slot; load the address and add the offset in an instruction of its own";
}

static const char *plt_of_no_call(void)
{
	return "neither a call nor larl, so it cannot be said what the address of a PLT slot is wanted for";
}

/* A jump or call goes to the PLT's slot, which is good; an address must not be the slot's. */
static const char *fix_plt(const struct klpcc_arch_use *use, struct klpcc_arch_fix *fix)
{
	switch (instruction_of(use->code)) {
	case LARL:
		return fix_address(use, fix);
	case BRCL:
	case BRASL:
		return check_branch(use);
	default:
		return plt_of_no_call();
	}
}

static const char *fix_relative(const struct klpcc_arch_use *use,
				struct klpcc_arch_fix *fix)
{
	if (!use->vmlinux)
		return NULL;
	switch (instruction_of(use->code)) {
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

#define STALE                                                                          \
	"the kernel never changes when the module is loaded again elsewhere: link in " \
	"object form, "

static const char *fix_got_entry(const struct klpcc_arch_use *use,
				 struct klpcc_arch_fix *fix)
{
	const char *problem = check_slot(use, ADDEND);

	if (problem || !use->slots_go_stale || use->vmlinux)
		return problem;
	if (instruction_of(use->code) != LGRL)
		return "it uses the GOT slot in place, which " STALE
		       "or have the address in a variable first, with OPTIMIZER_HIDE_VAR()";
	recode(use->code, R_390_PC32DBL, LARL, fix);
	return NULL;
}

/* What goes by a slot and is left as it is. */
static const char *keep_slot(const struct klpcc_arch_use *use)
{
	if (use->slots_go_stale && !use->vmlinux)
		return "it needs a slot of the GOT or PLT, which " STALE
		       "or compile as the kernel does, with -fPIC";
	switch (use->type) {
	case R_390_PLT16DBL:
		/* Only branches have a field of 16 bits that counts halfwords. */
		return use->code ? check_branch(use) : plt_of_no_call();
	case R_390_GOTPLTENT:
		return check_slot(use, ADDEND);
	case R_390_PLT32:
	case R_390_PLT64:
		/* Relative to the place, so that any label may be what it counts from. */
		return NULL;
	default:
		return check_slot(use, 0);
	}
}

/* Two modules may have up to 2 GiB between them (MODULES_LEN). */
static const char *check_near(const struct klpcc_arch_use *use)
{
	return use->vmlinux
		       ? vmlinux_out_of_reach()
		       : "another module is out of reach of 16 bits; compile as the kernel does, with -fPIC";
}

static const char *fix(const struct klpcc_arch_use *use, struct klpcc_arch_fix *fix)
{
	switch (use->type) {
	case R_390_PC16:
	case R_390_PC16DBL:
		return check_near(use);
	case R_390_PC32:
		return use->vmlinux ? vmlinux_out_of_reach() : NULL;
	case R_390_GOTOFF16:
	case R_390_GOTOFF32:
		/* The loader takes it as unsigned, and what it is may be on either side. */
		return "the distance of the GOT to another module or to vmlinux fits in 64 bits only; compile as the kernel does, with -fPIC";
	case R_390_PC32DBL:
		return fix_relative(use, fix);
	case R_390_PLT32DBL:
		return fix_plt(use, fix);
	case R_390_GOTENT:
		return fix_got_entry(use, fix);
	case R_390_GOT12:
	case R_390_GOT16:
	case R_390_GOT20:
	case R_390_GOT32:
	case R_390_GOT64:
	case R_390_GOTPLT12:
	case R_390_GOTPLT16:
	case R_390_GOTPLT20:
	case R_390_GOTPLT32:
	case R_390_GOTPLT64:
	case R_390_GOTPLTENT:
	case R_390_PLT16DBL:
	case R_390_PLT32:
	case R_390_PLT64:
	case R_390_PLTOFF16:
	case R_390_PLTOFF32:
	case R_390_PLTOFF64:
		return keep_slot(use);
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
	.big_endian = true,
	.absolute = R_390_64,
	.none = R_390_NONE,
	.applies = applies,
	.relocation_name = relocation_name,
	.fix = fix,
	.advice = "compile as the kernel does, with -fPIC",
	.special_sections = special_sections,
	.rewrites = rewrites,
};
