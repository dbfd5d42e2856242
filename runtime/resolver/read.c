// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Checks a module that is being loaded, and keeps what is needed later.
 *
 * Called once for a module, with the loader's section headers, before any of its klp
 * relocations is applied. The loader passes only the address of the headers. Their number is in
 * the ELF header, which is found through the string table and must then agree with what the loader
 * passed. From there on nothing in the file is used before it is checked: the code that applies
 * relocations later relies on these checks.
 *
 * Names are copied, since the loader's tables are freed; the relocations themselves stay in
 * the module.
 */
#include <linux/bits.h>
#include <linux/hashtable.h>
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/stringhash.h>

#include "resolver.h"

/* What is known about a section. */
struct noted {
	bool ours; /* one of object form, checked */
	/* Where its bytes begin in reader.taken, plus 1. 0: it has no klp relocations. */
	unsigned long first;
};

/* State of reading one module. */
struct reader {
	const struct klpcc_load *load;
	const Elf_Ehdr *header;
	const Elf_Sym *symtab;
	u64 shstrtab_size, strtab_size;
	unsigned int symbol_total;
	/*
	 * By index: not 0 where a relocation names the symbol, and once they are counted the
	 * length of its name, plus 1. From keep_symbol() on it is the patch's.
	 */
	unsigned int *symbol_numbers;
	struct noted *noted;  /* by section */
	unsigned long *taken; /* bytes that a klp relocation writes */
	struct klpcc_patch *patch;
	char *next_name;
	u64 *next_written;
	struct klpcc_span last_object; /* that object_number() was asked for */
	unsigned int last_number;
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

/* There is room: it was measured for all names. */
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

	hlist_for_each_entry(object, object_head(patch, name), node) {
		if (klpcc_span_is(name, object->name))
			return object - patch->objects;
	}
	return -1;
}

/*
 * The number of an object in the patch's list, to which it is added if needed. Most names have the
 * same object as the name before.
 */
static unsigned int object_number(struct reader *reader, struct klpcc_span name)
{
	struct klpcc_patch *patch = reader->patch;
	struct klpcc_object *object = &patch->objects[patch->object_count];
	int number;

	if (patch->object_count && klpcc_span_equal(name, reader->last_object))
		return reader->last_number;
	number = klpcc_find_object(patch, name);
	if (number < 0) {
		object->name = keep_name(reader, name);
		hlist_add_head(&object->node, object_head(patch, name));
		number = patch->object_count++;
	}
	reader->last_object = name;
	reader->last_number = number;
	return number;
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
		return refuse(reader,
			      "its ELF header is not where this kernel should have it");
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

/* Whether the loader, the livepatch core or the resolver read it: symbols, names, relocations. */
static bool is_read(const struct reader *reader, unsigned int index)
{
	const struct klpcc_load *load = reader->load;

	return index == load->symndx || index == load->sechdrs[load->symndx].sh_link ||
	       index == reader->header->e_shstrndx ||
	       load->sechdrs[index].sh_flags & KLPCC_SHF_RELA_LIVEPATCH;
}

/*
 * Returns why a section must not be relocated, or NULL. It must be part of the module's program:
 * what the loader, the livepatch core or the resolver read themselves (symbols, names, relocations,
 * the struct module) has another type, or is recognized by its address. The type is the one in the
 * file; names do not matter.
 */
static const char *check_relocated(const struct reader *reader, unsigned int index)
{
	const struct klpcc_load *load = reader->load;
	const Elf_Shdr *section = &load->sechdrs[index];

	if (!in_module(load->mod, section))
		return "is not in the module's memory";
	if (section->sh_type != SHT_PROGBITS || is_read(reader, index))
		return "is not part of the program";
	if ((unsigned long)load->mod - section->sh_addr < section->sh_size)
		return "is the module's own description";
	return NULL;
}

/* sh_entsize is not checked: by now the loader keeps a value of its own there. */
static int check_section_header(const struct reader *reader, unsigned int index)
{
	const struct klpcc_load *load = reader->load;
	const Elf_Shdr *section = &load->sechdrs[index];
	const char *name = section_name(reader, index), *problem;

	if (!(section->sh_flags & KLPCC_SHF_RELA_LIVEPATCH))
		return refuse(reader,
			      "section " KLPCC_NAME
			      ": the flag SHF_RELA_LIVEPATCH is missing",
			      klpcc_name(name));
	if (section->sh_type != SHT_RELA)
		return refuse(reader, "section " KLPCC_NAME ": type %u is not SHT_RELA",
			      klpcc_name(name), section->sh_type);
	if (section->sh_size % sizeof(Elf_Rela))
		return refuse(reader,
			      "section " KLPCC_NAME
			      ": size %llu is not a multiple of the size of a relocation",
			      klpcc_name(name), (u64)section->sh_size);
	if (section->sh_link != load->symndx)
		return refuse(reader,
			      "section " KLPCC_NAME
			      ": sh_link %u is not the symbol table",
			      klpcc_name(name), section->sh_link);
	if (!section->sh_info || section->sh_info >= reader->header->e_shnum)
		return refuse(reader,
			      "section " KLPCC_NAME ": sh_info %u is not a section",
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
	const struct klpcc_reloc *reloc = klpcc_arch_reloc(rela);

	if (rela->r_offset >= relocated->sh_size)
		return "the place is outside of its section";
	if (!symbol || symbol >= reader->symbol_total)
		return "there is no such symbol";
	if (reader->symtab[symbol].st_shndx != KLPCC_SHN_LIVEPATCH)
		return "the symbol is not SHN_LIVEPATCH";
	if (reader->symtab[symbol].st_name >= reader->strtab_size)
		return "the symbol's name is outside of its table";
	if (!reloc)
		return "unknown relocation type";
	if (reloc->field.width > relocated->sh_size - rela->r_offset)
		return "the place ends outside of its section";
	if (!klpcc_place_is_empty(reloc,
				  (const void *)relocated->sh_addr + rela->r_offset))
		return "the place is not empty";
	return NULL;
}

static int refuse_entry(const struct reader *reader, unsigned int index,
			unsigned int entry, const char *problem)
{
	const Elf_Rela *rela =
		(const Elf_Rela *)reader->load->sechdrs[index].sh_addr + entry;

	return refuse(reader,
		      "section " KLPCC_NAME
		      ", entry %u: %s (type %u, symbol %u, offset 0x%llx)",
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
		reader->symbol_numbers[ELF_R_SYM(relas[i].r_info)] = 1;
		if (i % 1024 == 0)
			cond_resched();
	}
	return 0;
}

/*
 * Checks a section if it is one of ours. *names: room that its names take. Returns -EINVAL, 1 if
 * it is ours, or 0.
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
 * No byte is written by two relocations of the module, so a place stays empty until its own
 * relocation is applied, and emptying it later does not affect another one.
 */

/*
 * Whether any byte of a place is taken; takes it when `take` says so, and it is free. A place has
 * no more than eight bytes, so it lies in two words of the bitmap at most, and the bitmap has
 * a word more than it needs.
 */
static bool is_taken(struct reader *reader, const Elf_Shdr *section, const Elf_Rela *rela,
		     unsigned int size, bool take)
{
	unsigned long start = reader->noted[section->sh_info].first - 1 + rela->r_offset;
	unsigned long *word = &reader->taken[start / BITS_PER_LONG];
	unsigned long bytes = (1ul << size) - 1;
	unsigned int shift = start % BITS_PER_LONG;
	unsigned long low = bytes << shift;
	unsigned long high = shift ? bytes >> (BITS_PER_LONG - shift) : 0;

	if (word[0] & low || word[1] & high)
		return true;
	if (take) {
		word[0] |= low;
		word[1] |= high;
	}
	return false;
}

static int take_places(struct reader *reader, unsigned int index)
{
	const Elf_Shdr *section = &reader->load->sechdrs[index];
	const Elf_Rela *relas = (const Elf_Rela *)section->sh_addr;
	unsigned int i, count = section->sh_size / sizeof(Elf_Rela);

	for (i = 0; i < count; i++) {
		if (is_taken(reader, section, &relas[i],
			     klpcc_arch_reloc(&relas[i])->field.width, true))
			return refuse_entry(reader, index, i,
					    "another entry writes to the same place");
		if (i % 1024 == 0)
			cond_resched();
	}
	return 0;
}

/*
 * Checks a section that is not ours, an ordinary one or one in mainline form, when all klp places
 * of the module are taken. Its entries have not been checked: the kernel refuses those that are out
 * of range or of an unknown type. The loader may apply it after this, so it must not change what
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
			      ": the relocated section %u is not part of the program",
			      klpcc_name(section_name(reader, index)), section->sh_info);
	if (!reader->noted[section->sh_info].first)
		return 0;
	relocated = &reader->load->sechdrs[section->sh_info];
	for (i = 0; i < count; i++) {
		const struct klpcc_reloc *reloc = klpcc_arch_reloc(&relas[i]);
		unsigned int size = reloc ? reloc->field.width : 0;

		if (size && relas[i].r_offset < relocated->sh_size &&
		    size <= relocated->sh_size - relas[i].r_offset &&
		    is_taken(reader, section, &relas[i], size, false))
			return refuse_entry(reader, index, i,
					    "a klp relocation writes to the same place");
		if (i % 1024 == 0)
			cond_resched();
	}
	return 0;
}

/* Gives each relocated section its part of the bitmap. */
static int allocate_places(struct reader *reader)
{
	const Elf_Shdr *sechdrs = reader->load->sechdrs;
	unsigned int i, count = reader->header->e_shnum;
	unsigned long total = 0;

	for (i = 1; i < count; i++) {
		unsigned int info = sechdrs[i].sh_info;

		if (!reader->noted[i].ours || !sechdrs[i].sh_size ||
		    reader->noted[info].first)
			continue;
		reader->noted[info].first = total + 1;
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
		if (reader->noted[i].ours)
			err = take_places(reader, i);
	for (i = 1; !err && i < reader->header->e_shnum; i++)
		if (!reader->noted[i].ours)
			err = compare_places(reader, i);
	return err;
}

/* ---- what is kept ---------------------------------------------------------------------- */

static const char *symbol_name(const struct reader *reader, unsigned int index)
{
	return reader->load->strtab + reader->symtab[index].st_name;
}

/* *names: room for the parts of their names, and a little more. */
static void count_symbols(struct reader *reader, unsigned int *count, size_t *names)
{
	unsigned int i;

	for (i = 1; i < reader->symbol_total; i++) {
		if (i % 1024 == 0)
			cond_resched();
		if (!reader->symbol_numbers[i])
			continue;
		reader->symbol_numbers[i] = strlen(symbol_name(reader, i)) + 1;
		*names += reader->symbol_numbers[i];
		++*count;
	}
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

static int keep_symbol(struct reader *reader, unsigned int index)
{
	struct klpcc_patch *patch = reader->patch;
	struct klpcc_symbol *symbol = &patch->symbols[patch->symbol_count++];
	const char *name = symbol_name(reader, index);
	u64 sympos = reader->symtab[index].st_value;
	struct klpcc_ref ref;
	int err = klpcc_object_symbol_parse(name, patch->symbol_numbers[index] - 1, &ref);

	if (err)
		return refuse(reader,
			      "symbol %u, " KLPCC_NAME ": the name is malformed: %s",
			      index, klpcc_name(name), klpcc_name_strerror(err));
	if (sympos > UINT_MAX)
		return refuse(reader, "symbol %u, " KLPCC_NAME ": %llu is not a position",
			      index, klpcc_name(name), sympos);
	symbol->name = keep_name(reader, ref.symbol);
	symbol->object = object_number(reader, ref.object);
	symbol->index = index;
	symbol->sympos = sympos;
	patch->symbol_numbers[index] = patch->symbol_count;
	return 0;
}

static int keep_symbols(struct reader *reader)
{
	unsigned int i;
	int err = 0;

	for (i = 1; !err && i < reader->symbol_total; i++) {
		if (reader->patch->symbol_numbers[i])
			err = keep_symbol(reader, i);
		if (i % 1024 == 0)
			cond_resched();
	}
	return err;
}

/* How many there are of what is kept, and bytes of names. */
struct room {
	unsigned int sections, relocations, symbols;
	size_t names;
};

static int allocate_patch(struct reader *reader, const struct room *room)
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
	patch->symbol_numbers = reader->symbol_numbers;
	reader->symbol_numbers = NULL;
	patch->object_bits = ilog2(roundup_pow_of_two(objects + 1));
	patch->sechdrs = kvmalloc(headers, GFP_KERNEL);
	patch->sections = kvcalloc(room->sections, sizeof(*patch->sections), GFP_KERNEL);
	/* What is in use of these two is filled first. */
	patch->symbols =
		kvmalloc_array(room->symbols, sizeof(*patch->symbols), GFP_KERNEL);
	patch->objects = kvcalloc(objects, sizeof(*patch->objects), GFP_KERNEL);
	patch->object_heads = kvcalloc(1ul << patch->object_bits,
				       sizeof(*patch->object_heads), GFP_KERNEL);
	patch->written =
		kvmalloc_array(room->relocations, sizeof(*patch->written), GFP_KERNEL);
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
		if (err) {
			reader->noted[i].ours = true;
			room.sections++;
			room.relocations +=
				reader->load->sechdrs[i].sh_size / sizeof(Elf_Rela);
		}
		cond_resched();
	}
	err = check_places(reader);
	if (err)
		return err;
	count_symbols(reader, &room.symbols, &room.names);
	err = allocate_patch(reader, &room);
	if (err)
		return err;
	for (i = 1; i < reader->header->e_shnum; i++) {
		if (reader->noted[i].ours)
			keep_section(reader, i);
		cond_resched();
	}
	return keep_symbols(reader);
}

int klpcc_patch_read(const struct klpcc_load *load, struct klpcc_patch **ret)
{
	struct reader reader = { .load = load };
	int err;

	err = find_header(&reader);
	if (err)
		return err;
	reader.noted =
		kvcalloc(reader.header->e_shnum, sizeof(*reader.noted), GFP_KERNEL);
	reader.symbol_numbers =
		kvcalloc(reader.symbol_total, sizeof(*reader.symbol_numbers), GFP_KERNEL);
	err = reader.noted && reader.symbol_numbers ? read_module(&reader) : -ENOMEM;
	kvfree(reader.noted);
	kvfree(reader.symbol_numbers);
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
	kvfree(patch->symbol_numbers);
	kvfree(patch->objects);
	kvfree(patch->object_heads);
	kvfree(patch->written);
	kvfree(patch->names);
	kfree(patch);
}
