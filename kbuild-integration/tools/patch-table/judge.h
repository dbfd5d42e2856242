/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the livepatch core would make of a patch table: klp_enable_patch() when the patch is
 * loaded, and klp_module_coming() when a module that it patches is loaded later
 * (kernel/livepatch/core.c and patch.c). Verifier and link ask here.
 */
#ifndef KLPCC_PATCH_JUDGE_H
#define KLPCC_PATCH_JUDGE_H

#include "../verify/verify.h"
#include "patch-table.h"

/* One remark. Everything is borrowed for the call. */
struct klpcc_patch_remark {
	enum klpcc_finding_kind kind;
	enum klpcc_verify_stage stage;
	enum klpcc_verify_check check;
	const struct klpcc_elf_section *section; /* that the record is in, or NULL */
	struct klpcc_span symbol;                /* old_name, or start is NULL */
	struct klpcc_span
		target; /* the module that is patched; start is NULL for vmlinux */
	/* Where the source line is found: the replacement, or else the record; or NULL. */
	const struct klpcc_elf_section *relocated;
	uint64_t offset;
	const char *text;
};

struct klpcc_patch_judge {
	struct klpcc_elf *elf;
	const struct klpcc_arch *arch;
	const struct klpcc_index *index;
	const char *index_path; /* how texts name the index */
	uint32_t symbol_max;    /* KSYM_NAME_LEN - 1 of the target */
	struct klpcc_error *(*remark)(void *arg, const struct klpcc_patch_remark *remark);
	void *arg;
};

/* Fails when the index is damaged, without memory, and when `remark` does. */
struct klpcc_error *
klpcc_patch_judge_table(const struct klpcc_patch_judge *judge,
			const struct klpcc_patch_table *table) KLPCC_MUST_CHECK;

#endif
