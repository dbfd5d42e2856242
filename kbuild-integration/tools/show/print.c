// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc show, printing for people: the facts of a relocatable file, then a table for each kind of
 * thing in it.
 */
#include "show-private.h"

#include <stdlib.h>
#include <string.h>

#include "../lib/printable.h"
#include "../lib/table.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- cells ----------------------------------------------------------------------------- */

static void put_span(struct klpcc_row *row, struct klpcc_span span)
{
	if (span.start)
		klpcc_row_text(row, span.start, span.len);
	klpcc_row_end_cell(row);
}

static void put_object(struct klpcc_row *row, const struct klpcc_show_symbol *symbol)
{
	bool told = symbol->ref.object.start || symbol->kind == KLPCC_SHOW_TOMBSTONE;

	put_span(row, told ? symbol->ref.object : klpcc_span_of("?"));
}

static void put_position(struct klpcc_row *row, const struct klpcc_show_symbol *symbol)
{
	if (symbol->ref.object.start && symbol->ref.sympos)
		klpcc_row_number(row, symbol->ref.sympos);
	else if (symbol->ref.object.start)
		klpcc_row_string(row, "unique");
	klpcc_row_end_cell(row);
}

/* ---- symbols --------------------------------------------------------------------------- */

static void put_flags(struct klpcc_row *row, const struct klpcc_show_module *module,
		      const struct klpcc_show_symbol *symbol)
{
	uint32_t flags = klpcc_show_flags(module, symbol), flag;
	const char *name;
	bool first = true;

	for (size_t i = 0; (name = klpcc_show_flag_name(i, &flag)); i++) {
		if (!(flags & flag))
			continue;
		klpcc_row_string(row, first ? "" : ",");
		klpcc_row_string(row, name);
		first = false;
	}
	klpcc_row_end_cell(row);
}

static void put_first_ref(struct klpcc_row *row, const struct klpcc_show_module *module,
			  const struct klpcc_show_symbol *symbol)
{
	if (symbol->first_ref != KLPCC_SHOW_NONE) {
		const struct klpcc_refs_record *record =
			&module->refs.records[symbol->first_ref];
		char place[512];

		klpcc_refs_place(record->file, record->line, record->column, place,
				 sizeof(place));
		klpcc_row_string(row, place);
	}
	klpcc_row_end_cell(row);
}

static void fill_symbol(const void *arg, size_t number, struct klpcc_row *row)
{
	const struct klpcc_show_module *module = arg;
	const struct klpcc_show_symbol *symbol = &module->symbols[number];

	put_span(row, symbol->ref.symbol);
	put_object(row, symbol);
	put_position(row, symbol);
	put_span(row, symbol->ref.gate);
	klpcc_row_number(row, symbol->uses);
	klpcc_row_end_cell(row);
	put_flags(row, module, symbol);
	put_first_ref(row, module, symbol);
}

static const struct klpcc_column symbol_columns[] = {
	{ .head = "symbol" },
	{ .head = "object" },
	{ .head = "position" },
	{ .head = "gate" },
	{ .head = "uses", .right = true },
	{ .head = "how" },
	{ .head = "source" },
};

static void fill_import(const void *arg, size_t number, struct klpcc_row *row)
{
	const struct klpcc_show_module *module = arg;
	const struct klpcc_show_symbol *symbol =
		&module->symbols[module->taken_count + number];

	put_span(row, symbol->ref.symbol);
	put_span(row, symbol->ref.object);
	klpcc_row_number(row, symbol->uses);
	klpcc_row_end_cell(row);
}

static const struct klpcc_column import_columns[] = {
	{ .head = "symbol" },
	{ .head = "object" },
	{ .head = "uses", .right = true },
};

/* ---- the patch table ------------------------------------------------------------------- */

struct function_list {
	const struct klpcc_show_module *module;
	uint32_t *object_of; /* by function */
};

static void fill_function(const void *arg, size_t number, struct klpcc_row *row)
{
	const struct function_list *list = arg;
	const struct klpcc_show_module *module = list->module;
	const struct klpcc_patch_function *function = &module->table.functions[number];
	const struct klpcc_patch_object *object =
		&module->table.objects[list->object_of[number]];
	uint32_t replacement = klpcc_show_replacement(module, function);

	put_span(row, function->old_name.start ? function->old_name : klpcc_span_of("?"));
	put_span(row, klpcc_show_patched_object(object));
	if (function->sympos_known && function->sympos)
		klpcc_row_number(row, function->sympos);
	else if (function->sympos_known)
		klpcc_row_string(row, "unique");
	klpcc_row_end_cell(row);
	put_span(row, klpcc_span_of(replacement == KLPCC_SHOW_NONE
					    ? "?"
					    : module->elf_symbols[replacement].name));
}

static const struct klpcc_column function_columns[] = {
	{ .head = "function" },
	{ .head = "object" },
	{ .head = "position" },
	{ .head = "replaced by" },
};

static struct klpcc_error *print_functions(const struct klpcc_show_module *module,
					   FILE *stream)
{
	const struct klpcc_patch_table *table = &module->table;
	struct function_list list = {
		.module = module,
		.object_of = calloc(table->function_count + 1, sizeof(*list.object_of)),
	};
	const struct klpcc_table functions = {
		.columns = function_columns,
		.column_count = COUNT(function_columns),
		.row_count = table->function_count,
		.fill = fill_function,
		.arg = &list,
	};
	struct klpcc_error *err;

	if (!list.object_of)
		return klpcc_error_nomem();
	for (size_t i = 0; i < table->object_count; i++)
		for (size_t j = 0; j < table->objects[i].count; j++)
			list.object_of[table->objects[i].first + j] = (uint32_t)i;
	err = klpcc_show_put_table(stream, "functions that it replaces", &functions);
	free(list.object_of);
	return err;
}

/* ---- relocations ----------------------------------------------------------------------- */

static void put_type(struct klpcc_row *row, const struct klpcc_show_module *module,
		     const struct klpcc_show_use *use)
{
	const char *type = klpcc_show_type(module, use);

	if (type)
		klpcc_row_string(row, type);
	else
		klpcc_row_number(row, use->type);
	klpcc_row_end_cell(row);
}

/* "function+0x1c" */
static void put_holder(struct klpcc_row *row, const struct klpcc_show_module *module,
		       const struct klpcc_show_use *use)
{
	if (use->holder != KLPCC_SHOW_NONE) {
		const struct klpcc_elf_symbol *holder = &module->elf_symbols[use->holder];

		klpcc_row_string(row, holder->name);
		klpcc_row_string(row, "+");
		klpcc_row_hex(row, use->offset - holder->value);
	}
	klpcc_row_end_cell(row);
}

static void put_place(struct klpcc_row *row, const struct klpcc_show_module *module,
		      const struct klpcc_show_use *use)
{
	klpcc_row_string(row, klpcc_show_relocated(module, use)->name);
	klpcc_row_string(row, "+");
	klpcc_row_hex(row, use->offset);
	klpcc_row_end_cell(row);
}

static void fill_use(const void *arg, size_t number, struct klpcc_row *row)
{
	const struct klpcc_show_module *module = arg;
	const struct klpcc_show_use *use = &module->uses[number];
	const struct klpcc_show_symbol *symbol = &module->symbols[use->symbol];

	put_span(row, klpcc_show_gate(module, use));
	put_object(row, symbol);
	put_span(row, symbol->ref.symbol);
	put_position(row, symbol);
	put_type(row, module, use);
	put_holder(row, module, use);
	put_place(row, module, use);
	if (klpcc_show_source(module, use))
		klpcc_row_string(row, klpcc_show_source(module, use));
	klpcc_row_end_cell(row);
}

static const struct klpcc_column use_columns[] = {
	{ .head = "gate" },     { .head = "object" }, { .head = "symbol" },
	{ .head = "position" }, { .head = "type" },   { .head = "in" },
	{ .head = "place" },    { .head = "source" },
};

/* ---- the file -------------------------------------------------------------------------- */

static struct klpcc_error *put_line(FILE *stream, const char *before, const char *text)
{
	char *shown = klpcc_printable(text);
	size_t length = shown ? strlen(shown) : 0;

	if (!shown)
		return klpcc_error_nomem();
	/* A vermagic ends in a blank. */
	while (length && shown[length - 1] == ' ')
		shown[--length] = '\0';
	fprintf(stream, "%s%s\n", before, shown);
	free(shown);
	return NULL;
}

struct klpcc_error *klpcc_show_put_title(FILE *stream, const char *title)
{
	return put_line(stream, "", title);
}

struct klpcc_error *klpcc_show_put_fact(FILE *stream, const char *name, const char *value)
{
	fprintf(stream, "  %-10s", name);
	return put_line(stream, " ", value);
}

struct klpcc_error *klpcc_show_put_table(FILE *stream, const char *title,
					 const struct klpcc_table *table)
{
	if (!table->row_count)
		return NULL;
	fprintf(stream, "\n%s\n", title);
	return klpcc_table_print(table, stream);
}

static const char *kind_of(const struct klpcc_show_module *module)
{
	if (!module->finished)
		return "object file";
	return module->livepatch ? "livepatch module" : "module that is no livepatch";
}

static struct klpcc_error *print_facts(const struct klpcc_show_module *module,
				       FILE *stream)
{
	struct klpcc_error *err;

	err = klpcc_show_put_title(stream, klpcc_elf_label(module->elf));
	if (!err)
		err = klpcc_show_put_fact(stream, "kind", kind_of(module));
	if (!err)
		err = klpcc_show_put_fact(stream, "machine", module->arch->name);
	if (!err && module->vermagic)
		err = klpcc_show_put_fact(stream, "vermagic", module->vermagic);
	if (!err && module->form)
		err = klpcc_show_put_fact(stream, "form", module->form);
	if (!err && module->finished)
		err = klpcc_show_put_fact(stream, "signed",
					  module->is_signed ? "yes" : "no");
	if (!err && module->table.unread)
		err = klpcc_show_put_fact(stream, "not read", module->table.unread);
	return err;
}

struct klpcc_error *klpcc_show_print(const struct klpcc_show_module *module, FILE *stream)
{
	const struct klpcc_table symbols = {
		.columns = symbol_columns,
		.column_count = COUNT(symbol_columns),
		.row_count = module->taken_count,
		.fill = fill_symbol,
		.arg = module,
	};
	const struct klpcc_table uses = {
		.columns = use_columns,
		.column_count = COUNT(use_columns),
		.row_count = module->use_count,
		.fill = fill_use,
		.arg = module,
	};
	const struct klpcc_table imports = {
		.columns = import_columns,
		.column_count = COUNT(import_columns),
		.row_count = module->symbol_count - module->taken_count,
		.fill = fill_import,
		.arg = module,
	};
	struct klpcc_error *err;

	err = print_facts(module, stream);
	if (!err)
		err = print_functions(module, stream);
	if (!err)
		err = klpcc_show_put_table(stream, "symbols of the target", &symbols);
	if (!err)
		err = klpcc_show_put_table(stream, "relocations", &uses);
	if (!err)
		err = klpcc_show_put_table(stream, "imports", &imports);
	return err;
}
