// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Index reader: a vmlinux with its symbol table: see read-elf.h.
 *
 * The kernel's kallsyms is made from this symbol table (`nm -n` piped into scripts/kallsyms),
 * so this file does the same: nm's letters, the build's filter, the order of the addresses.
 * Symbols of one name at one address may change places; they are the same place, so no
 * position depends on it. The count that the build left in the image is the proof that the
 * filter was the build's, and tells whether the kernel names its data (CONFIG_KALLSYMS_ALL).
 */
#include "read-elf.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../elf/elf.h"
#include "../lib/decompress.h"
#include "../lib/number.h"
#include "../target/kallsyms-rules.h"
#include "read-dwarf.h"
#include "read-functions.h"
#include "read-ksymtab.h"
#include "read-vermagic.h"
#include "source-files.h"

/* One symbol of the result; its order among equal addresses is the symbol table's. */
struct entry {
	const struct klpcc_elf_symbol *symbol;
	char letter;
};

struct reader {
	struct klpcc_elf *elf;
	const struct klpcc_elf_symbol *symbols;
	size_t count;
	struct klpcc_source_files sources;
	struct entry *entries;
	size_t entry_count;
	bool all; /* kallsyms has every entry; else only those of code */
};

/* ---- symbols ----------------------------------------------------------------------- */

/* As nm(1) prints it: bfd's symbol classes, by the flags of the section. */
static char letter_of(const struct klpcc_elf *elf, const struct klpcc_elf_symbol *symbol)
{
	const GElf_Shdr *header;
	char letter;

	if (symbol->binding == STB_WEAK) {
		letter = symbol->type == STT_OBJECT ? 'v' : 'w';
		return symbol->section ? (char)toupper(letter) : letter;
	}
	if (!symbol->section)
		return 'U';
	if (symbol->type == STT_GNU_IFUNC)
		return 'i';
	if (symbol->reserved) {
		letter = symbol->section == SHN_ABS ? 'a' : 'c';
	} else {
		header = &klpcc_elf_section(elf, symbol->section)->header;
		if (!(header->sh_flags & SHF_ALLOC))
			/* nm takes read-only ones for debugging information. */
			letter = header->sh_flags & SHF_WRITE ? '?' : 'n';
		else if (header->sh_flags & SHF_EXECINSTR)
			letter = 't';
		else if (header->sh_type == SHT_NOBITS)
			letter = 'b';
		else
			letter = header->sh_flags & SHF_WRITE ? 'd' : 'r';
	}
	return symbol->binding == STB_LOCAL ? letter : (char)toupper(letter);
}

static const struct klpcc_elf_symbol *find_symbol(const struct reader *reader,
						  const char *name)
{
	for (size_t i = 1; i < reader->count; i++)
		if (reader->symbols[i].section && !strcmp(reader->symbols[i].name, name))
			return &reader->symbols[i];
	return NULL;
}

/*
 * Where per-cpu data is linked at address 0 (x86-64 SMP up to 6.14), scripts/kallsyms calls
 * its symbols absolute. The end of the range counts as inside there, so it does here.
 */
static void mark_percpu(struct reader *reader)
{
	const struct klpcc_elf_symbol *start = find_symbol(reader, "__per_cpu_start");
	const struct klpcc_elf_symbol *end = find_symbol(reader, "__per_cpu_end");

	if (!start || !end || start->value)
		return;
	for (size_t i = 0; i < reader->entry_count; i++)
		if (reader->entries[i].symbol->value <= end->value)
			reader->entries[i].letter = 'A';
}

static int by_address(const void *left, const void *right)
{
	const struct klpcc_elf_symbol *a = ((const struct entry *)left)->symbol;
	const struct klpcc_elf_symbol *b = ((const struct entry *)right)->symbol;

	if (a->value != b->value)
		return a->value < b->value ? -1 : 1;
	return (a > b) - (a < b);
}

/* Code of the kernel, or of its start; neither when the two symbols are not there. */
struct text_range {
	uint64_t start, end;
	const struct klpcc_elf_symbol
		*last; /* whose address is the end, which is inside */
};

static struct text_range text_range(const struct reader *reader, const char *start,
				    const char *end)
{
	const struct klpcc_elf_symbol *first = find_symbol(reader, start);
	const struct klpcc_elf_symbol *last = find_symbol(reader, end);

	if (!first || !last)
		return (struct text_range){ 1, 0, NULL };
	return (struct text_range){ first->value, last->value, last };
}

/*
 * Keeps what scripts/kallsyms.c keeps without --all-symbols (symbol_valid()): the symbols
 * in the code, and of those at its end only the one that marks it.
 */
static void keep_code(struct reader *reader)
{
	const struct text_range ranges[] = {
		text_range(reader, "_stext", "_etext"),
		text_range(reader, "_sinittext", "_einittext"),
	};
	size_t kept = 0;

	for (size_t i = 0; i < reader->entry_count; i++) {
		const struct klpcc_elf_symbol *symbol = reader->entries[i].symbol;
		bool inside = false, at_end = false;

		for (int k = 0; k < 2; k++) {
			inside |= ranges[k].start <= symbol->value &&
				  symbol->value <= ranges[k].end;
			at_end |= ranges[k].last && symbol->value == ranges[k].end &&
				  strcmp(symbol->name, ranges[k].last->name);
		}
		if (inside && !at_end)
			reader->entries[kept++] = reader->entries[i];
	}
	reader->entry_count = kept;
}

/* kallsyms_num_syms of include/linux/kallsyms.h: 32 bits in the image's byte order. */
static struct klpcc_error *check_count(struct reader *reader)
{
	const struct klpcc_elf_symbol *symbol = find_symbol(reader, "kallsyms_num_syms");
	const unsigned char *p;
	struct klpcc_error *err;
	size_t all = reader->entry_count;
	uint32_t counted;

	if (!symbol)
		return klpcc_elf_error(
			reader->elf, NULL,
			"has no symbol kallsyms_num_syms: not a kernel with kallsyms, which livepatch needs");
	err = klpcc_elf_bytes_at(reader->elf, symbol->value, sizeof(counted), &p);
	if (err)
		return err;
	counted = (uint32_t)klpcc_number(p, sizeof(counted),
					 klpcc_elf_big_endian(reader->elf));
	reader->all = counted == all;
	if (!reader->all)
		keep_code(reader);
	if (counted != reader->entry_count)
		return klpcc_elf_error(
			reader->elf, NULL,
			"has %zu symbols, %zu of them code, but its kallsyms has %u; use --image to read its kallsyms instead",
			all, reader->entry_count, counted);
	return NULL;
}

static struct klpcc_error *collect_entries(struct reader *reader)
{
	reader->entries = calloc(reader->count, sizeof(*reader->entries));
	if (!reader->entries)
		return klpcc_error_nomem();
	for (size_t i = 1; i < reader->count; i++) {
		const struct klpcc_elf_symbol *symbol = &reader->symbols[i];
		char letter = letter_of(reader->elf, symbol);

		if (symbol->type == STT_FILE || symbol->type == STT_SECTION ||
		    !*symbol->name || klpcc_kallsyms_ignores(symbol->name, letter))
			continue;
		reader->entries[reader->entry_count++] = (struct entry){ symbol, letter };
	}
	mark_percpu(reader);
	qsort(reader->entries, reader->entry_count, sizeof(*reader->entries), by_address);
	return check_count(reader);
}

static struct klpcc_error *add_symbols(const struct reader *reader,
				       const struct klpcc_functions *functions,
				       struct klpcc_target *target)
{
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < reader->entry_count; i++) {
		const struct entry *entry = &reader->entries[i];
		struct klpcc_target_symbol symbol = {
			.name = entry->symbol->name,
			.source = reader->sources.paths[entry->symbol - reader->symbols],
			.address = entry->symbol->value,
			.kallsyms_type = entry->letter,
			.type = entry->symbol->type,
			.binding = entry->symbol->binding,
			.has_address = true,
			.counted = true,
			.sealed = klpcc_is_sealed(functions, 0, entry->symbol->value),
			.patchable =
				klpcc_is_patchable(functions, 0, entry->symbol->value),
		};

		err = klpcc_target_add_symbol(target, KLPCC_TARGET_VMLINUX, &symbol);
	}
	return klpcc_error_prefix(err, "%s", klpcc_elf_label(reader->elf));
}

/* ---- the kernel as a whole --------------------------------------------------------- */

/* The text at a symbol, NULL when its section does not contain all of it. */
static const char *text_of(const struct klpcc_elf *elf,
			   const struct klpcc_elf_symbol *symbol)
{
	const struct klpcc_elf_section *section;
	const unsigned char *data;
	struct klpcc_error *err;
	uint64_t offset;
	size_t size;

	if (symbol->reserved)
		return NULL;
	section = klpcc_elf_section(elf, symbol->section);
	err = klpcc_elf_section_bytes(elf, section, &data, &size);
	offset = symbol->value - section->header.sh_addr;
	if (err || offset >= size || !memchr(data + offset, 0, size - offset)) {
		klpcc_error_free(err);
		return NULL;
	}
	return (const char *)data + offset;
}

/* linux_banner (init/version.c): "Linux version RELEASE (...". */
struct klpcc_error *klpcc_read_release(struct klpcc_target *target, struct klpcc_elf *elf,
				       bool required)
{
	static const char start[] = "Linux version ";
	struct reader reader = { .elf = elf };
	const struct klpcc_elf_symbol *symbol;
	struct klpcc_error *err;
	const char *banner;
	char *release;

	err = klpcc_elf_symbols(elf, &reader.symbols, &reader.count);
	if (err)
		return err;
	symbol = find_symbol(&reader, "linux_banner");
	banner = symbol ? text_of(elf, symbol) : NULL;
	if (!banner || strncmp(banner, start, strlen(start)))
		return required
			       ? klpcc_elf_error(
					 elf, NULL,
					 "no \"Linux version\" at linux_banner: not a kernel")
			       : NULL;
	banner += strlen(start);
	release = strndup(banner, strcspn(banner, " "));
	if (!release)
		return klpcc_error_nomem();
	err = klpcc_target_set_release(target, release);
	free(release);
	return klpcc_error_prefix(err, "%s", klpcc_elf_label(elf));
}

static struct klpcc_error *add_build_id(const struct reader *reader,
					struct klpcc_target *target)
{
	const unsigned char *id;
	struct klpcc_error *err;
	size_t size;

	err = klpcc_elf_build_id(reader->elf, &id, &size);
	return err ? err
		   : klpcc_target_set_build_id(target, KLPCC_TARGET_VMLINUX, id, size);
}

static bool find_address(const void *arg, const char *name, uint64_t *address)
{
	const struct klpcc_elf_symbol *symbol = find_symbol(arg, name);

	if (symbol)
		*address = symbol->value;
	return symbol != NULL;
}

static struct klpcc_error *add_types(const struct reader *reader,
				     struct klpcc_target *target)
{
	const struct klpcc_elf_section *section =
		klpcc_elf_find_section(reader->elf, ".BTF");
	struct klpcc_types *types;
	const unsigned char *data;
	struct klpcc_error *err;
	size_t size;

	if (!section)
		return NULL;
	err = klpcc_elf_section_bytes(reader->elf, section, &data, &size);
	if (err || !size)
		return err;
	err = klpcc_types_create(data, size, &types);
	if (!err)
		err = klpcc_target_add_types(target, types);
	return klpcc_error_prefix(err, "%s: section %s", klpcc_elf_label(reader->elf),
				  section->name);
}

/* Without libdw, the symbol table has to suffice. */
static struct klpcc_error *read_source_files(struct reader *reader)
{
	struct klpcc_error *missing = NULL, *err;

	if (klpcc_has_dwarf(reader->elf))
		missing = klpcc_dwarf_load();
	err = klpcc_source_files_init(reader->elf, !missing, &reader->sources);
	klpcc_error_free(missing);
	return err;
}

static struct klpcc_error *add_names(const struct reader *reader,
				     struct klpcc_target *target)
{
	struct klpcc_functions functions;
	struct klpcc_error *err;

	err = klpcc_read_functions(reader->elf, find_address, reader, true, &functions);
	if (err)
		return err;
	err = add_symbols(reader, &functions, target);
	klpcc_target_set_kallsyms_all(target, reader->all);
	if (functions.seals.known)
		klpcc_target_set_seals_known(target, KLPCC_TARGET_VMLINUX);
	if (functions.entries.known)
		klpcc_target_set_places_known(target, KLPCC_TARGET_VMLINUX);
	klpcc_functions_deinit(&functions);
	return err;
}

/* Everything is read and checked before the target changes. */
static struct klpcc_error *read_kernel(struct reader *reader, struct klpcc_target *target)
{
	uint16_t type = klpcc_elf_header(reader->elf)->e_type;
	struct klpcc_error *err;

	if (type != ET_EXEC && type != ET_DYN)
		return klpcc_elf_error(
			reader->elf, NULL,
			"not a linked kernel: it is not an ELF executable");
	err = klpcc_elf_symbols(reader->elf, &reader->symbols, &reader->count);
	if (!err && !reader->count)
		err = klpcc_elf_error(
			reader->elf, NULL,
			"has no symbol table; use --image to read its kallsyms");
	if (!err)
		err = collect_entries(reader);
	if (!err)
		err = read_source_files(reader);
	if (!err)
		err = klpcc_read_release(target, reader->elf, true);
	if (!err)
		err = klpcc_error_prefix(
			klpcc_target_set_machine(
				target, klpcc_elf_header(reader->elf)->e_machine),
			"%s", klpcc_elf_label(reader->elf));
	if (!err)
		err = klpcc_read_vermagic(target, reader->elf);
	if (!err)
		err = add_build_id(reader, target);
	if (!err)
		err = add_names(reader, target);
	if (!err)
		err = klpcc_read_ksymtab(target, reader->elf, find_address, reader);
	if (!err)
		err = add_types(reader, target);
	return err;
}

struct klpcc_error *klpcc_read_vmlinux(struct klpcc_target *target, const char *path)
{
	struct reader reader = { 0 };
	struct klpcc_buffer bytes;
	struct klpcc_error *err;

	err = klpcc_file_read_unpacked(path, &bytes);
	if (err)
		return err;
	err = klpcc_elf_open_kernel(path, &bytes, &reader.elf);
	if (!err)
		err = read_kernel(&reader, target);
	klpcc_source_files_deinit(&reader.sources);
	free(reader.entries);
	klpcc_elf_close(reader.elf);
	klpcc_buffer_deinit(&bytes);
	return err;
}
