// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The ELF model, writing side: carries the changes of a struct klpcc_edit out.
 *
 * Last of the chain elf.h -> edit.c -> write.c. First every number of the new file is
 * settled (sections, symbols, names), then the tables that contain such numbers are made anew
 * in the host's byte order, and libelf turns everything into the file's. Each step is one
 * walk over sections, symbols or relocations.
 */
#include "edit-private.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/file.h"

#define NO_SECTION UINT32_MAX

/*
 * Offsets are aligned as the section asks, but no further than a page: nothing reads a
 * relocatable file in larger units, and a damaged alignment must not make it sparse.
 */
#define OFFSET_ALIGN_MAX 4096u

/* One section of the new file, in the new order. */
struct output_section {
	GElf_Shdr header;
	void *data;     /* what is written; in `type` */
	void *own_data; /* data, when it was made here */
	Elf_Type type;
};

struct writer {
	const struct klpcc_edit *edit;
	uint32_t *section_map; /* old number to new, or NO_SECTION */
	uint32_t *symbol_map;  /* old number to new, or KLPCC_EDIT_REMOVED */
	struct output_section *sections;
	size_t section_count;
	size_t symbol_count;
	bool symbols_moved;             /* some symbol has another number than before */
	size_t names;                   /* old number of the section name table */
	struct klpcc_strtab strings[2]; /* symbol names; section names if apart */
	struct klpcc_strtab *section_strings;
	GElf_Ehdr header;
};

/* ---- numbers ------------------------------------------------------------------------- */

static struct klpcc_error *number_sections(struct writer *w)
{
	const struct klpcc_edit *edit = w->edit;

	w->section_map = calloc(edit->section_count, sizeof(*w->section_map));
	if (!w->section_map)
		return klpcc_error_nomem();
	for (size_t i = 0; i < edit->section_count; i++)
		w->section_map[i] = edit->sections[i].removed
					    ? NO_SECTION
					    : (uint32_t)w->section_count++;
	w->sections = calloc(w->section_count, sizeof(*w->sections));
	return w->sections ? NULL : klpcc_error_nomem();
}

static bool symbol_stays(const struct klpcc_edit *edit, size_t i)
{
	const struct klpcc_elf_symbol *symbol = &edit->symbols[i];

	return edit->symbol_map[i] == i &&
	       (symbol->reserved || !edit->sections[symbol->section].removed);
}

static struct klpcc_error *number_symbols(struct writer *w)
{
	const struct klpcc_edit *edit = w->edit;

	w->symbol_map = calloc(edit->symbol_count + 1, sizeof(*w->symbol_map));
	if (!w->symbol_map)
		return klpcc_error_nomem();
	for (size_t i = 0; i < edit->symbol_count; i++)
		w->symbol_map[i] = symbol_stays(edit, i) ? (uint32_t)w->symbol_count++
							 : KLPCC_EDIT_REMOVED;
	w->symbols_moved = w->symbol_count != edit->symbol_count;
	for (size_t i = 0; i < edit->symbol_count; i++) {
		uint32_t into = edit->symbol_map[i];

		if (into != i && into != KLPCC_EDIT_REMOVED)
			w->symbol_map[i] = w->symbol_map[into];
	}
	return NULL;
}

static struct klpcc_error *removed_error(const struct writer *w, size_t section,
					 const char *what, size_t number,
					 const char *name)
{
	return klpcc_elf_error(w->edit->elf, klpcc_elf_section(w->edit->elf, section),
			       "refers to %s [%zu] '%.80s', which is removed", what,
			       number, name);
}

static struct klpcc_error *map_section(const struct writer *w, size_t from,
				       Elf64_Word *number)
{
	uint32_t mapped = w->section_map[*number];

	if (mapped == NO_SECTION)
		return removed_error(w, from, "section", *number,
				     w->edit->sections[*number].name);
	*number = mapped;
	return NULL;
}

static struct klpcc_error *map_symbol(const struct writer *w, size_t from,
				      Elf64_Word *number)
{
	uint32_t mapped = w->symbol_map[*number];

	if (mapped == KLPCC_EDIT_REMOVED)
		return removed_error(w, from, "symbol", *number,
				     w->edit->symbols[*number].name);
	*number = mapped;
	return NULL;
}

static size_t first_global(const struct writer *w)
{
	size_t old = w->edit->symtab->header.sh_info, kept = 0;

	for (size_t i = 0; i < old; i++)
		kept += w->symbol_map[i] != KLPCC_EDIT_REMOVED;
	return kept;
}

/* Every field of a section header that contains a number of something else. */
static struct klpcc_error *map_header(const struct writer *w, size_t from,
				      GElf_Shdr *header)
{
	struct klpcc_error *err = map_section(w, from, &header->sh_link);

	if (err)
		return err;
	switch (header->sh_type) {
	case SHT_SYMTAB:
		header->sh_info = (Elf64_Word)first_global(w);
		return NULL;
	case SHT_GROUP:
		if (header->sh_info >= w->edit->symbol_count)
			return klpcc_elf_error(
				w->edit->elf, klpcc_elf_section(w->edit->elf, from),
				"sh_info %u names no symbol", header->sh_info);
		return map_symbol(w, from, &header->sh_info);
	case SHT_RELA:
		return map_section(w, from, &header->sh_info);
	default:
		if (!(header->sh_flags & SHF_INFO_LINK))
			return NULL;
		if (header->sh_info >= w->edit->input_sections)
			return klpcc_elf_error(
				w->edit->elf, klpcc_elf_section(w->edit->elf, from),
				"sh_info %u names no section", header->sh_info);
		return map_section(w, from, &header->sh_info);
	}
}

/* ---- tables -------------------------------------------------------------------------- */

static void set_own_data(struct output_section *section, void *data, size_t size,
			 Elf_Type type)
{
	section->own_data = data;
	section->data = data;
	section->type = type;
	section->header.sh_size = size;
}

/*
 * A table of the input in host order, in memory of its own. libelf's bulk conversion: one
 * call a table, not one an entry.
 */
static struct klpcc_error *table_copy(const struct writer *w,
				      const struct klpcc_elf_section *section,
				      Elf_Type type, void **ret)
{
	const unsigned char *bytes;
	Elf_Data from = { .d_type = type, .d_version = EV_CURRENT };
	Elf_Data to = from;
	struct klpcc_error *err;
	size_t size;

	err = klpcc_elf_section_bytes(w->edit->elf, section, &bytes, &size);
	if (err)
		return err;
	to.d_buf = malloc(size ? size : 1);
	if (!to.d_buf)
		return klpcc_error_nomem();
	if (size)
		memcpy(to.d_buf, bytes, size);
	from.d_buf = to.d_buf; /* in place: every ELF64 type is as large on both sides */
	from.d_size = to.d_size = size;
	if (size && !elf64_xlatetom(&to, &from, w->header.e_ident[EI_DATA])) {
		free(to.d_buf);
		return klpcc_elf_error(w->edit->elf, section, "%s", elf_errmsg(-1));
	}
	*ret = to.d_buf;
	return NULL;
}

/* Also renumbers the relocations of sections that nothing else changes. */
static struct klpcc_error *make_relocations(struct writer *w, size_t from,
					    struct output_section *output)
{
	const struct klpcc_edit_section *changed = &w->edit->sections[from];
	const struct klpcc_elf_relocation *relocations = changed->relocations;
	size_t count = changed->relocation_count;
	struct klpcc_error *err = NULL;
	Elf64_Rela *rela;

	if (!changed->relocations_set)
		err = klpcc_elf_relocations(w->edit->elf,
					    klpcc_elf_section(w->edit->elf, from),
					    &relocations, &count);
	if (err)
		return err;
	rela = malloc(count * sizeof(*rela) + 1);
	if (!rela)
		return klpcc_error_nomem();
	set_own_data(output, rela, count * sizeof(*rela), ELF_T_RELA);
	for (size_t i = 0; i < count; i++) {
		uint32_t symbol = w->symbol_map[relocations[i].symbol];

		if (symbol == KLPCC_EDIT_REMOVED)
			return klpcc_error_new(
				EINVAL,
				"%s: section '%.80s', entry %zu: refers to symbol '%.80s', which is removed",
				klpcc_elf_label(w->edit->elf), changed->name, i,
				w->edit->symbols[relocations[i].symbol].name);
		rela[i].r_offset = relocations[i].offset;
		rela[i].r_info = ELF64_R_INFO((uint64_t)symbol, relocations[i].type);
		rela[i].r_addend = relocations[i].addend;
	}
	return NULL;
}

static struct klpcc_error *make_group(struct writer *w, size_t from,
				      struct output_section *output)
{
	const struct klpcc_elf_section *section = klpcc_elf_section(w->edit->elf, from);
	size_t count = section->header.sh_size / sizeof(Elf64_Word), kept = 0;
	Elf64_Word *words;
	struct klpcc_error *err;
	void *table;

	err = table_copy(w, section, ELF_T_WORD, &table);
	if (err)
		return err;
	words = table;
	set_own_data(output, words, 0, ELF_T_WORD);
	for (size_t i = 0; i < count; i++) {
		if (!i) { /* flags */
			kept++;
			continue;
		}
		if (words[i] >= w->edit->input_sections)
			return klpcc_elf_error(w->edit->elf, section,
					       "entry %zu: %u names no section", i,
					       words[i]);
		if (w->section_map[words[i]] != NO_SECTION)
			words[kept++] = w->section_map[words[i]];
	}
	output->header.sh_size = kept * sizeof(*words);
	return NULL;
}

/* New st_name, st_shndx of the symbols that stay, in place, and their extended indices. */
static void move_symbols(const struct writer *w, Elf64_Sym *table, Elf64_Word *extended)
{
	const struct klpcc_edit *edit = w->edit;

	for (size_t i = 0; i < edit->symbol_count; i++) {
		const struct klpcc_elf_symbol *symbol = &edit->symbols[i];
		uint32_t to = w->symbol_map[i], section = symbol->section;
		Elf64_Sym *sym;

		if (to == KLPCC_EDIT_REMOVED || edit->symbol_map[i] != i)
			continue;
		sym = &table[to];
		*sym = table[i];
		sym->st_name = klpcc_strtab_offset(&w->strings[0], sym->st_name);
		if (extended)
			extended[to] = 0;
		if (symbol->reserved)
			continue;
		/* New sections come last: the number of an old one never grows, and a
		 * input without extended indices needs none now. */
		section = w->section_map[section];
		if (section < SHN_LORESERVE) {
			sym->st_shndx = (Elf64_Section)section;
		} else {
			sym->st_shndx = SHN_XINDEX;
			extended[to] = section;
		}
	}
}

static struct klpcc_error *change_symbols(struct writer *w, Elf64_Sym *table,
					  Elf64_Word *extended)
{
	for (size_t i = 0; i < w->edit->change_count; i++) {
		const struct klpcc_edit_change *change = &w->edit->changes[i];
		uint32_t number = w->symbol_map[change->symbol];
		struct klpcc_error *err;
		Elf64_Word name;

		if (number == KLPCC_EDIT_REMOVED)
			continue;
		err = klpcc_strtab_add(&w->strings[0], change->as.name, &name);
		if (err)
			return err;
		table[number].st_name = name;
		table[number].st_value = change->as.value;
		table[number].st_shndx = change->as.reserved;
		table[number].st_info =
			ELF64_ST_INFO(change->as.binding, change->as.type);
		if (extended)
			extended[number] = 0;
	}
	return NULL;
}

static struct klpcc_error *make_symbols(struct writer *w)
{
	const struct klpcc_edit *edit = w->edit;
	struct output_section *symtab = &w->sections[w->section_map[edit->symtab->index]];
	struct output_section *shndx;
	struct klpcc_error *err;
	void *table, *extended = NULL;

	err = table_copy(w, edit->symtab, ELF_T_SYM, &table);
	if (err)
		return err;
	set_own_data(symtab, table, w->symbol_count * sizeof(Elf64_Sym), ELF_T_SYM);
	if (edit->shndx) {
		shndx = &w->sections[w->section_map[edit->shndx->index]];
		extended = calloc(w->symbol_count, sizeof(Elf64_Word));
		if (!extended)
			return klpcc_error_nomem();
		set_own_data(shndx, extended, w->symbol_count * sizeof(Elf64_Word),
			     ELF_T_WORD);
	}
	move_symbols(w, table, extended);
	return change_symbols(w, table, extended);
}

/* ---- string tables ------------------------------------------------------------------- */

static struct klpcc_error *strtab_open(const struct writer *w, size_t section,
				       struct klpcc_strtab *strtab)
{
	const struct klpcc_elf_section *from = klpcc_elf_section(w->edit->elf, section);
	const unsigned char *bytes;
	struct klpcc_error *err;
	size_t size;

	err = klpcc_elf_section_bytes(w->edit->elf, from, &bytes, &size);
	return err ? err : klpcc_strtab_init(bytes, size, strtab);
}

static struct klpcc_error *want_symbol_names(struct writer *w)
{
	const struct klpcc_edit *edit = w->edit;
	const struct klpcc_elf_section *strings =
		klpcc_elf_section(edit->elf, edit->symtab->header.sh_link);
	const unsigned char *bytes;
	bool *changed;
	size_t size;
	struct klpcc_error *err;

	err = klpcc_elf_section_bytes(edit->elf, strings, &bytes, &size);
	if (err)
		return err;
	changed = calloc(edit->symbol_count + 1, sizeof(*changed));
	if (!changed)
		return klpcc_error_nomem();
	for (size_t i = 0; i < edit->change_count; i++)
		changed[edit->changes[i].symbol] = true;
	for (size_t i = 0; i < edit->symbol_count; i++)
		if (!changed[i] && edit->symbol_map[i] == i &&
		    w->symbol_map[i] != KLPCC_EDIT_REMOVED)
			klpcc_strtab_want(&w->strings[0], (size_t)(edit->symbols[i].name -
								   (const char *)bytes));
	free(changed);
	return NULL;
}

/* One table may serve both symbols and sections, as some tools write it. */
static struct klpcc_error *start_strings(struct writer *w)
{
	const struct klpcc_edit *edit = w->edit;
	struct klpcc_error *err;

	err = strtab_open(w, edit->symtab->header.sh_link, &w->strings[0]);
	w->section_strings = &w->strings[0];
	if (!err && w->names != edit->symtab->header.sh_link) {
		w->section_strings = &w->strings[1];
		err = strtab_open(w, w->names, w->section_strings);
	}
	if (!err)
		err = want_symbol_names(w);
	for (size_t i = 1; !err && i < edit->input_sections; i++)
		if (!edit->sections[i].removed)
			klpcc_strtab_want(w->section_strings,
					  edit->sections[i].header.sh_name);
	if (!err)
		err = klpcc_strtab_compact(&w->strings[0]);
	if (!err && w->section_strings != &w->strings[0])
		err = klpcc_strtab_compact(w->section_strings);
	return err;
}

static struct klpcc_error *name_section(struct writer *w, size_t from, GElf_Shdr *header)
{
	const struct klpcc_edit_section *section = &w->edit->sections[from];

	if (section->own_name)
		return klpcc_strtab_add(w->section_strings, section->own_name,
					&header->sh_name);
	header->sh_name = klpcc_strtab_offset(w->section_strings, header->sh_name);
	return NULL;
}

static void finish_strings(struct writer *w)
{
	uint32_t symbols = w->section_map[w->edit->symtab->header.sh_link];
	uint32_t sections = w->section_map[w->names];
	struct klpcc_strtab *strings = &w->strings[0];

	w->sections[symbols].data = strings->bytes;
	w->sections[symbols].header.sh_size = strings->size;
	strings = w->section_strings;
	w->sections[sections].data = strings->bytes;
	w->sections[sections].header.sh_size = strings->size;
}

/* ---- the new file -------------------------------------------------------------------- */

static struct klpcc_error *join_contents(const struct klpcc_edit_section *section,
					 const unsigned char *bytes, size_t size,
					 struct output_section *output)
{
	size_t total;
	unsigned char *joined;

	if (__builtin_add_overflow(size, section->appended_size, &total))
		return klpcc_error_new(EFBIG, "the file grows too large");
	joined = malloc(total + 1);
	if (!joined)
		return klpcc_error_nomem();
	if (size)
		memcpy(joined, bytes, size);
	memcpy(joined + size, section->appended, section->appended_size);
	set_own_data(output, joined, total, ELF_T_BYTE);
	return NULL;
}

static struct klpcc_error *copy_contents(struct writer *w, size_t from,
					 struct output_section *output)
{
	const struct klpcc_elf_section *section = klpcc_elf_section(w->edit->elf, from);
	const struct klpcc_edit_section *changed = &w->edit->sections[from];
	const unsigned char *bytes;
	struct klpcc_error *err;
	size_t size;

	output->type = ELF_T_BYTE;
	if (output->header.sh_type == SHT_NOBITS || output->header.sh_type == SHT_NULL)
		return NULL;
	err = klpcc_elf_section_bytes(w->edit->elf, section, &bytes, &size);
	if (!err && changed->appended)
		return join_contents(changed, bytes, size, output);
	if (changed->contents)
		bytes = changed->contents;
	/* libelf only reads what it is given to write. */
	output->data = err ? NULL : (void *)bytes;
	return err;
}

static struct klpcc_error *make_section(struct writer *w, size_t from)
{
	const struct klpcc_edit_section *section = &w->edit->sections[from];
	struct output_section *output = &w->sections[w->section_map[from]];
	struct klpcc_error *err;

	output->header = section->header;
	/* gABI: the fields of an inactive header mean nothing; libelf believes the size. */
	if (output->header.sh_type == SHT_NULL)
		output->header.sh_size = 0;
	err = map_header(w, from, &output->header);
	if (!err)
		err = name_section(w, from, &output->header);
	if (err)
		return err;
	switch (section->header.sh_type) {
	case SHT_RELA:
		if (section->relocations_set || w->symbols_moved)
			return make_relocations(w, from, output);
		return copy_contents(w, from, output);
	case SHT_GROUP:
		return make_group(w, from, output);
	default:
		return copy_contents(w, from, output);
	}
}

/*
 * gABI, sh_entsize: the table is of entries of that size; libelf writes no other, and puts the
 * size that a type has in the place of what the header says.
 */
static struct klpcc_error *check_entries(const struct writer *w)
{
	for (size_t i = 1; i < w->edit->input_sections; i++) {
		const GElf_Shdr *header;
		uint64_t size;

		if (w->edit->sections[i].removed)
			continue;
		header = &w->sections[w->section_map[i]].header;
		size = header->sh_type == SHT_HASH      ? sizeof(Elf64_Word)
		       : header->sh_type == SHT_DYNAMIC ? sizeof(Elf64_Dyn)
							: header->sh_entsize;
		if (size && header->sh_type != SHT_NULL && header->sh_size % size)
			return klpcc_elf_error(
				w->edit->elf, klpcc_elf_section(w->edit->elf, i),
				"size 0x%llx is not a multiple of the entry size %llu",
				(unsigned long long)header->sh_size,
				(unsigned long long)size);
	}
	return NULL;
}

static struct klpcc_error *make_sections(struct writer *w)
{
	const struct klpcc_edit *edit = w->edit;
	struct klpcc_error *err = NULL;

	/* Section 0 describes the table itself; libelf and write_header() fill it. */
	w->sections[0].type = ELF_T_BYTE;
	for (size_t i = 1; !err && i < edit->section_count; i++)
		if (!edit->sections[i].removed)
			err = make_section(w, i);
	if (!err)
		err = make_symbols(w);
	if (err)
		return err;
	finish_strings(w);
	return check_entries(w);
}

/* Assigns offsets: header, sections in their order, section table. */
static struct klpcc_error *lay_out(struct writer *w)
{
	uint64_t at = sizeof(Elf64_Ehdr);

	for (size_t i = 1; i < w->section_count; i++) {
		GElf_Shdr *header = &w->sections[i].header;
		uint64_t align = header->sh_addralign ? header->sh_addralign : 1;

		if (align > OFFSET_ALIGN_MAX)
			align = OFFSET_ALIGN_MAX;

		if (__builtin_add_overflow(at, align - 1, &at))
			return klpcc_error_new(EFBIG, "the file grows too large");
		at &= ~(align - 1);
		header->sh_offset = at;
		if (header->sh_type != SHT_NOBITS && header->sh_type != SHT_NULL &&
		    __builtin_add_overflow(at, header->sh_size, &at))
			return klpcc_error_new(EFBIG, "the file grows too large");
	}
	if (at > INT64_MAX - 64)
		return klpcc_error_new(EFBIG, "the file grows too large");
	w->header.e_shoff = (at + 7) & ~(uint64_t)7;
	return NULL;
}

/*
 * In the other byte order libelf takes memory for a copy of what it is given at once: pages that
 * cost more than the conversion. A multiple of every entry's size, and less than malloc() maps.
 */
#define PIECE ((size_t)24 * 4096)

static bool write_section(Elf *out, const struct output_section *section)
{
	size_t size = section->header.sh_type == SHT_NULL ? 0 : section->header.sh_size;
	Elf_Scn *scn = elf_newscn(out);
	size_t at = 0;

	/* Without memory elf_newscn() gives a section that has no header. */
	if (!scn || elf_errmsg(0) ||
	    !gelf_update_shdr(scn, (GElf_Shdr *)&section->header))
		return false;
	do {
		size_t rest = size - at;
		Elf_Data *data = elf_newdata(scn);

		if (!data)
			return false;
		data->d_type = section->type;
		data->d_version = EV_CURRENT;
		data->d_align = 1;
		data->d_off = (int64_t)at;
		/* Without bytes (SHT_NOBITS) there is nothing to cut. */
		data->d_size = section->data && rest > PIECE ? PIECE : rest;
		data->d_buf = section->data ? (char *)section->data + at : NULL;
		at += data->d_size;
	} while (at < size);
	return true;
}

static bool write_header(Elf *out, const struct writer *w)
{
	size_t names = w->section_map[w->names];
	GElf_Ehdr header = w->header;
	Elf_Scn *first = elf_getscn(out, 0);
	GElf_Shdr zero;

	header.e_phoff = 0;
	header.e_shnum = 0; /* libelf counts */
	header.e_shstrndx = (Elf64_Half)names;
	if (names >= SHN_LORESERVE) { /* gABI, e_shstrndx: the number is in section 0 */
		header.e_shstrndx = SHN_XINDEX;
		if (!first || !gelf_getshdr(first, &zero))
			return false;
		zero.sh_link = (Elf64_Word)names;
		if (!gelf_update_shdr(first, &zero))
			return false;
	}
	return gelf_update_ehdr(out, &header);
}

static struct klpcc_error *write_elf(const struct writer *w, int fd)
{
	struct klpcc_error *err = NULL;
	Elf *out = elf_begin(fd, ELF_C_WRITE, NULL);
	bool done = out && gelf_newehdr(out, ELFCLASS64);

	if (done)
		elf_errno(); /* forgets an earlier call's, see write_section() */
	for (size_t i = 1; done && i < w->section_count; i++)
		done = write_section(out, &w->sections[i]);
	if (done)
		elf_flagelf(out, ELF_C_SET, ELF_F_LAYOUT);
	done = done && write_header(out, w);
	errno = 0;
	done = done && elf_update(out, ELF_C_WRITE) >= 0;
	/* libelf does not say why a write failed: that the disk is full, say. */
	if (!done && errno)
		err = klpcc_error_errno(errno, "cannot write");
	else if (!done)
		err = klpcc_error_new(EIO, "cannot write: %s", elf_errmsg(-1));
	elf_end(out);
	return err;
}

static struct klpcc_error *prepare_output(struct writer *w)
{
	struct klpcc_error *err;

	w->header = *klpcc_elf_header(w->edit->elf);
	w->names = w->header.e_shstrndx == SHN_XINDEX
			   ? klpcc_elf_section(w->edit->elf, 0)->header.sh_link
			   : w->header.e_shstrndx;
	err = number_sections(w);
	if (!err)
		err = number_symbols(w);
	if (!err)
		err = start_strings(w);
	if (!err)
		err = make_sections(w);
	if (!err)
		err = lay_out(w);
	return err;
}

static void writer_deinit(struct writer *w)
{
	for (size_t i = 0; i < w->section_count && w->sections; i++)
		free(w->sections[i].own_data);
	free(w->sections);
	free(w->section_map);
	free(w->symbol_map);
	klpcc_strtab_deinit(&w->strings[0]);
	klpcc_strtab_deinit(&w->strings[1]);
}

struct klpcc_error *klpcc_edit_write(struct klpcc_edit *edit, const char *path,
				     mode_t mode)
{
	struct writer w = { .edit = edit };
	struct klpcc_output output;
	struct klpcc_error *err;

	err = prepare_output(&w);
	if (!err)
		err = klpcc_output_begin(path, mode, &output);
	if (!err) {
		err = klpcc_error_prefix(write_elf(&w, output.fd), "%s", path);
		if (err)
			klpcc_output_discard(&output);
		else
			err = klpcc_output_commit(&output);
	}
	writer_deinit(&w);
	return err;
}
