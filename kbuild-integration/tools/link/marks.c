// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The final link, reading: which symbols of the module are marks, which are already final,
 * and which marks are used.
 *
 * First phase. All later phases work on the array of marks and do not look at names again.
 */
#include "link-private.h"

#include <klp-elf.h>
#include <stdlib.h>
#include <string.h>

static struct klpcc_error *symbol_error(const struct klpcc_link *link, size_t number,
					const char *problem)
{
	return klpcc_elf_error(link->elf, klpcc_elf_symtab(link->elf),
			       "symbol %zu '%s': %s", number, link->symbols[number].name,
			       problem);
}

/* ---- final names ----------------------------------------------------------------------- */

static struct klpcc_error *note_final_symbol(struct klpcc_link *link, size_t number)
{
	const char *name = link->symbols[number].name;
	size_t length = strlen(name);
	struct klpcc_ref ref;

	if (!klpcc_mainline_symbol_parse(name, length, &ref))
		link->final_mainline = true;
	else if (!klpcc_object_symbol_parse(name, length, &ref))
		link->final_object = true;
	else
		return symbol_error(link, number,
				    "is SHN_LIVEPATCH, but its name fits neither form");
	return NULL;
}

/* Only what carries the flag counts: the flag is what the kernel goes by. */
static struct klpcc_error *note_final_sections(struct klpcc_link *link)
{
	for (size_t i = 1; i < klpcc_elf_sections(link->elf); i++) {
		const struct klpcc_elf_section *section = klpcc_elf_section(link->elf, i);
		struct klpcc_section_name parsed;
		size_t length = strlen(section->name);

		if (!(section->header.sh_flags & KLPCC_SHF_RELA_LIVEPATCH))
			continue;
		if (!klpcc_mainline_section_parse(section->name, length, &parsed))
			link->final_mainline = true;
		else if (!klpcc_object_section_parse(section->name, length, &parsed))
			link->final_object = true;
		else
			return klpcc_elf_error(
				link->elf, section,
				"is SHF_RELA_LIVEPATCH, but its name fits neither form");
	}
	return NULL;
}

/* ---- marks ----------------------------------------------------------------------------- */

/* 0, -KLPCC_NAME_NOT_OURS, or what is wrong with the name of an undefined symbol. */
static int parse_mark(const char *name, struct klpcc_ref *ref)
{
	size_t length = strlen(name);
	int err = klpcc_foreign_mark_parse(name, length, ref);

	if (err != -KLPCC_NAME_NOT_OURS)
		return err;
	return klpcc_mark_parse(name, length, ref);
}

/*
 * The kernel refuses a section of a module's gate that names a symbol of vmlinux
 * (klp_resolve_symbols() in kernel/livepatch/core.c, since 5.8): vmlinux is always there, so
 * its symbols can be resolved early, whatever waits beside them.
 */
static struct klpcc_span effective_gate(const struct klpcc_link *link,
					const struct klpcc_ref *ref, bool vmlinux)
{
	return link->options->form == KLPCC_FORM_MAINLINE && vmlinux ? ref->object
								     : ref->gate;
}

static struct klpcc_error *add_mark(struct klpcc_link *link, size_t number,
				    const struct klpcc_ref *ref)
{
	struct klpcc_link_mark *mark = &link->marks[link->mark_count];
	bool vmlinux = klpcc_span_is(ref->object, KLPCC_VMLINUX);

	if (link->symbols[number].binding == STB_LOCAL)
		return symbol_error(link, number, "is a mark, but local");
	link->mark_of[number] = (uint32_t)link->mark_count++;
	*mark = (struct klpcc_link_mark){
		.symbol = number,
		.ref = *ref,
		.gate = effective_gate(link, ref, vmlinux),
		.first_ref = KLPCC_LINK_NONE,
		.vmlinux = vmlinux,
	};
	return NULL;
}

static struct klpcc_error *read_undefined(struct klpcc_link *link, size_t number)
{
	const char *name = link->symbols[number].name;
	struct klpcc_ref ref;
	int problem = parse_mark(name, &ref);

	if (!problem)
		return add_mark(link, number, &ref);
	if (problem != -KLPCC_NAME_NOT_OURS)
		return klpcc_elf_error(link->elf, klpcc_elf_symtab(link->elf),
				       "symbol %zu '%s': malformed mark: %s", number,
				       name, klpcc_name_strerror(problem));
	if (!strncmp(name, KLPCC_SECTION_PREFIX, strlen(KLPCC_SECTION_PREFIX)))
		return symbol_error(
			link, number,
			"is undefined, but its name is not that of a mark; only the final link makes such names");
	return NULL;
}

/* `ld -r` over a finished module leaves its symbols absolute: that shows here. */
static struct klpcc_error *read_defined(struct klpcc_link *link, size_t number)
{
	const struct klpcc_elf_symbol *symbol = &link->symbols[number];
	size_t length = strlen(symbol->name);
	struct klpcc_ref ref;

	if (symbol->type == STT_FILE || symbol->type == STT_SECTION)
		return NULL;
	if (parse_mark(symbol->name, &ref) &&
	    klpcc_mainline_symbol_parse(symbol->name, length, &ref))
		return NULL;
	return symbol_error(
		link, number,
		symbol->reserved && symbol->section == SHN_ABS
			? "has the name of a livepatch symbol, but is absolute; a finished module must not go through `ld -r` again"
			: "has the name of a livepatch symbol, but is defined in the module");
}

struct klpcc_error *klpcc_link_read_marks(struct klpcc_link *link)
{
	struct klpcc_error *err;

	err = klpcc_elf_symbols(link->elf, &link->symbols, &link->symbol_count);
	if (err)
		return err;
	link->marks = calloc(link->symbol_count + 1, sizeof(*link->marks));
	link->mark_of = malloc((link->symbol_count + 1) * sizeof(*link->mark_of));
	if (!link->marks || !link->mark_of)
		return klpcc_error_nomem();
	/* KLPCC_LINK_NONE everywhere. */
	memset(link->mark_of, 0xff, (link->symbol_count + 1) * sizeof(*link->mark_of));
	for (size_t i = 1; !err && i < link->symbol_count; i++) {
		const struct klpcc_elf_symbol *symbol = &link->symbols[i];

		if (symbol->reserved && symbol->section == KLPCC_SHN_LIVEPATCH)
			err = note_final_symbol(link, i);
		else if (!strstr(symbol->name, KLPCC_SECTION_PREFIX))
			continue;
		else if (!symbol->reserved && symbol->section == SHN_UNDEF)
			err = read_undefined(link, i);
		else
			err = read_defined(link, i);
	}
	return err ? err : note_final_sections(link);
}

/* ---- uses ------------------------------------------------------------------------------ */

bool klpcc_link_is_natural(const struct klpcc_link *link,
			   const struct klpcc_elf_section *section)
{
	const struct klpcc_elf_section *relocated;

	if (section->header.sh_type != SHT_RELA)
		return false;
	relocated = klpcc_elf_section(link->elf, section->header.sh_info);
	return relocated->header.sh_flags & SHF_ALLOC;
}

/*
 * A use in a section that is not loaded (debug information) keeps the symbol, but does not
 * make a relocation that the kernel has to apply.
 */
struct klpcc_error *klpcc_link_find_uses(struct klpcc_link *link)
{
	for (size_t i = 1; i < klpcc_elf_sections(link->elf); i++) {
		const struct klpcc_elf_section *section = klpcc_elf_section(link->elf, i);
		const struct klpcc_elf_relocation *relocations;
		struct klpcc_error *err;
		size_t count;

		if (section->header.sh_type != SHT_RELA || link->table[i])
			continue;
		err = klpcc_elf_relocations(link->elf, section, &relocations, &count);
		if (err)
			return err;
		for (size_t j = 0; j < count; j++) {
			uint32_t mark = link->mark_of[relocations[j].symbol];

			if (mark != KLPCC_LINK_NONE)
				link->marks[mark].used = true;
		}
	}
	return NULL;
}
