// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Index reader: a vmlinux with its symbol table: see read-elf.h.
 *
 * The kernel's kallsyms is made from this symbol table (`nm -n` piped into scripts/kallsyms),
 * so this file does the same: nm's letters, the build's filter, the order of the addresses.
 * Symbols of one name at one address may change places; they are the same place, so no
 * position depends on it. The count that the build left in the image is the proof that the
 * filter was the build's.
 */
#include "read-elf.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../elf/elf.h"
#include "../lib/decompress.h"
#include "../lib/range.h"
#include "kallsyms-rules.h"

#define VMLINUX 0u

/* One symbol of the result; its order among equal addresses is the symbol table's. */
struct entry {
	const struct klpcc_elf_symbol *symbol;
	const char *source;
	char letter;
};

struct reader {
	struct klpcc_elf *elf;
	const struct klpcc_elf_symbol *symbols;
	size_t count;
	struct entry *entries;
	size_t entry_count;
	const struct klpcc_elf_symbol **namespaces; /* __kstrtabns_*, by name */
	size_t namespace_count;
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
			letter = 'n';
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

/* kallsyms_num_syms of include/linux/kallsyms.h: 32 bits in the image's byte order. */
static struct klpcc_error *check_count(const struct reader *reader)
{
	const struct klpcc_elf_symbol *symbol = find_symbol(reader, "kallsyms_num_syms");
	const unsigned char *p;
	struct klpcc_error *err;
	uint32_t counted = 0;

	if (!symbol)
		return klpcc_elf_error(
			reader->elf, NULL,
			"has no symbol kallsyms_num_syms: not a kernel with "
			"kallsyms, which livepatch needs");
	err = klpcc_elf_bytes_at(reader->elf, symbol->value, sizeof(counted), &p);
	if (err)
		return err;
	for (int i = 0; i < 4; i++)
		counted = counted << 8 | p[klpcc_elf_big_endian(reader->elf) ? i : 3 - i];
	if (counted != reader->entry_count)
		return klpcc_elf_error(
			reader->elf, NULL,
			"%zu symbols where its kallsyms has %u; its kallsyms "
			"itself can be read with --image",
			reader->entry_count, counted);
	return NULL;
}

static struct klpcc_error *collect(struct reader *reader)
{
	const char *source = NULL;

	reader->entries = calloc(reader->count, sizeof(*reader->entries));
	if (!reader->entries)
		return klpcc_error_nomem();
	for (size_t i = 1; i < reader->count; i++) {
		const struct klpcc_elf_symbol *symbol = &reader->symbols[i];
		char letter = letter_of(reader->elf, symbol);

		if (symbol->type == STT_FILE) {
			source = *symbol->name ? symbol->name : NULL;
			continue;
		}
		if (symbol->type == STT_SECTION || !*symbol->name ||
		    klpcc_kallsyms_ignores(symbol->name, letter))
			continue;
		reader->entries[reader->entry_count++] = (struct entry){
			symbol, symbol->binding == STB_LOCAL ? source : NULL, letter
		};
	}
	mark_percpu(reader);
	qsort(reader->entries, reader->entry_count, sizeof(*reader->entries), by_address);
	return check_count(reader);
}

static struct klpcc_error *add_symbols(const struct reader *reader,
				       struct klpcc_target *target)
{
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < reader->entry_count; i++) {
		const struct entry *entry = &reader->entries[i];
		struct klpcc_target_symbol symbol = {
			.name = entry->symbol->name,
			.source = entry->source,
			.address = entry->symbol->value,
			.kallsyms_type = entry->letter,
			.type = entry->symbol->type,
			.binding = entry->symbol->binding,
			.has_address = true,
			.counted = true,
		};

		err = klpcc_target_add_symbol(target, VMLINUX, &symbol);
	}
	return klpcc_error_prefix(err, "%s", klpcc_elf_label(reader->elf));
}

/* ---- exports ----------------------------------------------------------------------- */

#define KSYMTAB "__ksymtab_"
#define KSTRTABNS "__kstrtabns_"

static bool has_prefix(const char *name, const char *prefix)
{
	return !strncmp(name, prefix, strlen(prefix));
}

static int by_name(const void *left, const void *right)
{
	return strcmp((*(const struct klpcc_elf_symbol *const *)left)->name,
		      (*(const struct klpcc_elf_symbol *const *)right)->name);
}

static struct klpcc_error *collect_namespaces(struct reader *reader)
{
	reader->namespaces = calloc(reader->count, sizeof(*reader->namespaces));
	if (!reader->namespaces)
		return klpcc_error_nomem();
	for (size_t i = 1; i < reader->count; i++)
		if (has_prefix(reader->symbols[i].name, KSTRTABNS))
			reader->namespaces[reader->namespace_count++] =
				&reader->symbols[i];
	qsort(reader->namespaces, reader->namespace_count, sizeof(*reader->namespaces),
	      by_name);
	return NULL;
}

/* The section's bytes from a symbol on; NULL when there are none. */
static const unsigned char *bytes_of(const struct reader *reader,
				     const struct klpcc_elf_symbol *symbol, size_t *size)
{
	const struct klpcc_elf_section *section;
	const unsigned char *data;
	struct klpcc_error *err;
	uint64_t offset;

	if (symbol->reserved || !symbol->section)
		return NULL;
	section = klpcc_elf_section(reader->elf, symbol->section);
	err = klpcc_elf_section_bytes(reader->elf, section, &data, size);
	klpcc_error_free(err);
	offset = symbol->value - section->header.sh_addr;
	if (err || !klpcc_range_ok(offset, 1, *size))
		return NULL;
	*size -= offset;
	return data + offset;
}

/* The text at a symbol, NULL when its section does not hold it whole. */
static const char *text_of(const struct reader *reader,
			   const struct klpcc_elf_symbol *symbol)
{
	const unsigned char *data;
	size_t size;

	data = bytes_of(reader, symbol, &size);
	return data && memchr(data, 0, size) ? (const char *)data : NULL;
}

static struct klpcc_error *namespace_of(const struct reader *reader, const char *name,
					const char **ret)
{
	struct klpcc_elf_symbol wanted = { 0 };
	const struct klpcc_elf_symbol *key = &wanted, **found;
	char *text;

	*ret = NULL;
	if (asprintf(&text, KSTRTABNS "%s", name) < 0)
		return klpcc_error_nomem();
	wanted.name = text;
	found = bsearch(&key, reader->namespaces, reader->namespace_count,
			sizeof(*reader->namespaces), by_name);
	free(text);
	if (!found)
		return NULL;
	*ret = text_of(reader, *found);
	if (!*ret)
		return klpcc_elf_error(reader->elf, NULL, "symbol '%.80s': no text there",
				       (*found)->name);
	return NULL;
}

/*
 * GPL-only exports have a table of their own, or, in kernels with __kflagstab, a bit in a
 * byte that stands beside their entry in the one table.
 */
static struct klpcc_error *export_is_gpl(const struct reader *reader,
					 const struct klpcc_elf_symbol *symbol, bool *ret)
{
	const struct klpcc_elf_section *table, *flags;
	const unsigned char *data;
	struct klpcc_error *err;
	uint64_t width, index;
	size_t size;

	table = klpcc_elf_section(reader->elf, symbol->section);
	*ret = !strcmp(table->name, "__ksymtab_gpl");
	flags = klpcc_elf_find_section(reader->elf, "__kflagstab");
	if (*ret || !flags)
		return NULL;
	err = klpcc_elf_section_bytes(reader->elf, flags, &data, &size);
	if (err)
		return err;
	/* One byte of flags for each entry, so this is the width of an entry. */
	width = size ? table->header.sh_size / size : 0;
	index = width ? (symbol->value - table->header.sh_addr) / width : 0;
	if (!width || index >= size)
		return klpcc_elf_error(reader->elf, flags, "no flags for '%.80s'",
				       symbol->name);
	*ret = data[index] & 1; /* KSYM_FLAG_GPL_ONLY */
	return NULL;
}

static struct klpcc_error *add_exports(struct reader *reader, struct klpcc_target *target)
{
	struct klpcc_error *err;

	err = collect_namespaces(reader);
	for (size_t i = 1; !err && i < reader->count; i++) {
		const struct klpcc_elf_symbol *symbol = &reader->symbols[i];
		const char *name = symbol->name + strlen(KSYMTAB), *namespace_;
		bool gpl;

		if (symbol->reserved || !symbol->section ||
		    !has_prefix(symbol->name, KSYMTAB) ||
		    !has_prefix(klpcc_elf_section(reader->elf, symbol->section)->name,
				"__ksymtab"))
			continue;
		err = namespace_of(reader, name, &namespace_);
		if (!err)
			err = export_is_gpl(reader, symbol, &gpl);
		if (!err)
			err = klpcc_error_prefix(klpcc_target_add_export(target, VMLINUX,
									 name, gpl,
									 namespace_),
						 "%s", klpcc_elf_label(reader->elf));
	}
	return err;
}

/* ---- the kernel as a whole --------------------------------------------------------- */

/* linux_banner (init/version.c): "Linux version RELEASE (...". */
static struct klpcc_error *add_release(const struct reader *reader,
				       struct klpcc_target *target)
{
	static const char start[] = "Linux version ";
	const struct klpcc_elf_symbol *symbol = find_symbol(reader, "linux_banner");
	const char *banner = symbol ? text_of(reader, symbol) : NULL;
	struct klpcc_error *err;
	char *release;

	if (!banner || !has_prefix(banner, start))
		return klpcc_elf_error(
			reader->elf, NULL,
			"no \"Linux version\" at linux_banner: not a kernel");
	banner += strlen(start);
	release = strndup(banner, strcspn(banner, " "));
	if (!release)
		return klpcc_error_nomem();
	err = klpcc_target_set_release(target, release);
	free(release);
	return klpcc_error_prefix(err, "%s", klpcc_elf_label(reader->elf));
}

static struct klpcc_error *add_build_id(const struct reader *reader,
					struct klpcc_target *target)
{
	const unsigned char *id;
	struct klpcc_error *err;
	size_t size;

	err = klpcc_elf_build_id(reader->elf, &id, &size);
	return err ? err : klpcc_target_set_build_id(target, VMLINUX, id, size);
}

/* Everything is read and checked before the target changes. */
static struct klpcc_error *read_kernel(struct reader *reader, struct klpcc_target *target)
{
	uint16_t type = klpcc_elf_header(reader->elf)->e_type;
	struct klpcc_error *err;

	if (type != ET_EXEC && type != ET_DYN)
		return klpcc_elf_error(reader->elf, NULL,
				       "not a linked kernel, which an ELF executable is");
	err = klpcc_elf_symbols(reader->elf, &reader->symbols, &reader->count);
	if (!err && !reader->count)
		err = klpcc_elf_error(
			reader->elf, NULL,
			"has no symbol table; its kallsyms can be read with "
			"--image");
	if (!err)
		err = collect(reader);
	if (!err)
		err = add_release(reader, target);
	if (!err)
		err = add_build_id(reader, target);
	if (!err)
		err = add_symbols(reader, target);
	if (!err)
		err = add_exports(reader, target);
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
	err = klpcc_elf_open_memory(path, bytes.data, bytes.size, &reader.elf);
	if (!err)
		err = read_kernel(&reader, target);
	free(reader.entries);
	free(reader.namespaces);
	klpcc_elf_close(reader.elf);
	klpcc_buffer_deinit(&bytes);
	return err;
}
