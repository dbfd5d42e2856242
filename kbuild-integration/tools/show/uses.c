// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc show, reading: every relocation against a symbol from elsewhere, and the function or
 * variable of the file that it is in.
 */
#include "show-private.h"

#include <klp-elf.h>
#include <stdlib.h>
#include <string.h>

#include "../kernel/read-dwarf.h"
#include "../lib/array.h"

const struct klpcc_elf_section *
klpcc_show_relocated(const struct klpcc_show_module *module,
		     const struct klpcc_show_use *use)
{
	const struct klpcc_elf_section *section =
		klpcc_elf_section(module->elf, use->section);

	return klpcc_elf_section(module->elf, section->header.sh_info);
}

struct klpcc_span klpcc_show_gate(const struct klpcc_show_module *module,
				  const struct klpcc_show_use *use)
{
	const struct klpcc_show_symbol *symbol = &module->symbols[use->symbol];

	return symbol->kind == KLPCC_SHOW_MARK ? symbol->ref.gate
					       : module->gates[use->section];
}

const char *klpcc_show_source(const struct klpcc_show_module *module,
			      const struct klpcc_show_use *use)
{
	return module->sources ? module->sources[use - module->uses] : NULL;
}

const char *klpcc_show_type(const struct klpcc_show_module *module,
			    const struct klpcc_show_use *use)
{
	return klpcc_arch_relocation_name(module->arch, use->type);
}

const char *klpcc_show_use_kind(const struct klpcc_show_module *module,
				const struct klpcc_show_use *use)
{
	const char *type = klpcc_show_type(module, use);

	if (!(klpcc_show_relocated(module, use)->header.sh_flags & SHF_EXECINSTR))
		return "pointer";
	/* So both psABIs name what the assembler makes of a branch to another unit. */
	return type && strstr(type, "PLT") ? "call" : "reference";
}

/* ---- functions and variables ----------------------------------------------------------- */

static bool is_holder(const struct klpcc_elf_symbol *symbol)
{
	return !symbol->reserved && symbol->section != SHN_UNDEF && *symbol->name &&
	       (symbol->type == STT_FUNC || symbol->type == STT_OBJECT);
}

/* Of several that begin at one place, the longest comes first, then the first in the table. */
static int compare_holders(const void *left, const void *right)
{
	const struct klpcc_show_holder *a = left, *b = right;

	if (a->section != b->section)
		return a->section < b->section ? -1 : 1;
	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	if (a->end != b->end)
		return a->end > b->end ? -1 : 1;
	return (a->symbol > b->symbol) - (a->symbol < b->symbol);
}

/* One for each place; a function of assembler text without a size goes on to the next. */
static void merge_holders(struct klpcc_show_module *module)
{
	struct klpcc_show_holder *holders = module->holders;
	size_t count = 0;

	for (size_t i = 0; i < module->holder_count; i++) {
		struct klpcc_show_holder *last = count ? &holders[count - 1] : NULL;
		bool same = last && last->section == holders[i].section;

		if (same && last->start == holders[i].start)
			continue;
		if (last && last->end == last->start)
			last->end = same ? holders[i].start : UINT64_MAX;
		holders[count++] = holders[i];
	}
	if (count && holders[count - 1].end == holders[count - 1].start)
		holders[count - 1].end = UINT64_MAX;
	module->holder_count = count;
}

static struct klpcc_error *read_holders(struct klpcc_show_module *module)
{
	module->holders = calloc(module->elf_symbol_count + 1, sizeof(*module->holders));
	if (!module->holders)
		return klpcc_error_nomem();
	for (size_t i = 1; i < module->elf_symbol_count; i++) {
		const struct klpcc_elf_symbol *symbol = &module->elf_symbols[i];
		uint64_t end;

		if (!is_holder(symbol))
			continue;
		if (__builtin_add_overflow(symbol->value, symbol->size, &end))
			end = UINT64_MAX;
		module->holders[module->holder_count++] =
			(struct klpcc_show_holder){ symbol->value, end, symbol->section,
						    (uint32_t)i };
	}
	qsort(module->holders, module->holder_count, sizeof(*module->holders),
	      compare_holders);
	merge_holders(module);
	return NULL;
}

/* The symbol-table number of what is at a place, or KLPCC_SHOW_NONE. */
static uint32_t find_holder(const struct klpcc_show_module *module, uint32_t section,
			    uint64_t offset)
{
	size_t low = 0, high = module->holder_count;
	const struct klpcc_show_holder *found;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct klpcc_show_holder *holder = &module->holders[middle];

		if (holder->section < section ||
		    (holder->section == section && holder->start <= offset))
			low = middle + 1;
		else
			high = middle;
	}
	if (!low)
		return KLPCC_SHOW_NONE;
	found = &module->holders[low - 1];
	return found->section == section && offset < found->end ? found->symbol
								: KLPCC_SHOW_NONE;
}

uint32_t klpcc_show_replacement(const struct klpcc_show_module *module,
				const struct klpcc_patch_function *function)
{
	const struct klpcc_patch_pointer *to = &function->new_func;

	if (to->kind != KLPCC_PATCH_POINTER_INSIDE)
		return KLPCC_SHOW_NONE;
	return find_holder(module, (uint32_t)to->section->index, to->offset);
}

struct klpcc_span klpcc_show_patched_object(const struct klpcc_patch_object *object)
{
	return object->name_at.kind == KLPCC_PATCH_POINTER_NULL
		       ? klpcc_span_of(KLPCC_VMLINUX)
		       : object->name;
}

/* ---- relocations ----------------------------------------------------------------------- */

static struct klpcc_error *add_use(struct klpcc_show_module *module,
				   const struct klpcc_elf_section *section,
				   const struct klpcc_elf_relocation *relocation,
				   uint32_t symbol)
{
	struct klpcc_show_use *uses = klpcc_array_grow(
		module->uses, module->use_count, 1, &module->use_capacity, sizeof(*uses));

	if (!uses)
		return klpcc_error_nomem();
	module->uses = uses;
	uses[module->use_count++] = (struct klpcc_show_use){
		.symbol = symbol,
		.section = (uint32_t)section->index,
		.type = relocation->type,
		.holder =
			find_holder(module, section->header.sh_info, relocation->offset),
		.offset = relocation->offset,
		.addend = relocation->addend,
	};
	return NULL;
}

static struct klpcc_error *read_section(struct klpcc_show_module *module,
					const struct klpcc_elf_section *section)
{
	const struct klpcc_elf_relocation *relocations;
	struct klpcc_error *err;
	size_t count;

	err = klpcc_elf_relocations(module->elf, section, &relocations, &count);
	for (size_t i = 0; !err && i < count; i++) {
		uint32_t symbol = module->symbol_of[relocations[i].symbol];

		if (symbol == KLPCC_SHOW_NONE)
			continue;
		module->symbols[symbol].uses++;
		if (symbol < module->taken_count)
			err = add_use(module, section, &relocations[i], symbol);
	}
	return err;
}

/* "?" for the gate of a section whose name is of no form. */
static struct klpcc_span parse_gate(const struct klpcc_elf_section *section)
{
	size_t length = strlen(section->name);
	struct klpcc_section_name parsed = { .gate = klpcc_span_of("?") };

	if (!(section->header.sh_flags & KLPCC_SHF_RELA_LIVEPATCH))
		return (struct klpcc_span){ .start = NULL };
	if (klpcc_mainline_section_parse(section->name, length, &parsed))
		(void)klpcc_object_section_parse(section->name, length, &parsed);
	return parsed.gate;
}

/* Debug information and the reference table, which are not loaded, use no symbol. */
static bool is_loaded(const struct klpcc_show_module *module,
		      const struct klpcc_elf_section *section)
{
	return klpcc_elf_section(module->elf, section->header.sh_info)->header.sh_flags &
	       SHF_ALLOC;
}

static struct klpcc_error *read_uses(struct klpcc_show_module *module)
{
	size_t sections = klpcc_elf_sections(module->elf);
	struct klpcc_error *err = NULL;

	for (size_t i = 1; !err && i < sections; i++) {
		const struct klpcc_elf_section *section =
			klpcc_elf_section(module->elf, i);

		if (section->header.sh_type != SHT_RELA || !is_loaded(module, section))
			continue;
		module->gates[i] = parse_gate(section);
		err = read_section(module, section);
	}
	return err;
}

/* ---- source lines ---------------------------------------------------------------------- */

/* All else can be shown without: where the debug information is damaged, no lines are told. */
static struct klpcc_error *read_sources(struct klpcc_show_module *module)
{
	struct klpcc_dwarf *dwarf = NULL;
	struct klpcc_error *err;

	if (!module->use_count || !klpcc_has_dwarf(module->elf))
		return NULL;
	err = klpcc_dwarf_load();
	if (!err)
		err = klpcc_dwarf_open(module->elf, &dwarf);
	if (err) {
		klpcc_error_free(err);
		return NULL;
	}
	module->sources = calloc(module->use_count, sizeof(*module->sources));
	for (size_t i = 0; module->sources && i < module->use_count; i++)
		module->sources[i] = klpcc_dwarf_find_place(
			dwarf, klpcc_show_relocated(module, &module->uses[i]),
			module->uses[i].offset);
	klpcc_dwarf_close(dwarf);
	return module->sources ? NULL : klpcc_error_nomem();
}

struct klpcc_error *klpcc_show_read_uses(struct klpcc_show_module *module)
{
	struct klpcc_error *err;

	module->gates =
		calloc(klpcc_elf_sections(module->elf) + 1, sizeof(*module->gates));
	err = module->gates ? read_holders(module) : klpcc_error_nomem();
	if (!err)
		err = read_uses(module);
	return err ? err : read_sources(module);
}
