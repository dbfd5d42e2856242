// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The ELF model, reading side: header and section table.
 *
 * libelf is lenient: it clips what lies outside the file, and counts a section table that it
 * cannot reach as no sections at all. A tool that rewrites kernel modules must not guess, so
 * this file compares what the header promises with what is in the file before anything
 * else is read, so that all later code may rely on the ranges.
 */
#include "elf-model.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/range.h"

/* Names come from the file: a hostile one shall not fill the screen. */
#define NAME_SHOWN 80

struct klpcc_error *klpcc_elf_error(const struct klpcc_elf *elf,
				    const struct klpcc_elf_section *section,
				    const char *format, ...)
{
	struct klpcc_error *err;
	va_list args;
	char *text;
	int length;

	va_start(args, format);
	length = vasprintf(&text, format, args);
	va_end(args);
	if (length < 0)
		return klpcc_error_nomem();
	if (!section)
		err = klpcc_error_new(EINVAL, "%s: %s", elf->label, text);
	else if (!section->name)
		err = klpcc_error_new(EINVAL, "%s: section [%zu]: %s", elf->label,
				      section->index, text);
	else
		err = klpcc_error_new(EINVAL, "%s: section [%zu] '%.*s': %s", elf->label,
				      section->index, NAME_SHOWN, section->name, text);
	free(text);
	return err;
}

/* ---- the file header --------------------------------------------------------------- */

static struct klpcc_error *check_ident(const struct klpcc_elf *elf)
{
	const unsigned char *ident = elf->data;

	if (elf->size < SELFMAG || memcmp(ident, ELFMAG, SELFMAG))
		return klpcc_elf_error(elf, NULL, "not an ELF file");
	if (elf->size < EI_NIDENT)
		return klpcc_elf_error(elf, NULL, "truncated inside the ELF header");
	if (ident[EI_CLASS] == ELFCLASS32)
		return klpcc_elf_error(
			elf, NULL, "a 32-bit ELF file; only 64-bit ones are supported");
	if (ident[EI_CLASS] != ELFCLASS64)
		return klpcc_elf_error(elf, NULL, "unknown ELF class %u",
				       ident[EI_CLASS]);
	if (ident[EI_DATA] != ELFDATA2LSB && ident[EI_DATA] != ELFDATA2MSB)
		return klpcc_elf_error(elf, NULL, "unknown ELF byte order %u",
				       ident[EI_DATA]);
	if (ident[EI_VERSION] != EV_CURRENT)
		return klpcc_elf_error(elf, NULL, "unknown ELF version %u",
				       ident[EI_VERSION]);
	if (elf->size < sizeof(Elf64_Ehdr))
		return klpcc_elf_error(elf, NULL, "truncated inside the ELF header");
	return NULL;
}

static struct klpcc_error *check_header(const struct klpcc_elf *elf)
{
	const GElf_Ehdr *header = &elf->header;

	if (header->e_version != EV_CURRENT)
		return klpcc_elf_error(elf, NULL, "ELF header: unknown version %u",
				       header->e_version);
	if (header->e_ehsize != sizeof(Elf64_Ehdr))
		return klpcc_elf_error(elf, NULL, "ELF header: e_ehsize is %u, not %zu",
				       header->e_ehsize, sizeof(Elf64_Ehdr));
	if (header->e_shoff && header->e_shentsize != sizeof(Elf64_Shdr))
		return klpcc_elf_error(elf, NULL,
				       "ELF header: e_shentsize is %u, not %zu",
				       header->e_shentsize, sizeof(Elf64_Shdr));
	if (!header->e_shoff && header->e_shnum)
		return klpcc_elf_error(elf, NULL,
				       "ELF header: %u sections, but no section table",
				       header->e_shnum);
	if (header->e_phoff && header->e_phentsize != sizeof(Elf64_Phdr))
		return klpcc_elf_error(elf, NULL,
				       "ELF header: e_phentsize is %u, not %zu",
				       header->e_phentsize, sizeof(Elf64_Phdr));
	if (!header->e_phoff && header->e_phnum)
		return klpcc_elf_error(elf, NULL,
				       "ELF header: %u segments, but no program headers",
				       header->e_phnum);
	return NULL;
}

static struct klpcc_error *open_handle(struct klpcc_elf *elf)
{
	struct klpcc_error *err;

	err = check_ident(elf);
	if (err)
		return err;
	elf_version(EV_CURRENT);
	/* libelf asks for a pointer to non-const, but a model that is read is not written. */
	elf->handle = elf_memory((char *)elf->data, elf->size);
	if (!elf->handle || elf_kind(elf->handle) != ELF_K_ELF ||
	    !gelf_getehdr(elf->handle, &elf->header))
		return klpcc_elf_error(elf, NULL, "libelf cannot read this file: %s",
				       elf_errmsg(-1));
	return check_header(elf);
}

/* ---- the section table ------------------------------------------------------------- */

static struct klpcc_error *read_section_header(struct klpcc_elf *elf, size_t index,
					       GElf_Shdr *ret)
{
	Elf_Scn *scn = elf_getscn(elf->handle, index);

	if (!scn || !gelf_getshdr(scn, ret))
		return klpcc_elf_error(elf, NULL, "section [%zu]: header unreadable: %s",
				       index, elf_errmsg(-1));
	return NULL;
}

/*
 * Number of sections and of program headers: in the header, or in section 0 where they do
 * not fit there (gABI, "Section Header", e_shnum, and "ELF Header", e_phnum).
 */
static struct klpcc_error *count_entries(struct klpcc_elf *elf)
{
	const GElf_Ehdr *header = &elf->header;
	uint64_t sections = header->e_shnum;
	GElf_Shdr first = { 0 };
	struct klpcc_error *err;
	size_t seen;

	if (header->e_shoff) {
		if (!klpcc_range_array_ok(header->e_shoff, sections ? sections : 1,
					  sizeof(Elf64_Shdr), elf->size))
			return klpcc_elf_error(
				elf, NULL,
				"ELF header: the section table at 0x%llx lies outside the file",
				(unsigned long long)header->e_shoff);
		err = read_section_header(elf, 0, &first);
		if (err)
			return err;
		if (!sections)
			sections = first.sh_size;
		if (!klpcc_range_array_ok(header->e_shoff, sections, sizeof(Elf64_Shdr),
					  elf->size))
			return klpcc_elf_error(
				elf, NULL,
				"section [0]: %llu sections do not fit in the file",
				(unsigned long long)sections);
	}
	if (elf_getshdrnum(elf->handle, &seen) < 0 || seen != sections)
		return klpcc_elf_error(elf, NULL, "ELF header: section table unreadable");
	elf->section_count = seen;
	elf->program_headers =
		header->e_phnum == PN_XNUM ? first.sh_info : header->e_phnum;
	if (!klpcc_range_array_ok(header->e_phoff, elf->program_headers,
				  sizeof(Elf64_Phdr), elf->size))
		return klpcc_elf_error(
			elf, NULL,
			"ELF header: %zu program headers at 0x%llx lie outside the file",
			elf->program_headers, (unsigned long long)header->e_phoff);
	return NULL;
}

static struct klpcc_error *read_section_headers(struct klpcc_elf *elf)
{
	elf->sections = calloc(elf->section_count, sizeof(*elf->sections));
	if (!elf->sections)
		return klpcc_error_nomem();
	for (size_t i = 0; i < elf->section_count; i++) {
		struct klpcc_elf_section *section = &elf->sections[i];
		struct klpcc_error *err;

		section->index = i;
		err = read_section_header(elf, i, &section->header);
		if (err)
			return err;
	}
	if (elf->sections[0].header.sh_type != SHT_NULL)
		return klpcc_elf_error(elf, &elf->sections[0],
				       "has type %u, not SHT_NULL",
				       elf->sections[0].header.sh_type);
	return NULL;
}

static bool has_bytes(const GElf_Shdr *header)
{
	return header->sh_type != SHT_NULL && header->sh_type != SHT_NOBITS;
}

static struct klpcc_error *check_place(const struct klpcc_elf *elf,
				       const struct klpcc_elf_section *section)
{
	const GElf_Shdr *header = &section->header;

	if (has_bytes(header) &&
	    !klpcc_range_ok(header->sh_offset, header->sh_size, elf->size))
		return klpcc_elf_error(elf, section,
				       "offset 0x%llx, size 0x%llx lies outside the file",
				       (unsigned long long)header->sh_offset,
				       (unsigned long long)header->sh_size);
	if (header->sh_addralign & (header->sh_addralign - 1))
		return klpcc_elf_error(elf, section,
				       "alignment 0x%llx is not a power of two",
				       (unsigned long long)header->sh_addralign);
	/* gABI, "Section Attribute Flags"; and no table that anybody reads is compressed. */
	if ((header->sh_flags & SHF_COMPRESSED) &&
	    (header->sh_type != SHT_PROGBITS || (header->sh_flags & SHF_ALLOC)))
		return klpcc_elf_error(
			elf, section,
			"is marked compressed, but a section of its kind cannot be");
	return NULL;
}

/*
 * gABI, "Sections": no byte of a file is in more than one. Here the sum has to do: it keeps what
 * is made of the sections in proportion to the file.
 */
static struct klpcc_error *check_total_size(const struct klpcc_elf *elf)
{
	uint64_t left = elf->size;

	for (size_t i = 1; i < elf->section_count; i++) {
		const GElf_Shdr *header = &elf->sections[i].header;

		if (!has_bytes(header))
			continue;
		if (header->sh_size > left)
			return klpcc_elf_error(
				elf, &elf->sections[i],
				"the sections up to this one are larger than the file, so they overlap");
		left -= header->sh_size;
	}
	return NULL;
}

/* A string table that ends in NUL makes every offset into it a terminated string. */
static struct klpcc_error *check_strings(const struct klpcc_elf *elf,
					 const struct klpcc_elf_section *section)
{
	const GElf_Shdr *header = &section->header;

	if (header->sh_type != SHT_STRTAB)
		return klpcc_elf_error(elf, section,
				       "used as string table, but its type is %u",
				       header->sh_type);
	if (!header->sh_size)
		return klpcc_elf_error(elf, section, "string table is empty");
	if (elf->data[header->sh_offset + header->sh_size - 1])
		return klpcc_elf_error(elf, section, "string table does not end in NUL");
	return NULL;
}

static struct klpcc_error *name_sections(struct klpcc_elf *elf)
{
	size_t strings = elf->header.e_shstrndx;
	const struct klpcc_elf_section *table;
	struct klpcc_error *err;

	if (strings == SHN_XINDEX)
		strings = elf->sections[0].header.sh_link;
	if (strings == SHN_UNDEF || strings >= elf->section_count)
		return klpcc_elf_error(
			elf, NULL,
			"ELF header: e_shstrndx %zu names no section (%zu sections)",
			strings, elf->section_count);
	table = &elf->sections[strings];
	err = check_place(elf, table);
	if (!err)
		err = check_strings(elf, table);
	if (err)
		return err;
	elf->sections[0].name = "";
	for (size_t i = 1; i < elf->section_count; i++) {
		struct klpcc_elf_section *section = &elf->sections[i];

		if (section->header.sh_name >= table->header.sh_size)
			return klpcc_elf_error(
				elf, section,
				"name offset 0x%x lies outside the name table",
				section->header.sh_name);
		section->name = (const char *)elf->data + table->header.sh_offset +
				section->header.sh_name;
	}
	return NULL;
}

/* ---- what sections say about each other -------------------------------------------- */

/* Entry size in the file of the types that the model reads; 0 for the others. */
static size_t entry_size(uint32_t type)
{
	switch (type) {
	case SHT_SYMTAB:
	case SHT_DYNSYM:
		return sizeof(Elf64_Sym);
	case SHT_RELA:
		return sizeof(Elf64_Rela);
	case SHT_REL:
		return sizeof(Elf64_Rel);
	case SHT_GROUP:
	case SHT_SYMTAB_SHNDX:
		return sizeof(Elf64_Word);
	default:
		return 0;
	}
}

static struct klpcc_error *check_entries(const struct klpcc_elf *elf,
					 const struct klpcc_elf_section *section)
{
	const GElf_Shdr *header = &section->header;
	size_t size = entry_size(header->sh_type);
	/* Assemblers leave the entry size of the word tables 0 or set it. */
	bool may_be_zero = size == sizeof(Elf64_Word);

	if (!size)
		return NULL;
	if (header->sh_entsize != size && !(may_be_zero && !header->sh_entsize))
		return klpcc_elf_error(elf, section, "entry size is %llu, not %zu",
				       (unsigned long long)header->sh_entsize, size);
	if (header->sh_size % size)
		return klpcc_elf_error(
			elf, section,
			"size 0x%llx is not a multiple of the entry size %zu",
			(unsigned long long)header->sh_size, size);
	return NULL;
}

static struct klpcc_error *check_link(const struct klpcc_elf *elf,
				      const struct klpcc_elf_section *section)
{
	const GElf_Shdr *header = &section->header;

	if (header->sh_link >= elf->section_count)
		return klpcc_elf_error(elf, section,
				       "sh_link %u names no section (%zu sections)",
				       header->sh_link, elf->section_count);
	switch (header->sh_type) {
	case SHT_SYMTAB:
	case SHT_DYNSYM:
		if (header->sh_info > header->sh_size / sizeof(Elf64_Sym))
			return klpcc_elf_error(elf, section,
					       "sh_info %u is more than its %llu symbols",
					       header->sh_info,
					       (unsigned long long)(header->sh_size /
								    sizeof(Elf64_Sym)));
		return check_strings(elf, &elf->sections[header->sh_link]);
	case SHT_GROUP:
	case SHT_SYMTAB_SHNDX:
		if (&elf->sections[header->sh_link] != elf->symtab)
			return klpcc_elf_error(elf, section,
					       "sh_link %u is not the symbol table",
					       header->sh_link);
		return NULL;
	case SHT_RELA:
	case SHT_REL:
		if (header->sh_info >= elf->section_count)
			return klpcc_elf_error(
				elf, section,
				"sh_info %u names no section (%zu sections)",
				header->sh_info, elf->section_count);
		return NULL;
	default:
		return NULL;
	}
}

static struct klpcc_error *find_symtab(struct klpcc_elf *elf)
{
	for (size_t i = 1; i < elf->section_count; i++) {
		const struct klpcc_elf_section *section = &elf->sections[i];

		if (section->header.sh_type != SHT_SYMTAB)
			continue;
		if (elf->symtab)
			return klpcc_elf_error(
				elf, section,
				"a second symbol table; the first is section [%zu]",
				elf->symtab->index);
		elf->symtab = section;
	}
	return NULL;
}

/* There is one extended section index for each symbol. */
static struct klpcc_error *check_shndx(struct klpcc_elf *elf,
				       const struct klpcc_elf_section *section)
{
	if (elf->symtab_shndx)
		return klpcc_elf_error(
			elf, section,
			"a second table of section indices; the first is section [%zu]",
			elf->symtab_shndx->index);
	if (section->header.sh_size / sizeof(Elf64_Word) != klpcc_elf_symbol_count(elf))
		return klpcc_elf_error(elf, section,
				       "%llu section indices for %zu symbols",
				       (unsigned long long)(section->header.sh_size /
							    sizeof(Elf64_Word)),
				       klpcc_elf_symbol_count(elf));
	elf->symtab_shndx = section;
	return NULL;
}

static struct klpcc_error *check_group(const struct klpcc_elf *elf,
				       const struct klpcc_elf_section *section)
{
	size_t count = section->header.sh_size / sizeof(Elf64_Word);
	struct klpcc_error *err;
	const Elf64_Word *words;
	Elf_Data *data;

	if (section->header.sh_info >= klpcc_elf_symbol_count(elf))
		return klpcc_elf_error(elf, section, "sh_info %u names no symbol",
				       section->header.sh_info);
	if (!count)
		return klpcc_elf_error(elf, section, "group without a flag word");
	err = klpcc_elf_converted(elf, section, &data);
	if (err)
		return err;
	words = data->d_buf;
	for (size_t i = 1; i < count; i++)
		if (!words[i] || words[i] >= elf->section_count)
			return klpcc_elf_error(
				elf, section,
				"entry %zu: %u names no section (%zu sections)", i,
				words[i], elf->section_count);
	return NULL;
}

static struct klpcc_error *check_section(struct klpcc_elf *elf,
					 const struct klpcc_elf_section *section)
{
	struct klpcc_error *err;

	err = check_entries(elf, section);
	if (!err)
		err = check_link(elf, section);
	if (!err && section->header.sh_type == SHT_SYMTAB_SHNDX)
		err = check_shndx(elf, section);
	if (!err && section->header.sh_type == SHT_GROUP)
		err = check_group(elf, section);
	return err;
}

static struct klpcc_error *read_sections(struct klpcc_elf *elf)
{
	struct klpcc_error *err;

	err = count_entries(elf);
	if (err || !elf->section_count)
		return err;
	err = read_section_headers(elf);
	if (!err)
		err = name_sections(elf);
	for (size_t i = 1; !err && i < elf->section_count; i++)
		err = check_place(elf, &elf->sections[i]);
	if (!err)
		err = check_total_size(elf);
	if (!err)
		err = find_symtab(elf);
	for (size_t i = 1; !err && i < elf->section_count; i++)
		err = check_section(elf, &elf->sections[i]);
	return err;
}

/* ---- the model --------------------------------------------------------------------- */

/* Takes over buffer, also on failure. */
static struct klpcc_error *open_model(const char *label, struct klpcc_buffer buffer,
				      const void *data, size_t size,
				      struct klpcc_elf **ret)
{
	struct klpcc_elf *elf = calloc(1, sizeof(*elf));
	struct klpcc_error *err;

	if (!elf) {
		klpcc_buffer_deinit(&buffer);
		return klpcc_error_nomem();
	}
	elf->buffer = buffer;
	elf->data = data;
	elf->size = size;
	elf->label = strdup(label);
	err = elf->label ? open_handle(elf) : klpcc_error_nomem();
	if (!err)
		err = read_sections(elf);
	if (!err)
		err = klpcc_elf_read_segments(elf);
	if (err) {
		klpcc_elf_close(elf);
		return err;
	}
	*ret = elf;
	return NULL;
}

struct klpcc_error *klpcc_elf_open(const char *path, struct klpcc_elf **ret)
{
	struct klpcc_buffer buffer;
	struct klpcc_error *err;

	err = klpcc_file_read(path, &buffer);
	if (err)
		return err;
	return open_model(path, buffer, buffer.data, buffer.size, ret);
}

struct klpcc_error *klpcc_elf_open_memory(const char *label, const void *data,
					  size_t size, struct klpcc_elf **ret)
{
	struct klpcc_buffer none = { NULL, 0 };

	return open_model(label, none, data, size, ret);
}

void klpcc_elf_close(struct klpcc_elf *elf)
{
	if (!elf)
		return;
	if (elf->relocations)
		for (size_t i = 0; i < elf->section_count; i++)
			free(elf->relocations[i].entries);
	free(elf->relocations);
	free(elf->symbols);
	free(elf->sections);
	free(elf->segments);
	if (elf->handle)
		elf_end(elf->handle);
	klpcc_buffer_deinit(&elf->buffer);
	free(elf->label);
	free(elf);
}

const char *klpcc_elf_label(const struct klpcc_elf *elf)
{
	return elf->label;
}

const GElf_Ehdr *klpcc_elf_header(const struct klpcc_elf *elf)
{
	return &elf->header;
}

bool klpcc_elf_big_endian(const struct klpcc_elf *elf)
{
	return elf->header.e_ident[EI_DATA] == ELFDATA2MSB;
}

const unsigned char *klpcc_elf_data(const struct klpcc_elf *elf, size_t *size)
{
	*size = elf->size;
	return elf->data;
}

size_t klpcc_elf_sections(const struct klpcc_elf *elf)
{
	return elf->section_count;
}

const struct klpcc_elf_section *klpcc_elf_section(const struct klpcc_elf *elf,
						  size_t index)
{
	assert(index < elf->section_count);
	return &elf->sections[index];
}

const struct klpcc_elf_section *klpcc_elf_find_section(const struct klpcc_elf *elf,
						       const char *name)
{
	for (size_t i = 1; i < elf->section_count; i++)
		if (!strcmp(elf->sections[i].name, name))
			return &elf->sections[i];
	return NULL;
}

const struct klpcc_elf_section *klpcc_elf_symtab(const struct klpcc_elf *elf)
{
	return elf->symtab;
}

const struct klpcc_elf_section *klpcc_elf_symtab_shndx(const struct klpcc_elf *elf)
{
	return elf->symtab_shndx;
}

size_t klpcc_elf_symbol_count(const struct klpcc_elf *elf)
{
	return elf->symtab ? elf->symtab->header.sh_size / sizeof(Elf64_Sym) : 0;
}

struct klpcc_error *klpcc_elf_section_bytes(const struct klpcc_elf *elf,
					    const struct klpcc_elf_section *section,
					    const unsigned char **data, size_t *size)
{
	const GElf_Shdr *header = &section->header;

	*size = 0;
	*data = elf->data;
	if (!has_bytes(header))
		return NULL;
	if (!klpcc_range_ok(header->sh_offset, header->sh_size, elf->size))
		return klpcc_elf_error(elf, section, "lies outside the file");
	*data = elf->data + header->sh_offset;
	*size = header->sh_size;
	return NULL;
}

struct klpcc_error *klpcc_elf_converted(const struct klpcc_elf *elf,
					const struct klpcc_elf_section *section,
					Elf_Data **ret)
{
	uint64_t size = section->header.sh_size;
	Elf_Data *data;

	elf_errno(); /* forgets an earlier call's */
	data = elf_getdata(elf_getscn(elf->handle, section->index), NULL);
	/* libelf gives an empty section no buffer. */
	if (!data || data->d_size != size || (size && !data->d_buf))
		return klpcc_elf_error(elf, section, "contents unreadable: %s",
				       elf_errmsg(-1));
	*ret = data;
	return NULL;
}
