// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The ELF model, reading side: the tables of symbols and relocations.
 *
 * Both are read whole on the first request, checked entry by entry, and kept as plain
 * arrays: an index run reads the symbols of thousands of modules and the relocations of
 * none.
 */
#include "elf-model.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/range.h"

/*
 * How long the names of all symbols may be together, in bytes for each of the file. Symbols may
 * share a name, or its tail, but with one long name for all of them the time for a walk
 * through the names would grow with the square of the size. A symbol takes 24 bytes, so this leaves
 * an average of 1,500 for its name.
 */
#define NAME_BYTES 64

/* ---- symbols ----------------------------------------------------------------------- */

/* Resolves the section index of a symbol. extended: its SHT_SYMTAB_SHNDX entry, or 0. */
static struct klpcc_error *symbol_section(const struct klpcc_elf *elf, size_t index,
					  const GElf_Sym *sym, Elf32_Word extended,
					  struct klpcc_elf_symbol *ret)
{
	uint32_t section = sym->st_shndx;

	if (section == SHN_XINDEX) {
		if (!elf->symtab_shndx)
			return klpcc_elf_error(
				elf, elf->symtab,
				"symbol %zu '%.80s': SHN_XINDEX without a table of section indices",
				index, ret->name);
		section = extended;
	} else if (section >= SHN_LORESERVE) {
		ret->reserved = true;
		ret->section = section;
		return NULL;
	}
	if (section >= elf->section_count)
		return klpcc_elf_error(
			elf, elf->symtab,
			"symbol %zu '%.80s': section index %u names no section (%zu sections)",
			index, ret->name, section, elf->section_count);
	ret->section = section;
	return NULL;
}

static struct klpcc_error *convert_symbol(const struct klpcc_elf *elf, size_t index,
					  const GElf_Sym *sym, Elf32_Word extended,
					  struct klpcc_elf_symbol *ret)
{
	const GElf_Shdr *strings = &elf->sections[elf->symtab->header.sh_link].header;
	bool local;

	if (sym->st_name >= strings->sh_size)
		return klpcc_elf_error(
			elf, elf->symtab,
			"symbol %zu: name offset 0x%x lies outside the string table",
			index, sym->st_name);
	ret->name = (const char *)elf->data + strings->sh_offset + sym->st_name;
	ret->value = sym->st_value;
	ret->size = sym->st_size;
	ret->type = GELF_ST_TYPE(sym->st_info);
	ret->binding = GELF_ST_BIND(sym->st_info);
	ret->other = sym->st_other;
	/* gABI, "Symbol Table": sh_info is one more than the index of the last local. */
	local = ret->binding == STB_LOCAL;
	if (local != (index < elf->symtab->header.sh_info))
		return klpcc_elf_error(elf, elf->symtab,
				       "symbol %zu '%.80s': %s, but sh_info is %u", index,
				       ret->name, local ? "local" : "not local",
				       elf->symtab->header.sh_info);
	return symbol_section(elf, index, sym, extended, ret);
}

static struct klpcc_error *count_name(const struct klpcc_elf *elf, size_t index,
				      const char *name, uint64_t *left)
{
	size_t length = strnlen(name, *left);

	if (length == *left)
		return klpcc_elf_error(
			elf, elf->symtab,
			"symbol %zu '%.80s': the names up to this one are longer than %d times the file",
			index, name, NAME_BYTES);
	*left -= length;
	return NULL;
}

static struct klpcc_error *read_symbols(const struct klpcc_elf *elf,
					struct klpcc_elf_symbol *symbols, size_t count)
{
	uint64_t left = (uint64_t)elf->size * NAME_BYTES;
	Elf_Data *data, *shndx = NULL;
	struct klpcc_error *err;

	err = klpcc_elf_converted(elf, elf->symtab, &data);
	if (!err && elf->symtab_shndx)
		err = klpcc_elf_converted(elf, elf->symtab_shndx, &shndx);
	for (size_t i = 0; !err && i < count; i++) {
		Elf32_Word extended = 0;
		GElf_Sym sym;

		if (!gelf_getsymshndx(data, shndx, (int)i, &sym, &extended))
			return klpcc_elf_error(elf, elf->symtab,
					       "symbol %zu unreadable: %s", i,
					       elf_errmsg(-1));
		err = convert_symbol(elf, i, &sym, extended, &symbols[i]);
		if (!err)
			err = count_name(elf, i, symbols[i].name, &left);
	}
	return err;
}

struct klpcc_error *klpcc_elf_symbols(struct klpcc_elf *elf,
				      const struct klpcc_elf_symbol **symbols,
				      size_t *count)
{
	size_t wanted = klpcc_elf_symbol_count(elf);
	struct klpcc_elf_symbol *array;
	struct klpcc_error *err;

	if (!elf->symbols && wanted) {
		/* libelf counts table entries in an int. */
		if (wanted > INT32_MAX)
			return klpcc_elf_error(elf, elf->symtab, "too many symbols");
		array = calloc(wanted, sizeof(*array));
		if (!array)
			return klpcc_error_nomem();
		err = read_symbols(elf, array, wanted);
		if (err) {
			free(array);
			return err;
		}
		elf->symbols = array;
		elf->symbol_count = wanted;
	}
	*symbols = elf->symbols;
	*count = elf->symbol_count;
	return NULL;
}

/* ---- relocations ------------------------------------------------------------------- */

/* The section that the entries change, NULL in files where offsets are addresses. */
static struct klpcc_error *relocated_section(const struct klpcc_elf *elf,
					     const struct klpcc_elf_section *section,
					     const struct klpcc_elf_section **ret)
{
	const GElf_Shdr *header = &section->header;

	if (header->sh_type != SHT_RELA)
		return klpcc_elf_error(elf, section,
				       "not an SHT_RELA section; its type is %u",
				       header->sh_type);
	if (!elf->symtab || header->sh_link != elf->symtab->index)
		return klpcc_elf_error(elf, section, "sh_link %u is not the symbol table",
				       header->sh_link);
	*ret = NULL;
	if (elf->header.e_type != ET_REL)
		return NULL;
	if (elf->sections[header->sh_info].header.sh_type == SHT_NULL)
		return klpcc_elf_error(elf, section, "relocates no section");
	*ret = &elf->sections[header->sh_info];
	return NULL;
}

static struct klpcc_error *entry_error(const struct klpcc_elf *elf,
				       const struct klpcc_elf_section *section,
				       const struct klpcc_elf_section *relocated,
				       size_t entry,
				       const struct klpcc_elf_relocation *relocation)
{
	if (relocation->symbol >= klpcc_elf_symbol_count(elf))
		return klpcc_elf_error(
			elf, section,
			"entry %zu: symbol index %u names no symbol (%zu symbols)", entry,
			relocation->symbol, klpcc_elf_symbol_count(elf));
	return klpcc_elf_error(
		elf, section,
		"entry %zu: offset 0x%llx lies outside section [%zu] '%.80s'", entry,
		(unsigned long long)relocation->offset, relocated->index,
		relocated->name);
}

/*
 * Converted by libelf in pieces: elf_getdata() would keep a second copy of a table of the other
 * byte order, whose pages cost more than the conversion, and gelf_getrela() is a call for each.
 */
#define PIECE 256

static struct klpcc_error *read_piece(const struct klpcc_elf *elf,
				      const struct klpcc_elf_section *section,
				      const unsigned char *bytes, size_t count,
				      Elf64_Rela *ret)
{
	Elf_Data from = {
		.d_buf = (void *)bytes,
		.d_size = count * sizeof(*ret),
		.d_type = ELF_T_RELA,
		.d_version = EV_CURRENT,
	};
	Elf_Data to = from;

	to.d_buf = ret;
	if (!elf64_xlatetom(&to, &from, elf->header.e_ident[EI_DATA]))
		return klpcc_elf_error(elf, section, "contents unreadable: %s",
				       elf_errmsg(-1));
	return NULL;
}

static struct klpcc_error *read_relocations(const struct klpcc_elf *elf,
					    const struct klpcc_elf_section *section,
					    struct klpcc_elf_relocation *entries,
					    size_t count)
{
	size_t symbols = klpcc_elf_symbol_count(elf), size;
	const struct klpcc_elf_section *relocated;
	const unsigned char *bytes;
	struct klpcc_error *err;
	Elf64_Rela table[PIECE];
	uint64_t end;

	err = relocated_section(elf, section, &relocated);
	if (!err)
		err = klpcc_elf_section_bytes(elf, section, &bytes, &size);
	if (err)
		return err;
	end = relocated ? relocated->header.sh_size : UINT64_MAX;
	for (size_t i = 0; i < count; i++) {
		const Elf64_Rela *from = &table[i % PIECE];

		if (from == table) {
			err = read_piece(elf, section, bytes + i * sizeof(*table),
					 count - i < PIECE ? count - i : PIECE, table);
			if (err)
				return err;
		}
		entries[i].offset = from->r_offset;
		entries[i].addend = from->r_addend;
		entries[i].type = ELF64_R_TYPE(from->r_info);
		entries[i].symbol = ELF64_R_SYM(from->r_info);
		if (entries[i].symbol >= symbols ||
		    (relocated && entries[i].offset >= end))
			return entry_error(elf, section, relocated, i, &entries[i]);
	}
	return NULL;
}

struct klpcc_error *klpcc_elf_relocations(struct klpcc_elf *elf,
					  const struct klpcc_elf_section *section,
					  const struct klpcc_elf_relocation **relocations,
					  size_t *count)
{
	size_t wanted = section->header.sh_size / sizeof(Elf64_Rela);
	struct klpcc_elf_relocation_list *list;
	struct klpcc_error *err;

	if (!elf->relocations) {
		elf->relocations = calloc(elf->section_count, sizeof(*elf->relocations));
		if (!elf->relocations)
			return klpcc_error_nomem();
	}
	list = &elf->relocations[section->index];
	if (!list->entries) {
		if (wanted > INT32_MAX)
			return klpcc_elf_error(elf, section, "too many relocations");
		/* One more, so that an empty section also counts as read. */
		list->entries = calloc(wanted + 1, sizeof(*list->entries));
		if (!list->entries)
			return klpcc_error_nomem();
		err = read_relocations(elf, section, list->entries, wanted);
		if (err) {
			free(list->entries);
			list->entries = NULL;
			return err;
		}
		list->count = wanted;
	}
	*relocations = list->entries;
	*count = list->count;
	return NULL;
}
