// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Layout list: see layout-list.h.
 *
 * First all types are found: of variables, and of what the statements of each function refer to.
 * Then those without a tag or typedef get a name from where they are.
 */
#include "layout-list.h"
#include "types.h"

struct finder {
	hash_set<tree> seen;
	auto_vec<tree> found;
	hash_map<tree, char *> names; /* of those without a tag or typedef */
};

/*
 * The tag, or the first typedef of a type that has none; NULL_TREE when there is neither. C gives a
 * typedef's name to a variant of the type, never to the type itself.
 */
static tree find_name(tree type)
{
	tree found = TYPE_NAME(TYPE_MAIN_VARIANT(type));

	if (found)
		return found;
	for (tree variant = TYPE_MAIN_VARIANT(type); variant;
	     variant = TYPE_NEXT_VARIANT(variant)) {
		tree name = TYPE_NAME(variant);

		if (name && TREE_CODE(name) == TYPE_DECL && DECL_NAME(name) &&
		    (!found || DECL_UID(name) < DECL_UID(found)))
			found = name;
	}
	return found;
}

static const char *keyword_of(tree type)
{
	switch (TREE_CODE(type)) {
	case RECORD_TYPE:
		return "struct";
	case UNION_TYPE:
		return "union";
	default:
		return "enum";
	}
}

/* The struct, union or enum that a type is made of; NULL_TREE when it is none, or incomplete. */
static tree inner_type(tree type)
{
	while (type && (POINTER_TYPE_P(type) || TREE_CODE(type) == ARRAY_TYPE))
		type = TREE_TYPE(type);
	if (!type || (!RECORD_OR_UNION_TYPE_P(type) && TREE_CODE(type) != ENUMERAL_TYPE))
		return NULL_TREE;
	type = TYPE_MAIN_VARIANT(type);
	return COMPLETE_TYPE_P(type) && TREE_CODE(TYPE_SIZE_UNIT(type)) == INTEGER_CST
		       ? type
		       : NULL_TREE;
}

/* ---- which types ------------------------------------------------------------------- */

static void note_type(struct finder *finder, tree type)
{
	type = inner_type(type);
	if (type && !finder->seen.add(type))
		finder->found.safe_push(type);
}

static tree note_operand(tree *operand, int *walk_subtrees, void *data)
{
	struct walk_stmt_info *info = static_cast<struct walk_stmt_info *>(data);
	struct finder *finder = static_cast<struct finder *>(info->info);

	if (TYPE_P(*operand)) {
		*walk_subtrees = 0;
		return NULL_TREE;
	}
	note_type(finder, TREE_TYPE(*operand));
	return NULL_TREE;
}

static void note_body(struct finder *finder, function *body)
{
	struct walk_stmt_info info = {};
	basic_block block;
	unsigned int i;
	tree local;

	info.info = finder;
	FOR_EACH_LOCAL_DECL(body, i, local)
	note_type(finder, TREE_TYPE(local));
	FOR_EACH_BB_FN(block, body)
	for (gimple_stmt_iterator at = gsi_start_bb(block); !gsi_end_p(at); gsi_next(&at))
		walk_gimple_op(gsi_stmt(at), note_operand, &info);
}

/* ---- names ------------------------------------------------------------------------- */

/* "x" of "struct x"; a typedef has no keyword. */
static const char *without_keyword(const char *name)
{
	const char *blank = strchr(name, ' ');

	return blank ? blank + 1 : name;
}

/* Takes over the name. */
static void name_type(struct finder *finder, tree type, char *name);

/* An unnamed member counts as a part of the whole. */
static void name_members(struct finder *finder, tree type, const char *name)
{
	for (tree field = TYPE_FIELDS(type); field; field = DECL_CHAIN(field)) {
		tree inner;

		if (TREE_CODE(field) != FIELD_DECL)
			continue;
		inner = inner_type(TREE_TYPE(field));
		if (!inner || find_name(inner))
			continue;
		if (DECL_NAME(field))
			name_type(finder, inner,
				  concat(keyword_of(inner), " ", without_keyword(name),
					 ".", IDENTIFIER_POINTER(DECL_NAME(field)),
					 NULL));
		else if (RECORD_OR_UNION_TYPE_P(inner))
			name_members(finder, inner, name);
	}
}

static void name_type(struct finder *finder, tree type, char *name)
{
	bool existed;
	char **place = &finder->names.get_or_insert(type, &existed);

	if (existed) {
		free(name);
		return;
	}
	*place = name;
	if (RECORD_OR_UNION_TYPE_P(type))
		name_members(finder, type, name);
}

/* A struct that is defined inside of a function has a scope of its own. */
static char *written_name(tree type)
{
	tree scope = TYPE_CONTEXT(type), name = find_name(type);
	const char *function = "", *colons = "";

	if (TREE_CODE(name) != IDENTIFIER_NODE)
		return xstrdup(IDENTIFIER_POINTER(DECL_NAME(name)));
	if (scope && TREE_CODE(scope) == FUNCTION_DECL) {
		function = IDENTIFIER_POINTER(DECL_NAME(scope));
		colons = "::";
	}
	return concat(keyword_of(type), " ", function, colons, IDENTIFIER_POINTER(name),
		      NULL);
}

static void name_by_variable(struct finder *finder, tree variable)
{
	tree type = inner_type(TREE_TYPE(variable)), scope = DECL_CONTEXT(variable);
	const char *function = "", *colons = "";

	if (!type || find_name(type) || !DECL_NAME(variable))
		return;
	if (scope && TREE_CODE(scope) == FUNCTION_DECL) {
		function = IDENTIFIER_POINTER(DECL_NAME(scope));
		colons = "::";
	}
	name_type(finder, type,
		  concat(keyword_of(type), " .", function, colons,
			 IDENTIFIER_POINTER(DECL_NAME(variable)), NULL));
}

/* ---- one layout -------------------------------------------------------------------- */

static uint64_t bits_of(tree size)
{
	return size && tree_fits_uhwi_p(size) ? tree_to_uhwi(size) : 0;
}

/* A bit-field's own type is as narrow as it is, and has no name. */
static tree declared_type(tree field)
{
	tree type = DECL_BIT_FIELD_TYPE(field);

	return type ? type : TREE_TYPE(field);
}

static void read_members(tree type, uint64_t offset,
			 vec<struct klpcc_layout_member> *members)
{
	for (tree field = TYPE_FIELDS(type); field; field = DECL_CHAIN(field)) {
		uint64_t place;

		if (TREE_CODE(field) != FIELD_DECL ||
		    TREE_CODE(DECL_FIELD_OFFSET(field)) != INTEGER_CST)
			continue;
		place = offset + int_bit_position(field);
		if (DECL_NAME(field))
			members->safe_push({ IDENTIFIER_POINTER(DECL_NAME(field)), place,
					     bits_of(DECL_SIZE(field)),
					     klpcc_type_text(declared_type(field), ""),
					     0 });
		else if (RECORD_OR_UNION_TYPE_P(TREE_TYPE(field)))
			read_members(TREE_TYPE(field), place, members);
	}
}

static void read_values(tree type, vec<struct klpcc_layout_member> *members)
{
	for (tree entry = TYPE_VALUES(type); entry; entry = TREE_CHAIN(entry))
		members->safe_push({ IDENTIFIER_POINTER(TREE_PURPOSE(entry)), 0, 0, NULL,
				     klpcc_enumerator_value(entry) });
}

static void add_layout(struct finder *finder, tree type, vec<struct klpcc_layout> *ret)
{
	struct klpcc_layout layout = {};
	char **place = finder->names.get(type);

	/* One without a name is a part of another, or only a cast or a typeof has it. */
	if (!find_name(type) && !place)
		return;
	layout.type = type;
	layout.name = place ? xstrdup(*place) : written_name(type);
	layout.size = bits_of(TYPE_SIZE_UNIT(type));
	layout.members = vNULL;
	if (TREE_CODE(type) == ENUMERAL_TYPE)
		read_values(type, &layout.members);
	else
		read_members(type, 0, &layout.members);
	ret->safe_push(layout);
}

static int by_name(const void *a, const void *b)
{
	const auto *left = static_cast<const struct klpcc_layout *>(a);
	const auto *right = static_cast<const struct klpcc_layout *>(b);
	const int order = strcmp(left->name, right->name);

	/* Namesakes of several blocks: as they are in the source. */
	return order ? order : (int)TYPE_UID(left->type) - (int)TYPE_UID(right->type);
}

static void find_types(struct finder *finder)
{
	varpool_node *variable;
	cgraph_node *node;

	FOR_EACH_VARIABLE(variable)
		note_type(finder, TREE_TYPE(variable->decl));
	FOR_EACH_FUNCTION_WITH_GIMPLE_BODY(node)
	{
		function *body = DECL_STRUCT_FUNCTION(node->decl);
		tree argument = DECL_ARGUMENTS(node->decl);

		note_type(finder, TREE_TYPE(TREE_TYPE(node->decl)));
		for (; argument; argument = DECL_CHAIN(argument))
			note_type(finder, TREE_TYPE(argument));
		if (body && body->cfg)
			note_body(finder, body);
	}
}

static void find_names(struct finder *finder)
{
	varpool_node *variable;
	cgraph_node *node;

	for (tree type : finder->found)
		if (find_name(type) && RECORD_OR_UNION_TYPE_P(type)) {
			char *name = written_name(type);

			name_members(finder, type, name);
			free(name);
		}
	FOR_EACH_VARIABLE(variable)
		name_by_variable(finder, variable->decl);
	FOR_EACH_FUNCTION_WITH_GIMPLE_BODY(node)
	{
		unsigned int i;
		tree local;

		FOR_EACH_LOCAL_DECL(DECL_STRUCT_FUNCTION(node->decl), i, local)
		name_by_variable(finder, local);
	}
}

void klpcc_layouts_collect(vec<struct klpcc_layout> *ret)
{
	struct finder finder;

	find_types(&finder);
	find_names(&finder);
	for (tree type : finder.found)
		add_layout(&finder, type, ret);
	for (auto name : finder.names)
		free(name.second);
	ret->qsort(by_name);
}

void klpcc_layout_deinit(struct klpcc_layout *layout)
{
	for (struct klpcc_layout_member &member : layout->members)
		free(member.type);
	layout->members.release();
	free(layout->name);
}
