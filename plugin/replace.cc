// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Replace: see replace.h.
 *
 * The whole file has been parsed, and nothing is optimized yet. A function or variable that
 * the kernel has is then as if the file had only declared it, and the other files of the
 * plugin treat it as any other external name; how the unit names it to the assembler is all
 * that is special. What the kernel does not have by a name of its own (inline functions,
 * what GCC had folded, what is new) stays where it is needed, and is the patch's. Only what
 * the kept code reaches remains.
 */
#include "instance.h"
#include "original.h"
#include "redirect.h"
#include "replace.h"
#include "review-original.h"
#include "scope.h"
#include "statics.h"

/* A label that no name of the unit's can be: GCC numbers static variables behind a dot. */
#define TAKEN_SUFFIX ".klpcc"
#define REPLACEMENT_PREFIX "klpcc_new_"

char *klpcc_replacement_name(const struct klpcc_unit *unit, const char *function)
{
	const char *prefix = unit->options.prefix;

	return prefix ? concat(REPLACEMENT_PREFIX, prefix, "_", function, NULL)
		      : concat(REPLACEMENT_PREFIX, function, NULL);
}

static const char *label_of(tree decl)
{
	return klpcc_plain_name(IDENTIFIER_POINTER(DECL_ASSEMBLER_NAME(decl)));
}

/* ---- what is replaced ----------------------------------------------------------------- */

static struct klpcc_replaced *find_replaced(struct klpcc_unit *unit, tree decl)
{
	return klpcc_original_replaced(unit, label_of(decl));
}

/* The function keeps its code where it is, and is reached by its alias alone: see emit.cc. */
static void keep_function(cgraph_node *node)
{
	tree decl = node->decl;

	node->force_output = 1;
	node->externally_visible = false;
	DECL_PRESERVE_P(decl) = 1;
	DECL_WEAK(decl) = 0;
	TREE_PUBLIC(decl) = 0;
}

/* ---- what the kernel has -------------------------------------------------------------- */

static void rename_decl(tree decl, const char *label)
{
	tree id = get_identifier(label);

	if (DECL_ASSEMBLER_NAME_SET_P(decl))
		symtab->change_decl_assembler_name(decl, id);
	else
		SET_DECL_ASSEMBLER_NAME(decl, id);
}

/* What a header would have declared. */
static void make_external(symtab_node *node)
{
	tree decl = node->decl;

	node->definition = false;
	node->analyzed = false;
	node->body_removed = true;
	node->force_output = 0;
	node->externally_visible = false;
	node->set_section(NULL);
	DECL_EXTERNAL(decl) = 1;
	TREE_PUBLIC(decl) = 1;
	TREE_STATIC(decl) = 0;
	DECL_WEAK(decl) = 0;
	DECL_PRESERVE_P(decl) = 0;
	DECL_VISIBILITY(decl) = VISIBILITY_DEFAULT;
	DECL_VISIBILITY_SPECIFIED(decl) = 0;
	DECL_ATTRIBUTES(decl) = remove_attribute("used", DECL_ATTRIBUTES(decl));
	DECL_ATTRIBUTES(decl) = remove_attribute("alias", DECL_ATTRIBUTES(decl));
}

static void drop_alias(cgraph_node *node)
{
	node->alias = false;
	node->cpp_implicit_alias = false;
	node->alias_target = NULL_TREE;
}

static void take_function(struct klpcc_unit *unit, cgraph_node *node,
			  const struct klpcc_plan_symbol *symbol)
{
	if (node->alias)
		drop_alias(node);
	else
		node->release_body();
	node->remove_callees();
	node->remove_all_references();
	node->local = false;
	node->ifunc_resolver = false;
	DECL_INITIAL(node->decl) = NULL_TREE;
	make_external(node);
	klpcc_original_take(unit, node->decl, symbol);
}

/*
 * A constant keeps its value, so that code may still be folded with it: the value is the kernel's,
 * as review-original.cc compares it.
 */
static void take_variable(struct klpcc_unit *unit, varpool_node *node,
			  const struct klpcc_plan_symbol *symbol)
{
	tree decl = node->decl;
	char *label = NULL;

	node->remove_all_references();
	if (node->alias) {
		node->alias = false;
		node->alias_target = NULL_TREE;
	}
	make_external(node);
	if (!TREE_READONLY(decl))
		DECL_INITIAL(decl) = NULL_TREE;
	/* A static variable of a function has a name that another of this unit may get, too. */
	if (DECL_CONTEXT(decl) && TREE_CODE(DECL_CONTEXT(decl)) == FUNCTION_DECL) {
		DECL_CONTEXT(decl) = NULL_TREE;
		label = concat(symbol->name, TAKEN_SUFFIX, NULL);
		rename_decl(decl, label);
	}
	free(label);
	klpcc_original_take(unit, decl, symbol);
}

static void release_function(cgraph_node *node)
{
	DECL_PRESERVE_P(node->decl) = 0;
	node->force_output = 0;
	node->externally_visible = false;
}

/* What is new and global may be used by another unit of the patch. */
static void keep_new(symtab_node *node)
{
	node->force_output = 1;
}

static void reduce_function(struct klpcc_unit *unit, cgraph_node *node)
{
	tree decl = node->decl;
	const struct klpcc_plan_symbol *symbol;
	struct klpcc_replaced *replaced;

	if (!node->definition || node->thunk || node->inlined_to || node->weakref)
		return;
	replaced = find_replaced(unit, decl);
	if (replaced) {
		keep_function(node);
		return;
	}
	symbol = klpcc_original_symbol(unit, label_of(decl));
	if (symbol && symbol->is_function && !DECL_DECLARED_INLINE_P(decl))
		take_function(unit, node, symbol);
	else if (symbol || !TREE_PUBLIC(decl) || DECL_DECLARED_INLINE_P(decl) ||
		 klpcc_original_function(unit, label_of(decl)))
		release_function(node);
	else
		keep_new(node);
}

/* The kernel's symbol for a variable of the file; NULL: it has none. */
static const struct klpcc_plan_symbol *find_variable(const struct klpcc_unit *unit,
						     tree decl)
{
	const struct klpcc_plan_static *original = klpcc_original_static(unit, decl);
	const struct klpcc_plan_symbol *symbol;

	if (original)
		symbol = original->label ? klpcc_original_symbol(unit, original->label)
					 : NULL;
	else if (DECL_CONTEXT(decl) && TREE_CODE(DECL_CONTEXT(decl)) == FUNCTION_DECL)
		symbol = NULL;
	else
		symbol = klpcc_original_symbol(unit, label_of(decl));
	return symbol && !symbol->is_function ? symbol : NULL;
}

static void reduce_variable(struct klpcc_unit *unit, varpool_node *node)
{
	tree decl = node->decl;
	const struct klpcc_plan_symbol *symbol;

	if (!node->definition || !DECL_NAME(decl) || DECL_HARD_REGISTER(decl))
		return;
	DECL_PRESERVE_P(decl) = 0;
	node->force_output = 0;
	node->externally_visible = false;
	if (klpcc_is_instance(unit, decl) || klpcc_is_record(decl)) {
		TREE_PUBLIC(decl) = 0;
		return;
	}
	symbol = find_variable(unit, decl);
	if (symbol)
		take_variable(unit, node, symbol);
	else if (TREE_PUBLIC(decl) && !klpcc_original_is_variable(unit, decl))
		keep_new(node);
}

/* ---- addresses of what is replaced ---------------------------------------------------- */

/* An external declaration of the kernel's function, beside the one that replaces it. */
static tree declare_kernels(struct klpcc_unit *unit, cgraph_node *node,
			    const struct klpcc_plan_symbol *symbol)
{
	tree decl = node->decl;
	tree other = build_decl(DECL_SOURCE_LOCATION(decl), FUNCTION_DECL,
				DECL_NAME(decl), TREE_TYPE(decl));
	char *label = concat(symbol->name, TAKEN_SUFFIX, NULL);

	DECL_EXTERNAL(other) = 1;
	TREE_PUBLIC(other) = 1;
	DECL_ARTIFICIAL(other) = 1;
	SET_DECL_ASSEMBLER_NAME(other, get_identifier(label));
	free(label);
	cgraph_node::get_create(other);
	klpcc_original_take(unit, other, symbol);
	return other;
}

/* What has the address of a function, in the kernel as in the patch, means the kernel's. */
static void redirect_function(struct klpcc_unit *unit, cgraph_node *node)
{
	const struct klpcc_plan_symbol *symbol =
		klpcc_original_symbol(unit, label_of(node->decl));
	struct ipa_ref *ref;

	if (!symbol)
		return;
	for (unsigned int i = 0; node->iterate_referring(i, ref); i++)
		if (ref->use == IPA_REF_ADDR) {
			klpcc_redirect_addresses(node,
						 declare_kernels(unit, node, symbol));
			return;
		}
}

/* Of the functions that the kernel has, only these stay in the unit. */
static bool is_kept(struct klpcc_unit *unit, tree decl)
{
	return DECL_DECLARED_INLINE_P(decl) || find_replaced(unit, decl);
}

static void redirect(struct klpcc_unit *unit)
{
	auto_vec<cgraph_node *> nodes;
	cgraph_node *node;

	FOR_EACH_DEFINED_FUNCTION(node)
	if (is_kept(unit, node->decl))
		nodes.safe_push(node);
	for (cgraph_node *each : nodes)
		redirect_function(unit, each);
}

/* ---- the phases ----------------------------------------------------------------------- */

static void find_functions(struct klpcc_unit *unit)
{
	cgraph_node *node;

	FOR_EACH_DEFINED_FUNCTION(node)
	if (struct klpcc_replaced *replaced = find_replaced(unit, node->decl)) {
		replaced->decl = node->decl;
		klpcc_keep(node->decl);
	}
}

/*
 * Exports, initcalls, tables of BTF: they are the kernel's. Statements that only define macros, or
 * include a file that does, stay.
 */
static void remove_asm(void)
{
	auto_vec<tree> kept;

	for (asm_node *node = symtab->first_asm_symbol(); node; node = node->next)
		if (!klpcc_is_record_asm(node->asm_str))
			kept.safe_push(node->asm_str);
	symtab->clear_asm_symbols();
	for (tree text : kept)
		symtab->finalize_toplevel_asm(text);
}

/* These are lines of .modinfo, which go. */
static void read_imports(struct klpcc_unit *unit)
{
	varpool_node *node;

	FOR_EACH_VARIABLE(node)
		if (node->definition)
			klpcc_scope_variable(unit, node->decl);
}

static void reduce(struct klpcc_unit *unit)
{
	auto_vec<symtab_node *> nodes;
	symtab_node *node;

	remove_asm();
	FOR_EACH_SYMBOL(node)
		nodes.safe_push(node);
	for (symtab_node *each : nodes)
		if (cgraph_node *function = dyn_cast<cgraph_node *>(each))
			reduce_function(unit, function);
		else
			reduce_variable(unit, dyn_cast<varpool_node *>(each));
	symtab->remove_unreachable_nodes(NULL);
}

void klpcc_replace(struct klpcc_unit *unit)
{
	if (!unit->plan || !klpcc_original_is_replaced(unit) || seen_error())
		return;
	find_functions(unit);
	klpcc_review_replaced(unit);
	klpcc_review_original(unit);
	if (seen_error())
		return;
	read_imports(unit);
	redirect(unit);
	reduce(unit);
	klpcc_silence_tracepoints(unit);
	symtab->remove_unreachable_nodes(NULL);
	klpcc_review_kept(unit);
}
