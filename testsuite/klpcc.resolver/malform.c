// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * malform MODULE: malformed variants of a finished module in object form, a line each:
 *
 *	NAME OFFSET BYTES [OFFSET BYTES]...
 *
 * BYTES, for printf(1), go to OFFSET of a copy. Each changes one field of one klp section, of one
 * of its entries, of a symbol that it names, or of a name, or what else it takes for the place to
 * be the only thing that is wrong, so that no kernel may load it. What
 * a change makes valid again is left out: an empty section, another gate, a position 1. So is what
 * the loader of 6.1 itself takes for granted: that st_name is within its table.
 *
 * The module is one for x86_64 or for s390, in its byte order.
 */
#define _GNU_SOURCE
#include <byteswap.h>
#include <elf.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHN_LIVEPATCH 0xff20
#define FLAG_LIVEPATCH 0x00100000

static unsigned char *file;
static Elf64_Ehdr *header;
static Elf64_Shdr *sections;
static Elf64_Sym *symbols;
static size_t symbol_count;
static const char *section_names, *symbol_names;
static bool swaps; /* its byte order is not this machine's */

/* ---- fields ---------------------------------------------------------------------------- */

static uint64_t swapped(uint64_t value, size_t size)
{
	switch (swaps ? size : 1) {
	case 2:
		return bswap_16((uint16_t)value);
	case 4:
		return bswap_32((uint32_t)value);
	case 8:
		return bswap_64(value);
	default:
		return value;
	}
}

/* What a field of the file says. */
#define GET(field) ((typeof(field))swapped((uint64_t)(field), sizeof(field)))

/* ---- output ---------------------------------------------------------------------------- */

static void bytes(const void *place, const void *new, size_t size)
{
	printf(" %zu ", (size_t)((const unsigned char *)place - file));
	for (size_t i = 0; i < size; i++)
		printf("\\%03o", ((const unsigned char *)new)[i]);
}

#define CHANGE(field, value)                                              \
	do {                                                              \
		typeof(field) new_ = (typeof(field))swapped(              \
			(uint64_t)(typeof(field))(value), sizeof(field)); \
		bytes(&(field), &new_, sizeof(new_));                     \
	} while (0)

/* One variant with one change. */
#define VARIANT(field, value, ...)    \
	do {                          \
		printf(__VA_ARGS__);  \
		CHANGE(field, value); \
		putchar('\n');        \
	} while (0)

/* ---- sections -------------------------------------------------------------------------- */

static bool is_klp(size_t i)
{
	return !strncmp(section_names + GET(sections[i].sh_name), ".klp.", 5);
}

static bool has_klp_before(size_t i)
{
	while (i-- > 1)
		if (is_klp(i))
			return true;
	return false;
}

static size_t find(const char *name)
{
	for (size_t i = 1; i < GET(header->e_shnum); i++)
		if (!strcmp(section_names + GET(sections[i].sh_name), name))
			return i;
	fprintf(stderr, "malform: no section %s\n", name);
	exit(1);
}

static void section_header(size_t i)
{
	static const uint32_t types[] = { SHT_NULL, SHT_PROGBITS, SHT_STRTAB, SHT_NOBITS,
					  SHT_REL,  SHT_NOTE,     0x70000001 };
	static const uint32_t sizes[] = { 1, 8, 23, 25 };
	Elf64_Shdr *s = &sections[i];
	uint32_t count = GET(header->e_shnum), link = GET(s->sh_link);
	uint32_t links[] = { 0, link + 1, link - 1, count, UINT32_MAX };
	uint32_t infos[] = { 0, (uint32_t)i, find(".comment"), count, UINT32_MAX };
	uint32_t name = GET(s->sh_name);
	uint32_t names[] = { 0, name + 1, name + 4, GET(sections[1].sh_name),
			     UINT32_MAX };

	for (size_t k = 0; k < sizeof(types) / sizeof(*types); k++)
		VARIANT(s->sh_type, types[k], "section-%zu-type-%x", i, types[k]);
	for (size_t k = 0; k < sizeof(sizes) / sizeof(*sizes); k++)
		VARIANT(s->sh_size, sizes[k], "section-%zu-size-%u", i, sizes[k]);
	for (size_t k = 0; k < sizeof(links) / sizeof(*links); k++)
		VARIANT(s->sh_link, links[k], "section-%zu-link-%u", i, links[k]);
	for (size_t k = 0; k < sizeof(infos) / sizeof(*infos); k++)
		VARIANT(s->sh_info, infos[k], "section-%zu-info-%u", i, infos[k]);
	for (size_t k = 0; k < sizeof(names) / sizeof(*names); k++)
		VARIANT(s->sh_name, names[k], "section-%zu-name-%u", i, names[k]);
	VARIANT(s->sh_flags, GET(s->sh_flags) & ~(uint64_t)FLAG_LIVEPATCH,
		"section-%zu-no-flag", i);
	VARIANT(s->sh_flags, GET(s->sh_flags) & ~(uint64_t)SHF_ALLOC,
		"section-%zu-no-alloc", i);
	VARIANT(s->sh_flags, 0, "section-%zu-no-flags", i);
	VARIANT(s->sh_size, UINT64_MAX, "section-%zu-size-most", i);
	VARIANT(s->sh_size, 1ull << 40, "section-%zu-size-large", i);
	VARIANT(s->sh_offset, UINT64_MAX, "section-%zu-offset-most", i);
	VARIANT(s->sh_offset, GET(s->sh_offset) + 8, "section-%zu-offset-8", i);
	VARIANT(s->sh_offset, 0, "section-%zu-offset-0", i);
}

static void section_name(size_t i)
{
	char *name = (char *)section_names + GET(sections[i].sh_name);
	char *gate = name + 5, *rela = strstr(gate, ".rela.");

	VARIANT(name[0], 'x', "section-%zu-name-x", i);
	VARIANT(name[1], 'x', "section-%zu-name-xlp", i);
	VARIANT(name[4], 'x', "section-%zu-name-klpx", i);
	VARIANT(gate[0], '-', "section-%zu-gate-dash", i);
	VARIANT(gate[0], '\033', "section-%zu-gate-control", i);
	VARIANT(gate[0], '.', "section-%zu-gate-dot", i);
	VARIANT(gate[1], ' ', "section-%zu-gate-blank", i);
	VARIANT(gate[2], '\200', "section-%zu-gate-high", i);
	VARIANT(gate[3], '\0', "section-%zu-gate-end", i);
	VARIANT(rela[0], '_', "section-%zu-rela-joined", i);
	VARIANT(rela[1], 'R', "section-%zu-rela-case", i);
	VARIANT(rela[5], '\0', "section-%zu-rela-end", i);
}

/* ---- what may not be relocated, and what only once ------------------------------------- */

static Elf64_Rela *entry_of(size_t section)
{
	return (Elf64_Rela *)(file + GET(sections[section].sh_offset));
}

static size_t place_size(const Elf64_Rela *r)
{
	uint32_t type = ELF64_R_TYPE(GET(r->r_info));

	return type == (GET(header->e_machine) == EM_S390 ? R_390_64 : R_X86_64_64) ? 8
										    : 4;
}

/* Where a section holds so many zeros; its size when it does not. */
static uint64_t empty_place(const Elf64_Shdr *s, size_t size)
{
	static const unsigned char zero[8];
	uint64_t place, end = GET(s->sh_size);

	for (place = 0; place + size <= end; place += 4)
		if (!memcmp(file + GET(s->sh_offset) + place, zero, size))
			return place;
	return end;
}

/* A klp section becomes an ordinary one, which the kernel applies without asking the resolver. */
static void make_ordinary(size_t i)
{
	CHANGE(sections[i].sh_flags,
	       GET(sections[i].sh_flags) & ~(uint64_t)FLAG_LIVEPATCH);
	bytes(section_names + GET(sections[i].sh_name), "x", 1);
}

/*
 * Sections that are there to be read by the loader or by the resolver, each with a good place. An
 * ordinary section is applied behind the resolver's back when it comes after a klp one, as all but
 * the first do here.
 */
static void relocated_sections(size_t i)
{
	for (size_t k = 1; k < GET(header->e_shnum); k++) {
		Elf64_Shdr *s = &sections[k];
		uint64_t place;

		if (GET(s->sh_type) == SHT_NOBITS ||
		    (GET(s->sh_type) == SHT_RELA && !is_klp(k)) ||
		    (GET(s->sh_type) == SHT_PROGBITS &&
		     strcmp(section_names + GET(s->sh_name),
			    ".gnu.linkonce.this_module")))
			continue;
		place = empty_place(s, place_size(entry_of(i)));
		if (place == GET(s->sh_size))
			continue;
		printf("section-%zu-relocates-%zu", i, k);
		CHANGE(sections[i].sh_info, k);
		CHANGE(sections[i].sh_size, sizeof(Elf64_Rela));
		CHANGE(entry_of(i)->r_offset, place);
		putchar('\n');
		if ((GET(s->sh_type) != SHT_SYMTAB && GET(s->sh_type) != SHT_STRTAB &&
		     !is_klp(k)) ||
		    k == i || !has_klp_before(i))
			continue;
		printf("section-%zu-ordinary-relocates-%zu", i, k);
		CHANGE(sections[i].sh_info, k);
		CHANGE(sections[i].sh_size, sizeof(Elf64_Rela));
		CHANGE(entry_of(i)->r_offset, place);
		make_ordinary(i);
		putchar('\n');
	}
}

/* Two sections have one place: both klp ones, then one of them an ordinary one. */
static void shared_places(size_t i)
{
	for (size_t k = 1; k < i; k++) {
		if (!is_klp(k) || GET(sections[k].sh_info) != GET(sections[i].sh_info))
			continue;
		VARIANT(entry_of(i)->r_offset, GET(entry_of(k)->r_offset),
			"section-%zu-shares-%zu", i, k);
		printf("section-%zu-ordinary-shares-%zu", i, k);
		CHANGE(entry_of(i)->r_offset, GET(entry_of(k)->r_offset));
		make_ordinary(i);
		putchar('\n');
	}
}

/* A module whose own name holds control characters, which a refusal then names. */
static void module_name(size_t i)
{
	static const char key[] = "\0name=";
	const Elf64_Shdr *info = &sections[find(".modinfo")];
	const Elf64_Shdr *s = &sections[find(".gnu.linkonce.this_module")];
	const char *mine = memmem(file + GET(info->sh_offset), GET(info->sh_size), key,
				  sizeof(key) - 1);
	unsigned char *name = NULL;

	if (mine) {
		mine += sizeof(key) - 1;
		name = memmem(file + GET(s->sh_offset), GET(s->sh_size), mine,
			      strlen(mine) + 1);
	}
	if (!name) {
		fprintf(stderr, "malform: the module has no name\n");
		exit(1);
	}
	printf("module-name-control");
	bytes(name, "\033[1m\a\t\177", 7);
	CHANGE(sections[i].sh_info, GET(header->e_shnum));
	putchar('\n');
}

/* ---- relocations and symbols ----------------------------------------------------------- */

/* Types that no module has, or in whose place no address fits; then, for each machine, 0. */
static const uint32_t x86_types[] = { 3, 5, 8, 9, 12, 14, 37, 42, 255, UINT32_MAX, 0 };
static const uint32_t s390_types[] = { R_390_8,        R_390_12,   R_390_16,
				       R_390_20,       R_390_COPY, R_390_GLOB_DAT,
				       R_390_TLS_LE64, 62,         255,
				       UINT32_MAX,     0 };
/* vmlinux alone is out of reach for these. */
static const uint32_t s390_near_types[] = { R_390_PC16, R_390_PC16DBL, R_390_PC32,
					    R_390_PC32DBL, 0 };

static bool is_s390(void)
{
	return GET(header->e_machine) == EM_S390;
}

static void relocation_types(size_t i, size_t entry, Elf64_Rela *r, const uint32_t *types)
{
	for (; *types; types++)
		VARIANT(r->r_info, ELF64_R_INFO(ELF64_R_SYM(GET(r->r_info)), *types),
			"entry-%zu-%zu-type-%u", i, entry, *types);
}

/*
 * What the kernel alone can refuse, when it has filled the symbol's slot: an offset in the GOT that
 * is too large for the 12 bits of an instruction.
 */
static void got_offset(size_t i, size_t entry, Elf64_Rela *r)
{
	printf("entry-%zu-%zu-got12", i, entry);
	CHANGE(r->r_info, ELF64_R_INFO(ELF64_R_SYM(GET(r->r_info)), R_390_GOT12));
	CHANGE(r->r_addend, 4096);
	putchar('\n');
}

static bool is_of_vmlinux(const Elf64_Rela *r)
{
	const Elf64_Sym *s = &symbols[ELF64_R_SYM(GET(r->r_info))];

	return strstr(symbol_names + GET(s->st_name), ".klp.vmlinux");
}

static void relocation(size_t i, size_t entry)
{
	Elf64_Rela *r = (Elf64_Rela *)(file + GET(sections[i].sh_offset)) + entry;
	uint64_t size = GET(sections[GET(sections[i].sh_info)].sh_size);
	uint64_t offsets[] = { 0,           size - 3,   size - 1,       size,
			       size + 4096, 1ull << 32, UINT64_MAX - 1, UINT64_MAX };
	uint32_t numbers[] = { 0, 1, (uint32_t)symbol_count, UINT32_MAX };
	uint32_t type = ELF64_R_TYPE(GET(r->r_info));

	for (size_t k = 0; k < sizeof(offsets) / sizeof(*offsets); k++)
		VARIANT(r->r_offset, offsets[k], "entry-%zu-%zu-offset-%llx", i, entry,
			(unsigned long long)offsets[k]);
	relocation_types(i, entry, r, is_s390() ? s390_types : x86_types);
	/* s390 counts slots by the symbol's number, before anybody has looked at it. */
	for (size_t k = 0; k < (is_s390() ? 2 : sizeof(numbers) / sizeof(*numbers)); k++)
		VARIANT(r->r_info, ELF64_R_INFO((uint64_t)numbers[k], type),
			"entry-%zu-%zu-symbol-%u", i, entry, numbers[k]);
	if (type != (is_s390() ? R_390_64 : R_X86_64_64))
		VARIANT(r->r_addend, 1ll << 62, "entry-%zu-%zu-addend", i, entry);
	if (is_s390()) {
		got_offset(i, entry, r);
		if (is_of_vmlinux(r))
			relocation_types(i, entry, r, s390_near_types);
	}
	if (entry) {
		VARIANT(r->r_offset, GET(r[-1].r_offset), "entry-%zu-%zu-twice", i,
			entry);
		VARIANT(r->r_offset, GET(r[-1].r_offset) + place_size(r) / 2,
			"entry-%zu-%zu-half", i, entry);
	}
}

static void symbol(size_t i)
{
	static const uint16_t places[] = { 0,     1, SHN_ABS, SHN_COMMON, SHN_LORESERVE,
					   0xff21 };
	static const uint64_t values[] = { 2, 3, UINT32_MAX, 1ull << 32, UINT64_MAX };
	Elf64_Sym *s = &symbols[i];
	char *name = (char *)symbol_names + GET(s->st_name),
	     *object = strstr(name, ".klp.") + 5;

	for (size_t k = 0; k < sizeof(places) / sizeof(*places); k++)
		VARIANT(s->st_shndx, places[k], "symbol-%zu-place-%x", i, places[k]);
	for (size_t k = 0; k < sizeof(values) / sizeof(*values); k++)
		VARIANT(s->st_value, values[k], "symbol-%zu-value-%llx", i,
			(unsigned long long)values[k]);
	VARIANT(s->st_name, 0, "symbol-%zu-name-0", i);
	VARIANT(s->st_name, GET(s->st_name) + strlen(name), "symbol-%zu-name-empty", i);
	VARIANT(name[0], '-', "symbol-%zu-name-dash", i);
	VARIANT(name[1], '\001', "symbol-%zu-name-control", i);
	VARIANT(name[1], 'Z', "symbol-%zu-name-other", i);
	VARIANT(object[-2], 'x', "symbol-%zu-no-klp", i);
	VARIANT(object[0], '-', "symbol-%zu-object-dash", i);
	VARIANT(object[0], '\0', "symbol-%zu-object-none", i);
	VARIANT(object[1], '.', "symbol-%zu-object-dot", i);
	VARIANT(object[1], 'Z', "symbol-%zu-object-other", i);
}

/* ---- all ------------------------------------------------------------------------------- */

/* The kernel then does not ask anybody about the module's klp sections. */
static void all_sections(void)
{
	printf("all-no-flag");
	for (size_t i = 1; i < GET(header->e_shnum); i++)
		if (is_klp(i))
			CHANGE(sections[i].sh_flags,
			       GET(sections[i].sh_flags) & ~(uint64_t)FLAG_LIVEPATCH);
	printf("\nall-info");
	for (size_t i = 1; i < GET(header->e_shnum); i++)
		if (is_klp(i))
			CHANGE(sections[i].sh_info, GET(header->e_shnum));
	printf("\nall-name");
	for (size_t i = 1; i < GET(header->e_shnum); i++)
		if (is_klp(i))
			CHANGE(sections[i].sh_name, 0);
	putchar('\n');
}

static void read_file(const char *path)
{
	FILE *in = fopen(path, "rb");
	long size;

	if (!in || fseek(in, 0, SEEK_END) || (size = ftell(in)) < 0) {
		perror(path);
		exit(1);
	}
	rewind(in);
	file = malloc(size);
	if (!file || fread(file, 1, size, in) != (size_t)size) {
		perror(path);
		exit(1);
	}
	fclose(in);
	header = (Elf64_Ehdr *)file;
	swaps = (header->e_ident[EI_DATA] == ELFDATA2MSB) !=
		(__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__);
	sections = (Elf64_Shdr *)(file + GET(header->e_shoff));
	section_names = (char *)file + GET(sections[GET(header->e_shstrndx)].sh_offset);
	for (size_t i = 1; i < GET(header->e_shnum); i++)
		if (GET(sections[i].sh_type) == SHT_SYMTAB) {
			symbols = (Elf64_Sym *)(file + GET(sections[i].sh_offset));
			symbol_count = GET(sections[i].sh_size) / sizeof(*symbols);
			symbol_names = (char *)file +
				       GET(sections[GET(sections[i].sh_link)].sh_offset);
		}
}

/*
 * Of what is the same on every machine, one section and one symbol are enough for s390, whose guest
 * is slow.
 */
static void one_section(size_t i, bool first)
{
	if (first || !is_s390()) {
		section_header(i);
		section_name(i);
		relocated_sections(i);
	}
	if (first)
		module_name(i);
	shared_places(i);
	relocation(i, 0);
	if (GET(sections[i].sh_size) > sizeof(Elf64_Rela))
		relocation(i, 1);
}

int main(int argc, char **argv)
{
	bool first = true;

	if (argc != 2)
		return 2;
	read_file(argv[1]);
	all_sections();
	for (size_t i = 1; i < GET(header->e_shnum); i++)
		if (is_klp(i)) {
			one_section(i, first);
			first = false;
		}
	first = true;
	for (size_t i = 1; i < symbol_count; i++)
		if (GET(symbols[i].st_shndx) == SHN_LIVEPATCH && (first || !is_s390())) {
			symbol(i);
			first = false;
		}
	free(file);
	return 0;
}
