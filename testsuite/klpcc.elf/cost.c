// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The ELF model on files that cost more than their size: tables that share their bytes, each
 * of which would be converted and kept; symbols that share one long name, which everybody
 * behind the model goes through for each of them; and segments, all of which would be
 * searched for each address that a dynamic relocation has. All grow with the square of the size.
 */
#include <elf.h>
#include <endian.h>
#include <time.h>

#include "../lib/unit.h"
#include "elf/elf.h"

#define ENTRIES 1000
#define NAME 100000
/* Processor time, with sanitizers; what it is about took a quarter of a minute and more. */
#define SECONDS 2

enum { NONE, NAMES, SYMTAB, STRTAB, TEXT, FIRST_RELA };

struct file {
	unsigned char *data;
	size_t size;
};

static Elf64_Shdr section(uint32_t type, size_t offset, size_t size, size_t entry)
{
	return (Elf64_Shdr){ .sh_type = type,
			     .sh_offset = offset,
			     .sh_size = size,
			     .sh_entsize = entry,
			     .sh_addralign = 1 };
}

/*
 * A relocatable file with so many symbols that have the one long name, and so many relocation
 * sections; apart: each with its own bytes.
 */
static struct file make_file(size_t symbols, size_t tables, bool apart)
{
	size_t table = ENTRIES * sizeof(Elf64_Rela), sections = FIRST_RELA + tables;
	size_t symtab = sizeof(Elf64_Ehdr) + sections * sizeof(Elf64_Shdr);
	size_t strtab = symtab + (symbols + 1) * sizeof(Elf64_Sym);
	size_t text = strtab + NAME, rela = text + ENTRIES;
	size_t size = rela + (apart ? tables : 1) * table;
	unsigned char *data = calloc(1, size);
	Elf64_Ehdr *header = (Elf64_Ehdr *)data;
	Elf64_Shdr *headers = (Elf64_Shdr *)(header + 1);
	Elf64_Sym *entries = (Elf64_Sym *)(data + symtab);

	*header = (Elf64_Ehdr){ .e_ident = { 0x7f, 'E', 'L', 'F', ELFCLASS64, ELFDATA2LSB,
					     EV_CURRENT },
				.e_type = ET_REL,
				.e_machine = EM_X86_64,
				.e_version = EV_CURRENT,
				.e_shoff = sizeof(*header),
				.e_ehsize = sizeof(*header),
				.e_shentsize = sizeof(*headers),
				.e_shnum = (Elf64_Half)sections,
				.e_shstrndx = NAMES };
	headers[NAMES] = section(SHT_STRTAB, strtab + NAME - 1, 1, 0);
	headers[STRTAB] = section(SHT_STRTAB, strtab, NAME - 1, 0);
	headers[TEXT] = section(SHT_PROGBITS, text, ENTRIES, 0);
	headers[SYMTAB] = section(SHT_SYMTAB, symtab, strtab - symtab, sizeof(Elf64_Sym));
	headers[SYMTAB].sh_link = STRTAB;
	headers[SYMTAB].sh_info = 1;
	for (size_t i = 0; i < tables; i++) {
		headers[FIRST_RELA + i] =
			section(SHT_RELA, rela + (apart ? i * table : 0), table,
				sizeof(Elf64_Rela));
		headers[FIRST_RELA + i].sh_link = SYMTAB;
		headers[FIRST_RELA + i].sh_info = TEXT;
	}
	memset(data + strtab + 1, 'a', NAME - 3);
	for (size_t i = 1; i <= symbols; i++)
		entries[i] = (Elf64_Sym){ .st_name = 1,
					  .st_info = ELF64_ST_INFO(STB_GLOBAL, STT_FUNC),
					  .st_shndx = TEXT };
	return (struct file){ data, size };
}

/* message: what the refusal says, or NULL where the file is to be read. */
static void judge(const char *name, struct file file, const char *message)
{
	const struct klpcc_elf_symbol *symbols;
	struct klpcc_error *err;
	struct klpcc_elf *elf = NULL;
	size_t count;

	test_begin(name);
	err = klpcc_elf_open_memory("file", file.data, file.size, &elf);
	if (!err)
		err = klpcc_elf_symbols(elf, &symbols, &count);
	if (message)
		check(err && strstr(err->message, message), "%s",
		      err ? err->message : "accepted");
	else
		check(!err, "%s", err ? err->message : "");
	klpcc_error_free(err);
	klpcc_elf_close(elf);
	free(file.data);
	test_end();
}

/* ---- segments and dynamic relocations ------------------------------------------------ */

/* Where the segments are in the file, and the bytes of each that are apart. */
#define KERNEL_HEAD (sizeof(Elf64_Ehdr) + 3 * sizeof(Elf64_Shdr))
#define PART 64

static Elf64_Shdr section_be(uint32_t type, size_t offset, size_t size, size_t entry)
{
	return (Elf64_Shdr){ .sh_type = htobe32(type),
			     .sh_flags = htobe64(type == SHT_RELA ? SHF_ALLOC : 0),
			     .sh_offset = htobe64(offset),
			     .sh_size = htobe64(size),
			     .sh_entsize = htobe64(entry) };
}

static void put_segment(Elf64_Phdr *segment, uint64_t offset, uint64_t address,
			uint64_t size)
{
	*segment = (Elf64_Phdr){ .p_type = htobe32(PT_LOAD),
				 .p_offset = htobe64(offset),
				 .p_vaddr = htobe64(address),
				 .p_filesz = htobe64(size),
				 .p_memsz = htobe64(size) };
}

/*
 * A kernel of s390 with so many segments, PART bytes at the end of the file each, and so many
 * relocations of the last of them; apart: else all have the same bytes, that many for each.
 */
static struct file make_kernel(size_t segments, size_t relocations, bool apart)
{
	size_t rela = KERNEL_HEAD + segments * sizeof(Elf64_Phdr);
	size_t parts = rela + relocations * sizeof(Elf64_Rela);
	size_t length = apart ? PART : segments * PART;
	struct file file = { NULL, parts + segments * PART };
	Elf64_Ehdr *header;
	Elf64_Shdr *headers;
	Elf64_Rela *entries;

	file.data = calloc(1, file.size);
	header = (Elf64_Ehdr *)file.data;
	headers = (Elf64_Shdr *)(header + 1);
	entries = (Elf64_Rela *)(file.data + rela);
	*header = (Elf64_Ehdr){ .e_ident = { 0x7f, 'E', 'L', 'F', ELFCLASS64, ELFDATA2MSB,
					     EV_CURRENT },
				.e_type = htobe16(ET_DYN),
				.e_machine = htobe16(EM_S390),
				.e_version = htobe32(EV_CURRENT),
				.e_phoff = htobe64(KERNEL_HEAD),
				.e_shoff = htobe64(sizeof(*header)),
				.e_ehsize = htobe16(sizeof(*header)),
				.e_phentsize = htobe16(sizeof(Elf64_Phdr)),
				.e_phnum = htobe16((Elf64_Half)segments),
				.e_shentsize = htobe16(sizeof(*headers)),
				.e_shnum = htobe16(3),
				.e_shstrndx = htobe16(1) };
	/* The one name: a byte of the last segment. */
	headers[1] = section_be(SHT_STRTAB, file.size - 1, 1, 0);
	headers[2] = section_be(SHT_RELA, rela, parts - rela, sizeof(Elf64_Rela));
	for (size_t i = 0; i < segments; i++)
		put_segment((Elf64_Phdr *)(file.data + KERNEL_HEAD) + i,
			    parts + (apart ? i * PART : 0), i * 0x1000000, length);
	for (size_t i = 0; i < relocations; i++)
		entries[i] = (Elf64_Rela){
			.r_offset = htobe64((segments - 1) * 0x1000000 + i % 7 * 8),
			.r_info = htobe64(R_390_RELATIVE),
		};
	return file;
}

/* As judge(), of a kernel, and how long it takes. */
static void judge_kernel(const char *name, struct file file, const char *message)
{
	struct klpcc_buffer bytes = { file.data, file.size };
	struct klpcc_elf *elf = NULL;
	struct klpcc_error *err;
	clock_t begin = clock();
	double seconds;

	test_begin(name);
	err = klpcc_elf_open_kernel("file", &bytes, &elf);
	seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
	check(seconds < SECONDS, "takes %.1f s", seconds);
	if (message)
		check(err && strstr(err->message, message), "%s",
		      err ? err->message : "accepted");
	else
		check(!err, "%s", err ? err->message : "");
	klpcc_error_free(err);
	klpcc_elf_close(elf);
	free(file.data);
	test_end();
}

int main(void)
{
	judge("tables with their own bytes", make_file(1, 50, true), NULL);
	judge("tables that share their bytes", make_file(1, 50, false),
	      "are larger than the file, so they overlap");
	judge("a few symbols share a long name", make_file(10, 1, true), NULL);
	judge("many symbols share a long name", make_file(5000, 1, true),
	      "the names up to this one are longer than");
	judge_kernel("many relocations in as many segments as may be",
		     make_kernel(64, 150000, true), NULL);
	judge_kernel("a segment more than may be", make_kernel(65, 1000, true),
		     "program header 64: more than 64 loaded segments");
	judge_kernel("many relocations in many segments", make_kernel(16000, 80000, true),
		     "program header 64: more than 64 loaded segments");
	judge_kernel("segments that share their bytes", make_kernel(60, 10, false),
		     "more bytes than the file has, so they overlap");
	return test_status;
}
