// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Resolve: see resolve.h.
 *
 * An extern that says nothing is taken from vmlinux when vmlinux has it and nothing exports
 * it: an exported name is what the module loader would bind, and a name that vmlinux lacks
 * may belong to a module or to another unit of the patch. An extern that does say something
 * must be found as said.
 */
#include <string.h>

#include "resolve.h"

bool klpcc_request_explicit(const struct klpcc_request *request)
{
	return request->object || request->gate || request->has_sympos ||
	       request->renamed;
}

bool klpcc_symbol_counted(const struct klpcc_index_symbol *symbol)
{
	/* A module's init symbols are gone from kallsyms once it runs; vmlinux's stay. */
	return symbol->object == KLPCC_INDEX_VMLINUX || !symbol->init;
}

/*
 * Counts the object's symbols of one name and finds the position that is asked for: *init says
 * whether it, or without any position all there is, lives in init memory.
 */
static struct klpcc_error *survey(const struct klpcc_index *index,
				  const struct klpcc_request *request,
				  struct klpcc_verdict *verdict, bool *init)
{
	unsigned int wanted = request->sympos ? request->sympos : 1;
	bool only_init = false;

	*init = false;
	for (uint32_t i = 0; i < verdict->symbols; i++) {
		struct klpcc_index_symbol symbol;
		struct klpcc_error *err =
			klpcc_index_symbol(index, verdict->first_symbol + i, &symbol);

		if (err)
			return err;
		if (symbol.object != verdict->object)
			continue;
		if (!klpcc_symbol_counted(&symbol)) {
			only_init = true;
			continue;
		}
		if (++verdict->positions == wanted) {
			*init = symbol.init;
			verdict->symbol = verdict->first_symbol + i;
		}
	}
	if (!verdict->positions)
		*init = only_init;
	return NULL;
}

static enum klpcc_verdict_kind judge(const struct klpcc_request *request,
				     struct klpcc_verdict *verdict, bool init)
{
	if (!verdict->positions) {
		if (!klpcc_request_explicit(request))
			return KLPCC_VERDICT_ORDINARY;
		return init ? KLPCC_VERDICT_INIT : KLPCC_VERDICT_NO_SYMBOL;
	}
	if (request->sympos > verdict->positions)
		return KLPCC_VERDICT_BAD_POSITION;
	if (verdict->positions > 1 && !request->sympos)
		return KLPCC_VERDICT_AMBIGUOUS;
	if (init && !request->address_only)
		return KLPCC_VERDICT_INIT;
	/* The kernel takes 0 and 1 alike for a unique name; one spelling for one symbol. */
	verdict->ref.sympos = verdict->positions > 1 ? request->sympos : 0;
	return KLPCC_VERDICT_MARK;
}

/* Looks the two objects up; false when a verdict is found already. */
static struct klpcc_error *find_objects(const struct klpcc_index *index,
					const struct klpcc_request *request,
					struct klpcc_verdict *verdict, bool *found)
{
	struct klpcc_span object = verdict->ref.object;
	struct klpcc_span gate = verdict->ref.gate;
	struct klpcc_error *err;
	uint32_t ignored;

	verdict->object = KLPCC_INDEX_VMLINUX;
	*found = true;
	if (request->object) {
		err = klpcc_index_find_object(index, object.start, object.len, found,
					      &verdict->object);
		if (err)
			return err;
		if (!*found) {
			verdict->kind = KLPCC_VERDICT_NO_OBJECT;
			return NULL;
		}
	}
	if (request->gate) {
		err = klpcc_index_find_object(index, gate.start, gate.len, found,
					      &ignored);
		if (err)
			return err;
		if (!*found)
			verdict->kind = KLPCC_VERDICT_NO_GATE;
	}
	return NULL;
}

/* What the declaration says decides; the reason, where it says nothing, is for the index to find. */
static enum klpcc_reason reason_said(const struct klpcc_request *request)
{
	if (request->labelled)
		return KLPCC_REASON_LABEL;
	if (request->ordinary || klpcc_request_explicit(request))
		return KLPCC_REASON_ATTRIBUTE;
	return request->automatic ? KLPCC_REASON_ABSENT : KLPCC_REASON_BUILTIN;
}

static enum klpcc_reason reason_found(const struct klpcc_verdict *verdict)
{
	if (!verdict->positions)
		return KLPCC_REASON_ABSENT;
	return verdict->positions > 1 ? KLPCC_REASON_AMBIGUOUS : KLPCC_REASON_UNIQUE;
}

static struct klpcc_error *leave_to_export(const struct klpcc_index *index,
					   const struct klpcc_index_name *name,
					   struct klpcc_verdict *verdict)
{
	struct klpcc_index_export found;
	struct klpcc_error *err = klpcc_index_export(index, name->first_export, &found);

	if (err)
		return err;
	verdict->reason = KLPCC_REASON_EXPORTED;
	verdict->object = found.object;
	return NULL;
}

struct klpcc_error *klpcc_resolve(const struct klpcc_index *index,
				  const struct klpcc_request *request,
				  struct klpcc_verdict *ret)
{
	const bool is_explicit = klpcc_request_explicit(request);
	struct klpcc_verdict verdict = {};
	struct klpcc_index_name name;
	struct klpcc_error *err;
	bool found, init;

	verdict.kind = KLPCC_VERDICT_ORDINARY;
	verdict.reason = reason_said(request);
	verdict.ref.symbol = klpcc_span_of(request->symbol);
	verdict.ref.object =
		klpcc_span_of(request->object ? request->object : KLPCC_VMLINUX);
	verdict.ref.gate =
		request->gate ? klpcc_span_of(request->gate) : verdict.ref.object;
	*ret = verdict;
	if (request->ordinary || (!is_explicit && !request->automatic))
		return NULL;

	err = find_objects(index, request, &verdict, &found);
	if (err)
		return err;
	if (!found) {
		*ret = verdict;
		return NULL;
	}
	err = klpcc_index_find_name(index, verdict.ref.symbol.start,
				    verdict.ref.symbol.len, &found, &name);
	if (err)
		return err;
	if (found && !is_explicit && name.exports)
		return leave_to_export(index, &name, ret);
	if (found) {
		verdict.first_symbol = name.first_symbol;
		verdict.symbols = name.symbols;
	}
	err = survey(index, request, &verdict, &init);
	if (err)
		return err;
	verdict.kind = judge(request, &verdict, init);
	if (!is_explicit)
		verdict.reason = reason_found(&verdict);
	*ret = verdict;
	return NULL;
}
