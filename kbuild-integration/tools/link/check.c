// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The final link, validating: is this a module that can be linked, and can the kernel apply
 * every relocation that is about to move.
 *
 * Nothing is changed before all checks have passed.
 */
#include "link-private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../late/late.h"
#include "../lib/range.h"

/* ---- the module ------------------------------------------------------------------------ */

/* VERMAGIC_STRING (include/linux/vermagic.h) begins with UTS_RELEASE and a space. */
static struct klpcc_error *read_release(struct klpcc_link *link)
{
	struct klpcc_error *err;
	const char *vermagic;

	err = klpcc_elf_modinfo(link->elf, "vermagic", &vermagic);
	if (err || !vermagic)
		return err;
	link->release = vermagic;
	link->release_length = strcspn(vermagic, " ");
	return NULL;
}

/* False when the release does not begin with two numbers. */
static bool release_before(const struct klpcc_link *link, unsigned int major,
			   unsigned int minor)
{
	unsigned int has_major, has_minor;

	if (!link->release_length ||
	    sscanf(link->release, "%5u.%5u", &has_major, &has_minor) != 2)
		return false;
	return has_major < major || (has_major == major && has_minor < minor);
}

struct klpcc_error *klpcc_link_check_module(struct klpcc_link *link)
{
	const GElf_Ehdr *header = klpcc_elf_header(link->elf);
	struct klpcc_error *err;
	const char *value;

	if (header->e_type != ET_REL)
		return klpcc_elf_error(link->elf, NULL,
				       "not a relocatable file, so not a kernel module");
	err = klpcc_arch_read(link->elf, &link->arch);
	if (err)
		return err;
	if (!klpcc_elf_find_section(link->elf, ".modinfo"))
		return klpcc_elf_error(
			link->elf, NULL,
			"no .modinfo section, so not a finished kernel module");
	err = klpcc_elf_modinfo(link->elf, "livepatch", &value);
	if (err)
		return err;
	link->livepatch = value && !strcmp(value, "Y");
	err = read_release(link);
	/* Earlier kernels applied no klp relocation while a module loads. */
	if (!err && link->livepatch && release_before(link, 5, 8))
		return klpcc_elf_error(
			link->elf, NULL,
			"built for %.*s, but final klp sections need kernel 5.8 or later",
			(int)link->release_length, link->release);
	return err;
}

/*
 * Whether a module that does not declare itself a livepatch was meant to be one:
 * klp_enable_patch() refuses any other module (kernel/livepatch/core.c).
 */
static bool enables_patch(const struct klpcc_link *link)
{
	for (size_t i = 1; i < link->symbol_count; i++)
		if (!link->symbols[i].reserved && link->symbols[i].section == SHN_UNDEF &&
		    !strcmp(link->symbols[i].name, "klp_enable_patch"))
			return true;
	return false;
}

/*
 * A directory may have ordinary modules beside livepatches, such as those that they patch. Nothing
 * is done for them. They must not have marks, which klpcc_link_check_marks() reports.
 */
struct klpcc_error *klpcc_link_check_kind(const struct klpcc_link *link)
{
	if (link->livepatch ||
	    (!link->final_object && !link->final_mainline && !enables_patch(link)))
		return NULL;
	return klpcc_elf_error(
		link->elf, NULL,
		"not a livepatch module: its source needs MODULE_INFO(livepatch, \"Y\")");
}

struct klpcc_error *klpcc_link_check_unsigned(const struct klpcc_link *link)
{
	if (!klpcc_elf_is_signed(link->elf))
		return NULL;
	return klpcc_elf_error(
		link->elf, NULL,
		"the module is signed, and linking would break the signature: link before signing");
}

/* ---- names ----------------------------------------------------------------------------- */

struct klpcc_error *klpcc_link_check_marks(const struct klpcc_link *link)
{
	bool old = release_before(link, 6, 1);

	for (size_t i = 0; i < link->mark_count; i++) {
		const struct klpcc_link_mark *mark = &link->marks[i];

		if (mark->used && !link->livepatch)
			return klpcc_link_mark_error(
				link, mark,
				"only a livepatch can take it from there, and this is an ordinary module: do without it, or make the module a livepatch with MODULE_INFO(livepatch, \"Y\")");
		if (mark->used && old && mark->ref.symbol.len > KLPCC_SYMBOL_MAX_OLD)
			return klpcc_link_mark_error(
				link, mark,
				"the name has %zu characters, but kernel %.*s allows at most %u",
				mark->ref.symbol.len, (int)link->release_length,
				link->release, KLPCC_SYMBOL_MAX_OLD);
	}
	return NULL;
}

/* ---- relocations ----------------------------------------------------------------------- */

struct checked_section {
	const struct klpcc_elf_section *section; /* the SHT_RELA one */
	const struct klpcc_elf_section *relocated;
	const struct klpcc_special_section *special; /* or NULL */
	/* What the machine said of the last type: the next entry's is mostly the same. */
	uint32_t type;
	unsigned int width; /* 0: of none yet, or nothing is written */
};

static struct klpcc_error *type_error(const struct klpcc_link *link,
				      const struct checked_section *in, size_t entry,
				      const struct klpcc_link_mark *mark, uint32_t type)
{
	const char *name = klpcc_arch_relocation_name(link->arch, type);
	struct klpcc_error *err;
	char *text;
	int length;

	if (name)
		length = asprintf(&text, "the module loader does not apply %s; %s", name,
				  link->arch->advice);
	else
		length = asprintf(&text, "unknown relocation type %u", type);
	if (length < 0)
		text = NULL;
	err = klpcc_link_entry_error(link, in->section, entry, mark, text);
	free(text);
	return err;
}

static struct klpcc_error *special_error(const struct klpcc_link *link,
					 const struct checked_section *in, size_t entry,
					 const struct klpcc_link_mark *mark)
{
	const struct klpcc_special_section *special = in->special;
	struct klpcc_error *err;
	char *text;
	int length;

	if (special->any_gate)
		length = asprintf(&text, "section '%s' cannot refer to it: %s",
				  in->relocated->name, special->reason);
	else
		length = asprintf(&text, "section '%s' cannot wait for module %.*s: %s",
				  in->relocated->name, (int)mark->gate.len,
				  mark->gate.start, special->reason);
	if (length < 0)
		text = NULL;
	err = klpcc_link_entry_error(link, in->section, entry, mark, text);
	free(text);
	return err;
}

/* The bytes that a klp relocation changes. */
struct place {
	uint64_t offset, end;
	size_t entry;
};

static int compare_places(const void *a, const void *b)
{
	const struct place *left = a, *right = b;

	if (left->offset != right->offset)
		return left->offset < right->offset ? -1 : 1;
	return (left->entry > right->entry) - (left->entry < right->entry);
}

/* places: sorted. */
static struct klpcc_error *find_overlap(const struct klpcc_link *link,
					const struct checked_section *in,
					const struct klpcc_elf_relocation *relocations,
					const struct place *places, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		size_t one = places[i - 1].entry, other = places[i].entry;
		struct klpcc_error *err;
		size_t later = one > other ? one : other;
		char *text;

		if (places[i].offset >= places[i - 1].end)
			continue;
		if (asprintf(&text, "changes the same bytes as entry %zu",
			     one + other - later) < 0)
			text = NULL;
		err = klpcc_link_entry_error(
			link, in->section, later,
			&link->marks[link->mark_of[relocations[later].symbol]], text);
		free(text);
		return err;
	}
	return NULL;
}

/*
 * Two that change the same bytes: the kernel would leave a mixture there, and what a machine's
 * fix makes of the code for one is wrong for the other. As a rule the entries are sorted, and this
 * is not called.
 */
static struct klpcc_error *check_overlaps(const struct klpcc_link *link,
					  const struct checked_section *in,
					  const struct klpcc_elf_relocation *relocations,
					  size_t count)
{
	struct place *places = reallocarray(NULL, count, sizeof(*places));
	struct klpcc_error *err;
	size_t used = 0;

	if (!places)
		return klpcc_error_nomem();
	for (size_t i = 0; i < count; i++) {
		unsigned int width;

		if (link->mark_of[relocations[i].symbol] == KLPCC_LINK_NONE ||
		    !klpcc_arch_applies(link->arch, relocations[i].type, &width) ||
		    !width)
			continue;
		places[used++] = (struct place){ relocations[i].offset,
						 relocations[i].offset + width, i };
	}
	qsort(places, used, sizeof(*places), compare_places);
	err = find_overlap(link, in, relocations, places, used);
	free(places);
	return err;
}

static struct klpcc_error *check_entry(const struct klpcc_link *link,
				       struct checked_section *in, size_t entry,
				       const struct klpcc_elf_relocation *relocation,
				       const struct klpcc_link_mark *mark)
{
	if (relocation->type != in->type || !in->width) {
		if (!klpcc_arch_applies(link->arch, relocation->type, &in->width))
			return type_error(link, in, entry, mark, relocation->type);
		in->type = relocation->type;
	}
	if (!klpcc_range_ok(relocation->offset, in->width, in->relocated->header.sh_size))
		return klpcc_link_entry_error(link, in->section, entry, mark,
					      "reaches past the end of the section");
	if (in->special &&
	    (in->special->any_gate || !klpcc_span_is(mark->gate, KLPCC_VMLINUX)))
		return special_error(link, in, entry, mark);
	return NULL;
}

static struct klpcc_error *check_section(const struct klpcc_link *link,
					 const struct klpcc_elf_section *section)
{
	const struct klpcc_elf_relocation *relocations;
	struct checked_section in = { .section = section };
	struct klpcc_error *err;
	bool in_order = true;
	uint64_t end = 0;
	size_t count;

	in.relocated = klpcc_elf_section(link->elf, section->header.sh_info);
	in.special = klpcc_late_special(link->arch, in.relocated->name);
	err = klpcc_elf_relocations(link->elf, section, &relocations, &count);
	for (size_t i = 0; !err && i < count; i++) {
		uint32_t mark = link->mark_of[relocations[i].symbol];

		if (mark == KLPCC_LINK_NONE)
			continue;
		err = check_entry(link, &in, i, &relocations[i], &link->marks[mark]);
		if (err)
			return err;
		in_order &= relocations[i].offset >= end;
		end = relocations[i].offset + in.width;
	}
	if (!err && !in_order)
		err = check_overlaps(link, &in, relocations, count);
	return err;
}

struct klpcc_error *klpcc_link_check_relocations(const struct klpcc_link *link)
{
	for (size_t i = 1; i < klpcc_elf_sections(link->elf); i++) {
		const struct klpcc_elf_section *section = klpcc_elf_section(link->elf, i);
		struct klpcc_error *err;

		if (!klpcc_link_is_natural(link, section))
			continue;
		err = check_section(link, section);
		if (err)
			return err;
	}
	return NULL;
}
