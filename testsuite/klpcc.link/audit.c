// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Holds a linked module against the one that it was made from, with libelf alone and no code
 * of the tool: what the link may not change must be the same, and every mark must have
 * become what docs/format.md says.
 *
 * Every section and every symbol of before has one place in after, or none; the audit works
 * both maps out from before alone. Then all is compared through them: headers, bytes,
 * symbols, groups, and each relocation with the next one of the section that it belongs to.
 * Nothing may be left over. What docs/s390.md says of instructions is done to before's bytes first.
 */
#include "audit.h"

#include <elf.h>
#include <gelf.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LIVEPATCH_SYMBOL 0xff20
#define LIVEPATCH_SECTION 0x00100000
#define GONE SIZE_MAX

struct span {
	const char *start;
	int length;
};

/* What the name of a mark says. */
struct mark {
	bool is, used;
	struct span symbol, object, gate;
	unsigned long position;
	size_t leader; /* first used mark that gives the same symbol */
};

struct file {
	const unsigned char *bytes;
	size_t size;
	Elf *elf;
	GElf_Ehdr header;
	size_t sections, names, symtab, symbols;
	GElf_Shdr *headers;
	const char **section_names;
	GElf_Sym *symbol;
	size_t *place; /* by symbol: its section; reserved numbers from SHN_LORESERVE on
			* stand in st_shndx */
	const char **symbol_names;
};

static struct file before, after;
static const unsigned char *given; /* the bytes of the file that before was read from */
static bool mainline;
static bool finished;      /* there are klp sections */
static struct mark *marks; /* by symbol of before */
static size_t *to_section, *to_symbol;
static size_t *taken; /* by section of after: relocations that were compared */
static void *memory[32];
static size_t memory_count;

static jmp_buf failed;
static char reason[512];

__attribute__((noreturn, format(printf, 1, 2))) static void differ(const char *format,
								   ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(reason, sizeof(reason), format, args);
	va_end(args);
	longjmp(failed, 1);
}

static void *array(size_t count, size_t size)
{
	void *made = calloc(count + 1, size);

	if (!made || memory_count == sizeof(memory) / sizeof(memory[0]))
		abort();
	return memory[memory_count++] = made;
}

/* ---- reading ------------------------------------------------------------------------- */

static const unsigned char *contents(const struct file *file, size_t section)
{
	const GElf_Shdr *header = &file->headers[section];

	if (header->sh_offset > file->size ||
	    header->sh_size > file->size - header->sh_offset)
		differ("%s lies outside the file", file->section_names[section]);
	return file->bytes + header->sh_offset;
}

static void read_symbols(struct file *file)
{
	const GElf_Shdr *header = &file->headers[file->symtab];
	Elf_Data *data = elf_getdata(elf_getscn(file->elf, file->symtab), NULL);
	Elf_Data *extended = NULL;

	for (size_t i = 1; i < file->sections; i++)
		if (file->headers[i].sh_type == SHT_SYMTAB_SHNDX)
			extended = elf_getdata(elf_getscn(file->elf, i), NULL);
	file->symbols = header->sh_size / sizeof(Elf64_Sym);
	file->symbol = array(file->symbols, sizeof(*file->symbol));
	file->place = array(file->symbols, sizeof(*file->place));
	file->symbol_names = array(file->symbols, sizeof(*file->symbol_names));
	for (size_t i = 0; i < file->symbols; i++) {
		GElf_Sym *sym = &file->symbol[i];
		Elf32_Word section = 0;

		if (!gelf_getsymshndx(data, extended, (int)i, sym, &section))
			differ("symbol %zu: %s", i, elf_errmsg(-1));
		file->symbol_names[i] =
			elf_strptr(file->elf, header->sh_link, sym->st_name);
		if (!file->symbol_names[i])
			differ("symbol %zu has no name", i);
		file->place[i] = sym->st_shndx == SHN_XINDEX ? section : sym->st_shndx;
	}
}

static void read_file(struct file *file, const void *bytes, size_t size)
{
	file->bytes = bytes;
	file->size = size;
	file->elf = elf_memory((char *)bytes, size);
	if (!file->elf || !gelf_getehdr(file->elf, &file->header) ||
	    elf_getshdrnum(file->elf, &file->sections))
		differ("not ELF: %s", elf_errmsg(-1));
	file->headers = array(file->sections, sizeof(*file->headers));
	file->section_names = array(file->sections, sizeof(*file->section_names));
	for (size_t i = 0; i < file->sections; i++) {
		GElf_Shdr *header = &file->headers[i];

		if (!gelf_getshdr(elf_getscn(file->elf, i), header))
			differ("section %zu: %s", i, elf_errmsg(-1));
		/* elf_getshdrstrndx() cannot, in the other byte order and in memory. */
		if (!i)
			file->names = file->header.e_shstrndx == SHN_XINDEX
					      ? header->sh_link
					      : file->header.e_shstrndx;
		file->section_names[i] =
			i ? elf_strptr(file->elf, file->names, header->sh_name) : "";
		if (!file->section_names[i])
			differ("section %zu has no name", i);
		if (header->sh_type == SHT_SYMTAB)
			file->symtab = i;
	}
	if (file->names >= file->sections)
		differ("there is no section %zu for names", file->names);
	if (file->symtab)
		read_symbols(file);
}

static bool is_reserved(const GElf_Sym *sym)
{
	return sym->st_shndx >= SHN_LORESERVE && sym->st_shndx != SHN_XINDEX;
}

/* ---- marks --------------------------------------------------------------------------- */

static bool same(struct span a, struct span b)
{
	return a.length == b.length && !memcmp(a.start, b.start, (size_t)a.length);
}

static struct span span(const char *start, const char *end)
{
	return (struct span){ start, (int)(end - start) };
}

static const char *end_of(const char *start, char stop)
{
	const char *end = strchr(start, stop);

	return end ? end : start + strlen(start);
}

static void parse_mark(const char *name, struct mark *mark)
{
	static const char foreign[] = ".klp.sym.rela.";
	const char *at = NULL, *end;

	mark->is = true;
	if (!strncmp(name, foreign, strlen(foreign))) {
		name += strlen(foreign);
		mark->gate = span(name, end_of(name, '.'));
		name += mark->gate.length + 1;
		mark->object = span(name, end_of(name, '.'));
		name += mark->object.length + 1;
		mark->symbol = span(name, end_of(name, ','));
		mark->position = strtoul(name + mark->symbol.length + 1, NULL, 10);
		return;
	}
	for (const char *p = name; (p = strstr(p, ".klp.")); p++)
		at = p;
	mark->symbol = span(name, at);
	at += strlen(".klp.");
	end = end_of(at, '.');
	mark->object = mark->gate = span(at, end);
	if (*end && end[1] >= '0' && end[1] <= '9')
		mark->position = strtoul(end + 1, (char **)&end, 10);
	if (!strncmp(end, ".for.", 5))
		mark->gate = span(end + 5, end + strlen(end));
}

static bool same_symbol(const struct mark *a, const struct mark *b)
{
	return same(a->symbol, b->symbol) && same(a->object, b->object) &&
	       a->position == b->position;
}

static bool is_table(size_t section)
{
	static const char *const tables[] = { "refs", "strings", "objects", "index",
					      "exports" };
	static const char common[] = ".comment.klpcc.";
	const char *name = before.section_names[section];

	if (strncmp(name, common, strlen(common)))
		return false;
	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++)
		if (!strcmp(name + strlen(common), tables[i]))
			return true;
	return false;
}

static bool serves_table(size_t section)
{
	const GElf_Shdr *header = &before.headers[section];

	return is_table(section) ||
	       (header->sh_type == SHT_RELA && is_table(header->sh_info));
}

static GElf_Rela relocation(const struct file *file, size_t section, size_t number)
{
	GElf_Rela rela;

	if (!gelf_getrela(elf_getdata(elf_getscn(file->elf, section), NULL), (int)number,
			  &rela) ||
	    GELF_R_SYM(rela.r_info) >= file->symbols)
		differ("%s: entry %zu unreadable", file->section_names[section], number);
	return rela;
}

static size_t relocations(const struct file *file, size_t section)
{
	return file->headers[section].sh_size / sizeof(Elf64_Rela);
}

/* False when the module has nothing to link. */
static bool find_marks(void)
{
	bool any = false;

	marks = array(before.symbols, sizeof(*marks));
	for (size_t i = 1; i < before.symbols; i++) {
		const char *name = before.symbol_names[i];

		if (is_reserved(&before.symbol[i]) || before.place[i] != SHN_UNDEF ||
		    !strstr(name, ".klp."))
			continue;
		parse_mark(name, &marks[i]);
		any = true;
	}
	for (size_t i = 1; i < before.sections; i++) {
		any |= is_table(i);
		if (before.headers[i].sh_type != SHT_RELA || serves_table(i))
			continue;
		for (size_t j = 0; j < relocations(&before, i); j++)
			marks[GELF_R_SYM(relocation(&before, i, j).r_info)].used = true;
	}
	for (size_t i = 1; i < before.symbols; i++)
		for (size_t j = 1; marks[i].is && marks[i].used && !marks[i].leader; j++)
			if (marks[j].is && marks[j].used &&
			    same_symbol(&marks[i], &marks[j]))
				marks[i].leader = j;
	return any;
}

/* ---- sections ------------------------------------------------------------------------ */

static bool is_loaded(const struct file *file, size_t relocations)
{
	return file->headers[file->headers[relocations].sh_info].sh_flags & SHF_ALLOC;
}

/* The sections of before, less those that go, and behind them only klp sections. */
static void map_sections(void)
{
	size_t next = 1;

	to_section = array(before.sections, sizeof(*to_section));
	for (size_t i = 1; i < before.sections; i++) {
		to_section[i] = serves_table(i) ? GONE : next++;
		if (to_section[i] != GONE && to_section[i] >= after.sections)
			differ("section %s is missing", before.section_names[i]);
	}
	if (to_section[before.names] != after.names)
		differ("e_shstrndx is %zu, not %zu", after.names,
		       to_section[before.names]);
	if (to_section[before.symtab] != after.symtab)
		differ("the symbol table is section %zu, not %zu", after.symtab,
		       to_section[before.symtab]);
	finished = next < after.sections;
	for (; next < after.sections; next++) {
		const GElf_Shdr *header = &after.headers[next];

		if (header->sh_type != SHT_RELA || header->sh_addralign != 8 ||
		    header->sh_flags != (SHF_ALLOC | SHF_INFO_LINK | LIVEPATCH_SECTION) ||
		    header->sh_entsize != sizeof(Elf64_Rela) || header->sh_addr ||
		    header->sh_link != after.symtab ||
		    header->sh_info >= after.sections || !header->sh_size)
			differ("section %s is not as the format says",
			       after.section_names[next]);
	}
}

/* Sections that hold names or numbers, which are looked at one by one. */
static bool is_numbers(size_t section)
{
	switch (before.headers[section].sh_type) {
	case SHT_SYMTAB:
	case SHT_SYMTAB_SHNDX:
	case SHT_RELA:
	case SHT_GROUP:
		return true;
	default:
		return section == before.names ||
		       section == before.headers[before.symtab].sh_link;
	}
}

static void compare_info(size_t section, const GElf_Shdr *old, const GElf_Shdr *new)
{
	size_t expected = old->sh_info;

	if (old->sh_type == SHT_SYMTAB) {
		expected = 0;
		for (size_t i = 0; i < after.symbols; i++)
			expected += GELF_ST_BIND(after.symbol[i].st_info) == STB_LOCAL;
	} else if (old->sh_type == SHT_GROUP) {
		expected = to_symbol[old->sh_info];
	} else if (old->sh_type == SHT_RELA || (old->sh_flags & SHF_INFO_LINK)) {
		expected = to_section[old->sh_info];
	}
	if (new->sh_info != expected)
		differ("%s: sh_info is %u, not %zu", before.section_names[section],
		       new->sh_info, expected);
}

static bool is_words(const GElf_Shdr *header)
{
	return header->sh_type == SHT_GROUP || header->sh_type == SHT_SYMTAB_SHNDX;
}

static void compare_field(size_t section, const char *field, uint64_t old, uint64_t new)
{
	if (old != new)
		differ("section %zu %s: %s is %#llx, not %#llx", section,
		       before.section_names[section], field, (unsigned long long)new,
		       (unsigned long long)old);
}

/* The first .modinfo, in object form. */
static bool takes_dependency(size_t section)
{
	for (size_t i = 1; i <= section; i++)
		if (!strcmp(before.section_names[i], ".modinfo"))
			return i == section && finished && !mainline;
	return false;
}

static void compare_dependency(size_t section)
{
	static const char added[] = "\0softdep=pre: klpcc_resolver";
	size_t size = before.headers[section].sh_size;
	const unsigned char *bytes = contents(&after, to_section[section]);

	if (after.headers[to_section[section]].sh_size != size + sizeof(added))
		differ(".modinfo: the size differs");
	if ((size && memcmp(contents(&before, section), bytes, size)) ||
	    memcmp(bytes + size, added, sizeof(added)))
		differ(".modinfo: the bytes differ");
}

static void compare_section(size_t section)
{
	const GElf_Shdr *old = &before.headers[section];
	const GElf_Shdr *new = &after.headers[to_section[section]];
	const char *name = before.section_names[section];

	if (strcmp(name, after.section_names[to_section[section]]))
		differ("section %s where %s was",
		       after.section_names[to_section[section]], name);
	compare_field(section, "sh_type", old->sh_type, new->sh_type);
	compare_field(section, "sh_flags", old->sh_flags, new->sh_flags);
	/* libelf corrects these two where the gABI knows better. */
	if (!(old->sh_flags & SHF_COMPRESSED) || new->sh_addralign != sizeof(Elf64_Xword))
		compare_field(section, "sh_addralign", old->sh_addralign,
			      new->sh_addralign);
	if ((!is_words(old) || new->sh_entsize != sizeof(Elf64_Word)) &&
	    (old->sh_type != SHT_DYNAMIC || new->sh_entsize != sizeof(Elf64_Dyn)))
		compare_field(section, "sh_entsize", old->sh_entsize, new->sh_entsize);
	compare_field(section, "sh_addr", old->sh_addr, new->sh_addr);
	compare_field(section, "sh_link", to_section[old->sh_link], new->sh_link);
	compare_info(section, old, new);
	if (is_numbers(section))
		return;
	if (old->sh_type == SHT_NULL) /* inactive, its size means nothing */
		return;
	if (takes_dependency(section)) {
		compare_dependency(section);
		return;
	}
	if (old->sh_size != new->sh_size)
		differ("%s: the size differs", name);
	if (old->sh_type != SHT_NOBITS && old->sh_size &&
	    memcmp(contents(&before, section), contents(&after, to_section[section]),
		   old->sh_size))
		differ("%s: the bytes differ", name);
}

static uint32_t word(const unsigned char *bytes, size_t number)
{
	bytes += 4 * number;
	if (before.header.e_ident[EI_DATA] == ELFDATA2MSB)
		return bytes[3] | (uint32_t)bytes[2] << 8 | (uint32_t)bytes[1] << 16 |
		       (uint32_t)bytes[0] << 24;
	return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
	       (uint32_t)bytes[3] << 24;
}

static void compare_group(size_t section)
{
	const unsigned char *old = contents(&before, section);
	const unsigned char *new = contents(&after, to_section[section]);
	size_t count = before.headers[section].sh_size / 4, kept = 1;
	size_t left = after.headers[to_section[section]].sh_size / 4;

	if (!left || word(old, 0) != word(new, 0))
		differ("%s: the flags differ", before.section_names[section]);
	for (size_t i = 1; i < count; i++) {
		size_t member = to_section[word(old, i)];

		if (member == GONE)
			continue;
		if (kept >= left || word(new, kept++) != member)
			differ("%s: member %zu differs", before.section_names[section],
			       i);
	}
	if (kept != left)
		differ("%s: members too many", before.section_names[section]);
}

/* ---- symbols ------------------------------------------------------------------------- */

static bool symbol_goes(size_t number)
{
	if (marks[number].is)
		return !marks[number].used || marks[number].leader != number;
	return !is_reserved(&before.symbol[number]) &&
	       to_section[before.place[number]] == GONE;
}

static void map_symbols(void)
{
	size_t next = 0;

	to_symbol = array(before.symbols, sizeof(*to_symbol));
	for (size_t i = 0; i < before.symbols; i++)
		to_symbol[i] = symbol_goes(i) ? GONE : next++;
	for (size_t i = 0; i < before.symbols; i++)
		if (marks[i].is && marks[i].used)
			to_symbol[i] = to_symbol[marks[i].leader];
	if (after.symbols != next)
		differ("%zu symbols, not %zu", after.symbols, next);
}

/* The first type that one of the merged marks has. */
static unsigned int final_type(size_t leader)
{
	for (size_t i = leader; i < before.symbols; i++)
		if (marks[i].is && marks[i].used && marks[i].leader == leader &&
		    GELF_ST_TYPE(before.symbol[i].st_info) != STT_NOTYPE)
			return GELF_ST_TYPE(before.symbol[i].st_info);
	return STT_NOTYPE;
}

static void check_mark(size_t number)
{
	const struct mark *mark = &marks[number];
	const GElf_Sym *sym = &after.symbol[to_symbol[number]];
	char name[1280];

	if (mainline)
		snprintf(name, sizeof(name), ".klp.sym.%.*s.%.*s,%lu",
			 mark->object.length, mark->object.start, mark->symbol.length,
			 mark->symbol.start, mark->position);
	else
		snprintf(name, sizeof(name), "%.*s.klp.%.*s", mark->symbol.length,
			 mark->symbol.start, mark->object.length, mark->object.start);
	if (strcmp(name, after.symbol_names[to_symbol[number]]))
		differ("symbol %s, not %s", after.symbol_names[to_symbol[number]], name);
	if (sym->st_shndx != LIVEPATCH_SYMBOL ||
	    sym->st_value != (mainline ? 0 : mark->position) ||
	    sym->st_info != GELF_ST_INFO(STB_GLOBAL, final_type(number)) ||
	    sym->st_size != before.symbol[number].st_size ||
	    sym->st_other != before.symbol[number].st_other)
		differ("symbol %s is not as the format says", name);
}

static void compare_symbol(size_t number)
{
	const GElf_Sym *old = &before.symbol[number];
	const GElf_Sym *new = &after.symbol[to_symbol[number]];
	size_t place = after.place[to_symbol[number]];
	const char *name = before.symbol_names[number];

	if (marks[number].is) {
		check_mark(number);
		return;
	}
	if (strcmp(name, after.symbol_names[to_symbol[number]]))
		differ("symbol %s where %s was", after.symbol_names[to_symbol[number]],
		       name);
	if (old->st_value != new->st_value || old->st_size != new->st_size ||
	    old->st_info != new->st_info || old->st_other != new->st_other ||
	    is_reserved(old) != is_reserved(new) ||
	    place != (is_reserved(old) ? before.place[number]
				       : to_section[before.place[number]]))
		differ("symbol %s differs", name);
}

/* ---- relocations --------------------------------------------------------------------- */

/* The klp section that a relocation of this mark in that section belongs to. */
static size_t klp_section(size_t relocated, const struct mark *mark)
{
	static const struct span vmlinux = { "vmlinux", 7 };
	struct span gate = mainline && same(mark->object, vmlinux) ? vmlinux : mark->gate;
	char name[2048];

	if (mainline)
		snprintf(name, sizeof(name), ".klp.rela.%.*s.%s", gate.length, gate.start,
			 before.section_names[relocated]);
	else
		snprintf(name, sizeof(name), ".klp.%.*s.rela.%s", gate.length, gate.start,
			 before.section_names[relocated]);
	/* One for each natural section of the same target: in their order. */
	for (size_t i = 1; i < after.sections; i++)
		if ((after.headers[i].sh_flags & LIVEPATCH_SECTION) &&
		    after.headers[i].sh_type == SHT_RELA &&
		    after.headers[i].sh_info == to_section[relocated] &&
		    taken[i] < relocations(&after, i) &&
		    !strcmp(after.section_names[i], name))
			return i;
	differ("no relocation is left in %s", name);
}

/* The type that a mark's relocation gets on s390. code: the bytes before it, or NULL. */
static unsigned int fixed_type(const GElf_Rela *old, const struct mark *mark,
			       const unsigned char *code)
{
	static const struct span vmlinux = { "vmlinux", 7 };
	bool far = same(mark->object, vmlinux), direct = mainline && !far;
	unsigned int type = (unsigned int)GELF_R_TYPE(old->r_info);
	bool larl = code && code[0] == 0xc0 && (code[1] & 0xf) == 0;
	bool call = code && code[0] == 0xc0 && (code[1] & 0xe) == 4;

	if (type == R_390_PLT32DBL && larl)
		return direct ? R_390_PC32DBL : R_390_GOTENT;
	if (type == R_390_PC32DBL && far && larl)
		return R_390_GOTENT;
	if (type == R_390_PC32DBL && far && call)
		return R_390_PLT32DBL;
	return type == R_390_GOTENT && direct ? R_390_PC32DBL : type;
}

/*
 * What arch/s390/kernel/module.c makes of a relocation of that type: with an offset it misses
 * its slot, what the symbol is at is too far, or the slot keeps an old address.
 */
static const char *cannot_work(unsigned int type, int64_t addend, const struct mark *mark)
{
	static const struct span vmlinux = { "vmlinux", 7 };
	bool far = same(mark->object, vmlinux), direct = mainline && !far;

	switch (type) {
	case R_390_GOTENT:
	case R_390_GOTPLTENT:
	case R_390_PLT16DBL:
		if (direct)
			return "by a slot that goes stale";
		return addend == 2 ? NULL : "beside its slot";
	case R_390_PLT32DBL:
		return addend == 2 ? NULL : "beside its slot";
	case R_390_PLT32:
	case R_390_PLT64:
		return direct ? "by a slot that goes stale" : NULL;
	case R_390_GOT12:
	case R_390_GOT16:
	case R_390_GOT20:
	case R_390_GOT32:
	case R_390_GOT64:
	case R_390_GOTPLT12:
	case R_390_GOTPLT16:
	case R_390_GOTPLT20:
	case R_390_GOTPLT32:
	case R_390_GOTPLT64:
	case R_390_PLTOFF16:
	case R_390_PLTOFF32:
	case R_390_PLTOFF64:
		if (direct)
			return "by a slot that goes stale";
		return addend ? "beside its slot" : NULL;
	case R_390_PC16:
	case R_390_PC16DBL:
	case R_390_GOTOFF16:
	case R_390_GOTOFF32:
		return "out of reach";
	case R_390_PC32:
	case R_390_PC32DBL:
		return far ? "out of reach" : NULL;
	default:
		return NULL;
	}
}

/* As the file was given: the bytes of `before` are those that are expected. */
static const unsigned char *code_before(size_t relocated, const GElf_Rela *old)
{
	const GElf_Shdr *header = &before.headers[relocated];

	if (!(header->sh_flags & SHF_EXECINSTR) || old->r_offset < 2)
		return NULL;
	return given + header->sh_offset + old->r_offset - 2;
}

/* Address from the GOT: lgrl, c4 X8; by distance: larl, c0 X0. */
static void expect_fixes(void)
{
	unsigned char *expected = array(before.size, 1);

	memcpy(expected, before.bytes, before.size);
	for (size_t i = 1; i < before.sections; i++) {
		if (before.headers[i].sh_type != SHT_RELA || !is_loaded(&before, i))
			continue;
		for (size_t j = 0; j < relocations(&before, i); j++) {
			GElf_Rela old = relocation(&before, i, j);
			const struct mark *mark = &marks[GELF_R_SYM(old.r_info)];
			const unsigned char *code =
				code_before(before.headers[i].sh_info, &old);
			unsigned int type;

			if (!mark->is || !code)
				continue;
			type = fixed_type(&old, mark, code);
			if (type == GELF_R_TYPE(old.r_info) || type == R_390_PLT32DBL)
				continue;
			expected[code - given] = type == R_390_GOTENT ? 0xc4 : 0xc0;
			expected[code - given + 1] =
				(code[1] & 0xf0) | (type == R_390_GOTENT ? 8 : 0);
		}
	}
	before.bytes = expected;
}

static void compare_relocation(const GElf_Rela *old, size_t from, size_t to)
{
	GElf_Rela new;

	if (taken[to] >= relocations(&after, to))
		differ("%s: too few relocations", after.section_names[to]);
	new = relocation(&after, to, taken[to]++);
	if (old->r_offset != new.r_offset || old->r_addend != new.r_addend ||
	    GELF_R_TYPE(old->r_info) != GELF_R_TYPE(new.r_info) ||
	    to_symbol[GELF_R_SYM(old->r_info)] != GELF_R_SYM(new.r_info))
		differ("%s: the relocation at offset %#zx, type %u, symbol %zu, addend "
		       "%lld "
		       "differs: %#zx, %u, %zu, %lld",
		       before.section_names[from], (size_t)old->r_offset,
		       (unsigned int)GELF_R_TYPE(old->r_info),
		       (size_t)to_symbol[GELF_R_SYM(old->r_info)],
		       (long long)old->r_addend, (size_t) new.r_offset,
		       (unsigned int)GELF_R_TYPE(new.r_info),
		       (size_t)GELF_R_SYM(new.r_info), (long long)new.r_addend);
}

/* A mark's relocation of s390, as it is to be after; never one that cannot work. */
static void fix_expected(GElf_Rela *old, size_t relocated, const struct mark *mark)
{
	unsigned int type = fixed_type(old, mark, code_before(relocated, old));
	const char *problem = cannot_work(type, old->r_addend, mark);

	if (problem)
		differ("%s: type %u, addend %lld at offset %#zx: %s",
		       before.section_names[relocated], type, (long long)old->r_addend,
		       (size_t)old->r_offset, problem);
	old->r_info = GELF_R_INFO(GELF_R_SYM(old->r_info), type);
}

/* Where all relocations of a section move, one that does nothing holds its place. */
static void compare_relocations(size_t section)
{
	size_t count = relocations(&before, section), moved = 0;

	for (size_t i = 0; i < count; i++) {
		GElf_Rela old = relocation(&before, section, i);
		const struct mark *mark = &marks[GELF_R_SYM(old.r_info)];
		size_t relocated = before.headers[section].sh_info;
		bool moves = mark->is && is_loaded(&before, section);

		moved += moves;
		if (moves && before.header.e_machine == EM_S390)
			fix_expected(&old, relocated, mark);
		compare_relocation(&old, section,
				   moves ? klp_section(relocated, mark)
					 : to_section[section]);
	}
	if (count && moved == count) /* R_X86_64_NONE, R_390_NONE: 0 */
		compare_relocation(&(GElf_Rela){ 0 }, section, to_section[section]);
}

/* ---- all ----------------------------------------------------------------------------- */

static void compare_headers(void)
{
	GElf_Ehdr old = before.header, new = after.header;

	old.e_shoff = new.e_shoff;
	old.e_shnum = new.e_shnum;
	old.e_shstrndx = new.e_shstrndx;
	if (memcmp(&old, &new, sizeof(old)) || new.e_phnum)
		differ("the file header differs");
}

static void compare(void)
{
	compare_headers();
	map_sections();
	map_symbols();
	if (before.header.e_machine == EM_S390)
		expect_fixes();
	for (size_t i = 1; i < before.sections; i++)
		if (to_section[i] != GONE)
			compare_section(i);
	for (size_t i = 0; i < before.symbols; i++)
		if (!symbol_goes(i))
			compare_symbol(i);
	taken = array(after.sections, sizeof(*taken));
	for (size_t i = 1; i < before.sections; i++) {
		if (before.headers[i].sh_type == SHT_GROUP && to_section[i] != GONE)
			compare_group(i);
		if (before.headers[i].sh_type == SHT_RELA && !serves_table(i))
			compare_relocations(i);
	}
	for (size_t i = 1; i < after.sections; i++)
		if (after.headers[i].sh_type == SHT_RELA &&
		    taken[i] != relocations(&after, i))
			differ("%s: relocations too many", after.section_names[i]);
}

const char *audit(const char *form, const void *before_bytes, size_t before_size,
		  const void *after_bytes, size_t after_size)
{
	volatile bool different = true; /* kept over longjmp() */

	elf_version(EV_CURRENT);
	mainline = !strcmp(form, "mainline");
	before = after = (struct file){ NULL };
	given = before_bytes;
	if (!setjmp(failed)) {
		read_file(&before, before_bytes, before_size);
		read_file(&after, after_bytes, after_size);
		if (find_marks())
			compare();
		else if (before_size != after_size ||
			 memcmp(before_bytes, after_bytes, before_size))
			differ("nothing to link, but the bytes differ");
		different = false;
	}
	elf_end(before.elf);
	elf_end(after.elf);
	while (memory_count)
		free(memory[--memory_count]);
	return different ? reason : NULL;
}
