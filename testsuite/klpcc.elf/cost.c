// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The ELF model on files that cost more than their size: tables that share their bytes, each
 * of which would be converted and kept, and symbols that share one long name, which everybody
 * behind the model goes through for each of them. Both grow with the square of the size.
 */
#include <elf.h>

#include "../lib/unit.h"
#include "elf/elf.h"

#define ENTRIES 1000
#define NAME 100000

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

int main(void)
{
	judge("tables with their own bytes", make_file(1, 50, true), NULL);
	judge("tables that share their bytes", make_file(1, 50, false),
	      "together more bytes than the file");
	judge("a few symbols share a long name", make_file(10, 1, true), NULL);
	judge("many symbols share a long name", make_file(5000, 1, true),
	      "names are longer than");
	return test_status;
}
