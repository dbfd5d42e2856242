// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Fuzzes the ELF model: opens the bytes, then asks for everything that a tool may ask for.
 */
#include <stdlib.h>
#include <string.h>

#include "elf/elf-edit.h"
#include "elf/elf.h"
#include "fuzz.h"

static void read_contents(const struct klpcc_elf *elf)
{
	static const char *const keys[] = { "name", "vermagic", "livepatch" };
	const struct klpcc_elf_segment *segments;
	const unsigned char *data;
	size_t size, count;

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		const char *value = NULL;

		if (fuzz_done(klpcc_elf_modinfo(elf, keys[i], &value)) && value)
			fuzz_read(value, strlen(value) + 1);
	}
	/* Any section may be asked for a key; searching by name, not all of them are. */
	for (size_t i = 1; i < klpcc_elf_sections(elf) && i < 32; i++) {
		const char *value = NULL;

		if (fuzz_done(klpcc_elf_value(elf, klpcc_elf_section(elf, i)->name,
					      "vermagic", &value)) &&
		    value)
			fuzz_read(value, strlen(value) + 1);
	}
	if (fuzz_done(klpcc_elf_build_id(elf, &data, &size)))
		fuzz_read(data, size);
	segments = klpcc_elf_segments(elf, &count);
	for (size_t i = 0; i < count; i++) {
		fuzz_read(segments[i].data, segments[i].size);
		if (segments[i].size &&
		    fuzz_done(klpcc_elf_bytes_at(elf, segments[i].address,
						 segments[i].size, &data)))
			fuzz_read(data, segments[i].size);
	}
}

static void read_sections(struct klpcc_elf *elf, const struct klpcc_elf_symbol *symbols,
			  size_t symbol_count)
{
	size_t sections = klpcc_elf_sections(elf);

	for (size_t i = 1; i < sections; i++) {
		const struct klpcc_elf_section *section = klpcc_elf_section(elf, i);
		const struct klpcc_elf_relocation *relocations;
		const unsigned char *data;
		size_t size, count;

		fuzz_read(section->name, strlen(section->name) + 1);
		if (klpcc_elf_find_section(elf, section->name) > section)
			fuzz_broken("section %zu is not found by its name", i);
		if (fuzz_done(klpcc_elf_section_bytes(elf, section, &data, &size)))
			fuzz_read(data, size);
		if (section->header.sh_type != SHT_RELA ||
		    !fuzz_done(klpcc_elf_relocations(elf, section, &relocations, &count)))
			continue;
		for (size_t j = 0; j < count; j++)
			if (relocations[j].symbol >= symbol_count)
				fuzz_broken("relocation %zu of section %zu: symbol %u", j,
					    i, relocations[j].symbol);
	}
	for (size_t i = 0; i < symbol_count; i++)
		if (!symbols[i].reserved && symbols[i].section >= sections)
			fuzz_broken("symbol %zu: section %u", i, symbols[i].section);
}

/* A file that nothing changes in is written as one that can be read again. */
static void write_back(struct klpcc_elf *elf)
{
	char path[128];
	struct klpcc_elf *again;
	struct klpcc_edit *edit;
	struct klpcc_error *err;

	if (!fuzz_done(klpcc_edit_create(elf, &edit)))
		return;
	strcpy(path, fuzz_scratch("out.o"));
	err = klpcc_edit_write(edit, path, 0600);
	klpcc_edit_destroy(edit);
	if (!fuzz_done(err))
		return;
	err = klpcc_elf_open(path, &again);
	if (err)
		fuzz_broken("what was written is not read: %s", err->message);
	if (klpcc_elf_sections(again) != klpcc_elf_sections(elf))
		fuzz_broken("%zu sections became %zu", klpcc_elf_sections(elf),
			    klpcc_elf_sections(again));
	klpcc_elf_close(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* The model needs no alignment: it gets none. */
	uint8_t *odd = malloc(size + 1);
	const struct klpcc_elf_symbol *symbols;
	struct klpcc_elf *elf;
	size_t count;

	if (!odd)
		abort();
	if (size)
		memcpy(odd + 1, data, size);
	fuzz_begin(size, 64);
	if (fuzz_done(klpcc_elf_open_memory("input", odd + 1, size, &elf))) {
		if (fuzz_done(klpcc_elf_symbols(elf, &symbols, &count)))
			read_sections(elf, symbols, count);
		read_contents(elf);
		write_back(elf);
		klpcc_elf_close(elf);
	}
	fuzz_end();
	free(odd);
	return 0;
}
