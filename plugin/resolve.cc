// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Resolve: see resolve.h.
 *
 * What the module loader would bind, an export of vmlinux or of a module, is left alone, except
 * one of a module that the unit is for, on which the patch must not depend. Every other name is
 * looked for in vmlinux and in those modules together: a single symbol is taken; of several, the
 * one whose source file was given; otherwise the author is asked. Where none of them has the
 * name, it may belong to another unit of the patch. The name of an export is ambiguous, too, when
 * another symbol of vmlinux or of a module of the unit has it. An extern that says which symbol
 * it means must be found as it says.
 */
#include <elf.h>
#include <string.h>

#include "resolve.h"

bool klpcc_request_explicit(const struct klpcc_request *request)
{
	return request->object || request->gate || request->has_sympos ||
	       request->renamed || request->source;
}

bool klpcc_symbol_counted(const struct klpcc_index_symbol *symbol)
{
	/* A module's init symbols are gone from kallsyms once it runs; vmlinux's stay. */
	return symbol->object == KLPCC_INDEX_VMLINUX || !symbol->init;
}

static bool scope_has_object(const struct klpcc_scope *scope, uint32_t object)
{
	for (uint32_t i = 0; i < scope->objects_count; i++)
		if (scope->objects[i] == object)
			return true;
	return false;
}

/* verdict->object: the number of the object that the request names. */
static bool is_in_question(const struct klpcc_scope *scope,
			   const struct klpcc_request *request,
			   const struct klpcc_verdict *verdict, uint32_t object)
{
	if (request->object)
		return object == verdict->object;
	return object == KLPCC_INDEX_VMLINUX || scope_has_object(scope, object);
}

bool klpcc_symbol_candidate(const struct klpcc_scope *scope,
			    const struct klpcc_request *request,
			    const struct klpcc_verdict *verdict,
			    const struct klpcc_index_symbol *symbol)
{
	return klpcc_symbol_counted(symbol) &&
	       is_in_question(scope, request, verdict, symbol->object);
}

bool klpcc_same_source(const char *a, const char *b)
{
	size_t la = strlen(a), lb = strlen(b), shorter = la < lb ? la : lb;

	if (!shorter || memcmp(a + la - shorter, b + lb - shorter, shorter))
		return false;
	if (la == lb)
		return true;
	return la > lb ? a[la - shorter - 1] == '/' : b[lb - shorter - 1] == '/';
}

const char *klpcc_wanted_source(const struct klpcc_scope *scope,
				const struct klpcc_request *request)
{
	return request->source   ? request->source
	       : request->likely ? request->likely
				 : scope->source;
}

/* What one pass over the symbols of a name finds. */
struct survey {
	uint32_t candidates;      /* in the right position */
	uint32_t all;             /* in any position */
	uint32_t objects;         /* that have one */
	uint32_t object;          /* the last of them */
	uint32_t first;           /* number of the first candidate */
	uint32_t in_source;       /* candidates of the source file */
	uint32_t first_in_source; /* number of the first of them */
	uint32_t sourceless;      /* candidates whose source file is not known */
	bool only_init;           /* all are in init memory of a module */
	uint32_t init_object;     /* that module */
};

static bool matches_position(const struct klpcc_request *request,
			     const struct klpcc_index_symbol *symbol)
{
	const unsigned int position = symbol->sympos ? symbol->sympos : 1;

	return !request->sympos || request->sympos == position;
}

static void note_candidate(struct survey *survey, uint32_t number, const char *wanted,
			   const struct klpcc_index_symbol *symbol)
{
	if (!survey->candidates++)
		survey->first = number;
	if (!symbol->source) {
		survey->sourceless++;
	} else if (wanted && klpcc_same_source(wanted, symbol->source)) {
		if (!survey->in_source++)
			survey->first_in_source = number;
	}
}

static struct klpcc_error *
survey_symbols(const struct klpcc_index *index, const struct klpcc_scope *scope,
	       const struct klpcc_request *request, const struct klpcc_index_name *name,
	       const char *wanted, const struct klpcc_verdict *verdict,
	       struct survey *survey)
{
	for (uint32_t i = 0; i < name->symbols; i++) {
		struct klpcc_index_symbol symbol;
		struct klpcc_error *err =
			klpcc_index_name_symbol(index, name, i, &symbol);

		if (err)
			return err;
		if (!is_in_question(scope, request, verdict, symbol.object))
			continue;
		if (!klpcc_symbol_counted(&symbol)) {
			survey->only_init = true;
			survey->init_object = symbol.object;
			continue;
		}
		survey->objects += !survey->all || symbol.object != survey->object;
		survey->object = symbol.object;
		survey->all++;
		if (matches_position(request, &symbol))
			note_candidate(survey, name->first_symbol + i, wanted, &symbol);
	}
	survey->only_init &= !survey->all;
	return NULL;
}

/*
 * The number of candidates that are left; the first of them becomes survey->first. exported: the
 * name is also that of an export.
 */
static uint32_t choose_candidates(const struct klpcc_request *request, bool exported,
				  struct survey *survey, enum klpcc_verdict_kind *refusal,
				  bool *by_source)
{
	*by_source = false;
	if (request->source && survey->candidates && !survey->in_source &&
	    !survey->sourceless)
		*refusal = KLPCC_VERDICT_NO_SOURCE;
	if (!survey->in_source ||
	    (survey->candidates == 1 && !request->source && !exported))
		return survey->candidates;
	*by_source = survey->candidates > survey->in_source || exported;
	survey->first = survey->first_in_source;
	return survey->in_source;
}

static enum klpcc_verdict_kind judge_survey(const struct klpcc_request *request,
					    const struct survey *survey, uint32_t left)
{
	if (!survey->all) {
		if (survey->only_init)
			return KLPCC_VERDICT_INIT;
		return klpcc_request_explicit(request) ? KLPCC_VERDICT_NO_SYMBOL
						       : KLPCC_VERDICT_ORDINARY;
	}
	if (!left)
		return KLPCC_VERDICT_BAD_POSITION;
	return left > 1 ? KLPCC_VERDICT_AMBIGUOUS : KLPCC_VERDICT_MARK;
}

static enum klpcc_reason reason_of(const struct klpcc_request *request,
				   const struct klpcc_verdict *verdict, bool by_source)
{
	if (request->labelled)
		return KLPCC_REASON_LABEL;
	if (request->by_pragma)
		return KLPCC_REASON_PRAGMA;
	if (request->planned)
		return KLPCC_REASON_PLAN;
	if (klpcc_request_explicit(request))
		return KLPCC_REASON_ATTRIBUTE;
	if (verdict->kind == KLPCC_VERDICT_ORDINARY)
		return KLPCC_REASON_ABSENT;
	if (verdict->kind == KLPCC_VERDICT_AMBIGUOUS)
		return KLPCC_REASON_AMBIGUOUS;
	if (by_source)
		return KLPCC_REASON_SOURCE;
	return verdict->object == KLPCC_INDEX_VMLINUX ? KLPCC_REASON_UNIQUE
						      : KLPCC_REASON_MODULE;
}

/* Completes a mark with what the index says of its symbol. */
static struct klpcc_error *complete_mark(const struct klpcc_index *index,
					 const struct klpcc_scope *scope,
					 const struct klpcc_request *request,
					 struct klpcc_verdict *verdict)
{
	struct klpcc_index_symbol symbol;
	struct klpcc_index_object object;
	struct klpcc_error *err;

	err = klpcc_index_symbol(index, verdict->symbol, &symbol);
	if (!err)
		err = klpcc_index_object(index, symbol.object, &object);
	if (err)
		return err;
	verdict->object = symbol.object;
	verdict->ref.object = klpcc_span_of(object.name);
	if (!request->gate)
		verdict->ref.gate = verdict->ref.object;
	/* The kernel takes 0 and 1 alike for a unique name; one spelling for one symbol. */
	verdict->ref.sympos = symbol.sympos;
	verdict->init = symbol.init;
	if (symbol.init && !request->address_only && !scope->init_is_fine)
		verdict->kind = KLPCC_VERDICT_INIT;
	return NULL;
}

/* Looks up the two objects; *found is false when one is missing, which is the verdict. */
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

/*
 * The module loader does not bind a name in a namespace that the unit does not import, and nobody
 * can import "module:a,b" (EXPORT_SYMBOL_FOR_MODULES).
 */
static bool may_be_bound(const struct klpcc_scope *scope,
			 const struct klpcc_index_export *symbol)
{
	if (!symbol->namespace_)
		return true;
	for (uint32_t i = 0; i < scope->imports_count; i++)
		if (!strcmp(scope->imports[i], symbol->namespace_))
			return true;
	return false;
}

/* An export that the module loader would bind. */
struct bound {
	bool found;
	uint32_t object;  /* that exports it */
	uint32_t symbols; /* of that name in it; one is the export */
	uint32_t symbol;  /* number of the first of them */
	uint32_t rivals;  /* other symbols that may be meant */
};

/* What else the name may mean. A declaration in a header never means a static of a source file. */
static struct klpcc_error *find_rivals(const struct klpcc_index *index,
				       const struct klpcc_scope *scope,
				       const struct klpcc_request *request,
				       const struct klpcc_index_name *name,
				       struct bound *bound)
{
	for (uint32_t i = 0; i < name->symbols; i++) {
		struct klpcc_index_symbol symbol;
		struct klpcc_error *err =
			klpcc_index_name_symbol(index, name, i, &symbol);

		if (err)
			return err;
		if (!klpcc_symbol_counted(&symbol) ||
		    (request->by_header && symbol.binding == STB_LOCAL))
			continue;
		if (symbol.object != bound->object)
			bound->rivals += symbol.object == KLPCC_INDEX_VMLINUX ||
					 scope_has_object(scope, symbol.object);
		else if (!bound->symbols++)
			bound->symbol = name->first_symbol + i;
		else
			bound->rivals += symbol.object == KLPCC_INDEX_VMLINUX;
	}
	return NULL;
}

static struct klpcc_error *find_export(const struct klpcc_index *index,
				       const struct klpcc_scope *scope,
				       const struct klpcc_request *request,
				       const struct klpcc_index_name *name,
				       struct bound *bound)
{
	for (uint32_t i = 0; i < name->exports; i++) {
		struct klpcc_index_export symbol;
		struct klpcc_error *err =
			klpcc_index_name_export(index, name, i, &symbol);

		if (err)
			return err;
		bound->found = may_be_bound(scope, &symbol) &&
			       !scope_has_object(scope, symbol.object);
		bound->object = symbol.object;
		if (bound->found)
			return find_rivals(index, scope, request, name, bound);
	}
	return NULL;
}

/* The verdict on a name, by its symbols in the index. */
static struct klpcc_error *resolve_name(const struct klpcc_index *index,
					const struct klpcc_scope *scope,
					const struct klpcc_request *request,
					const struct klpcc_index_name *name,
					bool exported, struct klpcc_verdict *verdict)
{
	const char *wanted = klpcc_wanted_source(scope, request);
	enum klpcc_verdict_kind refusal = KLPCC_VERDICT_ORDINARY;
	struct survey survey = {};
	struct klpcc_error *err;
	bool by_source;

	verdict->first_symbol = name->first_symbol;
	verdict->symbols = name->symbols;
	err = survey_symbols(index, scope, request, name, wanted, verdict, &survey);
	if (err)
		return err;
	verdict->kind = judge_survey(
		request, &survey,
		choose_candidates(request, exported, &survey, &refusal, &by_source));
	verdict->candidates = survey.all;
	verdict->objects = survey.objects;
	verdict->symbol = survey.first;
	if (verdict->kind == KLPCC_VERDICT_INIT)
		verdict->object = survey.init_object;
	else if (survey.objects == 1)
		verdict->object = survey.object;
	if (verdict->kind == KLPCC_VERDICT_MARK)
		err = complete_mark(index, scope, request, verdict);
	if (refusal != KLPCC_VERDICT_ORDINARY)
		verdict->kind = refusal;
	verdict->reason = reason_of(request, verdict, by_source);
	return err;
}

static void leave_to_export(const struct bound *bound, struct klpcc_verdict *verdict)
{
	verdict->kind = KLPCC_VERDICT_ORDINARY;
	verdict->reason = KLPCC_REASON_EXPORTED;
	verdict->object = bound->object;
	verdict->symbol = bound->symbol;
	verdict->candidates = bound->symbols;
}

/* Only a source file that was given tells a symbol from an export of the same name. */
static void weigh_export(const struct bound *bound, struct klpcc_verdict *verdict)
{
	if (verdict->reason == KLPCC_REASON_SOURCE)
		return;
	verdict->kind = KLPCC_VERDICT_AMBIGUOUS;
	verdict->reason = KLPCC_REASON_AMBIGUOUS;
	verdict->exported_too = true;
	verdict->exporter = bound->object;
}

struct klpcc_error *klpcc_resolve(const struct klpcc_index *index,
				  const struct klpcc_scope *scope,
				  const struct klpcc_request *request,
				  struct klpcc_verdict *ret)
{
	const bool is_explicit = klpcc_request_explicit(request);
	struct klpcc_verdict verdict = {};
	struct klpcc_index_name name = {};
	struct bound bound = {};
	struct klpcc_error *err;
	bool found;

	verdict.kind = KLPCC_VERDICT_ORDINARY;
	verdict.ref.symbol = klpcc_span_of(request->symbol);
	verdict.ref.object =
		klpcc_span_of(request->object ? request->object : KLPCC_VMLINUX);
	verdict.ref.gate =
		request->gate ? klpcc_span_of(request->gate) : verdict.ref.object;
	verdict.reason =
		request->ordinary ? KLPCC_REASON_ATTRIBUTE : KLPCC_REASON_BUILTIN;
	*ret = verdict;
	if (request->ordinary || (!is_explicit && !request->automatic))
		return NULL;

	err = find_objects(index, request, &verdict, &found);
	if (err)
		return err;
	if (!found) {
		verdict.reason = reason_of(request, &verdict, false);
		*ret = verdict;
		return NULL;
	}
	err = klpcc_index_find_name(index, verdict.ref.symbol.start,
				    verdict.ref.symbol.len, &found, &name);
	if (err)
		return err;
	*ret = verdict;
	if (found && !is_explicit) {
		err = find_export(index, scope, request, &name, &bound);
		if (err)
			return err;
	}
	if (bound.found && !bound.rivals) {
		leave_to_export(&bound, ret);
		return NULL;
	}
	err = resolve_name(index, scope, request, &name, bound.found, ret);
	if (!err && bound.found)
		weigh_export(&bound, ret);
	return err;
}
