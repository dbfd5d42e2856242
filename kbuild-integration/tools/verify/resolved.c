// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The verifier: what a relocation resolves to, for those who ask: klp relocations, and imports.
 */
#include <stdlib.h>
#include <string.h>

#include "klp-private.h"

static struct klpcc_error *explain_klp(struct klpcc_verify *verify,
				       const struct klpcc_verify_entry *entry,
				       struct klpcc_explanation *what)
{
	const struct klpcc_klp_symbol *symbol =
		klpcc_verify_read_klp_symbol(verify, entry->rela.symbol);
	struct klpcc_index_symbol found;
	struct klpcc_error *err;

	what->sympos = symbol->sympos;
	if (!symbol->indexed || symbol->position.symbol == KLPCC_INDEX_NO_SYMBOL)
		return NULL;
	err = klpcc_index_symbol(verify->index, symbol->position.symbol, &found);
	if (err)
		return err;
	what->has_address = found.has_address;
	what->address = found.address;
	return NULL;
}

/* *is_import is false for what the kernel does not export. */
static struct klpcc_error *explain_import(struct klpcc_verify *verify, const char *name,
					  struct klpcc_explanation *what, bool *is_import)
{
	struct klpcc_index_export export;
	struct klpcc_index_object object;
	struct klpcc_index_symbol symbol;
	struct klpcc_position position;
	struct klpcc_index_name found;
	struct klpcc_error *err;
	bool known;

	*is_import = false;
	err = klpcc_index_find_name(verify->index, name, strlen(name), &known, &found);
	if (err || !known || !found.exports)
		return err;
	err = klpcc_index_name_export(verify->index, &found, 0, &export);
	if (!err)
		err = klpcc_index_object(verify->index, export.object, &object);
	if (!err)
		err = klpcc_index_find_position(verify->index, export.object, name,
						strlen(name), 0, &position);
	if (err)
		return err;
	*is_import = what->export_ = true;
	what->object = object.name;
	if (position.symbol == KLPCC_INDEX_NO_SYMBOL)
		return NULL;
	err = klpcc_index_symbol(verify->index, position.symbol, &symbol);
	if (err)
		return err;
	what->has_address = symbol.has_address;
	what->address = symbol.address;
	return NULL;
}

/* The strings of a klp symbol, which are parts of longer ones, NUL-terminated for the call. */
struct texts {
	char *symbol, *object, *gate;
};

static char *copy_span(struct klpcc_span span)
{
	return strndup(span.start, span.len);
}

static struct klpcc_error *hand_over(struct klpcc_verify *verify,
				     const struct klpcc_verify_entry *entry,
				     struct klpcc_explanation *what)
{
	char *source = klpcc_source_find(&verify->source, verify->elf, entry->relocated,
					 entry->rela.offset);
	struct klpcc_error *err;

	what->section = entry->relocated->name;
	what->offset = entry->rela.offset;
	what->type = entry->type->name;
	what->source = source;
	err = verify->options->explain(verify->options->explain_arg, what);
	free(source);
	return err;
}

static struct klpcc_error *explain_klp_entry(struct klpcc_verify *verify,
					     const struct klpcc_verify_entry *entry)
{
	const struct klpcc_klp_symbol *symbol =
		klpcc_verify_read_klp_symbol(verify, entry->rela.symbol);
	struct texts texts = { .symbol = copy_span(symbol->name),
			       .object = copy_span(symbol->object),
			       .gate = copy_span(entry->klp->gate) };
	struct klpcc_explanation what = {
		.symbol = texts.symbol,
		.object = texts.object,
		.gate = entry->klp->early ? NULL : texts.gate,
	};
	struct klpcc_error *err = NULL;

	if (!texts.symbol || !texts.object || !texts.gate)
		err = klpcc_error_nomem();
	if (!err)
		err = explain_klp(verify, entry, &what);
	if (!err)
		err = hand_over(verify, entry, &what);
	free(texts.symbol);
	free(texts.object);
	free(texts.gate);
	return err;
}

struct klpcc_error *klpcc_verify_explain_entry(struct klpcc_verify *verify,
					       const struct klpcc_verify_entry *entry)
{
	const struct klpcc_elf_symbol *symbol = &verify->symbols[entry->rela.symbol];
	struct klpcc_explanation what = { .symbol = symbol->name };
	struct klpcc_error *err;
	bool is_import;

	if (!verify->options->explain)
		return NULL;
	if (entry->klp)
		return klpcc_verify_read_klp_symbol(verify, entry->rela.symbol)
				       ->well_formed
			       ? explain_klp_entry(verify, entry)
			       : NULL;
	if (symbol->reserved || symbol->section != SHN_UNDEF || !*symbol->name)
		return NULL;
	err = explain_import(verify, symbol->name, &what, &is_import);
	return err || !is_import ? err : hand_over(verify, entry, &what);
}
