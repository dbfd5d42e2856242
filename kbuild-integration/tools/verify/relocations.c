// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The verifier: every relocation that is applied to the loaded module: type, symbol, place, value.
 *
 * Who applies it decides what is refused: apply_relocate_add() of the kernel's
 * arch/x86/kernel/module.c or arch/s390/kernel/module.c, for ordinary sections and for
 * mainline form; for object form the resolver looks first (runtime/resolver/read.c,
 * apply.c). What nobody refuses is wrong when the module runs.
 */
#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/range.h"
#include "klp-private.h"

struct relocations {
	struct klpcc_verify *verify;
	/* By section that is relocated: a byte for each of its bytes, set when it is written. */
	unsigned char **taken;
	/* Of the section that is relocated now; NULL when the file has none of it. */
	const unsigned char *bytes;
	unsigned char *taken_here; /* NULL as well */
};

static struct klpcc_error *report(struct klpcc_verify *verify,
				  enum klpcc_finding_kind kind,
				  enum klpcc_verify_stage stage,
				  const struct klpcc_verify_entry *entry,
				  const char *format, ...) KLPCC_PRINTF(5, 6);
static struct klpcc_error *report(struct klpcc_verify *verify,
				  enum klpcc_finding_kind kind,
				  enum klpcc_verify_stage stage,
				  const struct klpcc_verify_entry *entry,
				  const char *format, ...)
{
	struct klpcc_error *err;
	va_list args;

	va_start(args, format);
	err = klpcc_verify_add_entry(verify, kind, stage, KLPCC_CHECK_RELOCATION, entry,
				     format, args);
	va_end(args);
	return err;
}

static bool is_object_form(const struct klpcc_verify_entry *entry)
{
	return entry->klp && entry->klp->form == KLPCC_VERIFY_FORM_OBJECT;
}

static bool is_x86(const struct klpcc_verify *verify)
{
	return verify->arch->machine == EM_X86_64;
}

/* ---- symbol and type ------------------------------------------------------------------- */

static bool names_livepatch_symbol(const struct klpcc_verify *verify,
				   const struct klpcc_verify_entry *entry)
{
	const struct klpcc_elf_symbol *symbol = &verify->symbols[entry->rela.symbol];

	return symbol->reserved && symbol->section == KLPCC_SHN_LIVEPATCH;
}

/*
 * The loader gives such a symbol the value that the file has for it, unless a section in
 * mainline form has been applied before that names it, too. klp-build keeps what it has
 * read in __klp_relocs.*.
 */
static struct klpcc_error *check_ordinary_symbol(struct klpcc_verify *verify,
						 const struct klpcc_verify_entry *entry)
{
	static const char read[] = "__klp_relocs";

	if (!names_livepatch_symbol(verify, entry) ||
	    entry->type->value == KLPCC_RELOC_NOTHING ||
	    verify->klp->symbols[entry->rela.symbol].resolved_early ||
	    !strncmp(entry->relocated->name, read, strlen(read)))
		return NULL;
	return report(
		verify, KLPCC_FINDING_FAILS, KLPCC_STAGE_RUN, entry,
		"it is a klp symbol in an ordinary section, which the module loader applies without looking it up");
}

static struct klpcc_error *check_klp_symbol(struct klpcc_verify *verify,
					    const struct klpcc_verify_entry *entry)
{
	if (!names_livepatch_symbol(verify, entry))
		return report(
			verify, KLPCC_FINDING_FAILS, entry->read_at, entry,
			"the symbol is not a klp symbol: its section index is not SHN_LIVEPATCH");
	if (entry->klp->early && entry->klp->form == KLPCC_VERIFY_FORM_MAINLINE)
		verify->klp->symbols[entry->rela.symbol].resolved_early = true;
	return klpcc_verify_klp_symbol(verify, entry);
}

/* *good is false when nothing else can be said of the entry. */
static struct klpcc_error *check_type(struct klpcc_verify *verify,
				      struct klpcc_verify_entry *entry, bool *good)
{
	uint32_t type = entry->rela.type;

	*good = false;
	if (entry->rela.symbol >= verify->symbol_count ||
	    (is_object_form(entry) && !entry->rela.symbol))
		return report(verify, KLPCC_FINDING_FAILS, entry->read_at, entry,
			      "there is no symbol with the number %u",
			      entry->rela.symbol);
	entry->type =
		klpcc_reloc_find(verify->arch->relocs, verify->arch->reloc_count, type);
	if (!entry->type)
		return report(verify, KLPCC_FINDING_FAILS, entry->read_at, entry,
			      "unknown relocation type %u", type);
	if (entry->type->value == KLPCC_RELOC_REFUSED)
		return report(verify, KLPCC_FINDING_FAILS, entry->read_at, entry,
			      "the module loader does not apply %s; %s",
			      entry->type->name, verify->arch->advice);
	*good = true;
	return NULL;
}

/* ---- place ----------------------------------------------------------------------------- */

/* klpcc_place_is_empty() of the resolver. */
static bool is_empty(const struct relocations *all,
		     const struct klpcc_verify_entry *entry)
{
	const struct klpcc_reloc_field *field = &entry->type->field;

	return !all->bytes ||
	       !(klpcc_number(all->bytes + entry->rela.offset, field->width,
			      all->verify->arch->big_endian) &
		 ~(uint64_t)field->kept);
}

/* *refused: when the kernel or the resolver refuses an entry whose place is taken. */
static bool is_taken(struct relocations *all, const struct klpcc_verify_entry *entry,
		     enum klpcc_verify_stage *refused)
{
	bool x86 = is_x86(all->verify), object_form = is_object_form(entry);
	unsigned char *at;
	bool taken = false;

	if (!all->taken_here)
		return false;
	*refused = x86 ? entry->read_at : KLPCC_STAGE_RUN;
	at = all->taken_here + entry->rela.offset;
	for (unsigned int i = 0; i < entry->type->field.width; i++) {
		/* 2: by a klp relocation of object form; the resolver compares with all others. */
		bool compared = object_form || at[i] == 2;

		if (at[i] && compared)
			*refused = KLPCC_STAGE_LOAD;
		taken |= at[i] && (x86 || entry->klp || compared);
		at[i] = object_form ? 2 : 1;
	}
	return taken;
}

/* On s390 the loader writes over what is there; the resolver does not let it. */
static struct klpcc_error *check_place(struct relocations *all,
				       const struct klpcc_verify_entry *entry, bool *good)
{
	struct klpcc_verify *verify = all->verify;
	enum klpcc_verify_stage refused;

	*good = klpcc_range_ok(entry->rela.offset, entry->type->field.width,
			       entry->relocated->header.sh_size);
	if (!*good)
		return report(
			verify, KLPCC_FINDING_FAILS,
			is_object_form(entry) ? entry->read_at : KLPCC_STAGE_RUN, entry,
			"its place, %u bytes at 0x%llx, ends outside of section '%s'",
			entry->type->field.width, (unsigned long long)entry->rela.offset,
			entry->relocated->name);
	if (is_taken(all, entry, &refused))
		return report(verify, KLPCC_FINDING_FAILS, refused, entry,
			      "another relocation writes to the same place");
	if ((is_x86(verify) || is_object_form(entry)) && !is_empty(all, entry))
		return report(verify, KLPCC_FINDING_FAILS, entry->read_at, entry,
			      "its place is not empty, so the %s refuses it",
			      is_object_form(entry) ? "resolver" : "kernel");
	return NULL;
}

/* ---- value ----------------------------------------------------------------------------- */

/* apply_relocate_add() of x86 does not check distances; klpcc_place_fits() of the resolver does. */
static enum klpcc_verify_stage refused_at(const struct klpcc_verify *verify,
					  const struct klpcc_verify_entry *entry)
{
	return is_x86(verify) && !is_object_form(entry) &&
			       entry->type->value == KLPCC_RELOC_DISTANCE
		       ? KLPCC_STAGE_RUN
		       : entry->applied_at;
}

/*
 * The kernel fills a slot once (got_initialized in apply_rela()), so it has the old address
 * when the module is loaded again elsewhere. A branch that reaches the symbol does without
 * the slot.
 */
static struct klpcc_error *check_stale(struct klpcc_verify *verify,
				       const struct klpcc_verify_entry *entry)
{
	bool uses_slot = klpcc_reloc_uses_got(entry->type) ||
			 (klpcc_reloc_uses_plt(entry->type) && !entry->type->field.shift);

	if (!uses_slot || !entry->klp || is_object_form(entry) || entry->klp->early)
		return NULL;
	return report(
		verify, KLPCC_FINDING_FAILS, KLPCC_STAGE_RUN, entry,
		"it needs a slot of the GOT or PLT, which the kernel does not update when module %.*s is loaded again elsewhere; link again, or use object form",
		(int)entry->klp->gate.len, entry->klp->gate.start);
}

static struct klpcc_error *check_value(struct klpcc_verify *verify,
				       const struct klpcc_verify_entry *entry)
{
	const char *type = entry->type->name, *advice = verify->arch->advice;
	struct klpcc_address address;
	struct klpcc_error *err;

	err = klpcc_verify_find_address(verify, entry->rela.symbol, &address);
	if (err)
		return err;
	switch (klpcc_verify_judge_fit(verify, entry, &address)) {
	case KLPCC_FIT_ALWAYS:
		return check_stale(verify, entry);
	case KLPCC_FIT_NEVER:
		return report(
			verify, KLPCC_FINDING_FAILS, refused_at(verify, entry), entry,
			"the value does not fit %s, wherever the kernel and its modules are; %s",
			type, advice);
	case KLPCC_FIT_SOMETIMES:
		return report(
			verify, KLPCC_FINDING_UNSURE, refused_at(verify, entry), entry,
			"whether the value fits %s depends on where the kernel and its modules are; %s",
			type, advice);
	case KLPCC_FIT_ODD:
		return report(verify, KLPCC_FINDING_FAILS, entry->applied_at, entry,
			      "%s counts halfwords, and the distance is odd", type);
	case KLPCC_FIT_NO_SLOT:
		break;
	}
	return report(
		verify, KLPCC_FINDING_FAILS, KLPCC_STAGE_RUN, entry,
		"%s needs a slot of the GOT or PLT, but the kernel makes slots only for sections of type SHT_RELA",
		type);
}

/* ---- all ------------------------------------------------------------------------------- */

static struct klpcc_error *check_entry(struct relocations *all,
				       struct klpcc_verify_entry *entry)
{
	struct klpcc_verify *verify = all->verify;
	struct klpcc_error *err;
	bool good;

	err = check_type(verify, entry, &good);
	if (err || !good)
		return err;
	err = check_place(all, entry, &good);
	if (err || !good)
		return err;
	err = entry->klp ? check_klp_symbol(verify, entry)
			 : check_ordinary_symbol(verify, entry);
	if (err)
		return err;
	/* Else nothing is known of its address, and it was told. */
	if (!names_livepatch_symbol(verify, entry) == !entry->klp)
		err = check_value(verify, entry);
	if (!err && entry->klp && names_livepatch_symbol(verify, entry))
		err = klpcc_verify_late(verify, entry);
	if (!err && (!entry->klp || names_livepatch_symbol(verify, entry)))
		err = klpcc_verify_explain_entry(verify, entry);
	return err;
}

static struct klpcc_error *open_relocated(struct relocations *all,
					  const struct klpcc_elf_section *relocated)
{
	unsigned char **taken = &all->taken[relocated->index];
	struct klpcc_error *err;
	size_t size;

	all->bytes = NULL;
	all->taken_here = NULL;
	if (relocated->header.sh_type == SHT_NOBITS)
		return NULL;
	err = klpcc_elf_section_bytes(all->verify->elf, relocated, &all->bytes, &size);
	if (err)
		return err;
	/* A section that was given no contents, such as one of SHT_NULL. */
	if (size != relocated->header.sh_size) {
		all->bytes = NULL;
		return NULL;
	}
	if (!*taken)
		*taken = calloc(size + 1, 1);
	all->taken_here = *taken;
	return *taken ? NULL : klpcc_error_nomem();
}

static struct klpcc_error *check_entries(struct relocations *all,
					 struct klpcc_verify_entry *entry)
{
	struct klpcc_verify_relas relas;
	struct klpcc_error *err;

	err = open_relocated(all, entry->relocated);
	if (!err)
		err = klpcc_verify_read_relas(all->verify, entry->section, &relas);
	if (err)
		return klpcc_verify_unread(all->verify, KLPCC_CHECK_RELOCATION, err);
	for (size_t i = 0; !err && i < relas.count; i++) {
		entry->number = i;
		entry->rela = klpcc_verify_read_rela(&relas, i);
		err = check_entry(all, entry);
	}
	return err;
}

/* What klp relocations there are was told before: check_mainline() in klp-sections.c. */
static struct klpcc_error *check_skipped(struct klpcc_verify *verify,
					 const struct klpcc_verify_entry *entry)
{
	const struct klpcc_verify_place place = { .section = entry->section };
	const GElf_Shdr *header = &entry->section->header;
	struct klpcc_verify_relas relas;
	struct klpcc_error *err;
	size_t first = 0;

	if (!klpcc_verify_is_percpu(entry->relocated->name, &entry->relocated->header) ||
	    header->sh_type != SHT_RELA || header->sh_flags & KLPCC_SHF_RELA_LIVEPATCH)
		return NULL;
	err = klpcc_verify_read_relas(verify, entry->section, &relas);
	if (err)
		return klpcc_verify_unread(verify, KLPCC_CHECK_RELOCATION, err);
	while (first < relas.count &&
	       klpcc_verify_read_rela(&relas, first).type == verify->arch->none)
		first++;
	if (first == relas.count)
		return NULL;
	return klpcc_verify_unsure(
		verify, KLPCC_STAGE_RUN, KLPCC_CHECK_RELOCATION, &place,
		"kernels before 6.16 do not relocate per-CPU variables, if this was not mended there: set their pointers at run time");
}

/* As apply_relocations() takes them; a klp section may have any type. */
static struct klpcc_error *check_section(struct relocations *all, size_t number)
{
	struct klpcc_verify *verify = all->verify;
	const struct klpcc_klp_section *klp = &verify->klp->sections[number];
	struct klpcc_verify_entry entry = {
		.section = klpcc_elf_section(verify->elf, number),
	};
	const GElf_Shdr *header = &entry.section->header;

	if (header->sh_info >= klpcc_elf_sections(verify->elf))
		return NULL;
	entry.relocated = klpcc_elf_section(verify->elf, header->sh_info);
	if (!klpcc_verify_is_relocated(verify, entry.relocated->name,
				       &entry.relocated->header))
		return check_skipped(verify, &entry);
	if (klp->form != KLPCC_VERIFY_FORM_NONE)
		entry.klp = klp;
	else if (header->sh_flags & KLPCC_SHF_RELA_LIVEPATCH)
		return NULL;
	else if (header->sh_type == SHT_REL)
		return klpcc_verify_fail(
			verify, KLPCC_STAGE_LOAD, KLPCC_CHECK_RELOCATION,
			&(struct klpcc_verify_place){ .section = entry.section },
			"relocations without addends (SHT_REL) are refused on this machine");
	else if (header->sh_type != SHT_RELA)
		return NULL;
	entry.read_at = entry.klp ? klp->read_at : KLPCC_STAGE_LOAD;
	entry.applied_at = entry.klp ? klp->applied_at : KLPCC_STAGE_LOAD;
	entry.special = klpcc_late_special(verify->arch, entry.relocated->name);
	return check_entries(all, &entry);
}

struct klpcc_error *klpcc_verify_relocations(struct klpcc_verify *verify)
{
	size_t sections = klpcc_elf_sections(verify->elf);
	struct relocations all = { .verify = verify };
	struct klpcc_error *err;

	err = klpcc_verify_unread(verify, KLPCC_CHECK_RELOCATION,
				  klpcc_verify_read_slots(verify, &verify->klp->slots));
	if (err)
		return err;
	all.taken = calloc(sections + 1, sizeof(*all.taken));
	if (!all.taken)
		return klpcc_error_nomem();
	for (size_t i = 1; !err && i < sections; i++)
		err = check_section(&all, i);
	for (size_t i = 0; i < sections; i++)
		free(all.taken[i]);
	free(all.taken);
	return err;
}
