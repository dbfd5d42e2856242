/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Unit: what the plugin knows of the translation unit that is being compiled.
 *
 * Filled in one direction: options and index at the start, the externals when all of the
 * unit has been parsed, labels while functions are written. What runs at the end reads it.
 */
#ifndef KLPCC_UNIT_H
#define KLPCC_UNIT_H

#include "arguments.h"
#include "literal.h"
#include "resolve.h"

struct klpcc_plan;
struct klpcc_plan_names;
struct klpcc_plan_symbol;

/* One name outside of the unit that the unit refers to. */
struct klpcc_extern {
	const char *label; /* as GCC keeps it: with '*' when it takes no user prefix */
	tree watch;        /* the identifier that GCC flags when it writes the name */
	tree decl;         /* for locations and messages */
	location_t use;    /* first use in the source, else the declaration */
	location_t
		address_use; /* first place from which it may be called by its address */
	location_t
		key_use; /* of a branch on it, when it is a late static key; or UNKNOWN_LOCATION */
	unsigned int flags; /* KLPCC_REF_* */
	bool accessed; /* a variable that is read or written, not its address alone */
	bool asked;    /* klp_used: mark it even if GCC never writes the name */
	struct klpcc_request request;
	struct klpcc_verdict verdict;
};

/* A struct klp_object of the unit. */
struct klpcc_table_object {
	const char *name; /* NULL: vmlinux */
	tree functions;   /* the table of its struct klp_func; NULL_TREE: not known */
	tree table;       /* the variable that it is part of */
	bool is_unknown;  /* filled at run time, so that it may become another one */
	bool is_last;     /* of an array that does not end with an empty one */
	struct klpcc_literal place; /* of the name; beside: of the functions */
};

/* A static struct klp_patch of the unit that is enabled as it is initialized. */
struct klpcc_table_patch {
	location_t near;
	tree objects; /* the table of its struct klp_object; NULL_TREE: not known */
	const char *missing; /* the member that it lacks; or NULL */
};

/* A struct klp_func of the unit, unless it is filled at run time. */
struct klpcc_table_function {
	const char *old_name;
	uint64_t sympos;            /* old_sympos */
	tree table;                 /* the variable that it is part of */
	tree new_func;              /* the function; NULL_TREE: not known */
	bool is_last;               /* of an array that does not end with an empty one */
	struct klpcc_literal place; /* of old_name */
};

/* A function of the kernel's file that the unit replaces. */
struct klpcc_replaced {
	const char *name; /* as the assembler has it */
	tree decl;        /* NULL_TREE: not found yet */
};

struct klpcc_unit {
	struct klpcc_options options;
	struct klpcc_index *index;
	struct klpcc_plan *plan;                   /* NULL: not given */
	const struct klpcc_plan_names *plan_names; /* NULL: not in place of a file */
	auto_vec<struct klpcc_replaced> replaced;
	hash_map<nofree_string_hash, unsigned int> *replaced_places; /* name -> place */
	hash_map<tree, const struct klpcc_plan_symbol *> *taken;     /* see original.h */
	struct klpcc_scope scope;
	auto_vec<uint32_t> objects;                        /* scope.objects */
	auto_vec<const char *> imports;                    /* scope.imports */
	auto_vec<struct klpcc_table_patch> table_patches;  /* the patch table: */
	auto_vec<struct klpcc_table_object> table_objects; /* see patch-table.h */
	auto_vec<struct klpcc_table_function> table_functions;
	bool alone; /* no other unit of its module, as far as is known, may define a name */
	bool collected;                                    /* externs is complete */
	auto_vec<struct klpcc_extern> externs;             /* one for each name */
	hash_map<nofree_string_hash, unsigned int> *names; /* name -> place in externs */
	hash_set<nofree_string_hash> *defined; /* by asm labels, in the unit */
	bool seals_unknown_said; /* KLPCC_WARN_SEAL_UNKNOWN comes once for the unit */
	unsigned int late_keys;  /* externs that klpcc_static_key_is_late() */
	auto_vec<int> dead_ends; /* numbers of .L labels after calls that never return */
};

/* Registers what has to survive garbage collections. */
void klpcc_unit_register(const char *plugin_name);

/* What GCC prints for a label: without the mark of a label that takes no user prefix. */
const char *klpcc_plain_name(const char *label);

/* Keeps a tree alive until the compiler ends. */
void klpcc_keep(tree node);

/* The extern of that name, or NULL. label: as klpcc_extern has it. */
struct klpcc_extern *klpcc_unit_find(const struct klpcc_unit *unit, const char *label);

/*
 * Whether the name is in the assembler text. Known once the text is written; says nothing of
 * names that only asm statements contain.
 */
bool klpcc_was_written(const struct klpcc_extern *entry);

/* Whether the unit needs the symbol: its name is in the text, or the author says so. */
bool klpcc_is_needed(const struct klpcc_extern *entry);

/* Ends the compiler when there is an error: only a damaged index causes one. Consumes err. */
void klpcc_unit_check(const struct klpcc_unit *unit, struct klpcc_error *err);

/* A symbol of the index, and the name of an object, by number. */
void klpcc_read_symbol(const struct klpcc_unit *unit, uint32_t number,
		       struct klpcc_index_symbol *ret);
const char *klpcc_object_name(const struct klpcc_unit *unit, uint32_t number);

#endif
