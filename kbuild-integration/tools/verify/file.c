// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The verifier: what the module loader checks of the file before it looks at its contents, over the
 * bytes as they are.
 *
 * elf_validity_check() in the kernel's kernel/module/main.c, elf_validity_cache_copy()
 * since 6.13. Not through the ELF model: that one refuses more, and refusing is not the
 * verdict of the kernel.
 */
#include <string.h>

#include "../lib/number.h"
#include "../lib/range.h"
#include "verify-private.h"

#define FIELD(file, bytes, type, member)                                               \
	klpcc_number((bytes) + offsetof(type, member), sizeof(((type *)NULL)->member), \
		     (file)->big_endian)

struct file {
	struct klpcc_verify *verify;
	const unsigned char *data;
	size_t size;
	bool big_endian;
	uint64_t table, sections;   /* offset and number of the section headers */
	const unsigned char *names; /* the header of the table of names */
	size_t symtab;              /* number of the first symbol table; 0: none */
	const char *problem;        /* what the kernel refuses first, or NULL */
	size_t section;             /* that it is about; 0: the file */
};

static const unsigned char *header_of(const struct file *file, uint64_t section)
{
	return file->data + file->table + section * sizeof(Elf64_Shdr);
}

static bool refuse(struct file *file, size_t section, const char *problem)
{
	file->section = section;
	file->problem = problem;
	return false;
}

static bool check_header(struct file *file)
{
	const unsigned char *ident = file->data;
	const struct klpcc_arch *arch;
	uint64_t machine, known;

	if (file->size < sizeof(Elf64_Ehdr))
		return refuse(file, 0, "it is shorter than an ELF header");
	if (memcmp(ident, ELFMAG, SELFMAG))
		return refuse(file, 0, "it is not an ELF file");
	/* Every machine's elf_check_arch(), or what it implies: the kernel reads its own layout. */
	if (ident[EI_CLASS] != ELFCLASS64)
		return refuse(file, 0, "it is not a 64-bit ELF file");
	file->big_endian = ident[EI_DATA] == ELFDATA2MSB;
	if (FIELD(file, file->data, Elf64_Ehdr, e_type) != ET_REL)
		return refuse(file, 0,
			      "it is not a relocatable file, so not a kernel module");
	machine = FIELD(file, file->data, Elf64_Ehdr, e_machine);
	arch = klpcc_arch_find((uint16_t)machine, file->big_endian);
	if (!arch)
		return refuse(file, 0, "its machine is neither x86_64 nor s390x");
	file->verify->arch = arch;
	known = klpcc_index_machine(file->verify->index);
	if (known && known != machine)
		return refuse(file, 0,
			      machine == EM_S390
				      ? "it is for s390x, and the kernel is not"
				      : "it is for x86_64, and the kernel is not");
	if (FIELD(file, file->data, Elf64_Ehdr, e_shentsize) != sizeof(Elf64_Shdr))
		return refuse(file, 0, "e_shentsize is not the size of a section header");
	file->table = FIELD(file, file->data, Elf64_Ehdr, e_shoff);
	file->sections = FIELD(file, file->data, Elf64_Ehdr, e_shnum);
	if (file->table >= file->size ||
	    !klpcc_range_array_ok(file->table, file->sections, sizeof(Elf64_Shdr),
				  file->size))
		return refuse(file, 0, "the section table lies outside the file");
	return true;
}

static bool has_contents(const struct file *file, const unsigned char *header)
{
	uint64_t type = FIELD(file, header, Elf64_Shdr, sh_type);

	return type != SHT_NULL && type != SHT_NOBITS;
}

static bool is_inside(const struct file *file, const unsigned char *header)
{
	return klpcc_range_ok(FIELD(file, header, Elf64_Shdr, sh_offset),
			      FIELD(file, header, Elf64_Shdr, sh_size), file->size);
}

static bool check_names(struct file *file)
{
	uint64_t number = FIELD(file, file->data, Elf64_Ehdr, e_shstrndx), offset, size;

	if (number == SHN_UNDEF || number >= file->sections)
		return refuse(file, 0, "e_shstrndx names no section");
	file->names = header_of(file, number);
	if (!is_inside(file, file->names))
		return refuse(file, number, "it lies outside the file");
	offset = FIELD(file, file->names, Elf64_Shdr, sh_offset);
	size = FIELD(file, file->names, Elf64_Shdr, sh_size);
	if (!size)
		return refuse(file, number, "the table of section names is empty");
	if (file->data[offset + size - 1])
		return refuse(file, number,
			      "the table of section names does not end in NUL");
	return true;
}

static bool check_first_section(struct file *file)
{
	const unsigned char *first = header_of(file, 0);

	if (FIELD(file, first, Elf64_Shdr, sh_type) != SHT_NULL ||
	    FIELD(file, first, Elf64_Shdr, sh_size) ||
	    FIELD(file, first, Elf64_Shdr, sh_addr))
		return refuse(file, 0, "section 0 is not empty");
	return true;
}

static bool check_section(struct file *file, size_t number)
{
	const unsigned char *header = header_of(file, number);
	uint64_t link = FIELD(file, header, Elf64_Shdr, sh_link);
	uint64_t names = FIELD(file, file->names, Elf64_Shdr, sh_size);
	/* Since 6.13 of every section, before only of those that stay in memory. */
	bool named = file->verify->kernel >= KLPCC_KERNEL(6, 13) ||
		     (FIELD(file, header, Elf64_Shdr, sh_flags) & SHF_ALLOC &&
		      has_contents(file, header));

	if (FIELD(file, header, Elf64_Shdr, sh_type) == SHT_NULL)
		return true;
	if (FIELD(file, header, Elf64_Shdr, sh_type) == SHT_SYMTAB &&
	    (link == SHN_UNDEF || link >= file->sections))
		return refuse(file, number,
			      "sh_link of the symbol table names no section");
	if (has_contents(file, header) && !is_inside(file, header))
		return refuse(file, number, "it lies outside the file");
	if (named && FIELD(file, header, Elf64_Shdr, sh_name) >= names)
		return refuse(file, number,
			      "its name lies outside the table of section names");
	if (FIELD(file, header, Elf64_Shdr, sh_type) != SHT_SYMTAB)
		return true;
	if (!file->symtab)
		file->symtab = number;
	/* Before, the kernel took the first one. */
	else if (file->verify->kernel >= KLPCC_KERNEL(6, 4))
		return refuse(file, number, "it is a second symbol table");
	return true;
}

/* elf_validity_cache_strtab() of 6.13; kernels before it just read what is there. */
static bool check_symbols(struct file *file)
{
	const unsigned char *header = header_of(file, file->symtab), *symbols;
	uint64_t link = FIELD(file, header, Elf64_Shdr, sh_link);
	const unsigned char *strings = header_of(file, link);
	uint64_t count = FIELD(file, header, Elf64_Shdr, sh_size) / sizeof(Elf64_Sym);
	uint64_t size = FIELD(file, strings, Elf64_Shdr, sh_size);
	const unsigned char *text;

	if (file->verify->kernel < KLPCC_KERNEL(6, 13))
		return true;
	if (!size || !has_contents(file, strings) || !is_inside(file, strings))
		return refuse(file, link, "the table of symbol names is empty");
	text = file->data + FIELD(file, strings, Elf64_Shdr, sh_offset);
	if (text[0] || text[size - 1])
		return refuse(
			file, link,
			"the table of symbol names does not begin and end with NUL");
	symbols = file->data + FIELD(file, header, Elf64_Shdr, sh_offset);
	for (uint64_t i = 0; i < count; i++)
		if (FIELD(file, symbols + i * sizeof(Elf64_Sym), Elf64_Sym, st_name) >=
		    size)
			return refuse(
				file, file->symtab,
				"the name of a symbol lies outside the table of names");
	return true;
}

struct klpcc_error *klpcc_verify_file(struct klpcc_verify *verify, const void *data,
				      size_t size, bool *refused)
{
	struct file file = { .verify = verify, .data = data, .size = size };
	bool good;

	good = check_header(&file) && check_names(&file) && check_first_section(&file);
	for (size_t i = 1; good && i < file.sections; i++)
		good = check_section(&file, i);
	/* Section 0, which stands for none, may have any link. */
	if (good && !file.symtab)
		good = refuse(&file, 0, "it has no symbol table: it was stripped");
	good = good && check_symbols(&file);
	*refused = !good;
	if (good)
		return NULL;
	if (!file.section)
		return klpcc_verify_fail(verify, KLPCC_STAGE_LOAD, KLPCC_CHECK_FILE, NULL,
					 "%s", file.problem);
	return klpcc_verify_fail(verify, KLPCC_STAGE_LOAD, KLPCC_CHECK_FILE, NULL,
				 "section [%zu]: %s", file.section, file.problem);
}
