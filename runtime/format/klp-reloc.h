/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Relocations: what each type writes, and where, as the kernel's module loader applies it.
 *
 * Part of the format module: the final link decides with it what can be linked, the resolver what
 * can be applied. A row adds a type to both. Freestanding; a user makes an array of the machine's
 * rows with KLPCC_RELOC_ROW and looks a type up with klpcc_reloc_find().
 *
 * Sources of the facts: __write_relocate_add() in the kernel's arch/x86/kernel/module.c, and
 * apply_rela() and apply_rela_bits() in its arch/s390/kernel/module.c; for names and numbers the
 * x86-64 psABI and the s390x ELF ABI supplement, both under "Relocation Types". Numbers are
 * spelt out because neither the kernel's nor every libc's <elf.h> has all of the names.
 */
#ifndef KLPCC_KLP_RELOC_H
#define KLPCC_KLP_RELOC_H

#ifdef __KERNEL__
#include <linux/types.h>
#else
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#endif

/*
 * How the value is made. S is the symbol's address, A the addend, P the place that is written, GOT
 * the beginning of the module's GOT; G and L are the symbol's slots in the GOT and in the PLT.
 */
enum klpcc_reloc_value {
	KLPCC_RELOC_REFUSED,       /* the module loader does not apply it */
	KLPCC_RELOC_NOTHING,       /* nothing is written */
	KLPCC_RELOC_SYMBOL,        /* S + A */
	KLPCC_RELOC_DISTANCE,      /* S + A - P */
	KLPCC_RELOC_SYMBOL_OFFSET, /* S + A - GOT */
	KLPCC_RELOC_GOT_START,     /* GOT + A - P: the symbol does not count */
	KLPCC_RELOC_GOT_OFFSET,    /* G + A - GOT */
	KLPCC_RELOC_GOT_DISTANCE,  /* G + A - P */
	KLPCC_RELOC_PLT_OFFSET,    /* L + A - GOT */
	KLPCC_RELOC_PLT_DISTANCE,  /* L + A - P */
};

/* Where the value goes. */
struct klpcc_reloc_field {
	uint8_t width; /* bytes that are written, 0 to 8 */
	uint8_t bits;  /* of the value, without those that the shift drops */
	uint8_t shift; /* lowest bits of the value, which must be 0 and are not written */
	bool is_signed; /* else values are from 0 up */
	uint32_t kept;  /* bits in these bytes that belong to the instruction */
};

struct klpcc_reloc {
	const char *name; /* NULL: there is no such type */
	enum klpcc_reloc_value value;
	struct klpcc_reloc_field field;
};

/* clang-format off */
#define KLPCC_FIELD_NONE       { 0, 0, 0, false, 0 }
#define KLPCC_FIELD_U8         { 1, 8, 0, false, 0 }
#define KLPCC_FIELD_U12        { 2, 12, 0, false, 0xf000 }     /* a displacement */
#define KLPCC_FIELD_U16        { 2, 16, 0, false, 0 }
#define KLPCC_FIELD_S16        { 2, 16, 0, true, 0 }
#define KLPCC_FIELD_S16_HALVES { 2, 16, 1, true, 0 }           /* counts halfwords */
#define KLPCC_FIELD_S20        { 4, 20, 0, true, 0xf00000ffu } /* a long displacement */
#define KLPCC_FIELD_U32        { 4, 32, 0, false, 0 }
#define KLPCC_FIELD_S32        { 4, 32, 0, true, 0 }
#define KLPCC_FIELD_S32_HALVES { 4, 32, 1, true, 0 }
#define KLPCC_FIELD_64         { 8, 64, 0, false, 0 }

/* X(name, number, field, value) */
#define KLPCC_RELOCS_X86_64(X)                          \
	X(R_X86_64_NONE, 0, NONE, NOTHING)              \
	X(R_X86_64_64, 1, 64, SYMBOL)                   \
	X(R_X86_64_PC32, 2, S32, DISTANCE)              \
	X(R_X86_64_GOT32, 3, NONE, REFUSED)             \
	X(R_X86_64_PLT32, 4, S32, DISTANCE)             \
	X(R_X86_64_COPY, 5, NONE, REFUSED)              \
	X(R_X86_64_GLOB_DAT, 6, NONE, REFUSED)          \
	X(R_X86_64_JUMP_SLOT, 7, NONE, REFUSED)         \
	X(R_X86_64_RELATIVE, 8, NONE, REFUSED)          \
	X(R_X86_64_GOTPCREL, 9, NONE, REFUSED)          \
	X(R_X86_64_32, 10, U32, SYMBOL)                 \
	X(R_X86_64_32S, 11, S32, SYMBOL)                \
	X(R_X86_64_16, 12, NONE, REFUSED)               \
	X(R_X86_64_PC16, 13, NONE, REFUSED)             \
	X(R_X86_64_8, 14, NONE, REFUSED)                \
	X(R_X86_64_PC8, 15, NONE, REFUSED)              \
	X(R_X86_64_DTPMOD64, 16, NONE, REFUSED)         \
	X(R_X86_64_DTPOFF64, 17, NONE, REFUSED)         \
	X(R_X86_64_TPOFF64, 18, NONE, REFUSED)          \
	X(R_X86_64_TLSGD, 19, NONE, REFUSED)            \
	X(R_X86_64_TLSLD, 20, NONE, REFUSED)            \
	X(R_X86_64_DTPOFF32, 21, NONE, REFUSED)         \
	X(R_X86_64_GOTTPOFF, 22, NONE, REFUSED)         \
	X(R_X86_64_TPOFF32, 23, NONE, REFUSED)          \
	X(R_X86_64_PC64, 24, 64, DISTANCE)              \
	X(R_X86_64_GOTOFF64, 25, NONE, REFUSED)         \
	X(R_X86_64_GOTPC32, 26, NONE, REFUSED)          \
	X(R_X86_64_GOT64, 27, NONE, REFUSED)            \
	X(R_X86_64_GOTPCREL64, 28, NONE, REFUSED)       \
	X(R_X86_64_GOTPC64, 29, NONE, REFUSED)          \
	X(R_X86_64_GOTPLT64, 30, NONE, REFUSED)         \
	X(R_X86_64_PLTOFF64, 31, NONE, REFUSED)         \
	X(R_X86_64_SIZE32, 32, NONE, REFUSED)           \
	X(R_X86_64_SIZE64, 33, NONE, REFUSED)           \
	X(R_X86_64_GOTPC32_TLSDESC, 34, NONE, REFUSED)  \
	X(R_X86_64_TLSDESC_CALL, 35, NONE, REFUSED)     \
	X(R_X86_64_TLSDESC, 36, NONE, REFUSED)          \
	X(R_X86_64_IRELATIVE, 37, NONE, REFUSED)        \
	X(R_X86_64_RELATIVE64, 38, NONE, REFUSED)       \
	X(R_X86_64_GOTPCRELX, 41, NONE, REFUSED)        \
	X(R_X86_64_REX_GOTPCRELX, 42, NONE, REFUSED)

/* The loader takes a GOTPLT slot for one of the GOT. */
#define KLPCC_RELOCS_S390(X)                                    \
	X(R_390_NONE, 0, NONE, NOTHING)                         \
	X(R_390_8, 1, U8, SYMBOL)                               \
	X(R_390_12, 2, U12, SYMBOL)                             \
	X(R_390_16, 3, U16, SYMBOL)                             \
	X(R_390_32, 4, U32, SYMBOL)                             \
	X(R_390_PC32, 5, S32, DISTANCE)                         \
	X(R_390_GOT12, 6, U12, GOT_OFFSET)                      \
	X(R_390_GOT32, 7, U32, GOT_OFFSET)                      \
	X(R_390_PLT32, 8, U32, PLT_DISTANCE)                    \
	X(R_390_COPY, 9, NONE, REFUSED)                         \
	X(R_390_GLOB_DAT, 10, NONE, REFUSED)                    \
	X(R_390_JMP_SLOT, 11, NONE, REFUSED)                    \
	X(R_390_RELATIVE, 12, NONE, REFUSED)                    \
	X(R_390_GOTOFF32, 13, U32, SYMBOL_OFFSET)               \
	X(R_390_GOTPC, 14, S32, GOT_START)                      \
	X(R_390_GOT16, 15, U16, GOT_OFFSET)                     \
	X(R_390_PC16, 16, S16, DISTANCE)                        \
	X(R_390_PC16DBL, 17, S16_HALVES, DISTANCE)              \
	X(R_390_PLT16DBL, 18, S16_HALVES, PLT_DISTANCE)         \
	X(R_390_PC32DBL, 19, S32_HALVES, DISTANCE)              \
	X(R_390_PLT32DBL, 20, S32_HALVES, PLT_DISTANCE)         \
	X(R_390_GOTPCDBL, 21, S32_HALVES, GOT_START)            \
	X(R_390_64, 22, 64, SYMBOL)                             \
	X(R_390_PC64, 23, 64, DISTANCE)                         \
	X(R_390_GOT64, 24, 64, GOT_OFFSET)                      \
	X(R_390_PLT64, 25, 64, PLT_DISTANCE)                    \
	X(R_390_GOTENT, 26, S32_HALVES, GOT_DISTANCE)           \
	X(R_390_GOTOFF16, 27, U16, SYMBOL_OFFSET)               \
	X(R_390_GOTOFF64, 28, 64, SYMBOL_OFFSET)                \
	X(R_390_GOTPLT12, 29, U12, GOT_OFFSET)                  \
	X(R_390_GOTPLT16, 30, U16, GOT_OFFSET)                  \
	X(R_390_GOTPLT32, 31, U32, GOT_OFFSET)                  \
	X(R_390_GOTPLT64, 32, 64, GOT_OFFSET)                   \
	X(R_390_GOTPLTENT, 33, S32_HALVES, GOT_DISTANCE)        \
	X(R_390_PLTOFF16, 34, U16, PLT_OFFSET)                  \
	X(R_390_PLTOFF32, 35, U32, PLT_OFFSET)                  \
	X(R_390_PLTOFF64, 36, 64, PLT_OFFSET)                   \
	X(R_390_TLS_LOAD, 37, NONE, REFUSED)                    \
	X(R_390_TLS_GDCALL, 38, NONE, REFUSED)                  \
	X(R_390_TLS_LDCALL, 39, NONE, REFUSED)                  \
	X(R_390_TLS_GD32, 40, NONE, REFUSED)                    \
	X(R_390_TLS_GD64, 41, NONE, REFUSED)                    \
	X(R_390_TLS_GOTIE12, 42, NONE, REFUSED)                 \
	X(R_390_TLS_GOTIE32, 43, NONE, REFUSED)                 \
	X(R_390_TLS_GOTIE64, 44, NONE, REFUSED)                 \
	X(R_390_TLS_LDM32, 45, NONE, REFUSED)                   \
	X(R_390_TLS_LDM64, 46, NONE, REFUSED)                   \
	X(R_390_TLS_IE32, 47, NONE, REFUSED)                    \
	X(R_390_TLS_IE64, 48, NONE, REFUSED)                    \
	X(R_390_TLS_IEENT, 49, NONE, REFUSED)                   \
	X(R_390_TLS_LE32, 50, NONE, REFUSED)                    \
	X(R_390_TLS_LE64, 51, NONE, REFUSED)                    \
	X(R_390_TLS_LDO32, 52, NONE, REFUSED)                   \
	X(R_390_TLS_LDO64, 53, NONE, REFUSED)                   \
	X(R_390_TLS_DTPMOD, 54, NONE, REFUSED)                  \
	X(R_390_TLS_DTPOFF, 55, NONE, REFUSED)                  \
	X(R_390_TLS_TPOFF, 56, NONE, REFUSED)                   \
	X(R_390_20, 57, S20, SYMBOL)                            \
	X(R_390_GOT20, 58, S20, GOT_OFFSET)                     \
	X(R_390_GOTPLT20, 59, S20, GOT_OFFSET)                  \
	X(R_390_TLS_GOTIE20, 60, NONE, REFUSED)                 \
	X(R_390_IRELATIVE, 61, NONE, REFUSED)                   \
	X(R_390_PC12DBL, 62, NONE, REFUSED)                     \
	X(R_390_PLT12DBL, 63, NONE, REFUSED)                    \
	X(R_390_PC24DBL, 64, NONE, REFUSED)                     \
	X(R_390_PLT24DBL, 65, NONE, REFUSED)
/* clang-format on */

/* A row of `static const struct klpcc_reloc relocs[] = { KLPCC_RELOCS_...(KLPCC_RELOC_ROW) };`. */
#define KLPCC_RELOC_ROW(name, number, field, value) \
	[number] = { #name, KLPCC_RELOC_##value, KLPCC_FIELD_##field },

/* NULL for a type that the machine does not have. */
static inline const struct klpcc_reloc *klpcc_reloc_find(const struct klpcc_reloc *relocs,
							 size_t count, uint32_t type)
{
	return type < count && relocs[type].name ? &relocs[type] : NULL;
}

/* Whether a value has no more bits than the field, and none that the shift would drop. */
static inline bool klpcc_reloc_fits(const struct klpcc_reloc_field *field, uint64_t value)
{
	uint64_t half;

	if (!field->width || field->bits == 64)
		return true;
	if (value & ((1ull << field->shift) - 1))
		return false;
	if (!field->is_signed)
		return value >> field->shift >> field->bits == 0;
	/* From -half to half - 1: moved up by half, it must not reach beyond twice of that. */
	half = 1ull << (field->shift + field->bits - 1);
	return value + half < 2 * half;
}

#endif
