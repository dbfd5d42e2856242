/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Diagnose: every message that a user of the plugin can see, each written once. The callers hand
 * in the facts; nothing is looked up here.
 *
 * klpcc_fatal_* ends the compiler; klpcc_error_* makes the compilation fail when it is
 * done; klpcc_warn_* has a switch: -Wattributes, or the one of its kind (warnings.h).
 * meant: the object of the target that the author may have meant, or NULL.
 */
#ifndef KLPCC_DIAGNOSE_H
#define KLPCC_DIAGNOSE_H

#include "gcc-compat.h"

enum klpcc_replace_fault : unsigned int;
struct klpcc_error;
struct klpcc_layout_difference;
struct klpcc_name_list;
struct klpcc_refusal;
struct klpcc_table_fault;
struct klpcc_type_difference;

/* Start-up */
void klpcc_fatal_other_compiler(const struct plugin_gcc_version *built_for,
				const struct plugin_gcc_version *running);
void klpcc_fatal_language(const char *plugin_name, const char *language);
void klpcc_fatal_lto(const char *plugin_name);
/* what: "make" one, or "use" one. */
void klpcc_fatal_precompiled(const char *plugin_name, const char *what);
/* option: as klpcc_missing_option() has it. */
void klpcc_fatal_missing_option(location_t location, const char *symbol,
				const char *option);
/* size: of a pointer, in bits. */
void klpcc_fatal_pointers(location_t location, const char *symbol, int size);
void klpcc_fatal_unknown_option(const char *plugin_name, const char *key);
void klpcc_fatal_option_value(const char *plugin_name, const char *key);
void klpcc_fatal_option_without_value(const char *plugin_name, const char *key);
void klpcc_fatal_no_index_option(const char *plugin_name);
void klpcc_fatal_unknown_object(const char *plugin_name, const char *name,
				const char *meant);
/* key: what follows -fplugin-arg-klpcc-; name: the last part of it. A note on each kind follows. */
void klpcc_error_unknown_warning(const char *key, const char *name);
void klpcc_note_warning(const char *name, const char *about, bool is_error);
/* Consumes err. */
void klpcc_fatal_index(const char *path, struct klpcc_error *err);
/* Consumes err. */
void klpcc_fatal_changed_index(struct klpcc_error *err);
void klpcc_fatal_stale_index(const char *path, const char *has, const char *wanted);
void klpcc_fatal_stale_flags(const char *path, const char *has, const char *wanted);

/* Pragmas. pragma: the word after klp. */
void klpcc_error_pragma_malformed(location_t loc, const char *pragma);
/* name_error 0: it could be an object's, but the target has none of that name. */
void klpcc_error_pragma_object(location_t loc, const char *pragma, const char *name,
			       int name_error, const char *meant);
/*
 * A name from the index or from an attribute, safe for a terminal: GCC prints a %s as it is.
 * Kept among GCC's identifiers, so that nobody has to free it.
 */
const char *klpcc_shown(const char *name);

/* The report; consumes err. */
void klpcc_fatal_report(struct klpcc_error *err) ATTRIBUTE_NORETURN;
void klpcc_fatal_observation(struct klpcc_error *err) ATTRIBUTE_NORETURN;

/*
 * A unit in place of a file of the kernel. The plan, or what it says, is not for this index;
 */
void klpcc_fatal_no_plan(const char *plugin_name);
/* Consumes err. */
void klpcc_fatal_plan(struct klpcc_error *err);
void klpcc_fatal_stale_plan(const char *path, const char *has, const char *wanted);
void klpcc_fatal_other_plan(const char *path, const char *source);
void klpcc_fatal_plan_object(const char *path, const char *name, const char *meant);
/* a function cannot be replaced; meant: one that the file has, or NULL; */
void klpcc_error_replace_missing(const char *name, const char *meant);
/* other: the function of which it is an alias, or with which it was merged */
void klpcc_error_replace(tree decl, enum klpcc_replace_fault fault, const char *other,
			 const struct klpcc_name_list *callers);
/* its old code is in others, the holders, or in a variant that they call; */
void klpcc_warn_inlined(tree decl, const struct klpcc_name_list *holders);
void klpcc_warn_variant(tree decl, const char *variant,
			const struct klpcc_name_list *holders);
/* what is not replaced is not the original's; */
void klpcc_warn_initializer(tree decl);
void klpcc_warn_static_moved(tree decl, const char *function);
void klpcc_warn_record(tree decl, const char *place);
void klpcc_warn_record_gone(const char *source, const char *place, const char *name);
void klpcc_warn_asm(const char *source);
/* member: the first that differs; NULL: only the size does */
void klpcc_warn_original_layout(location_t loc, const char *type, const char *member);
/* original, own: the two declarations, as klpcc_type_text() has them */
void klpcc_warn_prototype(tree decl, const char *original, const char *own);
/* write: where the variable may be changed */
void klpcc_warn_folded(tree decl, location_t write);
void klpcc_error_no_data_symbol(tree decl);
/* and what the patch's code does that may surprise. */
void klpcc_warn_pointer(location_t loc, tree decl);
void klpcc_warn_tracepoint(location_t loc, const char *name);

/* Attributes. name: the attribute's identifier. */
void klpcc_error_empty(location_t loc, tree name);
void klpcc_warn_ignored(location_t loc, tree name, tree decl, const char *reason);
void klpcc_error_not_string(location_t loc, tree name);
void klpcc_error_bad_name(location_t loc, tree name, const char *text, int name_error,
			  const char *meant);
void klpcc_error_not_position(location_t loc, tree name);
void klpcc_error_repeated(location_t loc, location_t other, tree name, tree decl);
void klpcc_error_contradiction(location_t loc, location_t other, tree name,
			       tree other_name, tree decl);
void klpcc_error_two_declarations(tree decl, tree other, const char *name);

/* label: without the quotes that it may have had. name_error 0: it lacks them. */
void klpcc_error_bad_label(tree decl, const char *label, int name_error,
			   const char *meant);
/* name: of the attribute, which says what the label says already. */
void klpcc_error_labelled(location_t loc, tree name, tree decl);

/*
 * The patch table: a name in a struct klp_object that no module can have; is_string: as
 * klpcc_literal_place() says,
 */
void klpcc_error_klp_object(location_t loc, bool is_string, const char *name,
			    int name_error, const char *meant);
/* "vmlinux" as the name of a module, */
void klpcc_error_klp_vmlinux(location_t loc);
/* a module that the target does not have, */
void klpcc_warn_klp_object(location_t loc, bool is_string, const char *name,
			   const char *meant);
/* and a function in a struct klp_func. */
void klpcc_warn_klp_func(const struct klpcc_table_fault *fault);
/* One that is a variant of another. */
void klpcc_warn_klp_func_clone(location_t loc, const char *symbol);
/* loc: of the last element of an array of struct `type`, which has no end. */
void klpcc_error_unterminated(location_t loc, const char *type);
/* member: that a struct klp_patch lacks; loc: of that. */
void klpcc_error_klp_patch(location_t loc, const char *member);

/* Refusals. */
void klpcc_error_refusal(const struct klpcc_refusal *refusal);
/* A name that cannot be part of a mark. */
void klpcc_error_unmarkable(tree decl, const char *symbol, int name_error);

/* Names that the target does not have, though it has the variants, or modules have it, ... */
void klpcc_warn_clone(tree decl, const char *symbol,
		      const struct klpcc_name_list *clones);
/* True when the warning was printed. */
bool klpcc_warn_module(tree decl, const char *symbol,
		       const struct klpcc_name_list *modules);
void klpcc_warn_kallsyms_all(tree decl, const char *symbol);
void klpcc_warn_similar(tree decl, const char *symbol, const char *similar);

/* Names that are marked. object: the one that has the symbol. */
void klpcc_warn_weak(tree decl);
void klpcc_warn_hidden(tree decl);
/* tracepoint, test: as klpcc_static_key_tracepoint() returns them. */
void klpcc_warn_static_key(location_t loc, const char *key, const char *object,
			   const char *tracepoint, const char *test);
void klpcc_warn_seal(location_t loc, const char *symbol, const char *object);
void klpcc_warn_seal_unknown(location_t loc, const char *symbol, const char *object);

/* A declaration that is not the target's. True when the warning was printed. */
bool klpcc_warn_type(tree decl, const char *symbol,
		     const struct klpcc_type_difference *difference);
/* The same of a function that replaces the target's. loc: of its struct klp_func. */
void klpcc_warn_replacement(location_t loc, tree decl, const char *symbol,
			    const struct klpcc_type_difference *difference);
/* A type of the patch that is not the target's. */
void klpcc_warn_layout(const char *plugin_name,
		       const struct klpcc_layout_difference *difference);

#endif
