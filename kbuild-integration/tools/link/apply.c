// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The final link, editing and writing: turns the plan into changes of the ELF file, with
 * the names, flags and values that docs/format.md lays down for each form.
 */
#include "link-private.h"

#include <assert.h>
#include <klp-elf.h>
#include <stdlib.h>
#include <string.h>

#include "../elf/elf-edit.h"

#define FINAL_FLAGS (SHF_ALLOC | SHF_INFO_LINK | KLPCC_SHF_RELA_LIVEPATCH)

/* ---- symbols --------------------------------------------------------------------------- */

/* `ld -r` leaves most undefined symbols without a type: another mark's may say more. */
static uint8_t final_type(const struct klpcc_link *link,
			  const struct klpcc_link_mark *mark, uint8_t type)
{
	return type == STT_NOTYPE ? link->symbols[mark->symbol].type : type;
}

static struct klpcc_error *finish_symbol(const struct klpcc_link *link,
					 struct klpcc_edit *edit,
					 const struct klpcc_link_mark *mark, uint8_t type)
{
	bool mainline = link->options->form == KLPCC_FORM_MAINLINE;
	char name[KLPCC_NAME_BUFFER];
	struct klpcc_edit_symbol as = {
		.name = name,
		.value = mainline ? 0 : mark->ref.sympos,
		.reserved = KLPCC_SHN_LIVEPATCH,
		.binding = STB_GLOBAL,
		.type = type,
	};
	int problem;

	problem = mainline ? klpcc_mainline_symbol_build(&mark->ref, name, sizeof(name))
			   : klpcc_object_symbol_build(&mark->ref, name, sizeof(name));
	if (problem)
		return klpcc_link_mark_error(link, mark,
					     "cannot be named in this form: %s",
					     klpcc_name_strerror(problem));
	return klpcc_edit_set_symbol(edit, mark->symbol, &as);
}

static struct klpcc_error *edit_symbols(const struct klpcc_link *link,
					struct klpcc_edit *edit)
{
	uint8_t *types = calloc(link->mark_count + 1, sizeof(*types));
	struct klpcc_error *err = NULL;

	if (!types)
		return klpcc_error_nomem();
	for (size_t i = 0; i < link->mark_count; i++) {
		const struct klpcc_link_mark *mark = &link->marks[i];

		if (!mark->used)
			klpcc_edit_remove_symbol(edit, mark->symbol);
		else if (mark->leader != i)
			klpcc_edit_merge_symbol(edit, mark->symbol,
						link->marks[mark->leader].symbol);
		if (mark->used)
			types[mark->leader] = final_type(link, mark, types[mark->leader]);
	}
	for (size_t i = 0; !err && i < link->mark_count; i++)
		if (link->marks[i].used && link->marks[i].leader == i)
			err = finish_symbol(link, edit, &link->marks[i], types[i]);
	free(types);
	return err;
}

/* ---- sections -------------------------------------------------------------------------- */

static struct klpcc_error *add_section(const struct klpcc_link *link,
				       struct klpcc_edit *edit,
				       const struct klpcc_link_section *section)
{
	const struct klpcc_elf_section *relocated =
		klpcc_elf_section(link->elf, section->relocated);
	struct klpcc_section_name parts = {
		.gate = link->gates[section->gate],
		.section = klpcc_span_of(relocated->name),
	};
	char name[KLPCC_NAME_BUFFER];
	int problem;

	problem = link->options->form == KLPCC_FORM_MAINLINE
			  ? klpcc_mainline_section_build(&parts, name, sizeof(name))
			  : klpcc_object_section_build(&parts, name, sizeof(name));
	if (problem)
		return klpcc_elf_error(link->elf, relocated,
				       "its klp relocations cannot be named: %s",
				       klpcc_name_strerror(problem));
	return klpcc_edit_add_relocations(edit, name, FINAL_FLAGS, section->relocated,
					  section->relocations, section->count);
}

static struct klpcc_error *edit_sections(const struct klpcc_link *link,
					 struct klpcc_edit *edit)
{
	struct klpcc_error *err = NULL;

	for (size_t i = 1; i < klpcc_elf_sections(link->elf); i++)
		if (link->table[i])
			klpcc_edit_remove_section(edit, i);
	for (size_t i = 0; i < link->rest_count; i++)
		klpcc_edit_set_relocations(edit, link->rests[i].from,
					   link->rests[i].relocations,
					   link->rests[i].count);
	for (size_t i = 0; !err && i < link->section_count; i++)
		err = add_section(link, edit, &link->sections[i]);
	return err;
}

/*
 * What modprobe reads: to load the resolver first. The string begins with a NUL, which ends the
 * last one that is there, should that not end.
 */
static void add_dependency(const struct klpcc_link *link, struct klpcc_edit *edit)
{
	static const char softdep[] = "\0softdep=pre: klpcc_resolver";

	if (link->options->form == KLPCC_FORM_OBJECT && link->section_count)
		klpcc_edit_append(edit,
				  klpcc_elf_find_section(link->elf, ".modinfo")->index,
				  softdep, sizeof(softdep));
}

static struct klpcc_error *edit_code(const struct klpcc_link *link,
				     struct klpcc_edit *edit)
{
	unsigned char *bytes = NULL;
	size_t section = 0, size = 0;

	for (size_t i = 0; i < link->fix_count; i++) {
		const struct klpcc_link_fix *fix = &link->fixes[i];
		struct klpcc_error *err;

		if (!fix->is.recoded)
			continue;
		if (fix->relocated != section) {
			section = fix->relocated;
			err = klpcc_edit_contents(edit, section, &bytes, &size);
			if (err)
				return err;
		}
		assert(fix->offset >= KLPCC_ARCH_CODE && fix->offset <= size);
		memcpy(bytes + fix->offset - KLPCC_ARCH_CODE, fix->is.code,
		       KLPCC_ARCH_CODE);
	}
	return NULL;
}

struct klpcc_error *klpcc_link_apply(const struct klpcc_link *link, const char *path,
				     mode_t mode)
{
	struct klpcc_edit *edit;
	struct klpcc_error *err;

	err = klpcc_edit_create(link->elf, &edit);
	if (err)
		return err;
	err = edit_symbols(link, edit);
	if (!err)
		err = edit_sections(link, edit);
	if (!err)
		err = edit_code(link, edit);
	add_dependency(link, edit);
	if (!err)
		err = klpcc_edit_write(edit, path, mode);
	klpcc_edit_destroy(edit);
	return err;
}
