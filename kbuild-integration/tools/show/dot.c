// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc show, printing for graphviz: which function or variable of the file takes what from which
 * object, and what it replaces. One edge for all relocations that say the same.
 */
#include <stdlib.h>
#include <string.h>

#include "../lib/printable.h"
#include "show-private.h"

/* From the holder, or else the section, to a symbol. */
struct edge {
	const struct klpcc_show_module *module;
	const struct klpcc_show_use *use;
};

/* ---- text ------------------------------------------------------------------------------ */

/* In a quoted string of dot a quotation mark and a backslash are escaped. */
static struct klpcc_error *put_text(FILE *stream, const char *text, size_t length)
{
	char *copy = strndup(text, length);
	char *shown = copy ? klpcc_printable(copy) : NULL;

	for (const char *p = shown; p && *p; p++) {
		if (*p == '"' || *p == '\\')
			fputc('\\', stream);
		fputc(*p, stream);
	}
	free(shown);
	free(copy);
	return shown ? NULL : klpcc_error_nomem();
}

static struct klpcc_error *put_node(FILE *stream, const char *prefix, size_t number,
				    const char *text, size_t length)
{
	struct klpcc_error *err;

	fprintf(stream, "    %s%zu [label=\"", prefix, number);
	err = put_text(stream, text, length);
	fputs("\"];\n", stream);
	return err;
}

static struct klpcc_error *begin_cluster(FILE *stream, const char *name, size_t number,
					 struct klpcc_span label)
{
	struct klpcc_error *err;

	fprintf(stream, "  subgraph cluster_%s%zu {\n    label=\"", name, number);
	err = put_text(stream, label.start, label.len);
	fputs("\";\n", stream);
	return err;
}

/* ---- nodes ----------------------------------------------------------------------------- */

static int compare_numbers(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

/* The node that an edge comes from: "h" and a symbol, or "s" and a section. */
static const char *holder_prefix(const struct edge *edge)
{
	return edge->use->holder == KLPCC_SHOW_NONE ? "s" : "h";
}

static size_t holder_number(const struct edge *edge)
{
	if (edge->use->holder == KLPCC_SHOW_NONE)
		return klpcc_show_relocated(edge->module, edge->use)->index;
	return edge->use->holder;
}

static bool is_same_holder(const struct edge *a, const struct edge *b)
{
	return holder_prefix(a) == holder_prefix(b) &&
	       holder_number(a) == holder_number(b);
}

static int compare_edges(const void *left, const void *right)
{
	const struct edge *a = left, *b = right;
	struct klpcc_span gate_a, gate_b;
	int order = *holder_prefix(a) - *holder_prefix(b);

	if (!order)
		order = compare_numbers(holder_number(a), holder_number(b));
	if (!order)
		order = compare_numbers(a->use->symbol, b->use->symbol);
	if (!order)
		order = strcmp(klpcc_show_use_kind(a->module, a->use),
			       klpcc_show_use_kind(b->module, b->use));
	if (order)
		return order;
	gate_a = klpcc_show_gate(a->module, a->use);
	gate_b = klpcc_show_gate(b->module, b->use);
	if (!gate_a.start || !gate_b.start)
		return !!gate_a.start - !!gate_b.start;
	return klpcc_span_compare(gate_a, gate_b);
}

/* The functions that replace others come first, each under its own name and what it replaces. */
static struct klpcc_error *print_replacements(const struct klpcc_show_module *module,
					      bool *printed, FILE *stream)
{
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < module->table.function_count; i++) {
		const struct klpcc_patch_function *function = &module->table.functions[i];
		uint32_t symbol = klpcc_show_replacement(module, function);
		const char *name;

		if (symbol == KLPCC_SHOW_NONE || printed[symbol] ||
		    !function->old_name.start)
			continue;
		printed[symbol] = true;
		name = module->elf_symbols[symbol].name;
		fprintf(stream, "    h%u [style=bold, label=\"", symbol);
		err = put_text(stream, name, strlen(name));
		fputs("\\nreplaces ", stream);
		if (!err)
			err = put_text(stream, function->old_name.start,
				       function->old_name.len);
		fputs("\"];\n", stream);
	}
	return err;
}

static struct klpcc_error *print_holder(const struct edge *edge, FILE *stream)
{
	const struct klpcc_show_module *module = edge->module;
	const char *name = edge->use->holder == KLPCC_SHOW_NONE
				   ? klpcc_show_relocated(module, edge->use)->name
				   : module->elf_symbols[edge->use->holder].name;

	return put_node(stream, holder_prefix(edge), holder_number(edge), name,
			strlen(name));
}

static struct klpcc_error *print_holders(const struct klpcc_show_module *module,
					 const struct edge *edges, FILE *stream)
{
	bool *printed = calloc(module->elf_symbol_count + 1, sizeof(*printed));
	struct klpcc_error *err;

	if (!printed)
		return klpcc_error_nomem();
	err = begin_cluster(stream, "file", 0,
			    klpcc_span_of(klpcc_base_name(klpcc_elf_label(module->elf))));
	if (!err)
		err = print_replacements(module, printed, stream);
	for (size_t i = 0; !err && i < module->use_count; i++) {
		uint32_t holder = edges[i].use->holder;

		if ((i && is_same_holder(&edges[i], &edges[i - 1])) ||
		    (holder != KLPCC_SHOW_NONE && printed[holder]))
			continue;
		err = print_holder(&edges[i], stream);
	}
	free(printed);
	fputs("  }\n", stream);
	return err;
}

static struct klpcc_span object_of(const struct klpcc_show_symbol *symbol)
{
	return symbol->ref.object.start ? symbol->ref.object : klpcc_span_of("?");
}

static int compare_objects(const void *left, const void *right)
{
	const struct klpcc_show_symbol *a =
		*(const struct klpcc_show_symbol *const *)left;
	const struct klpcc_show_symbol *b =
		*(const struct klpcc_show_symbol *const *)right;
	int order = klpcc_span_compare(object_of(a), object_of(b));

	return order ? order : compare_numbers(a->number, b->number);
}

static struct klpcc_error *print_object(const struct klpcc_show_module *module,
					const struct klpcc_show_symbol *const *symbols,
					size_t count, size_t cluster, FILE *stream)
{
	struct klpcc_error *err =
		begin_cluster(stream, "object", cluster, object_of(symbols[0]));

	for (size_t i = 0; !err && i < count; i++)
		err = put_node(stream, "t", (size_t)(symbols[i] - module->symbols),
			       symbols[i]->ref.symbol.start, symbols[i]->ref.symbol.len);
	fputs("  }\n", stream);
	return err;
}

static struct klpcc_error *print_objects(const struct klpcc_show_module *module,
					 FILE *stream)
{
	const struct klpcc_show_symbol **symbols =
		calloc(module->taken_count + 1, sizeof(*symbols));
	struct klpcc_error *err = symbols ? NULL : klpcc_error_nomem();
	size_t count = 0, first = 0;

	for (size_t i = 0; !err && i < module->taken_count; i++)
		if (module->symbols[i].uses)
			symbols[count++] = &module->symbols[i];
	if (count)
		qsort(symbols, count, sizeof(*symbols), compare_objects);
	for (size_t i = 1; !err && i <= count; i++) {
		if (i < count &&
		    klpcc_span_equal(object_of(symbols[first]), object_of(symbols[i])))
			continue;
		err = print_object(module, symbols + first, i - first, first, stream);
		first = i;
	}
	free(symbols);
	return err;
}

/* ---- edges ----------------------------------------------------------------------------- */

static struct klpcc_error *print_edge(const struct edge *edge, size_t count, FILE *stream)
{
	const struct klpcc_show_symbol *symbol =
		&edge->module->symbols[edge->use->symbol];
	struct klpcc_span gate = klpcc_show_gate(edge->module, edge->use);
	struct klpcc_error *err = NULL;

	fprintf(stream, "  %s%zu -> t%u [label=\"%s", holder_prefix(edge),
		holder_number(edge), edge->use->symbol,
		klpcc_show_use_kind(edge->module, edge->use));
	if (count > 1)
		fprintf(stream, " (%zu)", count);
	if (gate.start && symbol->ref.object.start &&
	    !klpcc_span_equal(gate, symbol->ref.object)) {
		fputs(", waits for ", stream);
		err = put_text(stream, gate.start, gate.len);
	}
	fputs("\"];\n", stream);
	return err;
}

static struct klpcc_error *print_graph(const struct klpcc_show_module *module,
				       const struct edge *edges, FILE *stream)
{
	struct klpcc_error *err;
	size_t first = 0;

	fputs("digraph klpcc {\n  rankdir=LR;\n  node [shape=box];\n", stream);
	err = print_holders(module, edges, stream);
	if (!err)
		err = print_objects(module, stream);
	for (size_t i = 1; !err && i <= module->use_count; i++) {
		if (i < module->use_count && !compare_edges(&edges[first], &edges[i]))
			continue;
		err = print_edge(&edges[first], i - first, stream);
		first = i;
	}
	fputs("}\n", stream);
	return err;
}

struct klpcc_error *klpcc_show_print_dot(const struct klpcc_show_module *module,
					 FILE *stream)
{
	struct edge *edges = calloc(module->use_count + 1, sizeof(*edges));
	struct klpcc_error *err;

	if (!edges)
		return klpcc_error_nomem();
	for (size_t i = 0; i < module->use_count; i++)
		edges[i] = (struct edge){ module, &module->uses[i] };
	qsort(edges, module->use_count, sizeof(*edges), compare_edges);
	err = print_graph(module, edges, stream);
	free(edges);
	return err;
}
