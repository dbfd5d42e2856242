/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the judges of a patch table share.
 */
#ifndef KLPCC_PATCH_JUDGE_PRIVATE_H
#define KLPCC_PATCH_JUDGE_PRIVATE_H

#include "judge.h"

struct klpcc_patch_case {
	const struct klpcc_patch_judge *judge;
	const struct klpcc_patch_table *table;
	/*
	 * What a mistake is: a failure, unless it is not known which table is used, or what it
	 * has then.
	 */
	enum klpcc_finding_kind sure;
	struct klpcc_patch_writer writer;
	unsigned int near_names; /* that were looked for, each through all objects */
};

/* An object that is judged. */
struct klpcc_patch_object_case {
	const struct klpcc_patch_object *object;
	bool known;        /* to the index */
	uint32_t number;   /* there */
	char what[80];     /* "vmlinux", "module kvm" */
	bool places_asked; /* said that the index does not know the places of ftrace */
};

/* Where a remark is: a record of the table. symbol and the source place may be left out. */
struct klpcc_patch_place {
	const struct klpcc_elf_section *section;
	struct klpcc_span symbol;
	struct klpcc_span target; /* as in a remark */
	const struct klpcc_elf_section *relocated;
	uint64_t offset;
};

/* judge.c: words a remark. */
struct klpcc_error *
klpcc_patch_say(struct klpcc_patch_case *ask, enum klpcc_finding_kind kind,
		enum klpcc_verify_stage stage, enum klpcc_verify_check check,
		const struct klpcc_patch_place *place, const char *format,
		...) KLPCC_MUST_CHECK KLPCC_PRINTF(6, 7);

/* judge-functions.c */
struct klpcc_error *
klpcc_patch_judge_functions(struct klpcc_patch_case *ask,
			    struct klpcc_patch_object_case *object) KLPCC_MUST_CHECK;

/* near.c: advice, to be put after a clause, or "". *ret is the caller's to free(). */
struct klpcc_error *
klpcc_patch_near_function(struct klpcc_patch_case *ask,
			  const struct klpcc_patch_object_case *object,
			  struct klpcc_span name, char **ret) KLPCC_MUST_CHECK;
/* Which source file has which position; else as these. */
struct klpcc_error *klpcc_patch_positions(const struct klpcc_patch_case *ask,
					  const struct klpcc_patch_object_case *object,
					  struct klpcc_span name,
					  char **ret) KLPCC_MUST_CHECK;
struct klpcc_error *klpcc_patch_near_object(struct klpcc_patch_case *ask,
					    struct klpcc_span name,
					    char **ret) KLPCC_MUST_CHECK;

#endif
