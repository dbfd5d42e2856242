/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Facts: what a message about a name or a type of the target is worded from.
 *
 * The files that know the unit and the index gather them; those of diagnose.h put them into words
 * and look nothing up. Strings are borrowed, except for those that klpcc_type_difference and
 * klpcc_layout_difference own.
 */
#ifndef KLPCC_FACTS_H
#define KLPCC_FACTS_H

#include "gcc-compat.h"

/* C keeps tags and functions apart; C++ warns when one name is both. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#include "index/function.h"
#pragma GCC diagnostic pop

/* How many notes list what the target has: for some names there are thousands. */
enum { KLPCC_SHOWN = 8 };

/* The first of several names, and how many there are. */
struct klpcc_name_list {
	const char *names[KLPCC_SHOWN];
	uint32_t count;
};

/* A symbol of the target that a name may mean, and which attributes choose it. */
struct klpcc_candidate {
	const char *object;
	const char *source; /* file; NULL: the index does not know it */
	uint64_t address;   /* where it has_address */
	unsigned int sympos;
	char letter; /* of kallsyms */
	bool in_module;
	bool has_address;
	bool init; /* in init memory */
	bool say_object;
	bool say_source;   /* the source file is enough to choose it, */
	bool say_position; /* or its position is needed */
};

struct klpcc_candidate_list {
	struct klpcc_candidate candidates[KLPCC_SHOWN]; /* the likely ones first */
	uint32_t count;
	bool has_sources; /* the index knows the source file of at least one */
};

/* Why a function of the kernel's file cannot be replaced. */
enum klpcc_replace_fault : unsigned int {
	KLPCC_REPLACE_FINE,
	KLPCC_REPLACE_NEW,    /* the original does not have it */
	KLPCC_REPLACE_ALIAS,  /* of another function */
	KLPCC_REPLACE_MERGED, /* GCC made it and another one the same */
	KLPCC_REPLACE_INIT,
	KLPCC_REPLACE_NO_SYMBOL, /* inlined everywhere, or cloned */
	KLPCC_REPLACE_WEAK,      /* another file's is the kernel's */
	KLPCC_REPLACE_NO_FENTRY,
};

/* The macros that such an assembler name is made with. */
enum klpcc_label_macro {
	KLPCC_LABEL_MACRO_NONE,
	KLPCC_LABEL_MACRO,          /* KLP_RELOC_SYMBOL */
	KLPCC_LABEL_MACRO_POSITION, /* KLP_RELOC_SYMBOL_POS */
};

/* A name that is refused. Which facts there are depends on the verdict. */
struct klpcc_refusal {
	tree decl;
	const struct klpcc_request *request;
	const struct klpcc_verdict *verdict;
	location_t place;  /* of what is wrong: an attribute, or the declaration */
	location_t pragma; /* that caused it, or UNKNOWN_LOCATION */
	location_t use; /* in another file than the declaration; else UNKNOWN_LOCATION */
	const char *object; /* that was searched */
	const char *meant;  /* the one that the author may have meant instead, or NULL */
	const char *exporter;               /* the object that exports one, or NULL */
	const char *release;                /* of the target */
	enum klpcc_label_macro label_macro; /* that the unit has */
	struct klpcc_candidate_list candidates;
	struct klpcc_name_list clones;    /* what GCC derived from the function */
	struct klpcc_name_list elsewhere; /* the objects that have such a symbol */
	bool object_is_empty;             /* the index has no symbol of the object */
};

/* An old_name of a struct klp_func that the kernel refuses, or may take for something else. */
struct klpcc_table_fault {
	enum klpcc_function_verdict verdict;
	location_t place; /* of the string: */
	bool is_string;   /* klpcc_literal_place() */
	const char *symbol;
	uint64_t sympos;
	const char *object;
	struct klpcc_position position;
	struct klpcc_candidate_list candidates;
	struct klpcc_name_list clones;    /* what GCC derived from the function */
	struct klpcc_name_list elsewhere; /* the other objects that have such a symbol */
	const char *similar; /* the most similar name of the object, or NULL */
};

/* What differs first between a declaration and the target's. */
struct klpcc_type_difference {
	enum {
		NONE,
		FUNCTION, /* one is a function, the other a variable; here: 1 for ours */
		PARAMETERS, /* how many */
		VARIADIC,   /* here: 1 when ours is */
		TYPE,       /* of the place */
		SIZE,       /* the same, bytes: the types go by the same words */
	} what;
	unsigned int parameter; /* the place: 1 for the first; 0: what is returned, or the
				 * variable itself */
	uint64_t here, there;
	tree here_type;      /* of the place */
	uint32_t there_type; /* the same */
	char letter; /* of kallsyms, when only that shows the difference; else 0 */
	/* As C, malloc()ed: the types of the place, or NULL; both declarations. */
	char *here_text, *there_text, *own, *target;
};

/* What differs first between a struct, union or enum and the target's. */
struct klpcc_layout_difference {
	enum {
		NONE,
		NAME,    /* another member, or enumerator, in its place */
		OFFSET,  /* bits; of an enumerator: value */
		WIDTH,   /* bits of a member */
		FURTHER, /* a member that the target's does not have */
		MISSING, /* one that ours does not have */
		SIZE,    /* bytes of the whole */
	} what;
	tree type;
	location_t location;      /* of the member, or of the type */
	const char *here, *there; /* names of the members; NULL where there is none */
	int64_t here_number, there_number;
	char *there_text; /* the target's member, as C, malloc()ed; NULL where there is none */
	int64_t there_offset; /* its bits, or its value */
	uint64_t target_size; /* bytes of the target's type */
	/* A module that the unit is not known to be for, with a type of that name, or NULL. */
	const char *module;
};

#endif
