// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The ELF model on an object with more sections than the header's fields can count: their
 * number, the name table's number and the sections of symbols all stand elsewhere then.
 * argv[1]: the object, with sections s1, s2, ... of one symbol v1, v2, ... each; argv[2]:
 * how many of them.
 */
#include "object.h"

static void check_symbols(struct klpcc_elf *elf, size_t wanted)
{
	const struct klpcc_elf_symbol *symbols;
	size_t count, seen = 0, beyond = 0;

	must(klpcc_elf_symbols(elf, &symbols, &count));
	for (size_t i = 1; i < count; i++) {
		const char *section;

		if (symbols[i].name[0] != 'v')
			continue;
		seen++;
		beyond += symbols[i].section >= SHN_LORESERVE;
		check(!symbols[i].reserved, "%s: reserved", symbols[i].name);
		section = klpcc_elf_section(elf, symbols[i].section)->name;
		check(section[0] == 's' && !strcmp(section + 1, symbols[i].name + 1),
		      "%s is in %s", symbols[i].name, section);
	}
	check(seen == wanted, "%zu symbols", seen);
	check(beyond, "no section number is beyond SHN_LORESERVE");
}

static void check_missing_table(const struct klpcc_buffer *good)
{
	struct klpcc_buffer object = object_copy(good, good->size);
	const struct klpcc_elf_section *table;
	struct klpcc_error *err;
	struct klpcc_elf *elf;
	Elf64_Shdr *header;

	must(klpcc_elf_open_memory(LABEL, good->data, good->size, &elf));
	table = klpcc_elf_symtab_shndx(elf);
	header = (Elf64_Shdr *)(object.data + klpcc_elf_header(elf)->e_shoff) +
		 table->index;
	/* One entry too few. */
	header->sh_size -= sizeof(Elf64_Word);
	err = object_read_all(&object);
	check(err && strstr(err->message, "section indices for"), "too few indices: %s",
	      err ? err->message : "accepted");
	klpcc_error_free(err);
	header->sh_size += sizeof(Elf64_Word);
	/* An index of no section; symbol 1 and up may not need theirs, so all are bad. */
	memset(object.data + table->header.sh_offset, 0xee, table->header.sh_size);
	err = object_read_all(&object);
	check(err && strstr(err->message, "section index 4008636142 names no section"),
	      "bad indices: %s", err ? err->message : "accepted");
	klpcc_error_free(err);
	klpcc_elf_close(elf);
	klpcc_buffer_deinit(&object);
}

int main(int argc, char **argv)
{
	struct klpcc_buffer object;
	struct klpcc_elf *elf;

	if (argc != 3)
		return 2;
	must(klpcc_file_read(argv[1], &object));
	test_begin("more sections than the header counts");
	must(klpcc_elf_open_memory(LABEL, object.data, object.size, &elf));
	check(klpcc_elf_header(elf)->e_shnum == 0, "the header counts them");
	check(klpcc_elf_sections(elf) > SHN_LORESERVE, "%zu sections",
	      klpcc_elf_sections(elf));
	check(klpcc_elf_symtab_shndx(elf) != NULL, "no table of section indices");
	check_symbols(elf, strtoul(argv[2], NULL, 10));
	klpcc_elf_close(elf);
	test_end();
	test_begin("a table of section indices that is wrong");
	check_missing_table(&object);
	test_end();
	klpcc_buffer_deinit(&object);
	return test_status;
}
