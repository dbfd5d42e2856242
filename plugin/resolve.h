/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Resolve: one external reference plus the index gives one verdict.
 *
 * The only place in the project that decides which symbol of the target is meant; the final
 * link carries the decision out. It knows nothing of GCC and prints nothing: collect.cc
 * asks, diagnose.cc words the refusals. Further ways to say what is meant (a source file, a
 * default object for a whole unit) become further members of the request.
 */
#ifndef KLPCC_RESOLVE_H
#define KLPCC_RESOLVE_H

/* C keeps tags and functions apart; C++ warns when one name is both. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#include "index/index.h"
#pragma GCC diagnostic pop
#include "klp-name.h"

/* What the unit says about one external name. Strings are borrowed. */
struct klpcc_request {
	const char *symbol; /* the target's name for it */
	const char *object; /* klp_object; NULL: not said */
	const char *gate;   /* klp_gate; NULL: not said */
	unsigned int sympos;
	bool has_sympos; /* klp_sympos was given */
	bool renamed;    /* klp_name was given */
	bool labelled;   /* all of the above stands in its assembler name: see label.h */
	bool ordinary;   /* klp_ordinary was given */
	bool automatic;  /* may be marked without being asked for; false for a builtin */
	bool address_only; /* a boundary, `extern char x[]`: nothing is read through it */
};

enum klpcc_verdict_kind {
	KLPCC_VERDICT_ORDINARY, /* leave it to the module loader */
	KLPCC_VERDICT_MARK,
	/* Refusals. */
	KLPCC_VERDICT_NO_OBJECT,    /* the target has no such object */
	KLPCC_VERDICT_NO_GATE,      /* the target has no such gate object */
	KLPCC_VERDICT_NO_SYMBOL,    /* the object has no such symbol */
	KLPCC_VERDICT_INIT,         /* only in memory that is freed after start-up */
	KLPCC_VERDICT_AMBIGUOUS,    /* several, and no position was given */
	KLPCC_VERDICT_BAD_POSITION, /* a position past the last one */
};

/* Why the verdict is what it is: the first of these that holds. report.cc has words for them. */
enum klpcc_reason {
	KLPCC_REASON_ATTRIBUTE, /* the declaration says so */
	KLPCC_REASON_LABEL,     /* its assembler name does */
	KLPCC_REASON_BUILTIN,   /* GCC's own */
	KLPCC_REASON_EXPORTED,
	KLPCC_REASON_UNIQUE, /* vmlinux has one */
	KLPCC_REASON_ABSENT, /* vmlinux has none */
	KLPCC_REASON_AMBIGUOUS,
};

struct klpcc_verdict {
	enum klpcc_verdict_kind kind;
	enum klpcc_reason reason;
	struct klpcc_ref ref; /* for a mark; points into the request */
	uint32_t
		object; /* number of the sym object or of the exporting one, once known */
	uint32_t first_symbol; /* the index's symbols of that name, in all objects */
	uint32_t symbols;
	uint32_t symbol;    /* of a mark: number of the symbol that is meant */
	uint32_t positions; /* how many of them the object counts */
};

/* True when the request names object, position, name or gate. */
bool klpcc_request_explicit(const struct klpcc_request *request);

/* True when symbol is one that positions in its object are counted over. */
bool klpcc_symbol_counted(const struct klpcc_index_symbol *symbol);

/* An error means a damaged index. */
struct klpcc_error *klpcc_resolve(const struct klpcc_index *index,
				  const struct klpcc_request *request,
				  struct klpcc_verdict *ret) KLPCC_MUST_CHECK;

#endif
