// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A relocatable file as it is compared: see file.h.
 */
#include "file.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/decompress.h"
#include "../lib/range.h"

/* ---- relocations ----------------------------------------------------------------------- */

static int compare_offsets(const void *left, const void *right)
{
	const struct klpcc_elf_relocation *a = left, *b = right;

	return a->offset < b->offset ? -1 : a->offset > b->offset;
}

static struct klpcc_error *check_relocation(const struct klpcc_match_file *file,
					    const struct klpcc_elf_section *section,
					    size_t entry, uint64_t size,
					    const struct klpcc_elf_relocation *relocation)
{
	const struct klpcc_reloc *reloc = klpcc_reloc_find(
		file->arch->relocs, file->arch->reloc_count, relocation->type);

	if (!reloc || reloc->value == KLPCC_RELOC_REFUSED)
		return klpcc_elf_error(
			file->elf, section,
			"entry %zu: relocations of type %u do not occur in a kernel",
			entry, relocation->type);
	if (!klpcc_range_ok(relocation->offset, reloc->field.width, size))
		return klpcc_elf_error(
			file->elf, section,
			"entry %zu: %s at 0x%llx does not fit in the section", entry,
			reloc->name, (unsigned long long)relocation->offset);
	return NULL;
}

static struct klpcc_error *add_relocations(struct klpcc_match_file *file,
					   const struct klpcc_elf_section *section)
{
	struct klpcc_match_section *relocated = &file->sections[section->header.sh_info];
	const struct klpcc_elf_relocation *entries;
	struct klpcc_error *err;
	size_t count, kept = 0;

	err = klpcc_elf_relocations(file->elf, section, &entries, &count);
	if (err || !count)
		return err;
	if (relocated->relocations)
		return klpcc_elf_error(file->elf, section,
				       "relocates a section that another one relocates");
	relocated->relocations = calloc(count, sizeof(*entries));
	if (!relocated->relocations)
		return klpcc_error_nomem();
	for (size_t i = 0; !err && i < count; i++) {
		if (entries[i].type == file->arch->none)
			continue;
		err = check_relocation(file, section, i, relocated->size, &entries[i]);
		relocated->relocations[kept++] = entries[i];
	}
	relocated->relocation_count = kept;
	for (size_t i = 1; i < kept; i++)
		if (relocated->relocations[i].offset <
		    relocated->relocations[i - 1].offset) {
			qsort(relocated->relocations, kept, sizeof(*entries),
			      compare_offsets);
			break;
		}
	return err;
}

size_t klpcc_match_relocations_from(const struct klpcc_match_section *section,
				    uint64_t offset)
{
	size_t low = 0, high = section->relocation_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (section->relocations[middle].offset < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* ---- symbols --------------------------------------------------------------------------- */

bool klpcc_match_is_named(const struct klpcc_match_file *file,
			  const struct klpcc_elf_symbol *symbol)
{
	return *symbol->name && !symbol->reserved && symbol->section &&
	       symbol->type != STT_SECTION && symbol->type != STT_FILE &&
	       (file->sections[symbol->section].elf->header.sh_flags & SHF_ALLOC);
}

struct order {
	uint64_t value;
	uint32_t number;
};

static int compare_order(const void *left, const void *right)
{
	const struct order *a = left, *b = right;

	if (a->value != b->value)
		return a->value < b->value ? -1 : 1;
	return a->number < b->number ? -1 : a->number > b->number;
}

static struct klpcc_error *sort_symbols(const struct klpcc_match_file *file,
					struct klpcc_match_section *section)
{
	struct order *orders = calloc(section->symbol_count, sizeof(*orders));

	if (!orders)
		return klpcc_error_nomem();
	for (size_t i = 0; i < section->symbol_count; i++)
		orders[i] = (struct order){ file->symbols[section->symbols[i]].value,
					    section->symbols[i] };
	qsort(orders, section->symbol_count, sizeof(*orders), compare_order);
	for (size_t i = 0; i < section->symbol_count; i++)
		section->symbols[i] = orders[i].number;
	free(orders);
	return NULL;
}

/*
 * How many bytes all symbols may have together, for each of the sections: a few names for one
 * function are usual, but each is compared.
 */
#define ALIASES 64

/* *left: how many more bytes symbols may have. */
static struct klpcc_error *check_symbol(const struct klpcc_match_file *file,
					size_t number, uint64_t *left)
{
	const struct klpcc_elf_symbol *symbol = &file->symbols[number];
	uint64_t size = file->sections[symbol->section].size;

	if (!klpcc_range_ok(symbol->value, symbol->size, size))
		return klpcc_elf_error(file->elf, klpcc_elf_symtab(file->elf),
				       "symbol %zu '%.80s': lies outside its section",
				       number, symbol->name);
	if (symbol->size > *left)
		return klpcc_elf_error(
			file->elf, klpcc_elf_symtab(file->elf),
			"symbol %zu '%.80s': the symbols up to this one have %d times the bytes of the sections",
			number, symbol->name, ALIASES);
	*left -= symbol->size;
	return NULL;
}

static struct klpcc_error *count_bytes(const struct klpcc_match_file *file, uint64_t *ret)
{
	*ret = 0;
	for (size_t i = 1; i < file->section_count; i++) {
		if (file->sections[i].size > UINT64_MAX / ALIASES - *ret)
			return klpcc_elf_error(file->elf, file->sections[i].elf,
					       "has more bytes than there is memory");
		*ret += file->sections[i].size;
	}
	*ret *= ALIASES;
	return NULL;
}

static struct klpcc_error *distribute_symbols(struct klpcc_match_file *file)
{
	uint64_t left;
	struct klpcc_error *err = count_bytes(file, &left);

	for (size_t i = 1; !err && i < file->symbol_count; i++)
		if (klpcc_match_is_named(file, &file->symbols[i])) {
			file->sections[file->symbols[i].section].symbol_count++;
			err = check_symbol(file, i, &left);
		}
	for (size_t i = 1; !err && i < file->section_count; i++) {
		struct klpcc_match_section *section = &file->sections[i];

		if (section->symbol_count)
			section->symbols =
				calloc(section->symbol_count, sizeof(uint32_t));
		if (section->symbol_count && !section->symbols)
			err = klpcc_error_nomem();
		section->symbol_count = 0;
	}
	for (size_t i = 1; !err && i < file->symbol_count; i++) {
		struct klpcc_match_section *section;

		if (!klpcc_match_is_named(file, &file->symbols[i]))
			continue;
		section = &file->sections[file->symbols[i].section];
		section->symbols[section->symbol_count++] = (uint32_t)i;
	}
	for (size_t i = 1; !err && i < file->section_count; i++)
		if (file->sections[i].symbol_count)
			err = sort_symbols(file, &file->sections[i]);
	return err;
}

uint64_t klpcc_match_size_of(const struct klpcc_match_file *file,
			     const struct klpcc_elf_symbol *symbol)
{
	const struct klpcc_match_section *section = &file->sections[symbol->section];
	size_t low = 0, high = section->symbol_count;

	if (symbol->size)
		return symbol->size;
	/* The first that begins after it. */
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (file->symbols[section->symbols[middle]].value <= symbol->value)
			low = middle + 1;
		else
			high = middle;
	}
	return (low < section->symbol_count ? file->symbols[section->symbols[low]].value
					    : section->size) -
	       symbol->value;
}

/* ---- what build tools write ------------------------------------------------------------ */

/* The section's bytes, to be changed. */
static unsigned char *change_section(struct klpcc_match_section *section)
{
	if (section->changed)
		return section->changed;
	section->changed = malloc(section->size);
	if (section->changed) {
		memcpy(section->changed, section->bytes, section->size);
		section->bytes = section->changed;
	}
	return section->changed;
}

/*
 * main_extable_sort_needed of kernel/extable.c: 1, until scripts/sorttable has sorted __ex_table in
 * vmlinux.
 */
static struct klpcc_error *clear_sort_needed(struct klpcc_match_file *file)
{
	for (size_t i = 1; i < file->symbol_count; i++) {
		const struct klpcc_elf_symbol *symbol = &file->symbols[i];
		struct klpcc_match_section *section;

		if (!klpcc_match_is_named(file, symbol) ||
		    strcmp(symbol->name, "main_extable_sort_needed") != 0)
			continue;
		section = &file->sections[symbol->section];
		if (!section->bytes)
			continue;
		if (!change_section(section))
			return klpcc_error_nomem();
		memset(section->changed + symbol->value, 0, symbol->size);
	}
	return NULL;
}

/* ---- jumps that become NOPs ------------------------------------------------------------ */

/*
 * struct jump_entry of the kernel's include/linux/jump_label.h: code and target relative to
 * themselves, in 32 bits each, then the key. In the key's bit 1 the assembler text of a
 * machine with jumps of two lengths says that objtool is to write a NOP there
 * (handle_jump_alt() in tools/objtool/check.c). With CONFIG_X86_KERNEL_IBT or
 * CONFIG_KLP_BUILD it does so when the files are linked, so that the object of a source
 * file still has the jump.
 */
#define JUMP_ENTRY 16
#define JUMP_KEY 8
#define JUMP_IS_NOP 2

/* The relocation of an entry's field, or NULL. */
static const struct klpcc_elf_relocation *
find_relocation(const struct klpcc_match_section *section, uint64_t offset)
{
	size_t number = klpcc_match_relocations_from(section, offset);

	return number < section->relocation_count &&
			       section->relocations[number].offset == offset
		       ? &section->relocations[number]
		       : NULL;
}

static uint64_t value_of(const struct klpcc_match_file *file,
			 const struct klpcc_elf_relocation *relocation)
{
	return file->symbols[relocation->symbol].value + (uint64_t)relocation->addend;
}

static void drop_relocations(struct klpcc_match_section *section, uint64_t start,
			     uint64_t end)
{
	size_t first = klpcc_match_relocations_from(section, start);
	size_t next = klpcc_match_relocations_from(section, end);

	if (first == next)
		return;
	memmove(&section->relocations[first], &section->relocations[next],
		(section->relocation_count - next) * sizeof(*section->relocations));
	section->relocation_count -= next - first;
}

static struct klpcc_error *clear_jump(struct klpcc_match_file *file,
				      const struct klpcc_elf_relocation *code)
{
	const struct klpcc_elf_symbol *symbol = &file->symbols[code->symbol];
	struct klpcc_match_section *section;
	uint64_t offset = value_of(file, code);
	unsigned int length;

	if (symbol->reserved || !symbol->section)
		return NULL;
	section = &file->sections[symbol->section];
	if (!section->bytes || offset >= section->size)
		return NULL;
	if (!change_section(section))
		return klpcc_error_nomem();
	length =
		file->arch->clear_jump(section->changed + offset, section->size - offset);
	drop_relocations(section, offset, offset + length);
	return NULL;
}

static struct klpcc_error *clear_jumps(struct klpcc_match_file *file)
{
	const struct klpcc_elf_section *found =
		klpcc_elf_find_section(file->elf, "__jump_table");
	struct klpcc_error *err = NULL;
	const struct klpcc_match_section *table;

	if (!file->arch->clear_jump || !found)
		return NULL;
	table = &file->sections[found->index];
	for (uint64_t at = 0; !err && at + JUMP_ENTRY <= table->size; at += JUMP_ENTRY) {
		const struct klpcc_elf_relocation *code = find_relocation(table, at);
		const struct klpcc_elf_relocation *key =
			find_relocation(table, at + JUMP_KEY);

		if (code && key && (value_of(file, key) & JUMP_IS_NOP))
			err = clear_jump(file, code);
	}
	return err;
}

/* ---- the file -------------------------------------------------------------------------- */

static struct klpcc_error *read_section(struct klpcc_match_file *file, size_t number)
{
	const struct klpcc_elf_section *elf = klpcc_elf_section(file->elf, number);
	struct klpcc_match_section *section = &file->sections[number];
	const GElf_Shdr *header = &elf->header;
	size_t size;

	section->elf = elf;
	section->grouped = header->sh_flags & SHF_GROUP;
	/* What such a header says of its size, nobody has checked. */
	if (header->sh_type == SHT_NULL)
		return NULL;
	section->size = header->sh_size;
	if (!(header->sh_flags & SHF_ALLOC) || header->sh_type == SHT_NOBITS)
		return NULL;
	return klpcc_elf_section_bytes(file->elf, elf, &section->bytes, &size);
}

static struct klpcc_error *read_sections(struct klpcc_match_file *file)
{
	struct klpcc_error *err = NULL;

	file->section_count = klpcc_elf_sections(file->elf);
	file->sections = calloc(file->section_count + 1, sizeof(*file->sections));
	if (!file->sections)
		return klpcc_error_nomem();
	for (size_t i = 0; !err && i < file->section_count; i++)
		err = read_section(file, i);
	for (size_t i = 1; !err && i < file->section_count; i++) {
		const struct klpcc_elf_section *section = file->sections[i].elf;

		/* What the kernel has no memory for, debug information above all, is not read. */
		if (section->header.sh_type == SHT_RELA &&
		    (file->sections[section->header.sh_info].elf->header.sh_flags &
		     SHF_ALLOC))
			err = add_relocations(file, section);
	}
	return err;
}

static struct klpcc_error *read_file(struct klpcc_match_file *file)
{
	struct klpcc_error *err;

	if (klpcc_elf_header(file->elf)->e_type != ET_REL)
		return klpcc_elf_error(
			file->elf, NULL,
			"not a relocatable file, as a compiler or the link of a module makes");
	err = klpcc_arch_read(file->elf, &file->arch);
	if (!err)
		err = klpcc_elf_symbols(file->elf, &file->symbols, &file->symbol_count);
	if (!err && !file->symbol_count)
		err = klpcc_elf_error(file->elf, NULL, "has no symbol table");
	if (!err)
		err = read_sections(file);
	if (!err)
		err = distribute_symbols(file);
	if (!err)
		err = clear_sort_needed(file);
	return err ? err : clear_jumps(file);
}

struct klpcc_error *klpcc_match_file_open_memory(const char *label, const void *data,
						 size_t size,
						 struct klpcc_match_file *ret)
{
	struct klpcc_match_file file = { .section_count = 0 };
	struct klpcc_error *err;

	err = klpcc_elf_open_memory(label, data, size, &file.elf);
	if (!err)
		err = read_file(&file);
	if (err)
		klpcc_match_file_close(&file);
	else
		*ret = file;
	return err;
}

struct klpcc_error *klpcc_match_file_open(const char *path, struct klpcc_match_file *ret)
{
	struct klpcc_buffer buffer;
	struct klpcc_error *err;

	err = klpcc_file_read_unpacked(path, &buffer);
	if (err)
		return err;
	err = klpcc_match_file_open_memory(path, buffer.data, buffer.size, ret);
	if (err)
		klpcc_buffer_deinit(&buffer);
	else
		ret->buffer = buffer;
	return err;
}

void klpcc_match_file_close(struct klpcc_match_file *file)
{
	for (size_t i = 0; file->sections && i < file->section_count; i++) {
		free(file->sections[i].relocations);
		free(file->sections[i].symbols);
		free(file->sections[i].changed);
	}
	free(file->sections);
	if (file->elf)
		klpcc_elf_close(file->elf);
	klpcc_buffer_deinit(&file->buffer);
	*file = (struct klpcc_match_file){ .section_count = 0 };
}
