// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A module that is being loaded is checked, and what is needed later is taken from it.
 *
 * Called once for a module, with the loader's section headers, before any of its klp
 * relocations is applied. The loader says only where the headers are; how many there are
 * stands in the ELF header, which is found through the string table and must then agree with
 * what the loader said. From there on nothing that the file says is used before it is
 * checked: whoever applies relocations later relies on what was checked here.
 *
 * Names are copied, since the loader's tables are freed; the relocations themselves stay in
 * the module.
 */
#include <linux/bitmap.h>
#include <linux/hashtable.h>
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/stringhash.h>

#include "resolver.h"

/* Where the reading of one module stands. */
struct reader {
	const struct klpcc_load *load;
	const Elf_Ehdr *header;
	const Elf_Sym *symtab;
	u64 shstrtab_size, strtab_size;
	unsigned int symbol_total;
	unsigned long *used; /* symbols that a relocation names */
	/* By section: where its bytes begin in `taken`, plus 1. 0: no klp relocation is there. */
	unsigned long *first;
	unsigned long *taken; /* bytes that a klp relocation writes */
	struct klpcc_patch *patch;
	char *next_name;
	u64 *next_written;
};

#define refuse(reader, format, ...)                                           \
	({                                                                    \
		pr_err(KLPCC_NAME ": " format "\n",                           \
		       klpcc_name((reader)->load->mod->name), ##__VA_ARGS__); \
		-EINVAL;                                                      \
	})

static const char *section_name(const struct reader *reader, unsigned int index)
{
	return reader->load->shstrtab + reader->load->sechdrs[index].sh_name;
}

/* ---- names ----------------------------------------------------------------------------- */

bool klpcc_is_object_section(const char *name)
{
	struct klpcc_section_name parsed;

	return klpcc_object_section_parse(name, strlen(name), &parsed) !=
	       -KLPCC_NAME_NOT_OURS;
}

bool klpcc_has_object_symbols(struct module *mod)
{
	const struct mod_kallsyms *kallsyms = &mod->core_kallsyms;
	struct klpcc_ref ref;
	unsigned int i;

	for (i = 1; i < kallsyms->num_symtab; i++) {
		const Elf_Sym *symbol = &kallsyms->symtab[i];
		const char *name = kallsyms->strtab + symbol->st_name;

		if (symbol->st_shndx == KLPCC_SHN_LIVEPATCH &&
		    klpcc_object_symbol_parse(name, strlen(name), &ref) !=
			    -KLPCC_NAME_NOT_OURS)
			return true;
		if (i % 1024 == 0)
			cond_resched();
	}
	return false;
}

/* Room was measured for all of them. */
static const char *keep_name(struct reader *reader, struct klpcc_span name)
{
	char *copy = reader->next_name;

	memcpy(copy, name.start, name.len);
	copy[name.len] = '\0';
	reader->next_name += name.len + 1;
	return copy;
}

static struct hlist_head *object_head(const struct klpcc_patch *patch,
				      struct klpcc_span name)
{
	return &patch->object_heads[hash_32(full_name_hash(NULL, name.start, name.len),
					    patch->object_bits)];
}

int klpcc_find_object(const struct klpcc_patch *patch, struct klpcc_span name)
{
	const struct klpcc_object *object;

	hlist_for_each_entry(object, object_head(patch, name), node)
	{
		if (klpcc_span_is(name, object->name))
			return object - patch->objects;
	}
	return -1;
}

/* The number of an object in the patch's list, which it joins if need be. */
static unsigned int object_number(struct reader *reader, struct klpcc_span name)
{
	struct klpcc_patch *patch = reader->patch;
	int number = klpcc_find_object(patch, name);
	struct klpcc_object *object = &patch->objects[patch->object_count];

	if (number >= 0)
		return number;
	object->name = keep_name(reader, name);
	hlist_add_head(&object->node, object_head(patch, name));
	return patch->object_count++;
}

/* ---- the file -------------------------------------------------------------------------- */

/* Its last byte is NUL, so that every name in it ends. */
static bool is_string_table(const char *table, u64 size)
{
	return size && table[size - 1] == '\0';
}

static int find_header(struct reader *reader)
{
	const struct klpcc_load *load = reader->load;
	const Elf_Shdr *symtab = &load->sechdrs[load->symndx];
	const Elf_Shdr *strtab = &load->sechdrs[symtab->sh_link];
	const Elf_Ehdr *header = (const void *)load->strtab - strtab->sh_offset;

	if (memcmp(header->e_ident, ELFMAG, SELFMAG) ||
	    (const void *)header + header->e_shoff != load->sechdrs ||
	    header->e_shstrndx >= header->e_shnum || load->symndx >= header->e_shnum ||
	    symtab->sh_link >= header->e_shnum ||
	    (const char *)header + load->sechdrs[header->e_shstrndx].sh_offset !=
		    load->shstrtab)
		return refuse(reader, "its ELF header is not where this kernel should "
				      "have it");
	reader->header = header;
	reader->shstrtab_size = load->sechdrs[header->e_shstrndx].sh_size;
	reader->strtab_size = strtab->sh_size;
	if (!is_string_table(load->shstrtab, reader->shstrtab_size) ||
	    !is_string_table(load->strtab, reader->strtab_size))
		return refuse(reader, "a string table does not end with a NUL");
	if (symtab->sh_size % sizeof(Elf_Sym) ||
	    symtab->sh_size / sizeof(Elf_Sym) > INT_MAX)
		return refuse(reader, "section %u: not a symbol table", load->symndx);
	reader->symtab = (const Elf_Sym *)symtab->sh_addr;
	reader->symbol_total = symtab->sh_size / sizeof(Elf_Sym);
	return 0;
}

/* ---- sections and their relocations ---------------------------------------------------- */

static bool in_module(const struct module *mod, const Elf_Shdr *section)
{
	return section->sh_size && section->sh_size <= INT_MAX &&
	       within_module(section->sh_addr, mod) &&
	       within_module(section->sh_addr + section->sh_size - 1, mod);
}

/* Symbols, names, klp relocations: what the loader, the livepatch core or the resolver read. */
static bool is_read(const struct reader *reader, unsigned int index)
{
	const struct klpcc_load *load = reader->load;

	return index == load->symndx || index == load->sechdrs[load->symndx].sh_link ||
	       index == reader->header->e_shstrndx ||
	       load->sechdrs[index].sh_flags & KLPCC_SHF_RELA_LIVEPATCH;
}

/*
 * What is wrong with a section as one that is relocated, or NULL. It must be the module's own
 * program: what the loader, the livepatch core or the resolver read themselves (symbols, names,
 * relocations, the struct module) has another type, or is known by its place. Its type is the
 * file's; names decide about nothing.
 */
static const char *check_relocated(const struct reader *reader, unsigned int index)
{
	const struct klpcc_load *load = reader->load;
	const Elf_Shdr *section = &load->sechdrs[index];

	if (!in_module(load->mod, section))
		return "is not in the module's memory";
	if (section->sh_type != SHT_PROGBITS || is_read(reader, index))
		return "is no part of the program";
	if ((unsigned long)load->mod - section->sh_addr < section->sh_size)
		return "is the module's own description";
	return NULL;
}

/* sh_entsize is not looked at: by now the loader keeps something of its own there. */
static int check_section_header(const struct reader *reader, unsigned int index)
{
	const struct klpcc_load *load = reader->load;
	const Elf_Shdr *section = &load->sechdrs[index];
	const char *name = section_name(reader, index), *problem;

	if (!(section->sh_flags & KLPCC_SHF_RELA_LIVEPATCH))
		return refuse(reader,
			      "section " KLPCC_NAME ": has no flag SHF_RELA_LIVEPATCH",
			      klpcc_name(name));
	if (section->sh_type != SHT_RELA)
		return refuse(reader, "section " KLPCC_NAME ": type %u is not SHT_RELA",
			      klpcc_name(name), section->sh_type);
	if (section->sh_size % sizeof(Elf_Rela))
		return refuse(reader,
			      "section " KLPCC_NAME
			      ": size %llu is not one of relocations",
			      klpcc_name(name), (u64)section->sh_size);
	if (section->sh_link != load->symndx)
		return refuse(reader,
			      "section " KLPCC_NAME
			      ": sh_link %u is not the symbol table",
			      klpcc_name(name), section->sh_link);
	if (!section->sh_info || section->sh_info >= reader->header->e_shnum)
		return refuse(reader, "section " KLPCC_NAME ": sh_info %u is no section",
			      klpcc_name(name), section->sh_info);
	if (!section->sh_size)
		return 0;
	if (!in_module(load->mod, section))
		return refuse(reader,
			      "section " KLPCC_NAME ": not in the module's memory",
			      klpcc_name(name));
	problem = check_relocated(reader, section->sh_info);
	if (problem)
		return refuse(reader,
			      "section " KLPCC_NAME ": the relocated section %u %s",
			      klpcc_name(name), section->sh_info, problem);
	return 0;
}

/* Returns what is wrong with a relocation, or NULL. */
static const char *check_rela(const struct reader *reader, const Elf_Rela *rela,
			      const Elf_Shdr *relocated)
{
	u32 symbol = ELF_R_SYM(rela->r_info);

	if (rela->r_offset >= relocated->sh_size)
		return "the place is outside of its section";
	if (!symbol || symbol >= reader->symbol_total)
		return "there is no such symbol";
	if (reader->symtab[symbol].st_shndx != KLPCC_SHN_LIVEPATCH)
		return "the symbol is not SHN_LIVEPATCH";
	if (reader->symtab[symbol].st_name >= reader->strtab_size)
		return "the symbol's name is outside of its table";
	if (klpcc_arch_size(rela) < 0)
		return "unknown relocation type";
	if (klpcc_arch_size(rela) > relocated->sh_size - rela->r_offset)
		return "the place ends outside of its section";
	if (!klpcc_is_empty(rela, (const void *)relocated->sh_addr + rela->r_offset))
		return "the place is not empty";
	return NULL;
}

static int refuse_entry(const struct reader *reader, unsigned int index,
			unsigned int entry, const char *problem)
{
	const Elf_Rela *rela =
		(const Elf_Rela *)reader->load->sechdrs[index].sh_addr + entry;

	return refuse(reader,
		      "section " KLPCC_NAME ", entry %u: %s (type %u, symbol %u, "
		      "offset 0x%llx)",
		      klpcc_name(section_name(reader, index)), entry, problem,
		      (u32)ELF_R_TYPE(rela->r_info), (u32)ELF_R_SYM(rela->r_info),
		      (u64)rela->r_offset);
}

static int check_relas(struct reader *reader, unsigned int index)
{
	const Elf_Shdr *section = &reader->load->sechdrs[index];
	const Elf_Shdr *relocated = &reader->load->sechdrs[section->sh_info];
	const Elf_Rela *relas = (const Elf_Rela *)section->sh_addr;
	unsigned int i, count = section->sh_size / sizeof(Elf_Rela);

	for (i = 0; i < count; i++) {
		const char *problem = check_rela(reader, &relas[i], relocated);

		if (problem)
			return refuse_entry(reader, index, i, problem);
		__set_bit(ELF_R_SYM(relas[i].r_info), reader->used);
		if (i % 1024 == 0)
			cond_resched();
	}
	return 0;
}

/*
 * Checks a section if it is one of ours. *names: room that its names take. -EINVAL, or whether
 * it is.
 */
static int check_section(struct reader *reader, unsigned int index, size_t *names)
{
	const Elf_Shdr *section = &reader->load->sechdrs[index];
	struct klpcc_section_name name;
	int err;

	if (section->sh_name >= reader->shstrtab_size)
		return refuse(reader, "section %u: its name is outside of its table",
			      index);
	if (!klpcc_is_object_section(section_name(reader, index)))
		return 0;
	err = klpcc_object_section_parse(section_name(reader, index),
					 strlen(section_name(reader, index)), &name);
	if (err)
		return refuse(reader, "section " KLPCC_NAME ": the name is malformed: %s",
			      klpcc_name(section_name(reader, index)),
			      klpcc_name_strerror(err));
	err = check_section_header(reader, index);
	if (!err && section->sh_size)
		err = check_relas(reader, index);
	if (err)
		return err;
	*names += strlen(section_name(reader, index)) + 1 + name.gate.len + 1;
	return 1;
}

/* ---- places ---------------------------------------------------------------------------- */

/*
 * No byte is written by two relocations of the module: so an empty place stays so until its own
 * one is applied, and what is emptied later is nobody else's.
 */

/* Whether any byte of a place is taken; takes it when `take` says so, and it is free. */
static bool is_taken(struct reader *reader, const Elf_Shdr *section, const Elf_Rela *rela,
		     bool take)
{
	unsigned long start = reader->first[section->sh_info] - 1 + rela->r_offset;
	unsigned long end = start + klpcc_arch_size(rela);

	if (find_next_bit(reader->taken, end, start) < end)
		return true;
	if (take)
		bitmap_set(reader->taken, start, end - start);
	return false;
}

static int take_places(struct reader *reader, unsigned int index)
{
	const Elf_Shdr *section = &reader->load->sechdrs[index];
	const Elf_Rela *relas = (const Elf_Rela *)section->sh_addr;
	unsigned int i, count = section->sh_size / sizeof(Elf_Rela);

	for (i = 0; i < count; i++) {
		if (is_taken(reader, section, &relas[i], true))
			return refuse_entry(reader, index, i,
					    "the place is another entry's, too");
		if (i % 1024 == 0)
			cond_resched();
	}
	return 0;
}

/*
 * A section that is not ours, in a module whose klp places are all taken: an ordinary one, or one
 * in mainline form. Nobody has checked its entries; those that are out of range or of no known
 * type are the kernel's to refuse. The loader may apply it after this, so it must not change what
 * was checked.
 */
static int compare_places(struct reader *reader, unsigned int index)
{
	const Elf_Shdr *section = &reader->load->sechdrs[index];
	const Elf_Rela *relas = (const Elf_Rela *)section->sh_addr;
	unsigned int i, count = section->sh_size / sizeof(Elf_Rela);
	const Elf_Shdr *relocated;

	if (section->sh_type != SHT_RELA || section->sh_info >= reader->header->e_shnum)
		return 0;
	if (count && is_read(reader, section->sh_info))
		return refuse(reader,
			      "section " KLPCC_NAME
			      ": the relocated section %u is no part of the program",
			      klpcc_name(section_name(reader, index)), section->sh_info);
	if (!reader->first[section->sh_info])
		return 0;
	relocated = &reader->load->sechdrs[section->sh_info];
	for (i = 0; i < count; i++) {
		int size = klpcc_arch_size(&relas[i]);

		if (size > 0 && relas[i].r_offset < relocated->sh_size &&
		    size <= relocated->sh_size - relas[i].r_offset &&
		    is_taken(reader, section, &relas[i], false))
			return refuse_entry(reader, index, i,
					    "the place is a klp relocation's, too");
		if (i % 1024 == 0)
			cond_resched();
	}
	return 0;
}

static bool is_ours(const struct reader *reader, unsigned int index)
{
	return klpcc_is_object_section(section_name(reader, index));
}

/* Gives each relocated section its part of the bitmap. */
static int allocate_places(struct reader *reader)
{
	const Elf_Shdr *sechdrs = reader->load->sechdrs;
	unsigned int i, count = reader->header->e_shnum;
	unsigned long total = 0;

	reader->first = kvcalloc(count, sizeof(*reader->first), GFP_KERNEL);
	if (!reader->first)
		return -ENOMEM;
	for (i = 1; i < count; i++) {
		unsigned int info = sechdrs[i].sh_info;

		if (!is_ours(reader, i) || !sechdrs[i].sh_size || reader->first[info])
			continue;
		reader->first[info] = total + 1;
		total += sechdrs[info].sh_size;
	}
	reader->taken = kvcalloc(BITS_TO_LONGS(total) + 1, sizeof(long), GFP_KERNEL);
	return reader->taken ? 0 : -ENOMEM;
}

static int check_places(struct reader *reader)
{
	unsigned int i;
	int err = allocate_places(reader);

	for (i = 1; !err && i < reader->header->e_shnum; i++)
		if (is_ours(reader, i))
			err = take_places(reader, i);
	for (i = 1; !err && i < reader->header->e_shnum; i++)
		if (!is_ours(reader, i))
			err = compare_places(reader, i);
	return err;
}

/* ---- what is kept ---------------------------------------------------------------------- */

static int parse_symbol(const struct reader *reader, unsigned int index,
			struct klpcc_ref *ret)
{
	const char *name = reader->load->strtab + reader->symtab[index].st_name;
	int err = klpcc_object_symbol_parse(name, strlen(name), ret);

	if (err)
		return refuse(reader,
			      "symbol %u, " KLPCC_NAME ": the name is malformed: %s",
			      index, klpcc_name(name), klpcc_name_strerror(err));
	if (reader->symtab[index].st_value > UINT_MAX)
		return refuse(reader, "symbol %u, " KLPCC_NAME ": %llu is no position",
			      index, klpcc_name(name),
			      (u64)reader->symtab[index].st_value);
	return 0;
}

static int count_symbols(struct reader *reader, unsigned int *count, size_t *names)
{
	struct klpcc_ref ref;
	unsigned int i;

	for_each_set_bit(i, reader->used, reader->symbol_total)
	{
		int err = parse_symbol(reader, i, &ref);

		if (err)
			return err;
		*names += ref.symbol.len + 1 + ref.object.len + 1;
		if (++*count % 1024 == 0)
			cond_resched();
	}
	return 0;
}

static void keep_section(struct reader *reader, unsigned int index)
{
	const struct klpcc_load *load = reader->load;
	struct klpcc_patch *patch = reader->patch;
	struct klpcc_section *section = &patch->sections[patch->section_count++];
	const Elf_Shdr *header = &load->sechdrs[index];
	struct klpcc_section_name name;

	klpcc_object_section_parse(section_name(reader, index),
				   strlen(section_name(reader, index)), &name);
	section->name = keep_name(reader, klpcc_span_of(section_name(reader, index)));
	section->index = index;
	section->gate = object_number(reader, name.gate);
	section->count = header->sh_size / sizeof(Elf_Rela);
	section->written = reader->next_written;
	reader->next_written += section->count;
	section->init =
		within_module_init(load->sechdrs[header->sh_info].sh_addr, load->mod);
	section->state = KLPCC_WAITING;
}

static void keep_symbol(struct reader *reader, unsigned int index)
{
	struct klpcc_patch *patch = reader->patch;
	struct klpcc_symbol *symbol = &patch->symbols[patch->symbol_count++];
	struct klpcc_ref ref;

	/* It was parsed once: there is no error. */
	if (klpcc_object_symbol_parse(
		    reader->load->strtab + reader->symtab[index].st_name,
		    strlen(reader->load->strtab + reader->symtab[index].st_name), &ref))
		return;
	symbol->name = keep_name(reader, ref.symbol);
	symbol->object = object_number(reader, ref.object);
	symbol->index = index;
	symbol->sympos = reader->symtab[index].st_value;
}

/* How many there are of what is kept, and bytes of names. */
struct room {
	unsigned int sections, relocations, symbols;
	size_t names;
};

static int allocate(struct reader *reader, const struct room *room)
{
	size_t headers = reader->header->e_shnum * sizeof(Elf_Shdr);
	/* At most one for each. */
	unsigned int objects = room->sections + room->symbols;
	struct klpcc_patch *patch;

	patch = kzalloc(sizeof(*patch), GFP_KERNEL);
	if (!patch)
		return -ENOMEM;
	reader->patch = patch;
	INIT_LIST_HEAD(&patch->list);
	patch->mod = reader->load->mod;
	patch->symndx = reader->load->symndx;
	patch->symbol_total = reader->symbol_total;
	patch->object_bits = ilog2(roundup_pow_of_two(objects + 1));
	patch->sechdrs = kvmalloc(headers, GFP_KERNEL);
	patch->sections = kvcalloc(room->sections, sizeof(*patch->sections), GFP_KERNEL);
	patch->symbols = kvcalloc(room->symbols, sizeof(*patch->symbols), GFP_KERNEL);
	patch->objects = kvcalloc(objects, sizeof(*patch->objects), GFP_KERNEL);
	patch->object_heads = kvcalloc(1ul << patch->object_bits,
				       sizeof(*patch->object_heads), GFP_KERNEL);
	patch->written = kvcalloc(room->relocations, sizeof(*patch->written), GFP_KERNEL);
	patch->names = kvmalloc(room->names, GFP_KERNEL);
	if (!patch->sechdrs || !patch->sections || !patch->symbols || !patch->objects ||
	    !patch->object_heads || !patch->written || !patch->names)
		return -ENOMEM;
	memcpy(patch->sechdrs, reader->load->sechdrs, headers);
	reader->next_name = patch->names;
	reader->next_written = patch->written;
	return 0;
}

static int read_module(struct reader *reader)
{
	struct room room = { .names = 1 };
	unsigned int i;
	int err;

	for (i = 1; i < reader->header->e_shnum; i++) {
		err = check_section(reader, i, &room.names);
		if (err < 0)
			return err;
		room.sections += err;
		if (err)
			room.relocations +=
				reader->load->sechdrs[i].sh_size / sizeof(Elf_Rela);
		cond_resched();
	}
	err = check_places(reader);
	if (!err)
		err = count_symbols(reader, &room.symbols, &room.names);
	if (!err)
		err = allocate(reader, &room);
	if (err)
		return err;
	for (i = 1; i < reader->header->e_shnum; i++) {
		if (is_ours(reader, i))
			keep_section(reader, i);
		cond_resched();
	}
	for_each_set_bit(i, reader->used, reader->symbol_total)
	{
		keep_symbol(reader, i);
		cond_resched();
	}
	return 0;
}

int klpcc_patch_read(const struct klpcc_load *load, struct klpcc_patch **ret)
{
	struct reader reader = { .load = load };
	int err;

	err = find_header(&reader);
	if (err)
		return err;
	reader.used =
		kvcalloc(BITS_TO_LONGS(reader.symbol_total), sizeof(long), GFP_KERNEL);
	if (!reader.used)
		return -ENOMEM;
	err = read_module(&reader);
	kvfree(reader.used);
	kvfree(reader.first);
	kvfree(reader.taken);
	if (err)
		klpcc_patch_free(reader.patch);
	else
		*ret = reader.patch;
	return err;
}

void klpcc_patch_free(struct klpcc_patch *patch)
{
	if (!patch)
		return;
	kvfree(patch->sechdrs);
	kvfree(patch->sections);
	kvfree(patch->symbols);
	kvfree(patch->objects);
	kvfree(patch->object_heads);
	kvfree(patch->written);
	kvfree(patch->names);
	kfree(patch);
}
