// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The ELF model against objects that are wrong in one field: each must be refused with a
 * message that says what and where, or, where the field is none of the model's business, be
 * read. In both byte orders. argv[1]: good.c, compiled.
 */
#include "object.h"

enum place {
	HEADER,  /* of the file */
	SECTION, /* header of the section */
	CONTENT, /* of the section */
	LAST,    /* the section's last byte */
};

struct mutation {
	const char *name;
	enum place place;
	const char *section;
	size_t offset, width;
	uint64_t value;
	const char *index_of; /* the value is the number of this section */
	const char *expected; /* in the message; NULL: is accepted */
};

#define EHDR(field) \
	HEADER, NULL, offsetof(Elf64_Ehdr, field), sizeof(((Elf64_Ehdr *)0)->field)
#define IDENT(index) HEADER, NULL, index, 1
#define SHDR(name, field) \
	SECTION, name, offsetof(Elf64_Shdr, field), sizeof(((Elf64_Shdr *)0)->field)
#define ENTRY(name, type, index, field)                                \
	CONTENT, name, (index) * sizeof(type) + offsetof(type, field), \
		sizeof(((type *)0)->field)
#define SYM(index, field) ENTRY(".symtab", Elf64_Sym, index, field)
#define RELA(field) ENTRY(".rela.text", Elf64_Rela, 1, field)
#define NOTE(field) ENTRY(".note.gnu.build-id", Elf64_Nhdr, 0, field)
#define HUGE_VALUE UINT64_MAX

static const struct mutation mutations[] = {
	{ "magic", IDENT(0), 0, NULL, LABEL ": not an ELF file" },
	{ "32-bit class", IDENT(EI_CLASS), ELFCLASS32, NULL,
	  LABEL ": a 32-bit ELF file" },
	{ "unknown class", IDENT(EI_CLASS), 3, NULL, "unknown ELF class 3" },
	{ "no byte order", IDENT(EI_DATA), 0, NULL, "unknown ELF byte order 0" },
	{ "unknown byte order", IDENT(EI_DATA), 3, NULL, "unknown ELF byte order 3" },
	{ "unknown version", IDENT(EI_VERSION), 2, NULL, "unknown ELF version 2" },
	{ "any OS ABI", IDENT(EI_OSABI), 0xff, NULL, NULL },
	{ "any type", EHDR(e_type), 0xfe00, NULL, NULL },
	{ "any machine", EHDR(e_machine), 0xffff, NULL, NULL },
	{ "e_version", EHDR(e_version), 7, NULL, "ELF header: unknown version 7" },
	{ "any entry", EHDR(e_entry), HUGE_VALUE, NULL, NULL },
	{ "any flags", EHDR(e_flags), HUGE_VALUE, NULL, NULL },
	{ "e_ehsize", EHDR(e_ehsize), 63, NULL, "e_ehsize is 63, not 64" },
	{ "e_phoff", EHDR(e_phoff), 64, NULL, "e_phentsize is 0, not 56" },
	{ "e_phnum", EHDR(e_phnum), 1, NULL, "1 segments, but no program headers" },
	{ "e_shoff none", EHDR(e_shoff), 0, NULL, "but no section table" },
	{ "e_shoff huge", EHDR(e_shoff), HUGE_VALUE, NULL, "the section table at" },
	{ "e_shoff odd", EHDR(e_shoff), HUGE_VALUE - 63, NULL, "the section table at" },
	{ "e_shentsize none", EHDR(e_shentsize), 0, NULL, "e_shentsize is 0, not 64" },
	{ "e_shentsize", EHDR(e_shentsize), 65, NULL, "e_shentsize is 65, not 64" },
	{ "e_shnum none", EHDR(e_shnum), 0, NULL, "section [0]: header unreadable" },
	{ "e_shnum one", EHDR(e_shnum), 1, NULL, "names no section (1 sections)" },
	{ "e_shnum more", EHDR(e_shnum), 0xfeff, NULL, "the section table at" },
	{ "e_shstrndx none", EHDR(e_shstrndx), 0, NULL, "e_shstrndx 0 names no section" },
	{ "e_shstrndx", EHDR(e_shstrndx), 0xfefe, NULL,
	  "e_shstrndx 65278 names no section" },
	{ "e_shstrndx extended", EHDR(e_shstrndx), SHN_XINDEX, NULL,
	  "e_shstrndx 0 names no section" },
	{ "e_shstrndx wrong", EHDR(e_shstrndx), 0, ".text", "used as string table" },

	{ "section 0 type", SHDR("", sh_type), SHT_PROGBITS, NULL,
	  "section [0]: has type 1, not SHT_NULL" },
	{ "sh_name", SHDR(".text", sh_name), 0x7fffffff, NULL,
	  "name offset 0x7fffffff lies outside the name table" },
	{ "sh_offset", SHDR(".text", sh_offset), 1 << 30, NULL,
	  "'.text': offset 0x40000000, size" },
	{ "sh_offset wraps", SHDR(".text", sh_offset), HUGE_VALUE - 8, NULL,
	  "lies outside the file" },
	{ "sh_size", SHDR(".data", sh_size), 1 << 30, NULL,
	  "size 0x40000000 lies outside the file" },
	{ "sh_size wraps", SHDR(".data", sh_size), HUGE_VALUE, NULL,
	  "'.data': offset 0x" },
	{ "sh_addralign", SHDR(".data", sh_addralign), 24, NULL,
	  "'.data': alignment 0x18 is not a power of two" },
	{ "sh_addralign none", SHDR(".data", sh_addralign), 0, NULL, NULL },
	{ "sh_link", SHDR(".data", sh_link), 0x10000, NULL,
	  "'.data': sh_link 65536 names no section" },
	{ "any flags of a section", SHDR(".data", sh_flags), HUGE_VALUE & ~SHF_COMPRESSED,
	  NULL, NULL },
	{ "any address", SHDR(".data", sh_addr), HUGE_VALUE, NULL, NULL },
	{ "memory without bytes", SHDR(".bss", sh_size), (uint64_t)1 << 60, NULL, NULL },
	{ "bytes for .bss", SHDR(".bss", sh_type), SHT_PROGBITS, NULL, NULL },
	{ "name table type", SHDR(".shstrtab", sh_type), SHT_PROGBITS, NULL,
	  "used as string table, but its type is 1" },
	{ "name table empty", SHDR(".shstrtab", sh_size), 0, NULL,
	  "string table is empty" },
	{ "name table place", SHDR(".shstrtab", sh_offset), 1 << 30, NULL,
	  "lies outside the file" },
	{ "name table end", LAST, ".shstrtab", 0, 1, 'x', NULL,
	  "string table does not end in NUL" },

	{ "symbol table twice", SHDR(".text", sh_type), SHT_SYMTAB, NULL,
	  "a second symbol table" },
	{ "symbol entry size", SHDR(".symtab", sh_entsize), 23, NULL,
	  "'.symtab': entry size is 23, not 24" },
	{ "symbol table size", SHDR(".symtab", sh_size), 217, NULL,
	  "'.symtab': size 0xd9 is not a multiple of the entry size 24" },
	{ "symbol table strings", SHDR(".symtab", sh_link), 0x7fff, NULL,
	  "'.symtab': sh_link 32767 names no section" },
	{ "symbol table strings none", SHDR(".symtab", sh_link), 0, NULL,
	  "used as string table" },
	{ "symbol table strings wrong", SHDR(".symtab", sh_link), 0, ".data",
	  "'.data': used as string table" },
	{ "too many locals", SHDR(".symtab", sh_info), 10000, NULL,
	  "'.symtab': sh_info 10000 is more than its" },
	{ "no locals", SHDR(".symtab", sh_info), 0, NULL,
	  "symbol 0 '': local, but sh_info is 0" },
	{ "a local among the others", SHDR(".symtab", sh_info), 1, NULL,
	  ": local, but sh_info is 1" },
	{ "symbol strings end", LAST, ".strtab", 0, 1, 'x', NULL,
	  "'.strtab': string table does not end in NUL" },
	{ "symbol strings empty", SHDR(".strtab", sh_size), 0, NULL,
	  "'.strtab': string table is empty" },
	{ "symbol name", SYM(1, st_name), 0xffffff, NULL,
	  "'.symtab': symbol 1: name offset 0xffffff lies outside" },
	{ "symbol section", SYM(1, st_shndx), 0xfeff, NULL,
	  "section index 65279 names no section" },
	{ "symbol section extended", SYM(1, st_shndx), SHN_XINDEX, NULL,
	  "SHN_XINDEX without a table" },
	{ "symbol binding", SYM(1, st_info), STB_GLOBAL << 4, NULL,
	  "not local, but sh_info" },
	{ "absolute symbol", SYM(2, st_shndx), SHN_ABS, NULL, NULL },
	{ "livepatch symbol", SYM(2, st_shndx), 0xff20, NULL, NULL },
	{ "any value", SYM(1, st_value), HUGE_VALUE, NULL, NULL },
	{ "any size", SYM(1, st_size), HUGE_VALUE, NULL, NULL },

	{ "relocation entry size", SHDR(".rela.text", sh_entsize), 16, NULL,
	  "'.rela.text': entry size is 16, not 24" },
	{ "relocation table size", SHDR(".rela.text", sh_size), 23, NULL,
	  "'.rela.text': size 0x17 is not a multiple" },
	{ "relocation symbols", SHDR(".rela.text", sh_link), 0, ".strtab",
	  "is not the symbol table" },
	{ "relocation symbols far", SHDR(".rela.text", sh_link), 0x7fff, NULL,
	  "sh_link 32767 names no section" },
	{ "relocation target", SHDR(".rela.text", sh_info), 0x7fff, NULL,
	  "'.rela.text': sh_info 32767 names no section" },
	{ "relocation target none", SHDR(".rela.text", sh_info), 0, NULL,
	  "'.rela.text': relocates no section" },
	{ "relocation without addend", SHDR(".rela.text", sh_type), SHT_REL, NULL,
	  "'.rela.text': entry size is 24, not 16" },
	{ "relocation offset", RELA(r_offset), 1 << 20, NULL,
	  "'.rela.text': entry 1: offset 0x100000 lies outside section" },
	{ "relocation offset wraps", RELA(r_offset), HUGE_VALUE, NULL,
	  "entry 1: offset 0xffffffffffffffff lies outside section" },
	{ "relocation symbol", RELA(r_info), (uint64_t)9999 << 32, NULL,
	  "'.rela.text': entry 1: symbol index 9999 names no symbol" },
	{ "any relocation type", RELA(r_info), 0xffffffff, NULL, NULL },
	{ "any addend", RELA(r_addend), HUGE_VALUE, NULL, NULL },

	{ "group symbols", SHDR(".group", sh_link), 0, ".strtab", "'.group': sh_link" },
	{ "group signature", SHDR(".group", sh_info), 9999, NULL,
	  "'.group': sh_info 9999 names no symbol" },
	{ "group entry size", SHDR(".group", sh_entsize), 8, NULL,
	  "'.group': entry size is 8, not 4" },
	{ "group empty", SHDR(".group", sh_size), 0, NULL,
	  "'.group': group without a flag word" },
	{ "group member", CONTENT, ".group", 4, 4, 9999, NULL,
	  "'.group': entry 1: 9999 names no section" },
	{ "group member none", CONTENT, ".group", 4, 4, 0, NULL,
	  "'.group': entry 1: 0 names no section" },
	{ "section indices without need", SHDR(".note.gnu.build-id", sh_type),
	  SHT_SYMTAB_SHNDX, NULL, "is not the symbol table" },

	{ "note name", NOTE(n_namesz), 0xfffffff0, NULL,
	  "'.note.gnu.build-id': malformed note at offset 0x0" },
	{ "note contents", NOTE(n_descsz), 0x7fffffff, NULL,
	  "'.note.gnu.build-id': malformed note at offset 0x0" },
	{ "any type of note", NOTE(n_type), 99, NULL, NULL },
	{ "module information end", LAST, ".modinfo", 0, 1, 'x', NULL,
	  "'.modinfo': does not end in NUL" },
};

static void put(unsigned char *place, size_t width, uint64_t value, bool big)
{
	for (size_t i = 0; i < width; i++)
		place[big ? width - 1 - i : i] = (unsigned char)(value >> (8 * i));
}

/* Number of a section in the object that is whole; "" is section 0. */
static size_t number_of(const struct klpcc_elf *elf, const char *name)
{
	const struct klpcc_elf_section *section;

	if (!*name)
		return 0;
	section = klpcc_elf_find_section(elf, name);
	if (!section) {
		fprintf(stderr, "the compiled object has no section %s\n", name);
		exit(1);
	}
	return section->index;
}

static size_t position(const struct klpcc_elf *elf, const struct mutation *mutation)
{
	const struct klpcc_elf_section *section;
	size_t number;

	if (mutation->place == HEADER)
		return mutation->offset;
	number = number_of(elf, mutation->section);
	section = klpcc_elf_section(elf, number);
	switch (mutation->place) {
	case SECTION:
		return klpcc_elf_header(elf)->e_shoff + number * sizeof(Elf64_Shdr) +
		       mutation->offset;
	case LAST:
		return section->header.sh_offset + section->header.sh_size - 1;
	default:
		return section->header.sh_offset + mutation->offset;
	}
}

static void run(const struct klpcc_buffer *good, const struct mutation *mutation,
		const char *order)
{
	struct klpcc_buffer object = object_copy(good, good->size);
	uint64_t value = mutation->value;
	struct klpcc_error *err;
	struct klpcc_elf *elf;
	char name[128];
	size_t place;

	must(klpcc_elf_open_memory(LABEL, good->data, good->size, &elf));
	if (mutation->index_of)
		value = number_of(elf, mutation->index_of);
	place = position(elf, mutation);
	put(object.data + place, mutation->width, value, klpcc_elf_big_endian(elf));
	klpcc_elf_close(elf);

	snprintf(name, sizeof(name), "%s: %s", order, mutation->name);
	test_begin(name);
	check(memcmp(object.data, good->data, good->size), "nothing changed");
	err = object_read_all(&object);
	if (!mutation->expected)
		check(!err, "refused: %s", err ? err->message : "");
	else if (check(err, "accepted"))
		check(strstr(err->message, mutation->expected) &&
			      !strncmp(err->message, LABEL ": ", strlen(LABEL ": ")),
		      "message: %s", err->message);
	klpcc_error_free(err);
	klpcc_buffer_deinit(&object);
	test_end();
}

int main(int argc, char **argv)
{
	struct klpcc_buffer little, big;

	if (argc != 2)
		return 2;
	must(klpcc_file_read(argv[1], &little));
	big = object_swapped(&little);
	for (size_t i = 0; i < sizeof(mutations) / sizeof(mutations[0]); i++) {
		run(&little, &mutations[i], "little-endian");
		run(&big, &mutations[i], "big-endian");
	}
	klpcc_buffer_deinit(&little);
	klpcc_buffer_deinit(&big);
	return test_status;
}
