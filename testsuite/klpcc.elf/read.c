// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The ELF model on an object that is whole: what it reads is what good.c says, in either
 * byte order and at any alignment in memory. argv[1]: good.c, compiled.
 */
#include "object.h"

static const struct klpcc_elf_symbol *find(const struct klpcc_elf_symbol *symbols,
					   size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(symbols[i].name, name))
			return &symbols[i];
	check(false, "no symbol %s", name);
	exit(1);
}

static void check_symbol(struct klpcc_elf *elf, const char *name, uint8_t binding,
			 uint8_t type, const char *section)
{
	const struct klpcc_elf_symbol *symbols, *symbol;
	size_t count;

	must(klpcc_elf_symbols(elf, &symbols, &count));
	symbol = find(symbols, count, name);
	check(symbol->binding == binding, "%s: binding %u", name, symbol->binding);
	check(symbol->type == type, "%s: type %u", name, symbol->type);
	check(!symbol->reserved, "%s: reserved section", name);
	check(!strcmp(klpcc_elf_section(elf, symbol->section)->name, section),
	      "%s: section %u", name, symbol->section);
}

static void read_symbols(struct klpcc_elf *elf)
{
	const struct klpcc_elf_symbol *symbols, *file;
	size_t count;

	check_symbol(elf, "entry", STB_GLOBAL, STT_FUNC, ".text");
	check_symbol(elf, "helper", STB_LOCAL, STT_FUNC, ".text");
	check_symbol(elf, "optional", STB_WEAK, STT_FUNC, ".text");
	check_symbol(elf, "table", STB_GLOBAL, STT_OBJECT, ".data");
	check_symbol(elf, "counter", STB_LOCAL, STT_OBJECT, ".bss");
	check_symbol(elf, "room", STB_GLOBAL, STT_OBJECT, ".bss");
	check_symbol(elf, "once", STB_WEAK, STT_NOTYPE, ".text.once");
	check_symbol(elf, "outside", STB_GLOBAL, STT_NOTYPE, "");
	must(klpcc_elf_symbols(elf, &symbols, &count));
	check(!*symbols[0].name && !symbols[0].section, "symbol 0 is not empty");
	file = find(symbols, count, "good.c");
	check(file->type == STT_FILE && file->reserved && file->section == SHN_ABS,
	      "good.c: type %u, section %u", file->type, file->section);
	check(find(symbols, count, "table")->size == 4 * sizeof(int), "size of table");
}

/* `pointers` in .data: a local variable, an element of a global one, and of an unknown one. */
static void read_relocations(struct klpcc_elf *elf)
{
	const struct klpcc_elf_section *section =
		klpcc_elf_find_section(elf, ".rela.data");
	const struct klpcc_elf_relocation *relocations;
	const struct klpcc_elf_symbol *symbols, *pointers;
	size_t count;

	must(klpcc_elf_symbols(elf, &symbols, &count));
	pointers = find(symbols, count, "pointers");
	must(klpcc_elf_relocations(elf, section, &relocations, &count));
	if (!check(count == 3, "%zu relocations of .data", count))
		return;
	for (size_t i = 0; i < count; i++) {
		check(relocations[i].offset == pointers->value + 8 * i,
		      "relocation %zu: offset 0x%llx", i,
		      (unsigned long long)relocations[i].offset);
		check(relocations[i].type == R_X86_64_64, "relocation %zu: type %u", i,
		      relocations[i].type);
	}
	check(!strcmp(symbols[relocations[1].symbol].name, "table") &&
		      relocations[1].addend == 2 * sizeof(int),
	      "table: addend %lld", (long long)relocations[1].addend);
	check(!strcmp(symbols[relocations[2].symbol].name, "far_away") &&
		      relocations[2].addend == sizeof(int),
	      "far_away: addend %lld", (long long)relocations[2].addend);
	check(symbols[relocations[0].symbol].binding == STB_LOCAL, "counter is local");
}

static void read_contents(struct klpcc_elf *elf)
{
	static const unsigned char id[] = { 0xde, 0xad, 0xbe, 0xef };
	const unsigned char *bytes;
	const char *value;
	size_t size;

	must(klpcc_elf_build_id(elf, &bytes, &size));
	check(size == sizeof(id) && !memcmp(bytes, id, size), "build id of %zu bytes",
	      size);
	must(klpcc_elf_modinfo(elf, "vermagic", &value));
	check(value && !strcmp(value, "1.2.3 SMP mod_unload "), "vermagic");
	must(klpcc_elf_modinfo(elf, "verma", &value));
	check(!value, "a key is found by its beginning");
	must(klpcc_elf_section_bytes(elf, klpcc_elf_find_section(elf, ".bss"), &bytes,
				     &size));
	check(size == 0, ".bss has %zu bytes", size);
	must(klpcc_elf_section_bytes(elf, klpcc_elf_find_section(elf, ".modinfo"), &bytes,
				     &size));
	check(size > 10 && !memcmp(bytes, "name=good", 10), ".modinfo");
	check(!klpcc_elf_find_section(elf, ".none"), "a section that is not there");
	check(klpcc_elf_symtab(elf) && !klpcc_elf_symtab_shndx(elf), "symbol table");
}

static void run(const char *name, const void *data, size_t size, bool big)
{
	struct klpcc_elf *elf;

	test_begin(name);
	must(klpcc_elf_open_memory(LABEL, data, size, &elf));
	check(klpcc_elf_big_endian(elf) == big, "byte order");
	check(klpcc_elf_header(elf)->e_type == ET_REL &&
		      klpcc_elf_header(elf)->e_machine == EM_X86_64,
	      "header");
	check(!strcmp(klpcc_elf_label(elf), LABEL), "label");
	read_symbols(elf);
	read_relocations(elf);
	read_contents(elf);
	klpcc_elf_close(elf);
	test_end();
}

/* A reader that trusts the alignment of what it was given stumbles here. */
static void run_misaligned(const char *name, const struct klpcc_buffer *object, bool big)
{
	unsigned char *block = malloc(object->size + 1);

	if (!block)
		exit(1);
	memcpy(block + 1, object->data, object->size);
	run(name, block + 1, object->size, big);
	free(block);
}

/* What the model and the program headers of an executable say about an address agree. */
static void run_image(const char *path)
{
	const struct klpcc_elf_section *text;
	const unsigned char *bytes, *expected;
	struct klpcc_error *err;
	struct klpcc_elf *elf;
	size_t size;

	test_begin("bytes at an address");
	must(klpcc_elf_open(path, &elf));
	text = klpcc_elf_find_section(elf, ".text");
	must(klpcc_elf_section_bytes(elf, text, &expected, &size));
	must(klpcc_elf_bytes_at(elf, text->header.sh_addr, size, &bytes));
	check(bytes == expected, "other bytes than the section's");
	err = klpcc_elf_bytes_at(elf, text->header.sh_addr, UINT64_MAX, &bytes);
	check(err, "more bytes than there are");
	klpcc_error_free(err);
	err = klpcc_elf_bytes_at(elf, UINT64_MAX - 3, 8, &bytes);
	check(err && strstr(err->message, "no 8 bytes at address 0xfffffffffffffffc"),
	      "past the end of all addresses: %s", err ? err->message : "accepted");
	klpcc_error_free(err);
	klpcc_elf_close(elf);
	test_end();
}

int main(int argc, char **argv)
{
	struct klpcc_buffer little, big;

	if (argc != 2)
		return 2;
	must(klpcc_file_read(argv[1], &little));
	big = object_swapped(&little);
	run("little-endian", little.data, little.size, false);
	run("big-endian", big.data, big.size, true);
	run_misaligned("little-endian, misaligned", &little, false);
	run_misaligned("big-endian, misaligned", &big, true);
	run_image("/proc/self/exe");
	klpcc_buffer_deinit(&little);
	klpcc_buffer_deinit(&big);
	return test_status;
}
