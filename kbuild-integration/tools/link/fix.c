// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The final link, validating: what a machine's code must look like where a relocation becomes a
 * klp one.
 *
 * The compiler and the assembler wrote the code for a symbol that the module itself might define.
 * elf/arch-*.c decides what has to change; this file calls it for each relocation. plan.c and
 * apply.c make the changes.
 */
#include "link-private.h"

#include <stdio.h>
#include <stdlib.h>

#include "../lib/array.h"

/* One natural relocation section. */
struct place {
	const struct klpcc_elf_section *section;
	const struct klpcc_elf_section *relocated;
	/* Of the relocated one, where it is code; else size is 0. */
	const unsigned char *code;
	size_t size;
};

static struct klpcc_error *fix_error(const struct klpcc_link *link,
				     const struct place *in, size_t entry,
				     const struct klpcc_link_mark *mark, uint32_t type,
				     const char *problem)
{
	struct klpcc_error *err;
	char *text;

	if (asprintf(&text, "%s: %s", klpcc_arch_relocation_name(link->arch, type),
		     problem) < 0)
		text = NULL;
	err = klpcc_link_entry_error(link, in->section, entry, mark, text);
	free(text);
	return err;
}

static struct klpcc_error *add_fix(struct klpcc_link *link, const struct place *in,
				   size_t entry, uint64_t offset,
				   const struct klpcc_arch_fix *is)
{
	struct klpcc_link_fix *fixes, *fix;

	fixes = klpcc_array_grow(link->fixes, link->fix_count, 1, &link->fix_capacity,
				 sizeof(*fixes));
	if (!fixes)
		return klpcc_error_nomem();
	link->fixes = fixes;
	fix = &fixes[link->fix_count++];
	fix->from = (uint32_t)in->section->index;
	fix->entry = (uint32_t)entry; /* fits: klpcc_elf_relocations() says so */
	fix->relocated = (uint32_t)in->relocated->index;
	fix->offset = offset;
	fix->is = *is;
	return NULL;
}

/* The bytes before the place, where there is code. */
static const unsigned char *code_before(const struct place *in, uint64_t offset)
{
	return offset >= KLPCC_ARCH_CODE && offset <= in->size
		       ? in->code + offset - KLPCC_ARCH_CODE
		       : NULL;
}

static struct klpcc_error *find_in(struct klpcc_link *link, const struct place *in)
{
	const struct klpcc_elf_relocation *relocations;
	struct klpcc_arch_use use = {
		.slots_go_stale = link->options->form == KLPCC_FORM_MAINLINE,
	};
	struct klpcc_error *err;
	size_t count;

	err = klpcc_elf_relocations(link->elf, in->section, &relocations, &count);
	for (size_t i = 0; !err && i < count; i++) {
		const struct klpcc_elf_relocation *relocation = &relocations[i];
		uint32_t number = link->mark_of[relocation->symbol];
		struct klpcc_arch_fix is = { .type = relocation->type };
		const char *problem;

		if (number == KLPCC_LINK_NONE)
			continue;
		use.type = relocation->type;
		use.addend = relocation->addend;
		use.vmlinux = link->marks[number].vmlinux;
		use.code = code_before(in, relocation->offset);
		problem = link->arch->fix(&use, &is);
		if (problem)
			err = fix_error(link, in, i, &link->marks[number], use.type,
					problem);
		else if (is.type != use.type)
			err = add_fix(link, in, i, relocation->offset, &is);
	}
	return err;
}

struct klpcc_error *klpcc_link_find_fixes(struct klpcc_link *link)
{
	struct klpcc_error *err = NULL;

	for (size_t i = 1; !err && i < klpcc_elf_sections(link->elf); i++) {
		struct place in = { .section = klpcc_elf_section(link->elf, i) };

		if (!klpcc_link_is_natural(link, in.section))
			continue;
		in.relocated = klpcc_elf_section(link->elf, in.section->header.sh_info);
		if (in.relocated->header.sh_flags & SHF_EXECINSTR)
			err = klpcc_elf_section_bytes(link->elf, in.relocated, &in.code,
						      &in.size);
		if (!err)
			err = find_in(link, &in);
	}
	return err;
}
