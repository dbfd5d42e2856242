// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The verifier: the patch table, which the livepatch core takes when the patch is enabled, and the
 * gates that it has to name.
 */
#include <klp-elf.h>
#include <string.h>

#include "../patch-table/judge.h"
#include "verify-private.h"

#define ENABLE "klp_enable_patch"

static struct klpcc_error *take_remark(void *arg, const struct klpcc_patch_remark *remark)
{
	const struct klpcc_verify_place place = {
		.section = remark->section,
		.symbol = remark->symbol,
		.target = remark->target,
		.relocated = remark->relocated,
		.offset = remark->offset,
	};

	return klpcc_verify_add(arg, remark->kind, remark->stage, remark->check, &place,
				"%s", remark->text);
}

/* Whether something of the module calls the livepatch core, by whatever name. */
static bool is_enabled(const struct klpcc_verify *verify)
{
	for (size_t i = 1; i < verify->symbol_count; i++) {
		const struct klpcc_elf_symbol *symbol = &verify->symbols[i];

		if ((symbol->section == SHN_UNDEF || symbol->reserved) &&
		    strstr(symbol->name, ENABLE))
			return true;
	}
	return false;
}

/* ---- gates ----------------------------------------------------------------------------- */

/* table: NULL for none. *sure: nothing in it could name the gate without having been read. */
static bool is_named(const struct klpcc_patch_table *table, struct klpcc_span gate,
		     bool *sure)
{
	*sure = !table || (table->count == 1 && !table->unread);
	if (!table)
		return false;
	for (size_t i = 0; i < table->count; i++)
		if (table->patches[i].end == KLPCC_PATCH_END_UNKNOWN)
			*sure = false;
	for (size_t i = 0; i < table->object_count; i++) {
		const struct klpcc_patch_object *object = &table->objects[i];

		if (object->name_at.kind == KLPCC_PATCH_POINTER_NULL)
			continue;
		if (object->name.start && klpcc_span_equal(object->name, gate))
			return true;
		if (!object->name.start)
			*sure = false;
	}
	return false;
}

/*
 * In mainline form the kernel resolves what waits for a module when it patches that module. In
 * object form the resolver does whenever the module is loaded.
 */
static struct klpcc_error *check_gates(struct klpcc_verify *verify,
				       const struct klpcc_patch_table *table)
{
	struct klpcc_span last = { 0 };
	struct klpcc_error *err = NULL;

	for (size_t i = 1; !err && i < klpcc_elf_sections(verify->elf); i++) {
		const struct klpcc_elf_section *section =
			klpcc_elf_section(verify->elf, i);
		const struct klpcc_verify_place place = { .section = section };
		struct klpcc_section_name name;
		bool sure;

		if (!(section->header.sh_flags & KLPCC_SHF_RELA_LIVEPATCH) ||
		    klpcc_mainline_section_parse(section->name, strlen(section->name),
						 &name) ||
		    klpcc_span_is(name.gate, KLPCC_VMLINUX) ||
		    (last.start && klpcc_span_equal(name.gate, last)))
			continue;
		last = name.gate;
		if (!is_named(table, name.gate, &sure))
			err = klpcc_verify_add(
				verify, sure ? KLPCC_FINDING_FAILS : KLPCC_FINDING_UNSURE,
				KLPCC_STAGE_RUN, KLPCC_CHECK_OBJECT, &place,
				"it waits for module %.*s, but no struct klp_object %s that module, without which the kernel never applies it",
				(int)name.gate.len, name.gate.start,
				sure ? "names" : "that could be read names");
	}
	return err;
}

/* ---- the table ------------------------------------------------------------------------- */

/* A module without a patch may be one for the sake of its klp relocations alone. */
static struct klpcc_error *say_idle(struct klpcc_verify *verify,
				    const struct klpcc_patch_table *table)
{
	bool meant = !table->count && verify->result->relocations;

	return klpcc_verify_add(verify,
				meant ? KLPCC_FINDING_NOTE : KLPCC_FINDING_WARNING,
				KLPCC_STAGE_RUN, KLPCC_CHECK_TABLE, NULL,
				"nothing calls " ENABLE "(): the module patches nothing");
}

/* klp_enable_patch() looks at the module that the patch names: its own one, or, rarely, another. */
static struct klpcc_error *refuse_unmarked(struct klpcc_verify *verify,
					   const struct klpcc_patch_table *table)
{
	return klpcc_verify_add(
		verify, table->count ? KLPCC_FINDING_FAILS : KLPCC_FINDING_UNSURE,
		KLPCC_STAGE_ENABLE, KLPCC_CHECK_MODINFO, NULL,
		"it calls " ENABLE
		"(), but does not say that it is a livepatch: add MODULE_INFO(livepatch, \"Y\")");
}

/* Code may fill it in, which the judge tells. */
static struct klpcc_error *say_empty(struct klpcc_verify *verify,
				     const struct klpcc_patch_table *table)
{
	if (table->unread || table->object_count)
		return NULL;
	for (size_t i = 0; i < table->count; i++)
		if (table->patches[i].objs.kind != KLPCC_PATCH_POINTER_INSIDE ||
		    table->patches[i].end != KLPCC_PATCH_END_EMPTY)
			return NULL;
	return klpcc_verify_add(
		verify, KLPCC_FINDING_WARNING, KLPCC_STAGE_ENABLE, KLPCC_CHECK_TABLE,
		NULL,
		"its array of struct klp_object is empty in the file, so the patch changes nothing: add an entry with .funcs");
}

static struct klpcc_error *judge(struct klpcc_verify *verify,
				 const struct klpcc_patch_table *table)
{
	const struct klpcc_patch_judge judge = {
		.elf = verify->elf,
		.arch = verify->arch,
		.index = verify->index,
		.index_path = verify->options->index_path,
		.symbol_max = klpcc_verify_longest_name(verify),
		.remark = take_remark,
		.arg = verify,
	};
	struct klpcc_error *err;

	if (!is_enabled(verify))
		return say_idle(verify, table);
	if (!verify->livepatch)
		return refuse_unmarked(verify, table);
	if (!table->count)
		err = klpcc_verify_unsure(
			verify, KLPCC_STAGE_ENABLE, KLPCC_CHECK_TABLE, NULL,
			"no struct klp_patch as this kernel has it is in the file: it is made at run time, or for another configuration");
	else
		err = klpcc_patch_judge_table(&judge, table);
	if (!err && table->count)
		err = say_empty(verify, table);
	return err ? err : check_gates(verify, table);
}

struct klpcc_error *klpcc_verify_table(struct klpcc_verify *verify)
{
	struct klpcc_patch_table table;
	struct klpcc_patch_layout layout;
	struct klpcc_error *err;

	/* Nobody but the livepatch core applies what waits for a module. */
	if (!verify->livepatch && !is_enabled(verify))
		return check_gates(verify, NULL);
	err = klpcc_patch_layout(verify->index, &layout);
	if (err)
		return err;
	err = klpcc_patch_table_read(verify->elf, verify->arch, &layout, &table);
	if (err)
		return klpcc_verify_unread(verify, KLPCC_CHECK_TABLE, err);
	verify->result->objects = table.object_count;
	verify->result->functions = table.function_count;
	err = judge(verify, &table);
	klpcc_patch_table_deinit(&table);
	return err;
}
