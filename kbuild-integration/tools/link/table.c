// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The final link, validating: the patch table against the target index.
 *
 * The compiler checks the initialisers of struct klp_func and struct klp_object that it sees. Here
 * is what objects bring that were compiled without the plugin. What would surely fail is an error;
 * the rest is klpcc verify's to tell.
 */
#include "link-private.h"

#include <stdio.h>
#include <stdlib.h>

#include "../patch-table/judge.h"
#include "../source/source.h"

/* What is wrong: "'name' (patch.c:12:5)", as far as that is known. NULL without memory. */
static char *describe(const struct klpcc_patch_remark *remark, const char *source)
{
	const char *before = source ? " (" : "", *after = source ? ")" : "";
	char *text;
	int length;

	source = source ? source : "";
	if (remark->symbol.start)
		length = asprintf(&text, "'%.*s'%s%s%s", (int)remark->symbol.len,
				  remark->symbol.start, before, source, after);
	else
		length = asprintf(&text, "offset 0x%llx%s%s%s",
				  (unsigned long long)remark->offset, before, source,
				  after);
	return length < 0 ? NULL : text;
}

/* The first one ends the link. */
static struct klpcc_error *take_remark(void *arg, const struct klpcc_patch_remark *remark)
{
	const struct klpcc_link *link = arg;
	struct klpcc_source source = { 0 };
	struct klpcc_error *err;
	char *place = NULL, *subject;

	if (remark->kind != KLPCC_FINDING_FAILS)
		return NULL;
	if (remark->relocated)
		place = klpcc_source_find(&source, link->elf, remark->relocated,
					  remark->offset);
	subject = describe(remark, place);
	err = subject ? klpcc_elf_error(link->elf, remark->section, "%s: %s", subject,
					remark->text)
		      : klpcc_error_nomem();
	free(subject);
	free(place);
	klpcc_source_close(&source);
	return err;
}

struct klpcc_error *klpcc_link_check_table(const struct klpcc_link *link,
					   const struct klpcc_index *index)
{
	const struct klpcc_patch_judge judge = {
		.elf = link->elf,
		.arch = link->arch,
		.index = index,
		.index_path = link->options->index,
		.symbol_max = KLPCC_SYMBOL_MAX,
		.remark = take_remark,
		.arg = (void *)link,
	};
	struct klpcc_patch_table table;
	struct klpcc_patch_layout layout;
	struct klpcc_error *err;

	if (!link->livepatch)
		return NULL;
	err = klpcc_patch_layout(index, &layout);
	if (!err)
		err = klpcc_patch_table_read(link->elf, link->arch, &layout, &table);
	if (err)
		return err;
	err = klpcc_patch_judge_table(&judge, &table);
	klpcc_patch_table_deinit(&table);
	return err;
}
