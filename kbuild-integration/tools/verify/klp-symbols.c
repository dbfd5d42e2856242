// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The verifier: is each klp symbol found, and is it the one that is meant, in every state
 * of its module?
 *
 * As klp_resolve_symbols() and klp_find_object_symbol() of the kernel's
 * kernel/livepatch/core.c look it up, or the resolver (runtime/resolver/resolve.c). Each
 * symbol is looked up once, however many relocations name it.
 */
#include <ctype.h>
#include <elf.h>
#include <string.h>

#include "klp-private.h"

/* ---- names ----------------------------------------------------------------------------- */

uint32_t klpcc_verify_longest_name(const struct klpcc_verify *verify)
{
	return verify->kernel && verify->kernel < KLPCC_KERNEL(6, 1)
		       ? KLPCC_SYMBOL_MAX_OLD
		       : KLPCC_SYMBOL_MAX;
}

/* What %lu of the kernel's sscanf() reads; a number beyond 32 bits is no position anyhow. */
static bool read_position(const char *text, uint32_t *ret)
{
	uint64_t value = 0;

	text += strspn(text, " \t\n\v\f\r");
	if (!isdigit((unsigned char)*text))
		return false;
	for (; isdigit((unsigned char)*text); text++)
		value = value > UINT32_MAX ? value : value * 10 + (uint64_t)(*text - '0');
	*ret = value > UINT32_MAX ? UINT32_MAX : (uint32_t)value;
	return true;
}

/* sscanf(name, ".klp.sym.%55[^.].%511[^,],%lu"); 127 before 6.1. */
static bool read_mainline_name(const struct klpcc_verify *verify, const char *name,
			       struct klpcc_klp_symbol *symbol)
{
	static const char prefix[] = ".klp.sym.";

	if (strncmp(name, prefix, strlen(prefix)))
		return false;
	symbol->object.start = name + strlen(prefix);
	symbol->object.len = strcspn(symbol->object.start, ".");
	if (!symbol->object.len || symbol->object.len > KLPCC_OBJECT_MAX ||
	    !symbol->object.start[symbol->object.len])
		return false;
	symbol->name.start = symbol->object.start + symbol->object.len + 1;
	symbol->name.len = strcspn(symbol->name.start, ",");
	if (!symbol->name.len || symbol->name.len > klpcc_verify_longest_name(verify) ||
	    !symbol->name.start[symbol->name.len])
		return false;
	return read_position(symbol->name.start + symbol->name.len + 1, &symbol->sympos);
}

static bool read_object_name(const struct klpcc_elf_symbol *from,
			     struct klpcc_klp_symbol *symbol)
{
	struct klpcc_ref ref;

	if (klpcc_object_symbol_parse(from->name, strlen(from->name), &ref) ||
	    from->value > UINT32_MAX)
		return false;
	symbol->name = ref.symbol;
	symbol->object = ref.object;
	symbol->sympos = (uint32_t)from->value;
	return true;
}

struct klpcc_klp_symbol *klpcc_verify_read_klp_symbol(struct klpcc_verify *verify,
						      size_t number)
{
	struct klpcc_klp_symbol *symbol = &verify->klp->symbols[number];
	const struct klpcc_elf_symbol *from = &verify->symbols[number];
	struct klpcc_klp_symbol read = { .well_formed = true };

	if (symbol->name.start)
		return symbol;
	/* A name belongs to one form alone: klp-name.h. */
	if (!read_object_name(from, &read) &&
	    !read_mainline_name(verify, from->name, &read))
		read = (struct klpcc_klp_symbol){ .name = klpcc_span_of(from->name) };
	read.vmlinux = read.well_formed && klpcc_span_is(read.object, KLPCC_VMLINUX);
	*symbol = read;
	return symbol;
}

/* ---- findings -------------------------------------------------------------------------- */

static struct klpcc_verify_place place_of(struct klpcc_verify *verify,
					  const struct klpcc_verify_entry *entry)
{
	uint32_t number = entry->rela.symbol;
	struct klpcc_verify_place place = {
		.section = entry->section,
		.has_entry = true,
		.entry = entry->number,
		.relocated = entry->relocated,
		.offset = entry->rela.offset,
	};

	if (entry->klp)
		place.target = entry->klp->gate;
	if (number >= verify->symbol_count)
		return place;
	if (verify->symbols[number].reserved &&
	    verify->symbols[number].section == KLPCC_SHN_LIVEPATCH)
		place.symbol = klpcc_verify_read_klp_symbol(verify, number)->name;
	else
		place.symbol = klpcc_span_of(verify->symbols[number].name);
	return place;
}

struct klpcc_error *klpcc_verify_add_entry(struct klpcc_verify *verify,
					   enum klpcc_finding_kind kind,
					   enum klpcc_verify_stage stage,
					   enum klpcc_verify_check check,
					   const struct klpcc_verify_entry *entry,
					   const char *format, va_list args)
{
	const struct klpcc_verify_place place = place_of(verify, entry);

	return klpcc_verify_add_args(verify, kind, stage, check, &place, format, args);
}

/* About its symbol. */
static struct klpcc_error *report_symbol(struct klpcc_verify *verify,
					 enum klpcc_finding_kind kind,
					 enum klpcc_verify_stage stage,
					 const struct klpcc_verify_entry *entry,
					 const char *format, ...) KLPCC_PRINTF(5, 6);
static struct klpcc_error *report_symbol(struct klpcc_verify *verify,
					 enum klpcc_finding_kind kind,
					 enum klpcc_verify_stage stage,
					 const struct klpcc_verify_entry *entry,
					 const char *format, ...)
{
	struct klpcc_error *err;
	va_list args;

	va_start(args, format);
	err = klpcc_verify_add_entry(verify, kind, stage, KLPCC_CHECK_SYMBOL, entry,
				     format, args);
	va_end(args);
	return err;
}

/* ---- objects --------------------------------------------------------------------------- */

static struct klpcc_error *find_object(struct klpcc_verify *verify,
				       const struct klpcc_verify_entry *entry,
				       struct klpcc_klp_symbol *symbol)
{
	struct klpcc_klp *klp = verify->klp;
	struct klpcc_error *err;

	/* Most have the same object as the symbol before. */
	if (!klp->object_name.start ||
	    !klpcc_span_equal(klp->object_name, symbol->object)) {
		err = klpcc_index_find_object(verify->index, symbol->object.start,
					      symbol->object.len, &klp->object_known,
					      &klp->object);
		if (err)
			return err;
		klp->object_name = symbol->object;
		if (!klp->object_known) {
			err = report_symbol(
				verify, KLPCC_FINDING_UNSURE, entry->applied_at, entry,
				"the index has no module %.*s, so nothing of it can be checked",
				(int)symbol->object.len, symbol->object.start);
			if (err)
				return err;
		}
	}
	symbol->indexed = klp->object_known;
	symbol->number = klp->object;
	return NULL;
}

/* A symbol of a module that is neither its gate nor waited for: somebody must load it before. */
static struct klpcc_error *note_needed(struct klpcc_verify *verify,
				       const struct klpcc_verify_entry *entry,
				       const struct klpcc_klp_symbol *symbol)
{
	struct klpcc_klp *klp = verify->klp;

	if (symbol->vmlinux || klpcc_span_equal(symbol->object, entry->klp->gate) ||
	    (klp->noted.start && klpcc_span_equal(klp->noted, symbol->object)))
		return NULL;
	klp->noted = symbol->object;
	return report_symbol(
		verify, KLPCC_FINDING_NOTE, entry->applied_at, entry,
		"needs module %.*s to be loaded before, as %s %.*s does not wait for it",
		(int)symbol->object.len, symbol->object.start,
		entry->klp->early ? "what is applied with" : "module",
		(int)entry->klp->gate.len, entry->klp->gate.start);
}

/* ---- symbols --------------------------------------------------------------------------- */

static bool is_data(const struct klpcc_index_symbol *symbol)
{
	return symbol->type == STT_OBJECT ||
	       (symbol->type == STT_NOTYPE && symbol->kallsyms_type != '?' &&
		strchr("aAbBdDgGrRsSvV", symbol->kallsyms_type));
}

/*
 * Without CONFIG_KALLSYMS_ALL the kernel keeps the code of a module that runs alone
 * (is_core_symbol() of kernel/module/kallsyms.c). Of vmlinux the index has what the
 * kernel's own table has, where that is what the index was made from; otherwise it does not
 * know.
 */
static struct klpcc_error *check_data(struct klpcc_verify *verify,
				      const struct klpcc_verify_entry *entry,
				      const struct klpcc_klp_symbol *symbol)
{
	switch (klpcc_index_kallsyms_all(verify->index)) {
	case KLPCC_INDEX_KALLSYMS_ALL_NO:
		if (symbol->vmlinux)
			return NULL;
		return report_symbol(
			verify, KLPCC_FINDING_FAILS, entry->applied_at, entry,
			"it is data, and no look-up finds data of a module in this kernel: it is built without CONFIG_KALLSYMS_ALL");
	case KLPCC_INDEX_KALLSYMS_ALL_UNKNOWN:
		return report_symbol(
			verify, KLPCC_FINDING_UNSURE, entry->applied_at, entry,
			"it is data, and the index does not tell whether the kernel can look up data (CONFIG_KALLSYMS_ALL)");
	case KLPCC_INDEX_KALLSYMS_ALL_YES:
		break;
	}
	return NULL;
}

/* Of the symbol that was found. */
static struct klpcc_error *check_found(struct klpcc_verify *verify,
				       const struct klpcc_verify_entry *entry,
				       const struct klpcc_klp_symbol *symbol)
{
	struct klpcc_index_symbol found;
	struct klpcc_error *err;

	err = klpcc_index_symbol(verify->index, symbol->position.symbol, &found);
	if (!err && is_data(&found))
		err = check_data(verify, entry, symbol);
	/* klp_find_object_symbol() takes the address 0 for none. */
	if (!err && entry->klp->form == KLPCC_VERIFY_FORM_MAINLINE && found.has_address &&
	    !found.address)
		err = report_symbol(
			verify, KLPCC_FINDING_FAILS, entry->applied_at, entry,
			"its address is 0, which the kernel takes for not found");
	if (!err && symbol->position.gone)
		err = report_symbol(
			verify, KLPCC_FINDING_FAILS, KLPCC_STAGE_RUN, entry,
			"it is in init memory, which is freed before the patch runs");
	return err;
}

/* In the table that the object has when it runs. */
static struct klpcc_error *check_position(struct klpcc_verify *verify,
					  const struct klpcc_verify_entry *entry,
					  const struct klpcc_klp_symbol *symbol)
{
	const struct klpcc_position *position = &symbol->position;
	int length = (int)symbol->object.len;
	const char *object = symbol->object.start;

	if (!position->counted && position->init)
		return report_symbol(
			verify, KLPCC_FINDING_FAILS, entry->applied_at, entry,
			"module %.*s has it in init memory only, which is gone when the module runs",
			length, object);
	if (!position->counted)
		return report_symbol(verify, KLPCC_FINDING_FAILS, entry->applied_at,
				     entry, "%.*s has no such symbol", length, object);
	if (!symbol->sympos && position->counted > 1)
		return report_symbol(
			verify, KLPCC_FINDING_FAILS, entry->applied_at, entry,
			"%.*s has %u symbols of that name, but no position is given",
			length, object, position->counted);
	if (symbol->sympos > position->counted)
		return report_symbol(
			verify, KLPCC_FINDING_FAILS, entry->applied_at, entry,
			"position %u is given, but %.*s has only %u of that name",
			symbol->sympos, length, object, position->counted);
	return check_found(verify, entry, symbol);
}

/*
 * While its module is coming, the livepatch core counts init symbols, too; the resolver does not. A
 * module that is not the gate was there before.
 */
static struct klpcc_error *check_coming(struct klpcc_verify *verify,
					const struct klpcc_verify_entry *entry,
					const struct klpcc_klp_symbol *symbol)
{
	if (entry->klp->form != KLPCC_VERIFY_FORM_MAINLINE || entry->klp->early ||
	    symbol->position.symbol == KLPCC_INDEX_NO_SYMBOL ||
	    !klpcc_span_equal(symbol->object, entry->klp->gate) ||
	    !klpcc_position_differs_while_coming(&symbol->position, symbol->sympos))
		return NULL;
	if (symbol->sympos)
		return report_symbol(
			verify, KLPCC_FINDING_FAILS, KLPCC_STAGE_RUN, entry,
			"position %u means another symbol while the module is loading: the kernel then counts init symbols, too, and %u of that name %s before it; use object form",
			symbol->sympos, symbol->position.before,
			symbol->position.before == 1 ? "comes" : "come");
	return report_symbol(
		verify, KLPCC_FINDING_FAILS, KLPCC_STAGE_COMING, entry,
		"it is not unique while the module is loading: the kernel then counts init symbols, too, and there %s %u of that name; use object form",
		symbol->position.init == 1 ? "is" : "are", symbol->position.init);
}

static struct klpcc_error *look_up(struct klpcc_verify *verify,
				   const struct klpcc_verify_entry *entry,
				   struct klpcc_klp_symbol *symbol)
{
	struct klpcc_error *err = find_object(verify, entry, symbol);

	if (!err && symbol->indexed)
		err = klpcc_index_find_position(verify->index, symbol->number,
						symbol->name.start, symbol->name.len,
						symbol->sympos, &symbol->position);
	return err;
}

static struct klpcc_error *refuse_name(struct klpcc_verify *verify,
				       const struct klpcc_verify_entry *entry)
{
	const struct klpcc_elf_symbol *symbol = &verify->symbols[entry->rela.symbol];
	struct klpcc_ref ref;
	int problem;

	if (entry->klp->form == KLPCC_VERIFY_FORM_MAINLINE)
		return report_symbol(
			verify, KLPCC_FINDING_FAILS, entry->read_at, entry,
			"its name is not of the form .klp.sym.OBJECT.SYMBOL,POSITION with an object of at most %u characters and a symbol of at most %u",
			KLPCC_OBJECT_MAX, klpcc_verify_longest_name(verify));
	problem = klpcc_object_symbol_parse(symbol->name, strlen(symbol->name), &ref);
	if (problem)
		return report_symbol(verify, KLPCC_FINDING_FAILS, entry->read_at, entry,
				     "its name is malformed: %s",
				     klpcc_name_strerror(problem));
	return report_symbol(verify, KLPCC_FINDING_FAILS, entry->read_at, entry,
			     "0x%llx is not a position",
			     (unsigned long long)symbol->value);
}

static bool is_named_for(const struct klpcc_verify *verify,
			 const struct klpcc_verify_entry *entry,
			 const struct klpcc_klp_symbol *symbol)
{
	const char *name = verify->symbols[entry->rela.symbol].name;
	bool mainline = !strncmp(name, ".klp.sym.", strlen(".klp.sym."));

	return symbol->well_formed &&
	       mainline == (entry->klp->form == KLPCC_VERIFY_FORM_MAINLINE);
}

struct klpcc_error *klpcc_verify_klp_symbol(struct klpcc_verify *verify,
					    const struct klpcc_verify_entry *entry)
{
	struct klpcc_klp_symbol *symbol =
		klpcc_verify_read_klp_symbol(verify, entry->rela.symbol);
	bool first = !symbol->judged_early && !symbol->judged_late;
	struct klpcc_error *err = NULL;

	if (entry->klp->early ? symbol->judged_early : symbol->judged_late)
		return NULL;
	*(entry->klp->early ? &symbol->judged_early : &symbol->judged_late) = true;
	if (!is_named_for(verify, entry, symbol))
		return refuse_name(verify, entry);
	/* Since 5.8, klp_resolve_symbols(). */
	if (entry->klp->form == KLPCC_VERIFY_FORM_MAINLINE && !entry->klp->early &&
	    symbol->vmlinux)
		return report_symbol(
			verify, KLPCC_FINDING_FAILS, entry->applied_at, entry,
			"it is of vmlinux, which a section that waits for a module must not refer to: link again, or use object form");
	if (first)
		err = look_up(verify, entry, symbol);
	if (!err && symbol->indexed && first)
		err = check_position(verify, entry, symbol);
	if (!err && symbol->indexed)
		err = check_coming(verify, entry, symbol);
	return err ? err : note_needed(verify, entry, symbol);
}
