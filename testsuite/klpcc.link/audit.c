// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Holds a linked module against the one that it was made from, with libelf alone and no code
 * of the tool: what the link may not change must be the same, and every relocation must be
 * there once, with the same meaning.
 *
 *	audit object|mainline BEFORE AFTER
 *
 * Compared: the file header; type, flags, alignment, entry size and bytes of every section
 * that is no table of numbers; value, size, place and kind of every symbol that is no mark;
 * offset, type, addend and symbol of every relocation, in the order of the file.
 */
#include <elf.h>
#include <err.h>
#include <fcntl.h>
#include <gelf.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct file {
	Elf *elf;
	GElf_Ehdr header;
	size_t sections, names, symbol_count;
	Elf_Scn *symtab;
	GElf_Shdr symtab_header;
	Elf_Data *symbols, *shndx;
};

struct relocation {
	const char *target; /* name of the relocated section */
	const char *gate;   /* "" in a natural section */
	GElf_Rela rela;
	size_t order;
	bool used;
};

struct list {
	struct relocation *entries;
	size_t count;
};

static const char *section_name(const struct file *file, const GElf_Shdr *header)
{
	return elf_strptr(file->elf, file->names, header->sh_name);
}

static void open_file(const char *path, struct file *file)
{
	int fd = open(path, O_RDONLY);
	Elf_Scn *scn = NULL;
	GElf_Shdr header;

	file->elf = elf_begin(fd, ELF_C_READ, NULL);
	if (fd < 0 || !file->elf || !gelf_getehdr(file->elf, &file->header) ||
	    elf_getshdrnum(file->elf, &file->sections) ||
	    elf_getshdrstrndx(file->elf, &file->names))
		errx(1, "%s: %s", path, elf_errmsg(-1));
	while ((scn = elf_nextscn(file->elf, scn))) {
		gelf_getshdr(scn, &header);
		if (header.sh_type == SHT_SYMTAB) {
			file->symtab = scn;
			file->symtab_header = header;
			file->symbols = elf_getdata(scn, NULL);
			file->symbol_count = header.sh_size / header.sh_entsize;
		} else if (header.sh_type == SHT_SYMTAB_SHNDX) {
			file->shndx = elf_getdata(scn, NULL);
		}
	}
	if (!file->symbols)
		errx(1, "%s: no symbol table", path);
}

static GElf_Sym symbol_at(const struct file *file, size_t index, Elf32_Word *section)
{
	GElf_Sym sym;

	*section = 0;
	if (!gelf_getsymshndx(file->symbols, file->shndx, (int)index, &sym, section))
		errx(1, "symbol %zu: %s", index, elf_errmsg(-1));
	if (sym.st_shndx != SHN_XINDEX)
		*section = sym.st_shndx;
	return sym;
}

static const char *symbol_name(const struct file *file, const GElf_Sym *sym)
{
	return elf_strptr(file->elf, file->symtab_header.sh_link, sym->st_name);
}

static bool is_mark(const char *name)
{
	return strstr(name, ".klp.") != NULL;
}

static bool is_table(const char *name)
{
	return !strncmp(name, ".comment.klpcc", 14) ||
	       !strncmp(name, ".rela.comment.klpcc", 19);
}

/* ---- sections ------------------------------------------------------------------------ */

static bool is_numbers(const GElf_Shdr *header)
{
	return header->sh_type == SHT_RELA || header->sh_type == SHT_SYMTAB ||
	       header->sh_type == SHT_STRTAB || header->sh_type == SHT_SYMTAB_SHNDX ||
	       header->sh_type == SHT_GROUP;
}

static void compare_section(const char *name, Elf_Scn *before, Elf_Scn *after)
{
	Elf_Data *a = elf_rawdata(before, NULL), *b = elf_rawdata(after, NULL);
	GElf_Shdr old, new;

	gelf_getshdr(before, &old);
	gelf_getshdr(after, &new);
	if (old.sh_type != new.sh_type || old.sh_flags != new.sh_flags ||
	    old.sh_addralign != new.sh_addralign || old.sh_entsize != new.sh_entsize ||
	    old.sh_addr != new.sh_addr)
		errx(1, "%s: the header differs", name);
	if (is_numbers(&old))
		return;
	if (old.sh_size != new.sh_size)
		errx(1, "%s: the size differs", name);
	if (old.sh_type != SHT_NOBITS && old.sh_size &&
	    memcmp(a->d_buf, b->d_buf, old.sh_size))
		errx(1, "%s: the bytes differ", name);
}

static size_t relocations_left(const struct file *file, Elf_Scn *scn)
{
	Elf_Data *data = elf_getdata(scn, NULL);
	size_t left = 0;
	GElf_Rela rela;

	for (int i = 0; gelf_getrela(data, i, &rela); i++) {
		Elf32_Word section;
		GElf_Sym sym = symbol_at(file, GELF_R_SYM(rela.r_info), &section);

		left += !is_mark(symbol_name(file, &sym));
	}
	return left;
}

/* The sections of before, without the table and the emptied ones, then only klp sections. */
static void compare_sections(const struct file *before, const struct file *after)
{
	Elf_Scn *old = NULL, *new = elf_nextscn(after->elf, NULL);
	GElf_Shdr header, other;

	while ((old = elf_nextscn(before->elf, old))) {
		const char *name;

		gelf_getshdr(old, &header);
		name = section_name(before, &header);
		if (is_table(name))
			continue;
		if (header.sh_type == SHT_RELA && header.sh_size &&
		    !relocations_left(before, old)) {
			GElf_Shdr target;

			gelf_getshdr(elf_getscn(before->elf, header.sh_info), &target);
			if (target.sh_flags & SHF_ALLOC)
				continue;
		}
		if (!new)
			errx(1, "section %s is missing", name);
		gelf_getshdr(new, &other);
		if (strcmp(name, section_name(after, &other)))
			errx(1, "section %s where %s was", section_name(after, &other),
			     name);
		compare_section(name, old, new);
		new = elf_nextscn(after->elf, new);
	}
	for (; new; new = elf_nextscn(after->elf, new)) {
		gelf_getshdr(new, &header);
		if (strncmp(section_name(after, &header), ".klp.", 5) ||
		    header.sh_type != SHT_RELA || header.sh_flags != 0x00100042 ||
		    header.sh_entsize != 24 || header.sh_addralign != 8 ||
		    header.sh_link != elf_ndxscn(after->symtab) || header.sh_addr)
			errx(1, "section %s is not as the format says",
			     section_name(after, &header));
	}
}

/* ---- symbols ------------------------------------------------------------------------- */

static const char *section_of(const struct file *file, const GElf_Sym *sym,
			      Elf32_Word section)
{
	static char reserved[32];
	GElf_Shdr header;

	if (sym->st_shndx != SHN_XINDEX && sym->st_shndx >= SHN_LORESERVE) {
		snprintf(reserved, sizeof(reserved), "reserved %#x", sym->st_shndx);
		return reserved;
	}
	gelf_getshdr(elf_getscn(file->elf, section), &header);
	return section_name(file, &header);
}

static void check_final_symbol(const char *form, const char *name, const GElf_Sym *sym)
{
	bool mainline = !strcmp(form, "mainline");

	if (sym->st_shndx != 0xff20 || GELF_ST_BIND(sym->st_info) != STB_GLOBAL ||
	    mainline != !strncmp(name, ".klp.sym.", 9) || (mainline && sym->st_value))
		errx(1, "symbol %s is not as the format says", name);
}

static void compare_symbol(const struct file *before, const GElf_Sym *old,
			   Elf32_Word old_section, const struct file *after,
			   const GElf_Sym *new, Elf32_Word new_section)
{
	const char *name = symbol_name(before, old);
	char *place = strdup(section_of(before, old, old_section));

	if (strcmp(name, symbol_name(after, new)))
		errx(1, "symbol %s where %s was", symbol_name(after, new), name);
	if (old->st_value != new->st_value || old->st_size != new->st_size ||
	    old->st_info != new->st_info || old->st_other != new->st_other ||
	    strcmp(place, section_of(after, new, new_section)))
		errx(1, "symbol %s differs", name);
	free(place);
}

static void compare_symbols(const char *form, const struct file *before,
			    const struct file *after)
{
	size_t j = 0, locals = 0;

	for (size_t i = 0; i < before->symbol_count; i++) {
		Elf32_Word old_section, new_section;
		GElf_Sym old = symbol_at(before, i, &old_section), new;
		const char *name = symbol_name(before, &old);

		if (is_mark(name) && old.st_shndx == SHN_UNDEF)
			continue;
		if (old.st_shndx && is_table(section_of(before, &old, old_section)))
			continue;
		for (;; j++) {
			if (j >= after->symbol_count)
				errx(1, "symbol %s is missing", name);
			new = symbol_at(after, j, &new_section);
			if (new.st_shndx != 0xff20 || old.st_shndx == 0xff20)
				break;
			check_final_symbol(form, symbol_name(after, &new), &new);
		}
		compare_symbol(before, &old, old_section, after, &new, new_section);
		locals += GELF_ST_BIND(new.st_info) == STB_LOCAL;
		j++;
	}
	for (; j < after->symbol_count; j++) {
		Elf32_Word section;
		GElf_Sym sym = symbol_at(after, j, &section);

		check_final_symbol(form, symbol_name(after, &sym), &sym);
	}
	if (after->symtab_header.sh_info != locals)
		errx(1, "sh_info of the symbol table is %u, not %zu",
		     after->symtab_header.sh_info, locals);
}

/* ---- relocations --------------------------------------------------------------------- */

static void collect(const struct file *file, struct list *list)
{
	Elf_Scn *scn = NULL;

	while ((scn = elf_nextscn(file->elf, scn))) {
		Elf_Data *data = elf_getdata(scn, NULL);
		GElf_Shdr header, target;
		const char *name;
		size_t count;

		gelf_getshdr(scn, &header);
		name = section_name(file, &header);
		if (header.sh_type != SHT_RELA || is_table(name))
			continue;
		gelf_getshdr(elf_getscn(file->elf, header.sh_info), &target);
		count = header.sh_size / header.sh_entsize;
		list->entries = realloc(list->entries, (list->count + count + 1) *
							       sizeof(*list->entries));
		for (size_t i = 0; i < count; i++) {
			struct relocation *entry = &list->entries[list->count++];

			*entry = (struct relocation){
				.target = section_name(file, &target),
				.gate = strncmp(name, ".klp.", 5) ? "" : name,
				.order = i,
			};
			gelf_getrela(data, (int)i, &entry->rela);
		}
	}
}

/* By place; where several stand at one place, in the file's order. */
static int compare_places(const void *a, const void *b)
{
	const struct relocation *x = a, *y = b;
	int order = strcmp(x->target, y->target);

	if (!order)
		order = (x->rela.r_offset > y->rela.r_offset) -
			(x->rela.r_offset < y->rela.r_offset);
	if (!order)
		order = (x->order > y->order) - (x->order < y->order);
	return order;
}

static void check_order(const struct list *list)
{
	for (size_t i = 1; i < list->count; i++) {
		const struct relocation *last = &list->entries[i - 1];
		const struct relocation *next = &list->entries[i];

		if (next->order && next->rela.r_offset < last->rela.r_offset)
			errx(1, "%s: the order of the relocations was lost",
			     next->target);
	}
}

static void compare_relocation(const struct file *before, const struct relocation *old,
			       const struct file *after, const struct relocation *new)
{
	Elf32_Word section;
	GElf_Sym from = symbol_at(before, GELF_R_SYM(old->rela.r_info), &section);
	GElf_Sym to = symbol_at(after, GELF_R_SYM(new->rela.r_info), &section);
	const char *name = symbol_name(before, &from);

	if (strcmp(old->target, new->target) ||
	    old->rela.r_offset != new->rela.r_offset ||
	    old->rela.r_addend != new->rela.r_addend ||
	    GELF_R_TYPE(old->rela.r_info) != GELF_R_TYPE(new->rela.r_info))
		errx(1, "%s+%#zx: the relocation differs", old->target,
		     (size_t)old->rela.r_offset);
	if (is_mark(name) != (to.st_shndx == 0xff20) && from.st_shndx != 0xff20)
		errx(1, "%s+%#zx: wrong symbol %s", old->target,
		     (size_t)old->rela.r_offset, symbol_name(after, &to));
	if (!is_mark(name) && strcmp(name, symbol_name(after, &to)))
		errx(1, "%s+%#zx: refers to %s, not %s", old->target,
		     (size_t)old->rela.r_offset, symbol_name(after, &to), name);
	if (!is_mark(name) && *new->gate)
		errx(1, "%s+%#zx: %s was moved to %s", old->target,
		     (size_t)old->rela.r_offset, name, new->gate);
}

static void compare_relocations(const struct file *before, const struct file *after)
{
	struct list old = { NULL, 0 }, new = { NULL, 0 };

	collect(before, &old);
	collect(after, &new);
	check_order(&new);
	if (old.count != new.count)
		errx(1, "%zu relocations, not %zu", new.count, old.count);
	if (old.count)
		qsort(old.entries, old.count, sizeof(*old.entries), compare_places);
	if (new.count)
		qsort(new.entries, new.count, sizeof(*new.entries), compare_places);
	for (size_t i = 0; i < old.count; i++)
		compare_relocation(before, &old.entries[i], after, &new.entries[i]);
	free(old.entries);
	free(new.entries);
}

int main(int argc, char **argv)
{
	struct file before = { 0 }, after = { 0 };

	if (argc != 4)
		errx(2, "usage: audit FORM BEFORE AFTER");
	elf_version(EV_CURRENT);
	open_file(argv[2], &before);
	open_file(argv[3], &after);
	if (before.header.e_machine != after.header.e_machine ||
	    before.header.e_type != after.header.e_type ||
	    before.header.e_flags != after.header.e_flags || after.header.e_phnum ||
	    memcmp(before.header.e_ident, after.header.e_ident, EI_NIDENT))
		errx(1, "the file header differs");
	compare_sections(&before, &after);
	compare_symbols(argv[1], &before, &after);
	compare_relocations(&before, &after);
	elf_end(before.elf);
	elf_end(after.elf);
	return 0;
}
