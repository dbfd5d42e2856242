/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the tests of the ELF model share: an object file in memory, in either byte order, and
 * one call that reads everything in it.
 *
 * The bytes under test always stand in a heap block of exactly their size, so that the
 * address sanitizer sees a read too far.
 */
#ifndef KLPCC_ELF_OBJECT_H
#define KLPCC_ELF_OBJECT_H

#include "../lib/unit.h"
#include "elf/elf.h"
#include "lib/file.h"

#define LABEL "good.o"

static inline struct klpcc_buffer object_copy(const struct klpcc_buffer *from,
					      size_t size)
{
	struct klpcc_buffer copy = { malloc(size ? size : 1), size };

	if (!copy.data)
		exit(1);
	memcpy(copy.data, from->data, size);
	return copy;
}

static inline Elf_Type object_type(const GElf_Shdr *header)
{
	switch (header->sh_type) {
	case SHT_SYMTAB:
		return ELF_T_SYM;
	case SHT_RELA:
		return ELF_T_RELA;
	case SHT_GROUP:
	case SHT_NOTE:
		return ELF_T_WORD;
	default:
		return ELF_T_BYTE;
	}
}

static inline void object_swap_part(unsigned char *data, size_t size, Elf_Type type)
{
	Elf_Data part = {
		.d_buf = data, .d_type = type, .d_size = size, .d_version = EV_CURRENT
	};

	if (size && !elf64_xlatetof(&part, &part, ELFDATA2MSB)) {
		fprintf(stderr, "libelf: type %d: %s\n", type, elf_errmsg(-1));
		exit(1);
	}
}

/* The same object as a big-endian machine's compiler would write it; this host is little. */
static inline struct klpcc_buffer object_swapped(const struct klpcc_buffer *little)
{
	struct klpcc_buffer big = object_copy(little, little->size);
	const Elf64_Ehdr *header = (const void *)little->data;
	const Elf64_Shdr *sections = (const void *)(little->data + header->e_shoff);

	for (size_t i = 1; i < header->e_shnum; i++) {
		GElf_Shdr section = sections[i];

		/* The one note: the words of its header are in byte order, the rest is bytes. */
		if (section.sh_type == SHT_NOTE)
			section.sh_size = sizeof(Elf64_Nhdr);
		if (section.sh_type != SHT_NOBITS)
			object_swap_part(big.data + section.sh_offset, section.sh_size,
					 object_type(&section));
	}
	object_swap_part(big.data + header->e_shoff, header->e_shnum * sizeof(Elf64_Shdr),
			 ELF_T_SHDR);
	object_swap_part(big.data, sizeof(Elf64_Ehdr), ELF_T_EHDR);
	big.data[EI_DATA] = ELFDATA2MSB;
	return big;
}

/* Touches every byte, so that a range that lies outside is seen. */
static inline struct klpcc_error *
object_read_bytes(struct klpcc_elf *elf, const struct klpcc_elf_section *section)
{
	volatile unsigned char sum = 0;
	const unsigned char *data;
	struct klpcc_error *err;
	size_t size;

	err = klpcc_elf_section_bytes(elf, section, &data, &size);
	for (size_t i = 0; !err && i < size; i++)
		sum ^= data[i];
	return err;
}

static inline struct klpcc_error *
object_read_section(struct klpcc_elf *elf, const struct klpcc_elf_section *section)
{
	const struct klpcc_elf_relocation *relocations;
	struct klpcc_error *err;
	size_t count;

	err = object_read_bytes(elf, section);
	if (!err && section->header.sh_type == SHT_RELA)
		err = klpcc_elf_relocations(elf, section, &relocations, &count);
	return err;
}

/* Everything that the model can be asked for; the first complaint, or NULL. */
static inline struct klpcc_error *object_read_all(const struct klpcc_buffer *object)
{
	const struct klpcc_elf_symbol *symbols;
	const unsigned char *bytes;
	struct klpcc_error *err;
	struct klpcc_elf *elf;
	size_t count, length = 0;
	const char *value;

	err = klpcc_elf_open_memory(LABEL, object->data, object->size, &elf);
	if (err)
		return err;
	err = klpcc_elf_symbols(elf, &symbols, &count);
	for (size_t i = 0; !err && i < count; i++)
		length += strlen(symbols[i].name);
	for (size_t i = 1; !err && i < klpcc_elf_sections(elf); i++) {
		length += strlen(klpcc_elf_section(elf, i)->name);
		err = object_read_section(elf, klpcc_elf_section(elf, i));
	}
	if (!err)
		err = klpcc_elf_build_id(elf, &bytes, &count);
	if (!err)
		err = klpcc_elf_modinfo(elf, "name", &value);
	if (!err && value)
		length += strlen(value);
	if (!err) {
		/* An address that a relocatable file does not have: asked for its checks. */
		klpcc_error_free(klpcc_elf_bytes_at(elf, length, 8, &bytes));
	}
	klpcc_elf_close(elf);
	return err;
}

#endif
