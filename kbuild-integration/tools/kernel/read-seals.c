// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which functions of a kernel or module are sealed: see read-seals.h.
 *
 * An entry is 32 bits wide and relative to its own place: in a kernel it is the distance
 * to the function, in a module its relocation tells that.
 */
#include "read-seals.h"

#include <stdlib.h>

#include "../lib/number.h"
#define SECTION ".ibt_endbr_seal"
#define START "__ibt_endbr_seal" /* arch/x86/kernel/vmlinux.lds.S */
#define END "__ibt_endbr_seal_end"
#define ENTRY_SIZE 4

/* Only this machine has ENDBR; its files are little-endian. */
static bool has_endbr(const struct klpcc_elf *elf)
{
	return klpcc_elf_header(elf)->e_machine == EM_X86_64;
}

static int compare_seals(const void *left, const void *right)
{
	const struct klpcc_seal *a = left, *b = right;

	if (a->section != b->section)
		return a->section < b->section ? -1 : 1;
	return (a->offset > b->offset) - (a->offset < b->offset);
}

static struct klpcc_error *allocate_seals(struct klpcc_seals *seals, size_t count)
{
	/* One more: calloc() of nothing may return NULL. */
	seals->entries = calloc(count + 1, sizeof(*seals->entries));
	if (!seals->entries)
		return klpcc_error_nomem();
	seals->count = count;
	return NULL;
}

static void sort_seals(struct klpcc_seals *seals)
{
	qsort(seals->entries, seals->count, sizeof(*seals->entries), compare_seals);
}

/* Where the kernel's list is; *size 0 when it has none, or when that is not known. */
static void find_list(const struct klpcc_elf *elf, klpcc_find_symbol *find,
		      const void *arg, bool complete, uint64_t *address, uint64_t *size,
		      bool *known)
{
	const struct klpcc_elf_section *section = klpcc_elf_find_section(elf, SECTION);
	uint64_t end;

	*size = 0;
	*known = true;
	if (section) {
		*address = section->header.sh_addr;
		*size = section->header.sh_size;
	} else if (find(arg, START, address) && find(arg, END, &end)) {
		*size = end > *address ? end - *address : 0;
	} else {
		*known = complete || klpcc_elf_sections(elf);
	}
}

struct klpcc_error *klpcc_read_seals(const struct klpcc_elf *elf, klpcc_find_symbol *find,
				     const void *arg, bool complete,
				     struct klpcc_seals *ret)
{
	struct klpcc_seals seals = { .known = true };
	uint64_t address = 0, size = 0;
	const unsigned char *data;
	struct klpcc_error *err;

	if (has_endbr(elf))
		find_list(elf, find, arg, complete, &address, &size, &seals.known);
	if (!size) {
		*ret = seals;
		return NULL;
	}
	if (size % ENTRY_SIZE)
		return klpcc_elf_error(elf, NULL,
				       SECTION
				       ": 0x%llx bytes are not a whole number of entries",
				       (unsigned long long)size);
	err = klpcc_elf_bytes_at(elf, address, size, &data);
	if (!err)
		err = allocate_seals(&seals, size / ENTRY_SIZE);
	if (err)
		return err;
	for (size_t i = 0; i < seals.count; i++) {
		const unsigned char *p = data + i * ENTRY_SIZE;
		uint32_t value = (uint32_t)klpcc_number(p, ENTRY_SIZE, false);

		seals.entries[i].offset =
			address + i * ENTRY_SIZE + (uint64_t)(int64_t)(int32_t)value;
	}
	sort_seals(&seals);
	*ret = seals;
	return NULL;
}

/* ---- modules ----------------------------------------------------------------------- */

/* The relocations of the list; NULL when the module has none. */
static const struct klpcc_elf_section *
find_relocations(const struct klpcc_elf *elf, const struct klpcc_elf_section *list)
{
	for (size_t i = 1; i < klpcc_elf_sections(elf); i++) {
		const struct klpcc_elf_section *section = klpcc_elf_section(elf, i);

		if (section->header.sh_type == SHT_RELA &&
		    section->header.sh_info == list->index)
			return section;
	}
	return NULL;
}

static struct klpcc_error *read_entry(struct klpcc_elf *elf,
				      const struct klpcc_elf_section *section,
				      const struct klpcc_elf_relocation *relocation,
				      size_t number, struct klpcc_seal *ret)
{
	const struct klpcc_elf_symbol *symbols;
	struct klpcc_error *err;
	size_t count;

	if (relocation->type != R_X86_64_PC32 || relocation->offset % ENTRY_SIZE)
		return klpcc_elf_error(
			elf, section,
			"entry %zu: type %u at offset 0x%llx is not a relocation of " SECTION,
			number, relocation->type, (unsigned long long)relocation->offset);
	err = klpcc_elf_symbols(elf, &symbols, &count);
	if (err)
		return err;
	if (symbols[relocation->symbol].reserved || !symbols[relocation->symbol].section)
		return klpcc_elf_error(elf, section,
				       "entry %zu: symbol '%.80s' is not defined here",
				       number, symbols[relocation->symbol].name);
	ret->section = symbols[relocation->symbol].section;
	ret->offset = symbols[relocation->symbol].value + (uint64_t)relocation->addend;
	return NULL;
}

struct klpcc_error *klpcc_read_module_seals(struct klpcc_elf *elf,
					    struct klpcc_seals *ret)
{
	const struct klpcc_elf_section *list, *section;
	const struct klpcc_elf_relocation *relocations;
	struct klpcc_seals seals = { .known = true };
	struct klpcc_error *err;
	size_t count;

	list = has_endbr(elf) ? klpcc_elf_find_section(elf, SECTION) : NULL;
	if (!list || !list->header.sh_size) {
		*ret = seals;
		return NULL;
	}
	section = find_relocations(elf, list);
	if (!section)
		return klpcc_elf_error(elf, list, "has no relocations");
	err = klpcc_elf_relocations(elf, section, &relocations, &count);
	if (!err && list->header.sh_size != (uint64_t)count * ENTRY_SIZE)
		err = klpcc_elf_error(elf, section,
				      "%zu relocations for a list of 0x%llx bytes", count,
				      (unsigned long long)list->header.sh_size);
	if (!err)
		err = allocate_seals(&seals, count);
	for (size_t i = 0; !err && i < count; i++)
		err = read_entry(elf, section, &relocations[i], i, &seals.entries[i]);
	if (err) {
		klpcc_seals_deinit(&seals);
		return err;
	}
	sort_seals(&seals);
	*ret = seals;
	return NULL;
}

void klpcc_seals_deinit(struct klpcc_seals *seals)
{
	free(seals->entries);
	*seals = (struct klpcc_seals){ 0 };
}

bool klpcc_seals_have(const struct klpcc_seals *seals, uint32_t section, uint64_t offset)
{
	const struct klpcc_seal key = { section, offset };

	return seals->count && bsearch(&key, seals->entries, seals->count,
				       sizeof(*seals->entries), compare_seals);
}
