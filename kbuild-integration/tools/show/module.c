// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc show, reading: the file as a whole, and the symbols that it takes from elsewhere.
 *
 * Nothing is judged here: a name that does not parse is shown as it is.
 */
#include "show-private.h"

#include <klp-elf.h>
#include <klp-ref.h>
#include <stdlib.h>
#include <string.h>

/* Of klp-build: tools/objtool/klp-diff.c and scripts/livepatch/init.c of the kernel. */
#define TOMBSTONE ".klp.tombstone."
#define KLP_BUILD_TABLE ".init.klp_objects"
/* Of every module, by modpost: scripts/mod/modpost.c, add_header(). */
#define THIS_MODULE ".gnu.linkonce.this_module"

/* ---- the file as a whole --------------------------------------------------------------- */

static struct klpcc_error *read_facts(struct klpcc_show_module *module)
{
	const GElf_Ehdr *header = klpcc_elf_header(module->elf);
	struct klpcc_error *err;
	const char *livepatch;

	if (header->e_type != ET_REL)
		return klpcc_elf_error(
			module->elf, NULL,
			"not a relocatable file: only object files, kernel modules and indexes can be shown");
	err = klpcc_arch_read(module->elf, &module->arch);
	if (!err)
		err = klpcc_elf_modinfo(module->elf, "vermagic", &module->vermagic);
	if (!err)
		err = klpcc_elf_modinfo(module->elf, "livepatch", &livepatch);
	if (err)
		return err;
	module->livepatch = livepatch && !strcmp(livepatch, "Y");
	module->finished =
		module->vermagic || klpcc_elf_find_section(module->elf, THIS_MODULE);
	module->is_signed = klpcc_elf_is_signed(module->elf);
	return NULL;
}

/* ---- symbols --------------------------------------------------------------------------- */

static void read_klp_symbol(struct klpcc_show_module *module,
			    struct klpcc_show_symbol *symbol)
{
	const struct klpcc_elf_symbol *from = &module->elf_symbols[symbol->number];
	size_t length = strlen(from->name), tombstone = strlen(TOMBSTONE);

	symbol->kind = KLPCC_SHOW_KLP;
	if (!strncmp(from->name, TOMBSTONE, tombstone)) {
		symbol->kind = KLPCC_SHOW_TOMBSTONE;
		symbol->ref.symbol = klpcc_span_of(from->name + tombstone);
	} else if (!klpcc_mainline_symbol_parse(from->name, length, &symbol->ref)) {
		module->form = "mainline";
	} else if (!klpcc_object_symbol_parse(from->name, length, &symbol->ref)) {
		symbol->ref.sympos = (unsigned int)from->value;
		module->form = "object";
	}
	symbol->ref.gate.start = NULL;
}

static void read_undefined_symbol(struct klpcc_show_module *module,
				  struct klpcc_show_symbol *symbol)
{
	const char *name = module->elf_symbols[symbol->number].name;
	size_t length = strlen(name);
	int problem = klpcc_foreign_mark_parse(name, length, &symbol->ref);

	if (problem == -KLPCC_NAME_NOT_OURS)
		problem = klpcc_mark_parse(name, length, &symbol->ref);
	symbol->kind =
		problem == -KLPCC_NAME_NOT_OURS ? KLPCC_SHOW_IMPORT : KLPCC_SHOW_MARK;
	if (symbol->kind == KLPCC_SHOW_MARK)
		module->form = "marks";
}

/* False for a symbol that the file itself has. */
static bool read_symbol(struct klpcc_show_module *module, size_t number,
			struct klpcc_show_symbol *ret)
{
	const struct klpcc_elf_symbol *from = &module->elf_symbols[number];
	bool klp = from->reserved && from->section == KLPCC_SHN_LIVEPATCH;

	if (!klp && (from->reserved || from->section != SHN_UNDEF || !*from->name))
		return false;
	*ret = (struct klpcc_show_symbol){
		.number = (uint32_t)number,
		.ref.symbol = klpcc_span_of(from->name),
		.first_ref = KLPCC_SHOW_NONE,
	};
	if (klp)
		read_klp_symbol(module, ret);
	else
		read_undefined_symbol(module, ret);
	return true;
}

/* Adds those that are imports, or those that are not. */
static void add_symbols(struct klpcc_show_module *module, bool imports)
{
	for (size_t i = 1; i < module->elf_symbol_count; i++) {
		struct klpcc_show_symbol symbol;

		if (!read_symbol(module, i, &symbol) ||
		    (symbol.kind == KLPCC_SHOW_IMPORT) != imports)
			continue;
		module->symbol_of[i] = (uint32_t)module->symbol_count;
		module->symbols[module->symbol_count++] = symbol;
	}
}

static struct klpcc_error *read_symbols(struct klpcc_show_module *module)
{
	struct klpcc_error *err;
	size_t count;

	err = klpcc_elf_symbols(module->elf, &module->elf_symbols,
				&module->elf_symbol_count);
	if (err)
		return err;
	count = module->elf_symbol_count;
	module->symbols = calloc(count + 1, sizeof(*module->symbols));
	module->symbol_of = malloc((count + 1) * sizeof(*module->symbol_of));
	if (!module->symbols || !module->symbol_of)
		return klpcc_error_nomem();
	/* KLPCC_SHOW_NONE everywhere. */
	memset(module->symbol_of, 0xff, (count + 1) * sizeof(*module->symbol_of));
	add_symbols(module, false);
	module->taken_count = module->symbol_count;
	add_symbols(module, true);
	if (klpcc_elf_find_section(module->elf, KLP_BUILD_TABLE))
		module->form = "klp-build";
	return NULL;
}

/* The object that exports an import becomes the object of its name, if the index knows it. */
static struct klpcc_error *find_exporter(const struct klpcc_index *index,
					 struct klpcc_ref *ref)
{
	struct klpcc_index_export export_;
	struct klpcc_index_object object;
	struct klpcc_index_name name;
	struct klpcc_error *err;
	bool found;

	err = klpcc_index_find_name(index, ref->symbol.start, ref->symbol.len, &found,
				    &name);
	if (err || !found || !name.exports)
		return err;
	err = klpcc_index_name_export(index, &name, 0, &export_);
	if (!err)
		err = klpcc_index_object(index, export_.object, &object);
	if (!err)
		ref->object = klpcc_span_of(object.name);
	return err;
}

static struct klpcc_error *find_exporters(struct klpcc_show_module *module)
{
	struct klpcc_error *err = NULL;

	if (!module->options->index)
		return NULL;
	for (size_t i = module->taken_count; !err && i < module->symbol_count; i++)
		err = find_exporter(module->options->index, &module->symbols[i].ref);
	return err;
}

/* ---- the reference table --------------------------------------------------------------- */

static struct klpcc_error *read_refs(struct klpcc_show_module *module)
{
	struct klpcc_error *err =
		klpcc_refs_read(module->elf, module->arch, &module->refs);

	if (err)
		return err;
	module->next_ref = calloc(module->refs.count + 1, sizeof(*module->next_ref));
	if (!module->next_ref)
		return klpcc_error_nomem();
	for (size_t i = module->refs.count; i-- > 0;) {
		uint32_t number = module->symbol_of[module->refs.records[i].symbol];
		uint32_t *first;

		if (number == KLPCC_SHOW_NONE)
			continue;
		first = &module->symbols[number].first_ref;
		module->next_ref[i] = *first;
		*first = (uint32_t)i;
	}
	return NULL;
}

uint32_t klpcc_show_flags(const struct klpcc_show_module *module,
			  const struct klpcc_show_symbol *symbol)
{
	uint32_t flags = 0;

	for (uint32_t i = symbol->first_ref; i != KLPCC_SHOW_NONE;
	     i = module->next_ref[i])
		flags |= module->refs.records[i].flags;
	return flags;
}

const char *klpcc_show_flag_name(size_t number, uint32_t *flag)
{
	static const struct {
		uint32_t flag;
		const char *name;
	} flags[] = {
		{ KLPCC_REF_CALL, "call" },         { KLPCC_REF_ADDRESS, "address" },
		{ KLPCC_REF_DATA, "data" },         { KLPCC_REF_ASM, "asm" },
		{ KLPCC_REF_EXPLICIT, "explicit" }, { KLPCC_REF_INIT, "init" },
	};

	if (number >= sizeof(flags) / sizeof(flags[0]))
		return NULL;
	*flag = flags[number].flag;
	return flags[number].name;
}

static struct klpcc_error *read_patch_table(struct klpcc_show_module *module)
{
	struct klpcc_patch_layout layout;
	struct klpcc_error *err = klpcc_patch_layout(module->options->index, &layout);

	return err ? err
		   : klpcc_patch_table_read(module->elf, module->arch, &layout,
					    &module->table);
}

struct klpcc_error *klpcc_show_read_module(struct klpcc_show_module *module)
{
	struct klpcc_error *err;

	err = read_facts(module);
	if (!err)
		err = read_symbols(module);
	if (!err)
		err = find_exporters(module);
	if (!err)
		err = read_refs(module);
	return err ? err : read_patch_table(module);
}
