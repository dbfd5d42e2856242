/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The reference table: what the compiler tells the final link in addition to the marks.
 *
 * The plugin writes one record for a mark in a translation unit; `ld -r` concatenates them;
 * the final link reads them for its messages and for the check against the module's own
 * definitions, then drops all these sections. They are not SHF_ALLOC, and their names begin with
 * ".comment" because modpost (section_white_list in scripts/mod/modpost.c) warns about
 * any other non-allocated PROGBITS section.
 *
 * In the file a record is in the byte order of the ELF file. `mark` and `file` are zero
 * and carry a relocation: R_*_64 against the mark itself, and R_*_64 to the NUL-terminated
 * source name in KLPCC_REF_STRINGS. That survives `ld -r`, which merges and moves both.
 */
#ifndef KLPCC_KLP_REF_H
#define KLPCC_KLP_REF_H

#ifdef __KERNEL__
#include <linux/types.h>
#else
#include <stdint.h>
#endif

#define KLPCC_REF_SECTION ".comment.klpcc.refs"
#define KLPCC_REF_STRINGS ".comment.klpcc.strings"
/*
 * Beside them, the objects that the unit's struct klp_object name, NUL-terminated, "vmlinux" for
 * one without a name.
 */
#define KLPCC_REF_OBJECTS ".comment.klpcc.objects"
/*
 * And the names that the unit left alone because the target exports them: for each the name, the
 * object that exports it, and where the unit uses it ("patch.c:12:5"), NUL-terminated.
 */
#define KLPCC_REF_EXPORTS ".comment.klpcc.exports"

/*
 * And the index that a unit with marks was compiled with: its digest as 16 hexadecimal digits,
 * a blank, and the unit's source name, NUL-terminated.
 */
#define KLPCC_REF_INDEX ".comment.klpcc.index"
#define KLPCC_REF_DIGEST_LENGTH 16u

/* Uses of a mark in one unit; several may be set. */
#define KLPCC_REF_CALL 0x1u /* called directly */
#define KLPCC_REF_ADDRESS \
	0x2u                /* its address is taken, or it is read from an initialiser */
#define KLPCC_REF_DATA 0x4u /* the symbol is a variable */
#define KLPCC_REF_EXPLICIT 0x8u /* the author named object, position, name or gate */
#define KLPCC_REF_ASM 0x10u     /* asked for by klp_used: asm text may use it */
#define KLPCC_REF_INIT 0x20u    /* lives in init memory, and is meant all the same */

struct klpcc_ref_record {
	uint64_t mark;    /* offset 0: relocation against the mark */
	uint64_t file;    /* offset 8: relocation to the source name */
	uint32_t line;    /* offset 16: of the first use, or else the declaration */
	uint32_t column;  /* offset 20: from 1; 0 is unknown */
	uint32_t flags;   /* offset 24: KLPCC_REF_* */
	uint32_t version; /* offset 28: KLPCC_REF_VERSION */
};

#define KLPCC_REF_VERSION 2u
#define KLPCC_REF_RECORD_SIZE 32u

#endif
