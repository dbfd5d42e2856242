// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Changes a patch module in ways that know its structure: what random bytes would need years
 * for. Used by the link's test on broken modules (klpcc.link/mutate.c) and as the mutator of
 * the fuzz harnesses of link, verify and show.
 *
 * Each step picks one of the ways in the table at the end: a field of a header, symbol,
 * relocation or record gets a value that means something there; entries are added,
 * removed, doubled, exchanged; sections likewise; symbols and sections get the names that the
 * formats know, right or nearly right; numbering becomes extended. One to six steps make a
 * mutant. Steps take the module as the last one left it, so what they read may be broken:
 * every place is checked before it is touched, and a step that finds nothing does nothing.
 *
 * The file (mutate-file.c) says in which byte order it is, and for which machine: that is whose
 * relocation types it gets, and on s390x instructions that the link looks at.
 */
#include "mutate-klp.h"

#include <elf.h>
#include <stdio.h>
#include <string.h>

#include "mutate-file.h"

#define LIVEPATCH_SYMBOL 0xff20
#define LIVEPATCH_SECTION 0x00100000
#define RECORD 32 /* bytes of a record of the reference table */

/* ---- numbers ------------------------------------------------------------------------- */

/* splitmix64 (Steele, Lea, Flood 2014): every seed is good, also consecutive ones. */
static uint64_t next(struct module *m)
{
	uint64_t z = m->random += 0x9e3779b97f4a7c15;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

static size_t below(struct module *m, size_t limit)
{
	return limit ? next(m) % limit : 0;
}

static bool chance(struct module *m, size_t one_in)
{
	return !below(m, one_in);
}

/* A value that is near to something, for a field that counts up to limit. */
static uint64_t odd_value(struct module *m, uint64_t old, uint64_t limit)
{
	switch (below(m, 12)) {
	case 0:
		return 0;
	case 1:
		return old + 1;
	case 2:
		return old - 1;
	case 3:
		return limit;
	case 4:
		return limit - 1;
	case 5:
		return 1ull << below(m, 64);
	case 6:
		return UINT64_MAX >> below(m, 64);
	case 7:
		return old ^ 1ull << below(m, 64);
	case 8:
		return LIVEPATCH_SYMBOL - 1 + below(m, 3);
	default: /* most often one that can be right */
		return below(m, limit);
	}
}

/* ---- places -------------------------------------------------------------------------- */

/* Gives one field of width bytes another value. */
static void change(struct module *m, uint64_t offset, size_t width, uint64_t limit)
{
	uint64_t value;

	if (!file_number(m, offset, width, &value))
		return;
	file_set_number(m, offset, width, odd_value(m, value, limit));
}

/* A section of that type, one by chance when there are several; 0 when there is none. */
static size_t any_of_type(struct module *m, uint32_t type)
{
	size_t count = file_sections(m), found = 0, seen = 0;

	for (size_t i = 1; i < count; i++)
		if (file_section(m, i).sh_type == type && chance(m, ++seen))
			found = i;
	return found;
}

static size_t find_section(struct module *m, const char *name)
{
	size_t count = file_sections(m);

	for (size_t i = 1; i < count; i++)
		if (!strcmp(file_section_name(m, i), name))
			return i;
	return 0;
}

/* Offset of one entry by chance of a table, and how many it has. 0: no such entry. */
static uint64_t any_entry(struct module *m, size_t table, size_t size, size_t *count)
{
	Elf64_Shdr shdr = file_section(m, table);

	*count = shdr.sh_size / size;
	if (!table || !*count || !file_at(m, shdr.sh_offset, shdr.sh_size))
		return 0;
	return shdr.sh_offset + below(m, *count) * size;
}

static size_t symbol_count(struct module *m)
{
	return file_section(m, any_of_type(m, SHT_SYMTAB)).sh_size / sizeof(Elf64_Sym);
}

/* Moves a section's bytes to the end of the file, with room for more behind them. */
static uint64_t extend(struct module *m, size_t number, size_t more)
{
	Elf64_Shdr shdr = file_section(m, number);
	size_t start;

	if (!number || !file_at(m, shdr.sh_offset, shdr.sh_size) || shdr.sh_size > m->max)
		return 0;
	start = file_grow(m, shdr.sh_size + more);
	if (!start)
		return 0;
	memcpy(m->data + start, m->data + shdr.sh_offset, shdr.sh_size);
	shdr.sh_offset = start;
	shdr.sh_size += more;
	file_set_section(m, number, &shdr);
	return start + shdr.sh_size - more;
}

/* Adds a string to a table: its offset there, or 0. */
static uint32_t add_string(struct module *m, size_t table, const char *text)
{
	size_t length = strlen(text) + 1;
	uint64_t to = extend(m, table, length);

	if (!to)
		return 0;
	file_put(m, to, text, length);
	return (uint32_t)(file_section(m, table).sh_size - length);
}

/* ---- names --------------------------------------------------------------------------- */

#define ONE_OF(m, list) ((list)[below(m, sizeof(list) / sizeof((list)[0]))])

static void make_symbol_name(struct module *m, char *name, size_t size)
{
	static const char *const symbols[] = {
		"helper",           "start", "foreign",
		"_printk",          "patch", "foo.isra.0",
		"a.klp.b",          "",      "x,y",
		".klp.sym.",        "once",  ".klp.tombstone.helper",
		"klp_enable_patch", "show",  "setup"
	};
	static const char *const objects[] = { "vmlinux", "vmlinux", "kvm", "kvm_intel",
					       "rela",    "klp",     "",    "a-b",
					       "for",     "7" };
	static const char *const positions[] = { "",           "",   "1",  "2",
						 "0",          "01", "-1", "4294967295",
						 "4294967296", "x" };
	const char *symbol = ONE_OF(m, symbols), *object = ONE_OF(m, objects);
	const char *position = ONE_OF(m, positions), *gate = ONE_OF(m, objects);
	const char *dot = *position ? "." : "";

	switch (below(m, 7)) {
	case 0:
	case 1:
		snprintf(name, size, "%s.klp.%s%s%s", symbol, object, dot, position);
		break;
	case 2:
		snprintf(name, size, "%s.klp.%s%s%s.for.%s", symbol, object, dot,
			 position, gate);
		break;
	case 3:
		snprintf(name, size, ".klp.sym.rela.%s.%s.%s,%s", gate, object, symbol,
			 position);
		break;
	case 4:
		snprintf(name, size, ".klp.sym.%s.%s,%s", object, symbol, position);
		break;
	case 5: /* too long for some kernel, object or name */
		snprintf(name, size, "%0*d.klp.%0*d", chance(m, 2) ? 128 : 512, 1,
			 chance(m, 2) ? 1 : 56, 1);
		break;
	default:
		snprintf(name, size, "%s", symbol);
	}
}

static void rename_symbol(struct module *m)
{
	size_t table = any_of_type(m, SHT_SYMTAB), count;
	uint64_t entry = any_entry(m, table, sizeof(Elf64_Sym), &count);
	char name[640];
	uint32_t offset;

	if (!entry)
		return;
	make_symbol_name(m, name, sizeof(name));
	offset = add_string(m, file_section(m, table).sh_link, name);
	file_set_number(m, entry + offsetof(Elf64_Sym, st_name), sizeof(offset), offset);
}

static void rename_section(struct module *m)
{
	static const char *const names[] = {
		".klp.vmlinux.rela..text",
		".klp.rela.vmlinux..text",
		".klp.kvm.rela..data",
		".klp.rela.kvm..data",
		".klp.rela.rela.x",
		".klp..rela.",
		".comment.klpcc.refs",
		".comment.klpcc.strings",
		".comment.klpcc.objects",
		".comment.klpcc.index",
		".comment.klpcc.exports",
		"__jump_table",
		".altinstructions",
		".init.text",
		".data..percpu",
		".modinfo",
		"__versions",
		".gnu.linkonce.this_module",
		".text",
		"__ksymtab_gpl",
		".static_call_sites",
		".init.klp_objects",
		".init.klp_funcs",
		"__klp_relocs.vmlinux",
		"",
	};
	size_t number = below(m, file_sections(m));
	Elf64_Shdr shdr = file_section(m, number);
	size_t table = file_header(m).e_shstrndx;

	shdr.sh_name = add_string(m, table, ONE_OF(m, names));
	file_set_section(m, number, &shdr);
}

/* One byte of a name, kept a letter so that the name stays one. */
static void spoil_name(struct module *m)
{
	static const char letters[] = "aZ09_.$,-\x7f ";
	size_t table = any_of_type(m, SHT_STRTAB), count;
	uint64_t entry = any_entry(m, table, 1, &count);
	char letter = letters[below(m, sizeof(letters))];

	if (entry)
		file_put(m, entry, &letter, 1);
}

/* ---- fields -------------------------------------------------------------------------- */

#define FIELD(m, base, type, field, limit) \
	change(m, (base) + offsetof(type, field), sizeof(((type *)0)->field), limit)

static void change_header(struct module *m)
{
	size_t fields[][2] = {
		{ below(m, EI_NIDENT), 1 },
		{ offsetof(Elf64_Ehdr, e_type), 2 },
		{ offsetof(Elf64_Ehdr, e_machine), 2 },
		{ offsetof(Elf64_Ehdr, e_phoff), 8 },
		{ offsetof(Elf64_Ehdr, e_shoff), 8 },
		{ offsetof(Elf64_Ehdr, e_flags), 4 },
		{ offsetof(Elf64_Ehdr, e_ehsize), 2 },
		{ offsetof(Elf64_Ehdr, e_phentsize), 2 },
		{ offsetof(Elf64_Ehdr, e_phnum), 2 },
		{ offsetof(Elf64_Ehdr, e_shentsize), 2 },
		{ offsetof(Elf64_Ehdr, e_shnum), 2 },
		{ offsetof(Elf64_Ehdr, e_shstrndx), 2 },
	};
	size_t *field = fields[below(m, sizeof(fields) / sizeof(fields[0]))];

	change(m, field[0], field[1], file_sections(m));
}

static void change_section(struct module *m)
{
	size_t count = file_sections(m);
	size_t fields[][3] = {
		{ offsetof(Elf64_Shdr, sh_name), 4, m->size },
		{ offsetof(Elf64_Shdr, sh_type), 4, SHT_SYMTAB_SHNDX + 1 },
		{ offsetof(Elf64_Shdr, sh_addr), 8, m->size },
		{ offsetof(Elf64_Shdr, sh_offset), 8, m->size },
		{ offsetof(Elf64_Shdr, sh_size), 8, 256 },
		{ offsetof(Elf64_Shdr, sh_link), 4, count },
		{ offsetof(Elf64_Shdr, sh_info), 4, count },
		{ offsetof(Elf64_Shdr, sh_addralign), 8, 64 },
		{ offsetof(Elf64_Shdr, sh_entsize), 8, 33 },
	};
	size_t *field = fields[below(m, sizeof(fields) / sizeof(fields[0]))];

	change(m, file_section_at(m, below(m, count)) + field[0], field[1], field[2]);
}

static void flip_section_flag(struct module *m)
{
	static const uint32_t flags[] = { SHF_WRITE,      SHF_ALLOC,        SHF_EXECINSTR,
					  SHF_MERGE,      SHF_STRINGS,      SHF_INFO_LINK,
					  SHF_LINK_ORDER, SHF_GROUP,        SHF_TLS,
					  SHF_COMPRESSED, LIVEPATCH_SECTION };
	size_t number = below(m, file_sections(m));
	Elf64_Shdr shdr = file_section(m, number);

	shdr.sh_flags ^= ONE_OF(m, flags);
	file_set_section(m, number, &shdr);
}

static void change_symbol(struct module *m)
{
	size_t count;
	uint64_t base =
		any_entry(m, any_of_type(m, SHT_SYMTAB), sizeof(Elf64_Sym), &count);
	Elf64_Sym sym;

	if (!base || !file_symbol(m, base, &sym))
		return;
	switch (below(m, 8)) {
	case 0:
		FIELD(m, base, Elf64_Sym, st_name, 256);
		return;
	case 1:
		sym.st_info = (unsigned char)ELF64_ST_INFO(below(m, 4),
							   ELF64_ST_TYPE(sym.st_info));
		break;
	case 2:
		sym.st_info = (unsigned char)ELF64_ST_INFO(ELF64_ST_BIND(sym.st_info),
							   below(m, 12));
		break;
	case 3:
		sym.st_other = (unsigned char)below(m, 8);
		break;
	case 4:
		sym.st_shndx = (uint16_t)(chance(m, 2) ? LIVEPATCH_SYMBOL
						       : SHN_LORESERVE + below(m, 256));
		break;
	case 5:
		FIELD(m, base, Elf64_Sym, st_shndx, file_sections(m));
		return;
	case 6:
		FIELD(m, base, Elf64_Sym, st_value, 64);
		return;
	default:
		FIELD(m, base, Elf64_Sym, st_size, 64);
		return;
	}
	file_set_symbol(m, base, &sym);
}

static bool is_s390(struct module *m)
{
	return file_header(m).e_machine == EM_S390;
}

static unsigned char any_type(struct module *m)
{
	static const unsigned char x86[] = { R_X86_64_NONE, R_X86_64_64,
					     R_X86_64_PC32, R_X86_64_PLT32,
					     R_X86_64_32,   R_X86_64_32S,
					     R_X86_64_PC64, R_X86_64_GOTPCREL,
					     R_X86_64_16,   255 };
	/* 64 is R_390_PC24DBL, not in every <elf.h>. */
	static const unsigned char s390[] = { R_390_NONE,
					      R_390_64,
					      R_390_PC32,
					      R_390_PC32DBL,
					      R_390_PLT32DBL,
					      R_390_GOTENT,
					      R_390_PC16DBL,
					      R_390_GOT20,
					      R_390_GOTPLTENT,
					      R_390_PLTOFF32,
					      64,
					      255 };

	return is_s390(m) ? ONE_OF(m, s390) : ONE_OF(m, x86);
}

/* What s390x has before the place of a relocation: an instruction, the type that fits or not. */
static void change_code(struct module *m)
{
	static const unsigned char codes[][2] = {
		{ 0xc0, 0x0 }, /* larl */
		{ 0xc0, 0x4 }, /* brcl */
		{ 0xc0, 0x5 }, /* brasl */
		{ 0xc4, 0x8 }, /* lgrl */
	};
	static const unsigned char types[] = { R_390_PC32DBL, R_390_PLT32DBL,
					       R_390_GOTENT };
	size_t table = any_of_type(m, SHT_RELA), count;
	uint64_t base = any_entry(m, table, sizeof(Elf64_Rela), &count);
	const unsigned char *code = codes[below(m, 4)];
	unsigned char bytes[2] = { code[0],
				   (unsigned char)(code[1] | below(m, 16) << 4) };
	Elf64_Shdr place;
	Elf64_Rela rela;

	if (!is_s390(m) || !base || !file_relocation(m, base, &rela) ||
	    rela.r_offset < sizeof(bytes))
		return;
	place = file_section(m, file_section(m, table).sh_info);
	if (place.sh_type == SHT_PROGBITS && rela.r_offset <= place.sh_size)
		file_put(m, place.sh_offset + rela.r_offset - sizeof(bytes), bytes,
			 sizeof(bytes));
	if (chance(m, 4))
		return;
	rela.r_info = ELF64_R_INFO(ELF64_R_SYM(rela.r_info), ONE_OF(m, types));
	file_set_relocation(m, base, &rela);
}

static void change_relocation(struct module *m)
{
	size_t count;
	uint64_t base =
		any_entry(m, any_of_type(m, SHT_RELA), sizeof(Elf64_Rela), &count);
	Elf64_Rela rela;

	if (!base || !file_relocation(m, base, &rela))
		return;
	switch (below(m, 5)) {
	case 0:
		FIELD(m, base, Elf64_Rela, r_offset, 32);
		return;
	case 1:
		FIELD(m, base, Elf64_Rela, r_addend, 32);
		return;
	case 2:
		rela.r_info = ELF64_R_INFO(ELF64_R_SYM(rela.r_info), any_type(m));
		break;
	case 3:
		rela.r_info = ELF64_R_INFO(below(m, symbol_count(m)),
					   ELF64_R_TYPE(rela.r_info));
		break;
	default: /* over, or half over, its neighbour */
		rela.r_offset += below(m, 9) - 4;
	}
	file_set_relocation(m, base, &rela);
}

static void change_record(struct module *m)
{
	size_t count;
	uint64_t base =
		any_entry(m, find_section(m, ".comment.klpcc.refs"), RECORD, &count);

	if (base)
		change(m, base + 4 * below(m, RECORD / 4), 4, 32);
}

static void change_group(struct module *m)
{
	size_t count;
	uint64_t base = any_entry(m, any_of_type(m, SHT_GROUP), 4, &count);

	if (base)
		change(m, base, 4, file_sections(m));
}

static void change_modinfo(struct module *m)
{
	size_t count;
	uint64_t base = any_entry(m, find_section(m, ".modinfo"), 1, &count);

	if (base)
		change(m, base, 1, 256);
}

static void change_any_byte(struct module *m)
{
	if (m->size)
		m->data[below(m, m->size)] = (unsigned char)next(m);
}

/* ---- entries ------------------------------------------------------------------------- */

/* A table of the module, and the size of its entries; 0 when it has none. */
static size_t any_table(struct module *m, size_t *table)
{
	switch (below(m, 5)) {
	case 0:
		*table = any_of_type(m, SHT_SYMTAB);
		return sizeof(Elf64_Sym);
	case 1:
		*table = find_section(m, ".comment.klpcc.refs");
		return RECORD;
	case 2:
		*table = any_of_type(m, SHT_GROUP);
		return sizeof(Elf64_Word);
	default:
		*table = any_of_type(m, SHT_RELA);
		return sizeof(Elf64_Rela);
	}
}

static void double_entry(struct module *m)
{
	size_t table, size = any_table(m, &table), count;
	uint64_t entry = any_entry(m, table, size, &count), to;
	unsigned char copy[RECORD];

	if (!entry || !file_get(m, entry, copy, size))
		return;
	to = extend(m, table, size);
	if (to)
		file_put(m, to, copy, size);
}

static void remove_entry(struct module *m)
{
	size_t table, size = any_table(m, &table), count;
	uint64_t entry = any_entry(m, table, size, &count);
	Elf64_Shdr shdr = file_section(m, table);
	uint64_t end = shdr.sh_offset + shdr.sh_size;

	if (!entry)
		return;
	memmove(m->data + entry, m->data + entry + size, end - entry - size);
	shdr.sh_size -= size;
	file_set_section(m, table, &shdr);
}

static void exchange_entries(struct module *m)
{
	size_t table, size = any_table(m, &table), count;
	uint64_t first = any_entry(m, table, size, &count);
	uint64_t second = any_entry(m, table, size, &count);
	unsigned char a[RECORD], b[RECORD];

	if (first && second && file_get(m, first, a, size) &&
	    file_get(m, second, b, size)) {
		file_put(m, first, b, size);
		file_put(m, second, a, size);
	}
}

static void shuffle_entries(struct module *m)
{
	for (size_t i = 1 + below(m, 8); i; i--)
		exchange_entries(m);
}

static void add_relocation(struct module *m)
{
	size_t table = any_of_type(m, SHT_RELA);
	Elf64_Shdr shdr = file_section(m, table);
	Elf64_Rela rela = {
		.r_offset = below(m, file_section(m, shdr.sh_info).sh_size),
		.r_info = ELF64_R_INFO(below(m, symbol_count(m)), any_type(m)),
		.r_addend = (int64_t)below(m, 16) - 8,
	};
	uint64_t to = table ? extend(m, table, sizeof(rela)) : 0;

	if (to)
		file_set_relocation(m, to, &rela);
}

/* A new global symbol: a mark, right or nearly, or a definition. */
static void add_symbol(struct module *m)
{
	size_t table = any_of_type(m, SHT_SYMTAB);
	Elf64_Sym sym = { .st_info = ELF64_ST_INFO(STB_WEAK, STT_NOTYPE) };
	char name[640];
	uint64_t to;

	if (!table)
		return;
	make_symbol_name(m, name, sizeof(name));
	sym.st_name = add_string(m, file_section(m, table).sh_link, name);
	if (chance(m, 4))
		sym.st_shndx = (uint16_t)below(m, file_sections(m));
	if (chance(m, 8))
		sym.st_shndx = LIVEPATCH_SYMBOL;
	to = extend(m, table, sizeof(sym));
	if (to)
		file_set_symbol(m, to, &sym);
}

/* ---- sections ------------------------------------------------------------------------ */

/* Moves the section table to the end of the file, with room for one section more. */
static uint64_t extend_table(struct module *m)
{
	Elf64_Ehdr ehdr = file_header(m);
	size_t count = file_sections(m), size = count * sizeof(Elf64_Shdr), start;
	Elf64_Shdr first;

	if (!count)
		return 0;
	start = file_grow(m, size + sizeof(Elf64_Shdr));
	if (!start)
		return 0;
	memcpy(m->data + start, m->data + ehdr.e_shoff, size);
	ehdr.e_shoff = start;
	if (ehdr.e_shnum)
		ehdr.e_shnum++;
	file_set_header(m, &ehdr);
	if (!ehdr.e_shnum) {
		first = file_section(m, 0);
		first.sh_size++;
		file_set_section(m, 0, &first);
	}
	return start + size;
}

static void double_section(struct module *m)
{
	size_t count = file_sections(m), number = below(m, count);
	Elf64_Shdr shdr;

	if (chance(m, 2))
		number = any_of_type(m, SHT_RELA);
	if (!extend_table(m) || !number)
		return;
	shdr = file_section(m, number);
	file_set_section(m, count, &shdr);
}

static void remove_section(struct module *m)
{
	size_t count = file_sections(m);
	Elf64_Shdr none = { .sh_type = SHT_NULL };
	Elf64_Ehdr ehdr = file_header(m);

	if (chance(m, 2)) {
		file_set_section(m, below(m, count), &none);
	} else if (ehdr.e_shnum) {
		ehdr.e_shnum--;
		file_set_header(m, &ehdr);
	}
}

static void exchange_sections(struct module *m)
{
	size_t count = file_sections(m), a = below(m, count), b = below(m, count);
	Elf64_Shdr first = file_section(m, a), second = file_section(m, b);

	if (count) {
		file_set_section(m, a, &second);
		file_set_section(m, b, &first);
	}
}

/* Number of sections and of the name table in section 0, as from 0xff00 sections on. */
static void number_in_section_0(struct module *m)
{
	Elf64_Ehdr ehdr = file_header(m);
	Elf64_Shdr first = file_section(m, 0);

	if (!ehdr.e_shnum || ehdr.e_shstrndx == SHN_XINDEX)
		return;
	first.sh_size = ehdr.e_shnum;
	ehdr.e_shnum = 0;
	if (chance(m, 2)) {
		first.sh_link = ehdr.e_shstrndx;
		ehdr.e_shstrndx = SHN_XINDEX;
	}
	file_set_section(m, 0, &first);
	file_set_header(m, &ehdr);
}

/* A table of section numbers beside the symbols, which some symbols then use. */
static void extend_numbers(struct module *m)
{
	size_t table = any_of_type(m, SHT_SYMTAB), count = symbol_count(m);
	Elf64_Shdr symtab, shndx = {
		.sh_type = SHT_SYMTAB_SHNDX,
		.sh_size = count * sizeof(Elf64_Word),
		.sh_link = (Elf64_Word)table,
		.sh_addralign = 4,
		.sh_entsize = chance(m, 2) ? sizeof(Elf64_Word) : 0,
	};
	size_t number = file_sections(m);
	uint64_t words;

	if (!table || count > m->max || any_of_type(m, SHT_SYMTAB_SHNDX))
		return;
	words = file_grow(m, shndx.sh_size);
	if (!words || !extend_table(m))
		return;
	shndx.sh_offset = words;
	file_set_section(m, number, &shndx);
	symtab = file_section(m, table);
	for (size_t i = 1; i < count; i++) {
		uint64_t entry = symtab.sh_offset + i * sizeof(Elf64_Sym);
		Elf64_Sym sym;

		if (!chance(m, 2) || !file_symbol(m, entry, &sym) ||
		    sym.st_shndx >= SHN_LORESERVE)
			continue;
		file_set_number(m, words + i * sizeof(Elf64_Word), sizeof(Elf64_Word),
				sym.st_shndx);
		sym.st_shndx = SHN_XINDEX;
		file_set_symbol(m, entry, &sym);
	}
}

static void resize(struct module *m)
{
	if (chance(m, 2))
		m->size -= below(m, m->size);
	else
		file_grow(m, below(m, 64));
}

/* ---- all ----------------------------------------------------------------------------- */

static const struct {
	void (*apply)(struct module *m);
	unsigned int weight;
} ways[] = {
	{ change_header, 1 },
	{ change_section, 4 },
	{ flip_section_flag, 2 },
	{ change_symbol, 4 },
	{ change_relocation, 6 },
	{ change_record, 3 },
	{ change_code, 4 },
	{ change_group, 1 },
	{ change_modinfo, 1 },
	{ change_any_byte, 1 },
	{ rename_symbol, 4 },
	{ rename_section, 2 },
	{ spoil_name, 2 },
	{ double_entry, 4 },
	{ remove_entry, 3 },
	{ exchange_entries, 3 },
	{ shuffle_entries, 2 },
	{ add_relocation, 5 },
	{ add_symbol, 4 },
	{ double_section, 3 },
	{ remove_section, 1 },
	{ exchange_sections, 2 },
	{ number_in_section_0, 2 },
	{ extend_numbers, 2 },
	{ resize, 1 },
};

static void step(struct module *m)
{
	size_t total = 0, pick, i = 0;

	for (size_t j = 0; j < sizeof(ways) / sizeof(ways[0]); j++)
		total += ways[j].weight;
	pick = below(m, total);
	while (pick >= ways[i].weight)
		pick -= ways[i++].weight;
	ways[i].apply(m);
}

size_t klpcc_mutate_klp(unsigned char *data, size_t size, size_t max, unsigned int seed)
{
	struct module m = { .data = data, .size = size, .max = max, .random = seed };

	/* Half of the mutants have one change: those have the best chance to link. */
	for (size_t steps = chance(&m, 2) ? 1 : 2 + below(&m, 5); steps; steps--)
		step(&m);
	return m.size;
}
