// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The verifier: which klp relocations a module has, in which form, and who will apply them.
 *
 * Names, flags and links of the sections were checked before (klp-sections.c). Symbols and
 * entries are judged in relocations.c, with what is collected here.
 */
#include <stdlib.h>
#include <string.h>

#include "klp-private.h"

static bool is_livepatch_symbol(const struct klpcc_elf_symbol *symbol)
{
	return symbol->reserved && symbol->section == KLPCC_SHN_LIVEPATCH;
}

static struct klpcc_error *allocate(struct klpcc_verify *verify)
{
	struct klpcc_klp *klp = calloc(1, sizeof(*klp));
	size_t symbols = verify->symbol_count + 1;

	if (!klp)
		return klpcc_error_nomem();
	verify->klp = klp;
	klp->sections =
		calloc(klpcc_elf_sections(verify->elf) + 1, sizeof(*klp->sections));
	klp->symbols = calloc(symbols, sizeof(*klp->symbols));
	klp->addresses = calloc(symbols, sizeof(*klp->addresses));
	return klp->sections && klp->symbols && klp->addresses ? NULL
							       : klpcc_error_nomem();
}

void klpcc_verify_close_klp(struct klpcc_verify *verify)
{
	struct klpcc_klp *klp = verify->klp;

	if (!klp)
		return;
	if (klp->ranges)
		klpcc_late_deinit(klp->ranges);
	free(klp->ranges);
	klpcc_verify_free_slots(klp->slots);
	free(klp->sections);
	free(klp->symbols);
	free(klp->addresses);
	free(klp);
}

/*
 * The resolver reads all entries while the module is loaded, the livepatch core those of a gate
 * when that is there. Both look symbols up and write values only then.
 */
static void read_section(struct klpcc_verify *verify,
			 const struct klpcc_elf_section *section)
{
	struct klpcc_klp_section *klp = &verify->klp->sections[section->index];
	enum klpcc_verify_form form;

	if (!(section->header.sh_flags & KLPCC_SHF_RELA_LIVEPATCH))
		return;
	form = klpcc_verify_read_klp_section(section->name, &klp->gate);
	klp->form = form;
	klp->early = klpcc_span_is(klp->gate, KLPCC_VMLINUX);
	klp->applied_at = klp->early ? KLPCC_STAGE_LOAD : KLPCC_STAGE_TARGET;
	klp->read_at =
		form == KLPCC_VERIFY_FORM_OBJECT ? KLPCC_STAGE_LOAD : klp->applied_at;
	if (form == KLPCC_VERIFY_FORM_NONE)
		return;
	verify->result->relocations += section->header.sh_size / sizeof(Elf64_Rela);
	/* One section of object form is enough for the resolver to be needed. */
	if (verify->form != KLPCC_VERIFY_FORM_OBJECT)
		verify->form = form;
}

/*
 * klp-build of Linux 7.3 writes mainline form, and leaves traces: its patch table, and symbols that
 * nothing but R_X86_64_NONE names.
 */
static bool is_of_klp_build(const struct klpcc_verify *verify)
{
	return klpcc_elf_find_section(verify->elf, ".init.klp_objects") ||
	       klpcc_elf_find_section(verify->elf, ".init.klp_funcs");
}

static const char *form_name(const struct klpcc_verify *verify)
{
	switch (verify->form) {
	case KLPCC_VERIFY_FORM_OBJECT:
		return "object";
	case KLPCC_VERIFY_FORM_MAINLINE:
		return is_of_klp_build(verify) ? "klp-build" : "mainline";
	default:
		return is_of_klp_build(verify) ? "klp-build" : "none";
	}
}

/* finish_load() of the resolver: the kernel keeps all symbols of a livepatch alone. */
static struct klpcc_error *check_object_form(struct klpcc_verify *verify)
{
	struct klpcc_error *err;

	err = klpcc_verify_note(
		verify, KLPCC_STAGE_LOAD, KLPCC_CHECK_SECTION, NULL,
		"it is in object form: klpcc_resolver must be loaded first, else the kernel refuses it");
	if (err || verify->livepatch)
		return err;
	return klpcc_verify_fail(
		verify, KLPCC_STAGE_LOAD, KLPCC_CHECK_SECTION, NULL,
		"it has klp relocations, but does not say that it is a livepatch: add MODULE_INFO(livepatch, \"Y\")");
}

/* patch_coming() of the resolver, where nothing was handed over to it. */
static struct klpcc_error *check_forgotten(struct klpcc_verify *verify)
{
	for (size_t i = 1; i < verify->symbol_count; i++) {
		const struct klpcc_elf_symbol *symbol = &verify->symbols[i];
		const struct klpcc_verify_place place = {
			.section = klpcc_elf_symtab(verify->elf),
			.has_entry = true,
			.entry = i,
			.symbol = klpcc_span_of(symbol->name),
		};
		struct klpcc_ref ref;

		if (!is_livepatch_symbol(symbol) ||
		    klpcc_object_symbol_parse(symbol->name, strlen(symbol->name), &ref) ==
			    -KLPCC_NAME_NOT_OURS)
			continue;
		return klpcc_verify_fail(
			verify, KLPCC_STAGE_LOAD, KLPCC_CHECK_SECTION, &place,
			"it is a symbol of object form, but no section has SHF_RELA_LIVEPATCH, so nobody looks it up");
	}
	return NULL;
}

/*
 * Before clear_relocate_add() of 6.3, what was written stayed when the module went, and
 * apply_relocate_add() of x86 refuses a place that is not zero.
 */
static struct klpcc_error *note_once_only(struct klpcc_verify *verify)
{
	struct klpcc_span last = { 0 };
	struct klpcc_error *err = NULL;

	if (verify->arch->machine != EM_X86_64 || !verify->kernel ||
	    verify->kernel >= KLPCC_KERNEL(6, 3))
		return NULL;
	for (size_t i = 1; !err && i < klpcc_elf_sections(verify->elf); i++) {
		const struct klpcc_klp_section *klp = &verify->klp->sections[i];
		const struct klpcc_verify_place place = {
			.section = klpcc_elf_section(verify->elf, i),
		};

		if (klp->form != KLPCC_VERIFY_FORM_MAINLINE || klp->early ||
		    !place.section->header.sh_size ||
		    (last.start && klpcc_span_equal(klp->gate, last)))
			continue;
		last = klp->gate;
		err = klpcc_verify_note(
			verify, KLPCC_STAGE_LOAD, KLPCC_CHECK_SECTION, &place,
			"when module %.*s was unloaded while the patch is loaded, it cannot be loaded again: kernels before 6.3 refuse to relocate twice; use object form",
			(int)last.len, last.start);
	}
	return err;
}

struct klpcc_error *klpcc_verify_klp(struct klpcc_verify *verify)
{
	struct klpcc_error *err = allocate(verify);

	if (err)
		return err;
	for (size_t i = 1; i < klpcc_elf_sections(verify->elf); i++)
		read_section(verify, klpcc_elf_section(verify->elf, i));
	verify->result->form = form_name(verify);
	err = note_once_only(verify);
	if (err)
		return err;
	if (verify->form == KLPCC_VERIFY_FORM_OBJECT)
		return check_object_form(verify);
	return verify->livepatch ? check_forgotten(verify) : NULL;
}
