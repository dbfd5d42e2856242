// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The ELF model, writing side: collects the changes to one file.
 *
 * Comes between the final link, which knows what is to change, and write.c, which writes the
 * new file. Nothing here touches the input or the disk; a change only notes what the
 * section or symbol of that number is to become.
 */
#include "edit-private.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/array.h"
#include "../lib/range.h"

/* ---- what can be followed ------------------------------------------------------------ */

/* A table that the write makes anew. */
static bool is_table(uint32_t type)
{
	return type == SHT_SYMTAB || type == SHT_SYMTAB_SHNDX || type == SHT_STRTAB ||
	       type == SHT_RELA || type == SHT_GROUP;
}

static struct klpcc_error *check_relocated(const struct klpcc_edit *edit,
					   const struct klpcc_elf_section *section)
{
	const struct klpcc_elf_section *relocated =
		klpcc_elf_section(edit->elf, section->header.sh_info);

	if (!is_table(relocated->header.sh_type))
		return NULL;
	return klpcc_elf_error(edit->elf, section,
			       "relocates section [%zu] '%.80s', a table",
			       relocated->index, relocated->name);
}

/* Symbol numbers in the contents of a section that nobody here knows would go stale. */
static struct klpcc_error *check_section(const struct klpcc_edit *edit,
					 const struct klpcc_elf_section *section)
{
	const GElf_Shdr *header = &section->header;

	switch (header->sh_type) {
	case SHT_REL:
		return klpcc_elf_error(edit->elf, section,
				       "SHT_REL relocations are not supported");
	case SHT_RELA:
		return check_relocated(edit, section);
	case SHT_GROUP:
	case SHT_SYMTAB_SHNDX:
		return NULL;
	default:
		if (header->sh_link != edit->symtab->index ||
		    (header->sh_flags & SHF_LINK_ORDER))
			return NULL;
		return klpcc_elf_error(
			edit->elf, section,
			"type 0x%x is tied to the symbol table in a way that cannot be rewritten",
			header->sh_type);
	}
}

static struct klpcc_error *check_input(const struct klpcc_edit *edit)
{
	const struct klpcc_elf *elf = edit->elf;
	const GElf_Ehdr *header = klpcc_elf_header(elf);

	if (header->e_type != ET_REL || header->e_phnum)
		return klpcc_elf_error(elf, NULL, "not a relocatable file");
	if (!edit->symtab)
		return klpcc_elf_error(elf, NULL, "no symbol table");
	for (size_t i = 1; i < klpcc_elf_sections(elf); i++) {
		struct klpcc_error *err = check_section(edit, klpcc_elf_section(elf, i));

		if (err)
			return err;
	}
	return NULL;
}

/* ---- life ---------------------------------------------------------------------------- */

static struct klpcc_error *edit_init(struct klpcc_edit *edit)
{
	struct klpcc_error *err;

	edit->symtab = klpcc_elf_symtab(edit->elf);
	edit->shndx = klpcc_elf_symtab_shndx(edit->elf);
	err = check_input(edit);
	if (!err)
		err = klpcc_elf_symbols(edit->elf, &edit->symbols, &edit->symbol_count);
	if (err)
		return err;
	edit->input_sections = klpcc_elf_sections(edit->elf);
	edit->section_count = edit->input_sections;
	edit->section_capacity = edit->section_count;
	edit->sections = calloc(edit->section_count, sizeof(*edit->sections));
	edit->symbol_map = calloc(edit->symbol_count + 1, sizeof(*edit->symbol_map));
	if (!edit->sections || !edit->symbol_map)
		return klpcc_error_nomem();
	for (size_t i = 0; i < edit->section_count; i++) {
		const struct klpcc_elf_section *from = klpcc_elf_section(edit->elf, i);

		edit->sections[i].header = from->header;
		edit->sections[i].name = from->name;
	}
	for (size_t i = 0; i < edit->symbol_count; i++)
		edit->symbol_map[i] = (uint32_t)i;
	return NULL;
}

struct klpcc_error *klpcc_edit_create(struct klpcc_elf *elf, struct klpcc_edit **ret)
{
	struct klpcc_edit *edit = calloc(1, sizeof(*edit));
	struct klpcc_error *err;

	if (!edit)
		return klpcc_error_nomem();
	edit->elf = elf;
	err = edit_init(edit);
	if (err) {
		klpcc_edit_destroy(edit);
		return err;
	}
	*ret = edit;
	return NULL;
}

void klpcc_edit_destroy(struct klpcc_edit *edit)
{
	if (!edit)
		return;
	for (size_t i = 0; i < edit->section_count && edit->sections; i++) {
		free(edit->sections[i].own_name);
		free(edit->sections[i].contents);
	}
	for (size_t i = 0; i < edit->change_count; i++)
		free(edit->changes[i].own_name);
	free(edit->sections);
	free(edit->symbol_map);
	free(edit->changes);
	free(edit);
}

/* ---- sections ------------------------------------------------------------------------ */

void klpcc_edit_remove_section(struct klpcc_edit *edit, size_t section)
{
	assert(section && section < edit->input_sections);
	assert(edit->sections[section].header.sh_type != SHT_SYMTAB &&
	       edit->sections[section].header.sh_type != SHT_STRTAB);
	edit->sections[section].removed = true;
}

void klpcc_edit_set_relocations(struct klpcc_edit *edit, size_t section,
				const struct klpcc_elf_relocation *relocations,
				size_t count)
{
	struct klpcc_edit_section *changed = &edit->sections[section];

	assert(section < edit->input_sections && changed->header.sh_type == SHT_RELA);
	changed->relocations_set = true;
	changed->relocations = relocations;
	changed->relocation_count = count;
}

void klpcc_edit_append(struct klpcc_edit *edit, size_t section, const void *data,
		       size_t size)
{
	struct klpcc_edit_section *changed = &edit->sections[section];

	/* The write joins what is appended to the section's bytes. */
	assert(section && section < edit->input_sections && !changed->contents);
	changed->appended = data;
	changed->appended_size = size;
}

struct klpcc_error *klpcc_edit_contents(struct klpcc_edit *edit, size_t section,
					unsigned char **bytes, size_t *size)
{
	struct klpcc_edit_section *changed = &edit->sections[section];
	const unsigned char *original;
	struct klpcc_error *err;

	assert(section && section < edit->input_sections && !changed->appended);
	err = klpcc_elf_section_bytes(edit->elf, klpcc_elf_section(edit->elf, section),
				      &original, size);
	if (err)
		return err;
	if (!changed->contents) {
		changed->contents = malloc(*size + 1);
		if (!changed->contents)
			return klpcc_error_nomem();
		if (*size)
			memcpy(changed->contents, original, *size);
	}
	*bytes = changed->contents;
	return NULL;
}

struct klpcc_error *
klpcc_edit_add_relocations(struct klpcc_edit *edit, const char *name, uint64_t flags,
			   size_t relocated,
			   const struct klpcc_elf_relocation *relocations, size_t count)
{
	struct klpcc_edit_section *array, *section;

	array = klpcc_array_grow(edit->sections, edit->section_count, 1,
				 &edit->section_capacity, sizeof(*array));
	if (!array)
		return klpcc_error_nomem();
	edit->sections = array;
	section = &array[edit->section_count];
	*section = (struct klpcc_edit_section){
		.header = {
			.sh_type = SHT_RELA,
			.sh_flags = flags,
			.sh_link = (Elf64_Word)edit->symtab->index,
			.sh_info = (Elf64_Word)relocated,
			.sh_addralign = sizeof(Elf64_Addr),
			.sh_entsize = sizeof(Elf64_Rela),
		},
		.own_name = strdup(name),
		.relocations_set = true,
		.relocations = relocations,
		.relocation_count = count,
	};
	if (!section->own_name)
		return klpcc_error_nomem();
	section->name = section->own_name;
	edit->section_count++;
	return NULL;
}

/* ---- symbols ------------------------------------------------------------------------- */

struct klpcc_error *klpcc_edit_set_symbol(struct klpcc_edit *edit, size_t symbol,
					  const struct klpcc_edit_symbol *as)
{
	struct klpcc_edit_change *array, *change;

	assert(symbol && symbol < edit->symbol_count && as->binding != STB_LOCAL);
	assert(edit->symbols[symbol].binding != STB_LOCAL);
	array = klpcc_array_grow(edit->changes, edit->change_count, 1,
				 &edit->change_capacity, sizeof(*array));
	if (!array)
		return klpcc_error_nomem();
	edit->changes = array;
	change = &array[edit->change_count];
	change->as = *as;
	change->symbol = symbol;
	change->own_name = strdup(as->name);
	if (!change->own_name)
		return klpcc_error_nomem();
	change->as.name = change->own_name;
	edit->change_count++;
	return NULL;
}

void klpcc_edit_remove_symbol(struct klpcc_edit *edit, size_t symbol)
{
	assert(symbol && symbol < edit->symbol_count);
	edit->symbol_map[symbol] = KLPCC_EDIT_REMOVED;
}

void klpcc_edit_merge_symbol(struct klpcc_edit *edit, size_t symbol, size_t into)
{
	assert(symbol && symbol < edit->symbol_count && into < edit->symbol_count);
	assert(edit->symbols[symbol].binding != STB_LOCAL);
	assert(edit->symbol_map[into] == into);
	edit->symbol_map[symbol] = (uint32_t)into;
}
