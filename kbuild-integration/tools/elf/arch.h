/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the tools know about a machine: one table for each, and no #ifdef anywhere else.
 *
 * The final link asks which relocations the kernel's module loader can apply, how code has to
 * change so that they are right, and which sections of a module are read, and which code is
 * rewritten, before relocations that wait for another module are applied.
 */
#ifndef KLPCC_ARCH_H
#define KLPCC_ARCH_H

#include <klp-reloc.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../lib/error.h"

struct klpcc_special_section {
	const char *name; /* NULL ends a list */
	bool prefix;      /* any section whose name begins so */
	bool any_gate;    /* not even relocations that are applied early arrive in time */
	const char *reason; /* a clause: what the kernel does with the section before */
};

/*
 * A section that lists code which something rewrites when the module's relocations have been
 * applied: a relocation that is applied later damages the new code, or has no effect. The address
 * of the code is the one that a relocation of the list points to, whatever its type: such lists
 * are relative to the field itself, or absolute.
 */
struct klpcc_rewrite {
	const char *name; /* NULL ends a list */
	bool prefix;      /* any section whose name begins so */
	/* Bytes of an entry; where kernels have had several formats, each has its records. */
	unsigned char size;
	unsigned char relocations; /* of every entry */
	unsigned char address;     /* where in the entry the code's address is */
	unsigned char
		length_at;    /* where in it the byte is that says how long the code is */
	unsigned char length; /* without that: so many bytes; 0: one branch or NOP */
	const char *reason;   /* a clause: what becomes of the code */
};

/* The bytes that a fix may change, right before the place that is relocated. */
#define KLPCC_ARCH_CODE 2

/* The bytes of the distance in a branch, without a relocation. */
#define KLPCC_ARCH_BRANCH 4

/* A relocation that is about to become a klp one. */
struct klpcc_arch_use {
	uint32_t type;
	int64_t addend;
	const unsigned char
		*code; /* KLPCC_ARCH_CODE bytes; NULL where there is no code */
	bool vmlinux;  /* the symbol is vmlinux's, else a module's */
	/* Nobody empties the module's GOT and PLT when the symbol's module goes. */
	bool slots_go_stale;
};

struct klpcc_arch_fix {
	uint32_t type; /* that it is to have; nothing changes when that does not */
	bool recoded;  /* code takes the place of the bytes before it */
	unsigned char code[KLPCC_ARCH_CODE];
};

struct klpcc_arch {
	uint16_t machine; /* e_machine */
	const char *name;
	const char *triplet; /* of the GNU tools that are for it */
	const char *bfd;     /* what objdump calls it */
	bool big_endian;
	uint32_t absolute; /* relocation type: 64 bits, symbol + addend */
	uint32_t none;     /* relocation type: the module loader ignores it */
	const struct klpcc_reloc *relocs; /* by type */
	size_t reloc_count;
	/*
	 * What has to change, into *fix, which begins as no change. NULL, or what is wrong
	 * and cannot be put right; a clause. The module loader applies use->type. NULL as a
	 * function: nothing ever has to.
	 */
	const char *(*fix)(const struct klpcc_arch_use *use, struct klpcc_arch_fix *fix);
	/* What to do about a type that the module loader does not apply; a clause. */
	const char *advice;
	const struct klpcc_special_section *special_sections;
	const struct klpcc_rewrite *rewrites;
	/*
	 * How many bytes the branch, or the NOP in place of one, has that begins there. NULL as
	 * a function: no list of the machine's needs it.
	 */
	unsigned int (*branch_length)(const unsigned char *code, size_t size);
	/*
	 * Where an instruction's relative address counts from, in bytes from its field, which
	 * is relocated: the addend makes up for it. code: the `before` bytes before the field.
	 */
	int (*relative_origin)(const unsigned char *code, size_t before);
	/*
	 * Writes what the kernel's build makes of a jump, where a list says that a NOP is to be
	 * there. Returns how many bytes these are; 0 when it is no jump, as it is one no more. NULL
	 * as a function: the build leaves such jumps alone.
	 */
	unsigned int (*clear_jump)(unsigned char *code, size_t size);
	/*
	 * Whether the link of vmlinux may make a relocation of another type of this one, and change
	 * the code before the field: *type and *code, KLPCC_ARCH_CODE bytes that precede it, are
	 * those of before, and become those of after. NULL as a function: it never does.
	 */
	bool (*relax)(uint32_t *type, unsigned char *code);
	/*
	 * Whether an instruction's distance to code of the same section may be in the
	 * KLPCC_ARCH_BRANCH bytes at `field`; *target: where that is, in bytes from code.
	 */
	bool (*is_branch)(const unsigned char *code, size_t size, size_t field,
			  int64_t *target);
};

extern const struct klpcc_arch klpcc_arch_x86_64;
extern const struct klpcc_arch klpcc_arch_s390x;

/* NULL for a machine that is not supported, or not in this byte order. */
const struct klpcc_arch *klpcc_arch_find(uint16_t machine, bool big_endian);
struct klpcc_elf;
/* That of a file; fails for one that is not supported. */
struct klpcc_error *klpcc_arch_read(struct klpcc_elf *elf,
				    const struct klpcc_arch **ret) KLPCC_MUST_CHECK;

/*
 * True when the module loader applies relocations of this type. *width: how many bytes it writes
 * at the offset.
 */
static inline bool klpcc_arch_applies(const struct klpcc_arch *arch, uint32_t type,
				      unsigned int *width)
{
	const struct klpcc_reloc *reloc =
		klpcc_reloc_find(arch->relocs, arch->reloc_count, type);

	if (!reloc || reloc->value == KLPCC_RELOC_REFUSED)
		return false;
	*width = reloc->field.width;
	return true;
}

/* NULL for a type that the machine does not have. */
static inline const char *klpcc_arch_relocation_name(const struct klpcc_arch *arch,
						     uint32_t type)
{
	const struct klpcc_reloc *reloc =
		klpcc_reloc_find(arch->relocs, arch->reloc_count, type);

	return reloc ? reloc->name : NULL;
}

#endif
