// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The words for a difference, and the instructions there.
 */
#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "match-private.h"

/* As many characters of a string as are shown. */
#define SHOWN 100

/* ---- words ----------------------------------------------------------------------------- */

/* What a relocation of the file names. */
static void put_named(FILE *text, const struct klpcc_match *match,
		      const struct klpcc_match_section *section,
		      const struct klpcc_elf_relocation *relocation)
{
	const struct klpcc_elf_symbol *symbol = &match->file->symbols[relocation->symbol];
	const struct klpcc_match_section *target = NULL;
	const unsigned char *contents = NULL;
	int64_t addend = klpcc_match_addend(match->file, section, relocation);
	size_t size;

	if (!symbol->reserved && symbol->section)
		target = &match->file->sections[symbol->section];
	if (target && klpcc_match_is_merged(target))
		contents = klpcc_match_contents(match->file, relocation, &size);
	if (contents && (target->elf->header.sh_flags & SHF_STRINGS)) {
		fprintf(text, "\"%.*s\"", SHOWN, (const char *)contents);
		return;
	}
	fprintf(text, "'%.80s'",
		*symbol->name ? symbol->name
		: target      ? target->elf->name
			      : "0");
	if (addend)
		fprintf(text, "%+lld", (long long)addend);
}

/* If the file's reference is to a string: that of the kernel. */
static bool put_string(FILE *text, const struct klpcc_match *match,
		       const struct klpcc_match_difference *difference)
{
	const struct klpcc_elf_relocation *relocation = difference->relocation;
	const struct klpcc_elf_symbol *symbol = &match->file->symbols[relocation->symbol];
	struct klpcc_match_place place = difference->found.symbol;
	uint64_t flags = SHF_MERGE | SHF_STRINGS;
	const char *string;

	if (symbol->reserved || !symbol->section ||
	    (match->file->sections[symbol->section].elf->header.sh_flags & flags) !=
		    flags)
		return false;
	if (symbol->type == STT_SECTION)
		place.at += (uint64_t)relocation->addend;
	string = klpcc_match_string_at(match->object, place);
	if (string)
		fprintf(text, "\"%.*s\"", SHOWN, string);
	return string;
}

/* What the kernel has there. */
static struct klpcc_error *put_found(FILE *text, struct klpcc_match *match,
				     const struct klpcc_match_section *section,
				     const struct klpcc_match_difference *difference)
{
	const struct klpcc_match_reference *found = &difference->found;
	struct klpcc_match_place place = found->symbol;
	struct klpcc_error *err;
	const char *name;
	uint64_t offset;

	if (!found->defined) {
		fprintf(text, "'%.80s'", found->name ? found->name : "0");
		return NULL;
	}
	place.at += (uint64_t)klpcc_match_addend(match->file, section,
						 difference->relocation);
	err = klpcc_match_name_place(match->object, &match->addresses, place, &name,
				     &offset);
	if (err)
		return err;
	if (put_string(text, match, difference))
		return NULL;
	if (name)
		fprintf(text, "'%.80s'+0x%llx", name, (unsigned long long)offset);
	else
		fprintf(text, "0x%llx", (unsigned long long)place.at);
	return NULL;
}

static struct klpcc_error *put_difference(FILE *text, struct klpcc_match *match,
					  const struct klpcc_match_section *section,
					  const struct klpcc_match_difference *difference)
{
	const struct klpcc_arch *arch = match->object->arch;
	const struct klpcc_elf_relocation *relocation = difference->relocation;

	switch (difference->kind) {
	case KLPCC_MATCH_BYTES:
		fprintf(text, "byte 0x%02x, but the kernel has 0x%02x", difference->mine,
			difference->theirs);
		return NULL;
	case KLPCC_MATCH_TARGET:
		fprintf(text, "%s refers to ",
			klpcc_arch_relocation_name(arch, relocation->type));
		put_named(text, match, section, relocation);
		fputs(", but in the kernel to ", text);
		return put_found(text, match, section, difference);
	case KLPCC_MATCH_REFUSED:
		fprintf(text, "%s refers to ",
			klpcc_arch_relocation_name(arch, relocation->type));
		put_named(text, match, section, relocation);
		fprintf(text, ", but %s", difference->why);
		return NULL;
	case KLPCC_MATCH_NO_BYTES:
		fputs("the kernel has fewer bytes there", text);
		return NULL;
	case KLPCC_MATCH_MORE:
		fputs("the module has more relocations there", text);
		return NULL;
	}
	return NULL;
}

struct klpcc_error *klpcc_match_explain(struct klpcc_match *match, size_t section,
					const struct klpcc_elf_symbol *symbol,
					const struct klpcc_match_difference *difference,
					char **ret)
{
	const struct klpcc_match_section *in = &match->file->sections[section];
	uint64_t start = symbol ? symbol->value : 0;
	struct klpcc_error *err;
	size_t size;
	FILE *text = open_memstream(ret, &size);

	if (!text)
		return klpcc_error_nomem();
	if (!symbol)
		fprintf(text, "section '%.80s' ", in->elf->name);
	fprintf(text, "at +0x%llx: ", (unsigned long long)(difference->offset - start));
	err = put_difference(text, match, in, difference);
	if (fclose(text) && !err)
		err = klpcc_error_nomem();
	if (err) {
		free(*ret);
		*ret = NULL;
	}
	return err;
}
