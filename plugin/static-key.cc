// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Static keys: see static-key.h.
 *
 * A branch on a static key is an asm statement that puts the key's address into __jump_table, and
 * the kernel reads that table while it loads the patch: a key of vmlinux is resolved by then, a
 * module's is not. The link refuses such a table, but only the compiler knows the line that the
 * author wrote. Inline functions must have been inlined for that, so the pass is the last one of
 * GIMPLE. It only looks at statements where the unit has such a key.
 */
#include "static-key.h"

static bool is_struct_of(tree type, const char *name)
{
	tree id = RECORD_OR_UNION_TYPE_P(type) ? TYPE_IDENTIFIER(type) : NULL_TREE;

	return id && !strcmp(IDENTIFIER_POINTER(id), name);
}

/* The types of linux/jump_label.h that static_key_enabled() takes. */
static bool is_static_key(tree type)
{
	return is_struct_of(type, "static_key") ||
	       is_struct_of(type, "static_key_true") ||
	       is_struct_of(type, "static_key_false");
}

/* Structs in structs: a tracepoint has a key, and a key with a timeout. */
#define DEEP 4

/*
 * What is written after a variable of the type to mean the first key in it: "", "[...]",
 * ".inner.key". malloc()ed; NULL when there is none.
 */
static char *path_to_key(tree type, int depth)
{
	if (TREE_CODE(type) == ARRAY_TYPE) {
		char *inner = path_to_key(TREE_TYPE(type), depth);

		return inner ? reconcat(inner, "[...]", inner, NULL) : NULL;
	}
	if (is_static_key(type))
		return xstrdup("");
	if (!depth || !RECORD_OR_UNION_TYPE_P(type))
		return NULL;
	for (tree field = TYPE_FIELDS(type); field; field = DECL_CHAIN(field)) {
		char *inner = TREE_CODE(field) == FIELD_DECL && DECL_NAME(field)
				      ? path_to_key(TREE_TYPE(field), depth - 1)
				      : NULL;

		if (inner)
			return reconcat(inner, ".", IDENTIFIER_POINTER(DECL_NAME(field)),
					inner, NULL);
	}
	return NULL;
}

bool klpcc_static_key_is_late(const struct klpcc_extern *entry)
{
	char *path;
	bool late;

	if (entry->verdict.kind != KLPCC_VERDICT_MARK || !VAR_P(entry->decl) ||
	    klpcc_span_is(entry->verdict.ref.gate, KLPCC_VMLINUX))
		return false;
	path = path_to_key(TREE_TYPE(entry->decl), DEEP);
	late = path;
	free(path);
	return late;
}

char *klpcc_static_key_name(tree decl)
{
	char *path = path_to_key(TREE_TYPE(decl), DEEP);
	char *name = concat(IDENTIFIER_POINTER(DECL_NAME(decl)), path, NULL);

	free(path);
	return name;
}

/* The names are those of linux/tracepoint.h and of the key in linux/tracepoint-defs.h. */
const char *klpcc_static_key_tracepoint(tree decl, const char **test)
{
	static const char prefix[] = "__tracepoint_";
	const char *name = IDENTIFIER_POINTER(DECL_NAME(decl));
	tree type = TREE_TYPE(decl);

	if (!is_struct_of(type, "tracepoint") || strncmp(name, prefix, strlen(prefix)))
		return NULL;
	*test = "static_branch_unlikely";
	for (tree field = TYPE_FIELDS(type); field; field = DECL_CHAIN(field))
		if (TREE_CODE(field) == FIELD_DECL &&
		    is_struct_of(TREE_TYPE(field), "static_key"))
			*test = "static_key_false";
	return name + strlen(prefix);
}

/* The use of a macro, not its definition. True when that is in the source file itself. */
static bool find_expansion(location_t loc, location_t *ret)
{
	const char *file;

	*ret = linemap_resolve_location(line_table, loc, LRK_MACRO_EXPANSION_POINT, NULL);
	file = LOCATION_FILE(*ret);
	return file && !strcmp(file, main_input_filename);
}

/*
 * The line that the author wrote: of the calls of inline functions that lead to stmt, the
 * innermost in the source file. The outermost may be that of an author's function that GCC chose
 * to inline.
 */
static location_t find_author_line(gimple *stmt)
{
	location_t loc;

	if (find_expansion(gimple_location(stmt), &loc))
		return loc;
	for (tree block = gimple_block(stmt); block && TREE_CODE(block) == BLOCK;
	     block = BLOCK_SUPERCONTEXT(block))
		if (inlined_function_outer_scope_p(block) &&
		    find_expansion(BLOCK_SOURCE_LOCATION(block), &loc))
			break;
	return loc;
}

/* The external variable whose address, or a member's, the operand is; or NULL_TREE. */
static tree find_variable(tree operand)
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

/* A branch is an asm goto; other asm statements may use such a variable for other reasons. */
static void note_keys(struct klpcc_unit *unit, gasm *stmt)
{
	if (!gimple_asm_nlabels(stmt))
		return;
	for (unsigned int i = 0; i < gimple_asm_ninputs(stmt); i++) {
		tree decl = find_variable(TREE_VALUE(gimple_asm_input_op(stmt, i)));
		struct klpcc_extern *entry =
			decl ? klpcc_unit_find(unit, IDENTIFIER_POINTER(
							     DECL_ASSEMBLER_NAME(decl)))
			     : NULL;

		if (entry && entry->key_use == UNKNOWN_LOCATION &&
		    klpcc_static_key_is_late(entry))
			entry->key_use = find_author_line(stmt);
	}
}

static const struct pass_data pass_description = {
	GIMPLE_PASS, "klpcc_static_key", OPTGROUP_NONE, TV_NONE, PROP_cfg, 0, 0, 0, 0,
};

class static_key_pass : public gimple_opt_pass {
      public:
	static_key_pass(struct klpcc_unit *of)
	    : gimple_opt_pass(pass_description, g), unit(of)
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
