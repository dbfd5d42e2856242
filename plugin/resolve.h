/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Resolve: one external reference plus the index gives one verdict.
 *
 * The only place in the project that decides which symbol of the target is meant; the final
 * link carries the decision out. It knows nothing of GCC and prints nothing: the messages about
 * refusals are in diagnose-refusal.cc.
 */
#ifndef KLPCC_RESOLVE_H
#define KLPCC_RESOLVE_H

/* C keeps tags and functions apart; C++ warns when one name is both. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#include "index/index.h"
#pragma GCC diagnostic pop
#include "klp-name.h"

/* What holds for every name of the unit. Strings and arrays are borrowed. */
struct klpcc_scope {
	const char *source;      /* file that an ambiguous name is of; NULL: not given */
	const uint32_t *objects; /* numbers of the modules that the unit is for */
	uint32_t objects_count;
	const char *const *imports; /* namespaces that the unit imports */
	uint32_t imports_count;
	bool init_is_fine; /* symbols in init memory may be marked */
};

/* What the unit says about one external name. Strings are borrowed. */
struct klpcc_request {
	const char *symbol; /* the target's name for it */
	const char *object; /* klp_object; NULL: not given */
	const char *gate;   /* klp_gate; NULL: not given */
	const char *source; /* klp_source: it must be this file's; NULL: not given */
	const char *likely; /* of several, the one of this file; NULL: not given */
	unsigned int sympos;
	bool has_sympos; /* klp_sympos was given */
	bool renamed;    /* klp_name was given */
	bool labelled;   /* all of the above is from its assembler name: see label.h */
	bool planned;    /* object, gate and position are the plan's: see original.h */
	bool ordinary;   /* klp_ordinary was given */
	bool by_pragma;  /* object or gate is a pragma's */
	bool automatic; /* may be marked although nothing asks for it; false for a builtin */
	bool address_only; /* a boundary, `extern char x[]`: nothing is read through it */
	bool by_header; /* declared outside of the patch, where no static can be meant */
};

enum klpcc_verdict_kind {
	KLPCC_VERDICT_ORDINARY, /* leave it to the module loader */
	KLPCC_VERDICT_MARK,
	/* Refusals. */
	KLPCC_VERDICT_NO_OBJECT,    /* the target has no such object */
	KLPCC_VERDICT_NO_GATE,      /* the target has no such gate object */
	KLPCC_VERDICT_NO_SYMBOL,    /* the object has no such symbol */
	KLPCC_VERDICT_NO_SOURCE,    /* it has, but not from that source file */
	KLPCC_VERDICT_INIT,         /* only in memory that is freed after start-up */
	KLPCC_VERDICT_AMBIGUOUS,    /* several, and nothing chooses one */
	KLPCC_VERDICT_BAD_POSITION, /* a position past the last one */
};

/* What decided: the first of these that applies. report.cc has words for them. */
enum klpcc_reason {
	KLPCC_REASON_ATTRIBUTE, /* the declaration says so */
	KLPCC_REASON_LABEL,     /* its assembler name says so */
	KLPCC_REASON_PRAGMA,    /* a pragma says so */
	KLPCC_REASON_PLAN,      /* the plan says so */
	KLPCC_REASON_BUILTIN,   /* GCC's own */
	KLPCC_REASON_EXPORTED,
	KLPCC_REASON_UNIQUE, /* vmlinux has one */
	KLPCC_REASON_MODULE, /* of vmlinux and the unit's modules, only one module has one */
	KLPCC_REASON_SOURCE, /* one of several is from the source file that was given */
	KLPCC_REASON_ABSENT, /* neither vmlinux nor the unit's modules have it */
	KLPCC_REASON_AMBIGUOUS,
};

struct klpcc_verdict {
	enum klpcc_verdict_kind kind;
	enum klpcc_reason reason;
	struct klpcc_ref ref; /* for a mark; points into the request or the index */
	uint32_t object; /* number of the symbol's, or the exporting one, once known */
	uint32_t first_symbol; /* the index's symbols of that name, in all objects */
	uint32_t symbols;
	uint32_t symbol; /* number of a mark's symbol, or of an export's only candidate */
	bool init;       /* of a mark: it is in init memory, which is accepted here */
	uint32_t candidates; /* of them that may be meant; of an export: its object's */
	uint32_t objects;    /* how many objects have those */
	bool exported_too;   /* of AMBIGUOUS: one of them, or another one, is exported */
	uint32_t exporter;   /* by this object */
};

/* True when the request names object, position, name, source or gate. */
bool klpcc_request_explicit(const struct klpcc_request *request);

/* True when symbol is one that positions in its object are counted over. */
bool klpcc_symbol_counted(const struct klpcc_index_symbol *symbol);

/*
 * Whether two names can mean the same source file: the longer ends with the shorter, in whole
 * components. A symbol table has base names; debug information and authors have paths.
 */
bool klpcc_same_source(const char *a, const char *b);

/* The source file that is meant where the name is ambiguous; NULL: none was given. */
const char *klpcc_wanted_source(const struct klpcc_scope *scope,
				const struct klpcc_request *request);

/* True when symbol is one of the verdict's candidates: in the right object, and counted. */
bool klpcc_symbol_candidate(const struct klpcc_scope *scope,
			    const struct klpcc_request *request,
			    const struct klpcc_verdict *verdict,
			    const struct klpcc_index_symbol *symbol);

/* An error means a damaged index. */
struct klpcc_error *klpcc_resolve(const struct klpcc_index *index,
				  const struct klpcc_scope *scope,
				  const struct klpcc_request *request,
				  struct klpcc_verdict *ret) KLPCC_MUST_CHECK;

#endif
