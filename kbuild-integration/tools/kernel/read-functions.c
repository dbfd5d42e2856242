// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a kernel or module lists of its functions: see read-functions.h.
 *
 * In a kernel the entries of a list are filled in: distances from their own places, or addresses.
 * In a module their relocations tell.
 */
#include "read-functions.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/number.h"

struct list {
	const char *section;
	const char *start, *end; /* symbols of the kernel */
	bool own_section; /* in a linked kernel, too; else it is a part of another one */
	bool relative;    /* an entry is the distance from its own place */
	size_t entry_size;
};

/* arch/x86/kernel/vmlinux.lds.S */
static const struct list seals_list = {
	".ibt_endbr_seal", "__ibt_endbr_seal", "__ibt_endbr_seal_end", true, true, 4,
};

/* MCOUNT_REC of include/asm-generic/vmlinux.lds.h */
static const struct list entries_list = {
	"__mcount_loc", "__start_mcount_loc", "__stop_mcount_loc", false, false, 8,
};

/* Only this machine has ENDBR; its files are little-endian. */
static bool has_endbr(const struct klpcc_elf *elf)
{
	return klpcc_elf_header(elf)->e_machine == EM_X86_64;
}

/*
 * The machines whose list is that one, and where a function's place is known: on s390 at its
 * first byte, on x86 there or after an ENDBR. Others have __patchable_function_entries, whose
 * entries are elsewhere.
 */
static bool has_entries(const struct klpcc_elf *elf)
{
	uint16_t machine = klpcc_elf_header(elf)->e_machine;

	return machine == EM_X86_64 || machine == EM_S390;
}

/*
 * A place is a function's own if it is at its first byte, or after an ENDBR that is there:
 * FTRACE_MCOUNT_MAX_OFFSET of arch/x86/include/asm/ftrace.h. With a symbol of another kind
 * four bytes before a function, such as the end of a range of code, the address alone would
 * mislead.
 */
#define ENDBR_SIZE 4

static bool is_endbr(const unsigned char *code)
{
	return !memcmp(code, "\xf3\x0f\x1e\xfa", ENDBR_SIZE);
}

static int compare_places(const void *left, const void *right)
{
	const struct klpcc_place *a = left, *b = right;

	if (a->section != b->section)
		return a->section < b->section ? -1 : 1;
	return (a->offset > b->offset) - (a->offset < b->offset);
}

static struct klpcc_error *allocate_places(struct klpcc_places *places, size_t count)
{
	/* One more: calloc() of nothing may return NULL. */
	places->entries = calloc(count + 1, sizeof(*places->entries));
	return places->entries ? NULL : klpcc_error_nomem();
}

static void sort_places(struct klpcc_places *places)
{
	if (places->count)
		qsort(places->entries, places->count, sizeof(*places->entries),
		      compare_places);
}

static bool have_place(const struct klpcc_places *places, uint32_t section,
		       uint64_t offset)
{
	const struct klpcc_place key = { section, offset };

	return places->count && bsearch(&key, places->entries, places->count,
					sizeof(*places->entries), compare_places);
}

/* ---- kernels ----------------------------------------------------------------------- */

/* Where the kernel's list is; *size 0 when it has none, or when that is not known. */
static bool find_list(const struct klpcc_elf *elf, const struct list *list,
		      klpcc_find_symbol *find, const void *arg, uint64_t *address,
		      uint64_t *size)
{
	const struct klpcc_elf_section *section = NULL;
	uint64_t end;

	*size = 0;
	if (list->own_section)
		section = klpcc_elf_find_section(elf, list->section);
	if (section) {
		*address = section->header.sh_addr;
		*size = section->header.sh_size;
		return true;
	}
	if (!find(arg, list->start, address) || !find(arg, list->end, &end))
		return false;
	*size = end > *address ? end - *address : 0;
	return true;
}

/* From places to the first bytes of their functions. */
static void find_entries(const struct klpcc_elf *elf, struct klpcc_places *places)
{
	for (size_t i = 0; i < places->count; i++) {
		struct klpcc_place *place = &places->entries[i];
		const unsigned char *code;
		struct klpcc_error *err;

		err = klpcc_elf_bytes_at(elf, place->offset - ENDBR_SIZE, ENDBR_SIZE,
					 &code);
		if (!err && is_endbr(code))
			place->offset -= ENDBR_SIZE;
		klpcc_error_free(err);
	}
	sort_places(places);
}

static struct klpcc_error *read_list(const struct klpcc_elf *elf, const struct list *list,
				     uint64_t address, uint64_t size,
				     struct klpcc_places *places)
{
	const unsigned char *data;
	struct klpcc_error *err;

	if (size % list->entry_size)
		return klpcc_elf_error(
			elf, NULL, "%s: 0x%llx bytes are not a whole number of entries",
			list->section, (unsigned long long)size);
	err = klpcc_elf_bytes_at(elf, address, size, &data);
	if (!err)
		err = allocate_places(places, size / list->entry_size);
	for (uint64_t i = 0; !err && i < size; i += list->entry_size) {
		uint64_t value = klpcc_number(data + i, list->entry_size,
					      klpcc_elf_big_endian(elf));

		if (list->relative)
			value = address + i + (uint64_t)(int64_t)(int32_t)value;
		/* 0: a weak function that another one has replaced; scripts/sorttable.c. */
		if (value)
			places->entries[places->count++].offset = value;
	}
	if (!err)
		sort_places(places);
	return err;
}

struct klpcc_error *klpcc_read_functions(const struct klpcc_elf *elf,
					 klpcc_find_symbol *find, const void *arg,
					 bool complete, struct klpcc_functions *ret)
{
	struct klpcc_functions functions = { .seals.known = true };
	uint64_t address, size = 0;
	struct klpcc_error *err = NULL;

	if (has_endbr(elf)) {
		functions.seals.known =
			find_list(elf, &seals_list, find, arg, &address, &size) ||
			complete || klpcc_elf_sections(elf);
		if (size)
			err = read_list(elf, &seals_list, address, size,
					&functions.seals);
	}
	/* Every kernel that has livepatch has this list: an empty one was not found. */
	if (!err && has_entries(elf) &&
	    find_list(elf, &entries_list, find, arg, &address, &size) && size) {
		functions.entries.known = true;
		err = read_list(elf, &entries_list, address, size, &functions.entries);
		if (!err && has_endbr(elf))
			find_entries(elf, &functions.entries);
	}
	if (err)
		klpcc_functions_deinit(&functions);
	else
		*ret = functions;
	return err;
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

static uint32_t relocation_type(const struct klpcc_elf *elf, const struct list *list)
{
	if (klpcc_elf_header(elf)->e_machine == EM_S390)
		return R_390_64;
	return list->relative ? R_X86_64_PC32 : R_X86_64_64;
}

static struct klpcc_error *read_entry(struct klpcc_elf *elf, const struct list *list,
				      const struct klpcc_elf_section *section,
				      const struct klpcc_elf_relocation *relocation,
				      size_t number, struct klpcc_place *ret)
{
	const struct klpcc_elf_symbol *symbols;
	struct klpcc_error *err;
	size_t count;

	if (relocation->type != relocation_type(elf, list) ||
	    relocation->offset % list->entry_size)
		return klpcc_elf_error(
			elf, section,
			"entry %zu: type %u at offset 0x%llx is not a relocation of %s",
			number, relocation->type, (unsigned long long)relocation->offset,
			list->section);
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

static struct klpcc_error *read_module_list(struct klpcc_elf *elf,
					    const struct list *list,
					    struct klpcc_places *places)
{
	const struct klpcc_elf_section *found, *section;
	const struct klpcc_elf_relocation *relocations;
	struct klpcc_error *err;
	size_t count;

	places->known = true;
	found = klpcc_elf_find_section(elf, list->section);
	if (!found || !found->header.sh_size)
		return NULL;
	section = find_relocations(elf, found);
	if (!section)
		return klpcc_elf_error(elf, found, "has no relocations");
	err = klpcc_elf_relocations(elf, section, &relocations, &count);
	if (!err && found->header.sh_size != (uint64_t)count * list->entry_size)
		err = klpcc_elf_error(elf, section,
				      "%zu relocations for a list of 0x%llx bytes", count,
				      (unsigned long long)found->header.sh_size);
	if (!err)
		err = allocate_places(places, count);
	for (; !err && places->count < count; places->count++)
		err = read_entry(elf, list, section, &relocations[places->count],
				 places->count, &places->entries[places->count]);
	if (!err)
		sort_places(places);
	return err;
}

/* The same as find_entries(). */
static struct klpcc_error *find_module_entries(const struct klpcc_elf *elf,
					       struct klpcc_places *places)
{
	for (size_t i = 0; i < places->count; i++) {
		struct klpcc_place *place = &places->entries[i];
		const unsigned char *code;
		struct klpcc_error *err;
		size_t size;

		err = klpcc_elf_section_bytes(elf, klpcc_elf_section(elf, place->section),
					      &code, &size);
		if (err)
			return err;
		if (place->offset >= ENDBR_SIZE && place->offset <= size &&
		    is_endbr(code + place->offset - ENDBR_SIZE))
			place->offset -= ENDBR_SIZE;
	}
	sort_places(places);
	return NULL;
}

struct klpcc_error *klpcc_read_module_functions(struct klpcc_elf *elf,
						struct klpcc_functions *ret)
{
	struct klpcc_functions functions = { .seals.known = true };
	struct klpcc_error *err = NULL;

	if (has_endbr(elf))
		err = read_module_list(elf, &seals_list, &functions.seals);
	if (!err && has_entries(elf))
		err = read_module_list(elf, &entries_list, &functions.entries);
	if (!err && has_endbr(elf))
		err = find_module_entries(elf, &functions.entries);
	if (err)
		klpcc_functions_deinit(&functions);
	else
		*ret = functions;
	return err;
}

/* ---- both -------------------------------------------------------------------------- */

void klpcc_functions_deinit(struct klpcc_functions *functions)
{
	free(functions->seals.entries);
	free(functions->entries.entries);
	*functions = (struct klpcc_functions){ 0 };
}

bool klpcc_is_sealed(const struct klpcc_functions *functions, uint32_t section,
		     uint64_t offset)
{
	return have_place(&functions->seals, section, offset);
}

bool klpcc_is_patchable(const struct klpcc_functions *functions, uint32_t section,
			uint64_t offset)
{
	return have_place(&functions->entries, section, offset);
}
