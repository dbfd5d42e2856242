// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * An ELF64 file that may be broken, for what changes modules (mutate-klp.c and the test
 * klpcc.link/mutate.c). Every place is checked before it is touched. The byte order is what the
 * file says at that moment, since that may have been changed, too.
 */
#include "mutate-file.h"

#include <endian.h>
#include <string.h>

void *file_at(const struct module *m, uint64_t offset, uint64_t size)
{
	return offset <= m->size && size <= m->size - offset ? m->data + offset : NULL;
}

bool file_get(const struct module *m, uint64_t offset, void *value, size_t size)
{
	void *from = file_at(m, offset, size);

	if (from)
		memcpy(value, from, size);
	return from != NULL;
}

void file_put(struct module *m, uint64_t offset, const void *value, size_t size)
{
	void *to = file_at(m, offset, size);

	if (to)
		memcpy(to, value, size);
}

/* ---- byte order ---------------------------------------------------------------------- */

static bool foreign(const struct module *m)
{
	bool big = m->size > EI_DATA && m->data[EI_DATA] == ELFDATA2MSB;

	return big != (BYTE_ORDER == BIG_ENDIAN);
}

static void reverse(unsigned char *p, size_t width)
{
	for (size_t i = 0; i < width / 2; i++) {
		unsigned char kept = p[i];

		p[i] = p[width - 1 - i];
		p[width - 1 - i] = kept;
	}
}

/* Widths of the fields of a structure, one after the other; 0 ends them. */
static const unsigned char header_fields[] = { 2, 2, 4, 8, 8, 8, 4, 2, 2, 2, 2, 2, 2, 0 };
static const unsigned char section_fields[] = { 4, 4, 8, 8, 8, 8, 4, 4, 8, 8, 0 };
static const unsigned char symbol_fields[] = { 4, 1, 1, 2, 8, 8, 0 };
static const unsigned char relocation_fields[] = { 8, 8, 8, 0 };

static void convert(const struct module *m, void *structure, const unsigned char *fields)
{
	unsigned char *p = structure;

	for (; *fields && foreign(m); p += *fields++)
		reverse(p, *fields);
}

bool file_number(const struct module *m, uint64_t offset, size_t width, uint64_t *ret)
{
	unsigned char bytes[8];
	uint64_t value = 0;

	if (!file_get(m, offset, bytes, width))
		return false;
	if (foreign(m) != (BYTE_ORDER == BIG_ENDIAN))
		reverse(bytes, width);
	for (size_t i = width; i; i--)
		value = value << 8 | bytes[i - 1];
	*ret = value;
	return true;
}

void file_set_number(struct module *m, uint64_t offset, size_t width, uint64_t value)
{
	unsigned char bytes[8];

	for (size_t i = 0; i < width; i++)
		bytes[i] = (unsigned char)(value >> 8 * i);
	if (foreign(m) != (BYTE_ORDER == BIG_ENDIAN))
		reverse(bytes, width);
	file_put(m, offset, bytes, width);
}

/* ---- structures ---------------------------------------------------------------------- */

size_t file_grow(struct module *m, size_t size)
{
	size_t start = (m->size + 7) & ~(size_t)7;

	if (start > m->max || size > m->max - start)
		return 0;
	memset(m->data + m->size, 0, start + size - m->size);
	m->size = start + size;
	return start;
}

Elf64_Ehdr file_header(const struct module *m)
{
	Elf64_Ehdr header = { .e_shnum = 0 };

	if (file_get(m, 0, &header, sizeof(header)))
		convert(m, &header.e_type, header_fields);
	return header;
}

void file_set_header(struct module *m, const Elf64_Ehdr *header)
{
	Elf64_Ehdr copy = *header;

	convert(m, &copy.e_type, header_fields);
	file_put(m, 0, &copy, sizeof(copy));
}

size_t file_sections(const struct module *m)
{
	Elf64_Ehdr header = file_header(m);
	size_t count = header.e_shnum;

	if (!count)
		count = file_section(m, 0).sh_size;
	if (header.e_shoff > m->size ||
	    count > (m->size - header.e_shoff) / sizeof(Elf64_Shdr))
		return 0;
	return count;
}

uint64_t file_section_at(const struct module *m, size_t number)
{
	return file_header(m).e_shoff + number * sizeof(Elf64_Shdr);
}

Elf64_Shdr file_section(const struct module *m, size_t number)
{
	Elf64_Shdr section = { .sh_type = SHT_NULL };

	if (file_get(m, file_section_at(m, number), &section, sizeof(section)))
		convert(m, &section, section_fields);
	return section;
}

void file_set_section(struct module *m, size_t number, const Elf64_Shdr *section)
{
	Elf64_Shdr copy = *section;

	convert(m, &copy, section_fields);
	file_put(m, file_section_at(m, number), &copy, sizeof(copy));
}

bool file_symbol(const struct module *m, uint64_t offset, Elf64_Sym *ret)
{
	if (!file_get(m, offset, ret, sizeof(*ret)))
		return false;
	convert(m, ret, symbol_fields);
	return true;
}

void file_set_symbol(struct module *m, uint64_t offset, const Elf64_Sym *symbol)
{
	Elf64_Sym copy = *symbol;

	convert(m, &copy, symbol_fields);
	file_put(m, offset, &copy, sizeof(copy));
}

bool file_relocation(const struct module *m, uint64_t offset, Elf64_Rela *ret)
{
	if (!file_get(m, offset, ret, sizeof(*ret)))
		return false;
	convert(m, ret, relocation_fields);
	return true;
}

void file_set_relocation(struct module *m, uint64_t offset, const Elf64_Rela *relocation)
{
	Elf64_Rela copy = *relocation;

	convert(m, &copy, relocation_fields);
	file_put(m, offset, &copy, sizeof(copy));
}

/* ---- names --------------------------------------------------------------------------- */

const char *file_string(const struct module *m, size_t table, uint64_t offset)
{
	Elf64_Shdr section = file_section(m, table);
	const char *start = file_at(m, section.sh_offset, section.sh_size);

	if (!start || offset >= section.sh_size ||
	    !memchr(start + offset, 0, section.sh_size - offset))
		return "";
	return start + offset;
}

const char *file_section_name(const struct module *m, size_t number)
{
	return file_string(m, file_header(m).e_shstrndx, file_section(m, number).sh_name);
}
