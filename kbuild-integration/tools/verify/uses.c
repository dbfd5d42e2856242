// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The verifier: where a symbol is used first, for findings that are about the symbol. One pass over
 * the relocations when the first of them asks.
 */
#include <stdlib.h>

#include "verify-private.h"

struct klpcc_verify_use {
	uint32_t section; /* that is relocated; 0: the symbol is not used */
	uint64_t offset;
};

static const struct klpcc_elf_section *
relocated_section(const struct klpcc_verify *verify,
		  const struct klpcc_elf_section *section)
{
	const struct klpcc_elf_section *relocated;

	if (section->header.sh_type != SHT_RELA)
		return NULL;
	relocated = klpcc_elf_section(verify->elf, section->header.sh_info);
	return relocated->header.sh_flags & SHF_ALLOC ? relocated : NULL;
}

static void add_uses(struct klpcc_verify *verify, const struct klpcc_elf_section *section,
		     const struct klpcc_elf_section *relocated)
{
	const struct klpcc_elf_relocation *relocations;
	struct klpcc_error *err;
	size_t count;

	err = klpcc_elf_relocations(verify->elf, section, &relocations, &count);
	if (err) {
		/* The check of relocations says so. */
		klpcc_error_free(err);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		struct klpcc_verify_use *use = &verify->uses[relocations[i].symbol];

		if (!use->section)
			*use = (struct klpcc_verify_use){ (uint32_t)relocated->index,
							  relocations[i].offset };
	}
}

static struct klpcc_error *find_uses(struct klpcc_verify *verify)
{
	verify->uses = calloc(verify->symbol_count + 1, sizeof(*verify->uses));
	if (!verify->uses)
		return klpcc_error_nomem();
	for (size_t i = 1; i < klpcc_elf_sections(verify->elf); i++) {
		const struct klpcc_elf_section *section =
			klpcc_elf_section(verify->elf, i);
		const struct klpcc_elf_section *relocated =
			relocated_section(verify, section);

		if (relocated)
			add_uses(verify, section, relocated);
	}
	return NULL;
}

struct klpcc_error *klpcc_verify_find_use(struct klpcc_verify *verify, size_t symbol,
					  struct klpcc_verify_place *place)
{
	struct klpcc_error *err = verify->uses ? NULL : find_uses(verify);

	if (err || !verify->uses[symbol].section)
		return err;
	place->relocated = klpcc_elf_section(verify->elf, verify->uses[symbol].section);
	place->offset = verify->uses[symbol].offset;
	return NULL;
}
