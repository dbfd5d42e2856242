// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Redirect: see redirect.h.
 *
 * The passes that build SSA form have not run: statements have their operands as the source
 * has them, there are no PHI nodes, and what the symbol table knows of references must be
 * kept in step by hand.
 */
#include "diagnose.h"
#include "redirect.h"
#include "static-key.h"

/* ---- addresses of a function ---------------------------------------------------------- */

struct redirection {
	tree from;
	tree to;
};

static tree redirect_operand(tree *operand, int *walk_subtrees, void *data)
{
	const auto *redirection = static_cast<const struct redirection *>(data);

	if (TREE_CODE(*operand) == ADDR_EXPR &&
	    TREE_OPERAND(*operand, 0) == redirection->from) {
		*operand = build1_loc(EXPR_LOCATION(*operand), ADDR_EXPR,
				      TREE_TYPE(*operand), redirection->to);
		*walk_subtrees = 0;
	}
	return NULL_TREE;
}

static void redirect_statement(cgraph_node *node, gimple *stmt,
			       struct redirection *redirection)
{
	for (unsigned int i = 0; i < gimple_num_ops(stmt); i++)
		/* The second operand of a call is what it calls. */
		if (!is_gimple_call(stmt) || i != 1)
			walk_tree(gimple_op_ptr(stmt, i), redirect_operand, redirection,
				  NULL);
	node->remove_stmt_references(stmt);
	node->record_stmt_references(stmt);
}

static void redirect_initializer(varpool_node *node, struct redirection *redirection)
{
	tree decl = node->decl;

	if (!DECL_INITIAL(decl) || DECL_INITIAL(decl) == error_mark_node)
		return;
	DECL_INITIAL(decl) = unshare_expr(DECL_INITIAL(decl));
	walk_tree(&DECL_INITIAL(decl), redirect_operand, redirection, NULL);
	node->remove_all_references();
	if (node->definition)
		record_references_in_initializer(decl, false);
}

/* A reference, kept because changing one changes the list that it was found in. */
struct user {
	symtab_node *node;
	gimple *stmt; /* NULL: an initializer */
};

void klpcc_redirect_addresses(cgraph_node *node, tree other)
{
	struct redirection redirection = { node->decl, other };
	auto_vec<struct user> users;
	struct ipa_ref *ref;

	for (unsigned int i = 0; node->iterate_referring(i, ref); i++)
		if (ref->use == IPA_REF_ADDR)
			users.safe_push({ ref->referring, ref->stmt });
	for (const struct user &user : users) {
		if (cgraph_node *function = dyn_cast<cgraph_node *>(user.node)) {
			if (user.stmt)
				redirect_statement(function, user.stmt, &redirection);
		} else {
			redirect_initializer(dyn_cast<varpool_node *>(user.node),
					     &redirection);
		}
	}
}

/* ---- tracepoints ---------------------------------------------------------------------- */

/* The functions of linux/jump_label.h and asm/jump_label.h that test a key. */
static bool is_key_test(tree function)
{
	static const char *const names[] = { "static_key_false", "static_key_true",
					     "arch_static_branch" };

	for (const char *name : names)
		if (function && DECL_NAME(function) &&
		    !strcmp(IDENTIFIER_POINTER(DECL_NAME(function)), name))
			return true;
	return false;
}

static bool has_vmlinux(const struct klpcc_unit *unit, tree decl)
{
	const char *name =
		klpcc_plain_name(IDENTIFIER_POINTER(DECL_ASSEMBLER_NAME(decl)));
	struct klpcc_index_name found;
	bool is_found;

	klpcc_unit_check(unit, klpcc_index_find_name(unit->index, name, strlen(name),
						     &is_found, &found));
	for (uint32_t i = 0; is_found && i < found.symbols; i++) {
		struct klpcc_index_symbol symbol;

		klpcc_unit_check(
			unit, klpcc_index_name_symbol(unit->index, &found, i, &symbol));
		if (symbol.object == KLPCC_INDEX_VMLINUX)
			return true;
	}
	return false;
}

/* The name of the tracepoint that the call tests, if it is no vmlinux's; or NULL. */
static const char *find_tracepoint(const struct klpcc_unit *unit, const gcall *call)
{
	tree key, variable;
	const char *ignored;

	if (!gimple_call_lhs(call) || gimple_call_num_args(call) < 1 ||
	    !is_key_test(gimple_call_fndecl(call)))
		return NULL;
	key = gimple_call_arg(call, 0);
	variable = TREE_CODE(key) == ADDR_EXPR ? get_base_address(TREE_OPERAND(key, 0))
					       : NULL_TREE;
	if (!variable || !VAR_P(variable) || !DECL_NAME(variable) ||
	    has_vmlinux(unit, variable))
		return NULL;
	return klpcc_static_key_tracepoint(variable, &ignored);
}

/* trace_x() is an inline function of a header: its first call in the source. */
static location_t find_author_line(const cgraph_node *node, const gimple *stmt)
{
	location_t loc = gimple_location(stmt);

	for (const cgraph_edge *call = node->callers; call; call = call->next_caller)
		if (call->call_stmt)
			loc = gimple_location(call->call_stmt);
	return loc;
}

static void silence_test(cgraph_node *node, gimple_stmt_iterator *at)
{
	gimple *stmt = gsi_stmt(*at);
	tree result = gimple_call_lhs(stmt);
	cgraph_edge *call = node->get_edge(stmt);

	if (call)
		cgraph_edge::remove(call);
	node->remove_stmt_references(stmt);
	gsi_replace(at, gimple_build_assign(result, build_zero_cst(TREE_TYPE(result))),
		    false);
}

static void silence_function(struct klpcc_unit *unit, cgraph_node *node, function *fun)
{
	basic_block block;

	push_cfun(fun);
	FOR_EACH_BB_FN(block, fun)
	for (gimple_stmt_iterator i = gsi_start_bb(block); !gsi_end_p(i); gsi_next(&i)) {
		const gcall *call = dyn_cast<gcall *>(gsi_stmt(i));
		const char *tracepoint = call ? find_tracepoint(unit, call) : NULL;

		if (!tracepoint)
			continue;
		klpcc_warn_tracepoint(find_author_line(node, call), tracepoint);
		silence_test(node, &i);
	}
	pop_cfun();
}

void klpcc_silence_tracepoints(struct klpcc_unit *unit)
{
	cgraph_node *node;

	FOR_EACH_FUNCTION_WITH_GIMPLE_BODY(node)
	{
		function *fun = DECL_STRUCT_FUNCTION(node->decl);

		if (fun && fun->cfg && gimple_has_body_p(node->decl))
			silence_function(unit, node, fun);
	}
}
