// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Static keys: see static-key.h.
 *
 * A branch on a static key is an asm statement that puts the key's address into __jump_table, and
 * the kernel reads that table while it loads the patch: a key of vmlinux is resolved by then, a
 * module's is not. The link refuses such a table; here is the line that the author wrote. Inline
 * functions have to be where they are used for that, so the pass stands last among those of GIMPLE.
 * It looks at the statements of units only that have such a key.
 */
#include "static-key.h"

static bool is_static_key(tree decl)
{
	tree id = VAR_P(decl) && RECORD_OR_UNION_TYPE_P(TREE_TYPE(decl))
			  ? TYPE_IDENTIFIER(TREE_TYPE(decl))
			  : NULL_TREE;

	/* static_key, static_key_true, static_key_false of linux/jump_label.h */
	return id && !strncmp(IDENTIFIER_POINTER(id), "static_key", strlen("static_key"));
}

bool klpcc_static_key_is_late(const struct klpcc_extern *entry)
{
	return entry->verdict.kind == KLPCC_VERDICT_MARK && is_static_key(entry->decl) &&
	       !klpcc_span_is(entry->verdict.ref.gate, KLPCC_VMLINUX);
}

/* Where the author wrote it: the outermost call of an inline function, or the macro. */
static location_t outermost(gimple *stmt)
{
	location_t loc = gimple_location(stmt);

	for (tree block = gimple_block(stmt); block && TREE_CODE(block) == BLOCK;
	     block = BLOCK_SUPERCONTEXT(block))
		if (inlined_function_outer_scope_p(block))
			loc = BLOCK_SOURCE_LOCATION(block);
	return linemap_resolve_location(line_table, loc, LRK_MACRO_EXPANSION_POINT, NULL);
}

/* The variable whose address, perhaps of a member, an operand is; or NULL_TREE. */
static tree variable_of(tree operand)
{
	if (TREE_CODE(operand) == SSA_NAME) {
		gimple *stmt = SSA_NAME_DEF_STMT(operand);

		if (!stmt || !gimple_assign_single_p(stmt))
			return NULL_TREE;
		operand = gimple_assign_rhs1(stmt);
	}
	if (TREE_CODE(operand) != ADDR_EXPR)
		return NULL_TREE;
	operand = get_base_address(TREE_OPERAND(operand, 0));
	return operand && VAR_P(operand) && DECL_EXTERNAL(operand) ? operand : NULL_TREE;
}

static void note_keys(struct klpcc_unit *unit, gasm *stmt)
{
	for (unsigned int i = 0; i < gimple_asm_ninputs(stmt); i++) {
		tree decl = variable_of(TREE_VALUE(gimple_asm_input_op(stmt, i)));
		struct klpcc_extern *entry =
			decl ? klpcc_unit_find(unit, IDENTIFIER_POINTER(
							     DECL_ASSEMBLER_NAME(decl)))
			     : NULL;

		if (entry && entry->key_use == UNKNOWN_LOCATION &&
		    klpcc_static_key_is_late(entry))
			entry->key_use = outermost(stmt);
	}
}

static const struct pass_data data = {
	GIMPLE_PASS, "klpcc_static_key", OPTGROUP_NONE, TV_NONE, PROP_cfg, 0, 0, 0, 0,
};

class static_key_pass : public gimple_opt_pass {
      public:
	static_key_pass(struct klpcc_unit *of) : gimple_opt_pass(data, g), unit(of)
	{
	}

	bool gate(function *) override
	{
		return unit->late_keys;
	}

	unsigned int execute(function *fun) override
	{
		basic_block block;

		FOR_EACH_BB_FN(block, fun)
		for (gimple_stmt_iterator i = gsi_start_bb(block); !gsi_end_p(i);
		     gsi_next(&i))
			if (gasm *stmt = dyn_cast<gasm *>(gsi_stmt(i)))
				note_keys(unit, stmt);
		return 0;
	}

      private:
	struct klpcc_unit *unit;
};

void klpcc_static_key_register(struct klpcc_unit *unit)
{
	static struct register_pass_info info = {
		NULL,
		"optimized",
		1,
		PASS_POS_INSERT_AFTER,
	};

	info.pass = new static_key_pass(unit);
	register_callback(unit->options.plugin_name, PLUGIN_PASS_MANAGER_SETUP, NULL,
			  &info);
}
