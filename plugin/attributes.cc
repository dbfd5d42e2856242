// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Attributes: see attributes.h.
 *
 * The handler, at the declaration, checks what an attribute alone tells: the kind of declaration
 * and the form of the argument. What needs the other attributes or the index waits until the
 * declaration is known to be used. So that a message can still point at the right one of several
 * declarations, the handler keeps its location beside the argument.
 */
#include "attributes.h"
#include "diagnose.h"
#include "nearby.h"

/* Set once any attribute of klpcc was accepted: most units have none. */
static bool any_attribute;

/* GCC passes nothing of the plugin's to a handler. */
static const struct klpcc_unit *unit;

/* A narrow, non-empty string without a NUL inside; NULL, after an error, otherwise. */
static const char *string_argument(location_t loc, tree name, tree value)
{
	tree type = TREE_TYPE(value);

	STRIP_NOPS(value);
	if (TREE_CODE(value) == ADDR_EXPR)
		value = TREE_OPERAND(value, 0);
	if (TREE_CODE(value) == STRING_CST)
		type = TREE_TYPE(TREE_TYPE(value));
	if (TREE_CODE(value) != STRING_CST || TYPE_MAIN_VARIANT(type) != char_type_node ||
	    strlen(TREE_STRING_POINTER(value)) + 1 != (size_t)TREE_STRING_LENGTH(value)) {
		klpcc_error_not_string(loc, name);
		return NULL;
	}
	return TREE_STRING_POINTER(value);
}

static bool check_name(location_t loc, tree name, tree value,
		       int (*check)(struct klpcc_span))
{
	const char *text = string_argument(loc, name, value);
	int error = text ? check(klpcc_span_of(text)) : 0;

	if (error)
		klpcc_error_bad_name(loc, name, text, error,
				     error == -KLPCC_NAME_BAD_OBJECT
					     ? klpcc_nearby_object(unit, text)
					     : NULL);
	return text && !error;
}

static bool check_source(location_t loc, tree name, tree value)
{
	const char *text = string_argument(loc, name, value);

	if (text && !*text)
		klpcc_error_empty(loc, name);
	return text && *text;
}

static bool check_position(location_t loc, tree name, tree value)
{
	STRIP_NOPS(value);
	if (TREE_CODE(value) == INTEGER_CST && INTEGRAL_TYPE_P(TREE_TYPE(value)) &&
	    tree_fits_uhwi_p(value) && tree_to_uhwi(value) <= UINT_MAX)
		return true;
	klpcc_error_not_position(loc, name);
	return false;
}

static bool check_argument(location_t loc, tree name, tree args)
{
	if (is_attribute_p("klp_object", name) || is_attribute_p("klp_gate", name))
		return check_name(loc, name, TREE_VALUE(args), klpcc_check_object);
	if (is_attribute_p("klp_name", name))
		return check_name(loc, name, TREE_VALUE(args), klpcc_check_symbol);
	if (is_attribute_p("klp_source", name))
		return check_source(loc, name, TREE_VALUE(args));
	if (is_attribute_p("klp_sympos", name))
		return check_position(loc, name, TREE_VALUE(args));
	return true;
}

/* NULL when decl may refer to something outside of the unit, else why it cannot. */
static const char *why_ignored(tree decl)
{
	if (!VAR_OR_FUNCTION_DECL_P(decl))
		return "it is neither a function nor a variable";
	if (VAR_P(decl) && DECL_REGISTER(decl))
		return "it is a register variable";
	if (VAR_P(decl) && DECL_THREAD_LOCAL_P(decl))
		return "it is thread-local";
	if (VAR_P(decl) ? !DECL_EXTERNAL(decl) : !TREE_PUBLIC(decl))
		return "it is not external";
	return NULL;
}

static tree handle_attribute(tree *node, tree name, tree args, int flags,
			     bool *no_add_attrs)
{
	tree decl = *node;
	location_t loc = DECL_SOURCE_LOCATION(decl);
	const char *reason = why_ignored(decl);
	tree where, value;

	/* Added below together with its location, or not at all. */
	*no_add_attrs = true;
	if (reason) {
		klpcc_warn_ignored(loc, name, decl, reason);
		return NULL_TREE;
	}
	if (!check_argument(loc, name, args))
		return NULL_TREE;
	any_attribute = true;
	value = args ? TREE_VALUE(args) : NULL_TREE;
	where = build_int_cst(long_long_unsigned_type_node, loc);
	DECL_ATTRIBUTES(decl) = tree_cons(name, tree_cons(where, value, NULL_TREE),
					  DECL_ATTRIBUTES(decl));
	return NULL_TREE;
}

/* Name, fewest and most arguments, on declarations only, handler; no exclusions. */
static struct attribute_spec specs[] = {
	{ "klp_object", 1, 1, true, false, false, false, handle_attribute, NULL },
	{ "klp_sympos", 1, 1, true, false, false, false, handle_attribute, NULL },
	{ "klp_name", 1, 1, true, false, false, false, handle_attribute, NULL },
	{ "klp_gate", 1, 1, true, false, false, false, handle_attribute, NULL },
	{ "klp_source", 1, 1, true, false, false, false, handle_attribute, NULL },
	{ "klp_ordinary", 0, 0, true, false, false, false, handle_attribute, NULL },
	{ "klp_used", 0, 0, true, false, false, false, handle_attribute, NULL },
};

void klpcc_attributes_register(void *gcc_data, void *user_data)
{
	unit = static_cast<const struct klpcc_unit *>(user_data);
	for (struct attribute_spec &spec : specs)
		register_attribute(&spec);
}

static location_t location_of(tree attribute)
{
	return tree_to_uhwi(TREE_PURPOSE(TREE_VALUE(attribute)));
}

static tree value_of(tree attribute)
{
	return TREE_VALUE(TREE_VALUE(attribute));
}

bool klpcc_attributes_used(tree decl)
{
	return any_attribute && VAR_OR_FUNCTION_DECL_P(decl) &&
	       lookup_attribute("klp_used", DECL_ATTRIBUTES(decl));
}

void klpcc_attributes_check_unused(tree decl)
{
	if (!any_attribute || DECL_EXTERNAL(decl))
		return;
	for (const struct attribute_spec &spec : specs)
		if (tree found = lookup_attribute(spec.name, DECL_ATTRIBUTES(decl)))
			klpcc_warn_ignored(location_of(found), get_attribute_name(found),
					   decl, "it is defined here");
}

/* Finds the one value of an attribute; false, after an error, when there are two. */
static bool find_one(tree decl, const char *name, tree *ret)
{
	tree found = lookup_attribute(name, DECL_ATTRIBUTES(decl));
	tree other = found;

	*ret = found;
	while (other && (other = lookup_attribute(name, TREE_CHAIN(other))))
		if (value_of(found) &&
		    !simple_cst_equal(value_of(found), value_of(other))) {
			klpcc_error_repeated(location_of(found), location_of(other),
					     get_attribute_name(found), decl);
			return false;
		}
	return true;
}

static bool find_string(tree decl, const char *name, const char **ret)
{
	tree attribute;

	if (!find_one(decl, name, &attribute))
		return false;
	if (attribute)
		*ret = string_argument(location_of(attribute),
				       get_attribute_name(attribute),
				       value_of(attribute));
	return true;
}

/* klp_ordinary goes with none of the attributes that choose a symbol. */
static bool check_ordinary(tree decl, tree ordinary)
{
	for (const char *name :
	     { "klp_object", "klp_sympos", "klp_name", "klp_gate", "klp_source" })
		if (tree other = lookup_attribute(name, DECL_ATTRIBUTES(decl))) {
			klpcc_error_contradiction(location_of(ordinary),
						  location_of(other),
						  get_attribute_name(ordinary),
						  get_attribute_name(other), decl);
			return false;
		}
	return true;
}

/* Only one place may say which symbol is meant: here the assembler name does already. */
static bool check_labelled(tree decl)
{
	for (const struct attribute_spec &spec : specs)
		if (tree found = lookup_attribute(spec.name, DECL_ATTRIBUTES(decl)))
			if (strcmp(spec.name, "klp_used")) {
				klpcc_error_labelled(location_of(found),
						     get_attribute_name(found), decl);
				return false;
			}
	return true;
}

bool klpcc_attributes_read(tree decl, struct klpcc_request *request)
{
	tree ordinary, sympos;
	const char *name = NULL;

	if (!any_attribute)
		return true;
	if (request->labelled)
		return check_labelled(decl);
	if (!find_string(decl, "klp_object", &request->object) ||
	    !find_string(decl, "klp_gate", &request->gate) ||
	    !find_string(decl, "klp_name", &name) ||
	    !find_string(decl, "klp_source", &request->source) ||
	    !find_one(decl, "klp_sympos", &sympos) ||
	    !find_one(decl, "klp_ordinary", &ordinary))
		return false;
	if (ordinary && !check_ordinary(decl, ordinary))
		return false;
	request->ordinary = ordinary != NULL_TREE;
	if (name) {
		request->symbol = name;
		request->renamed = true;
	}
	if (sympos) {
		request->sympos = tree_to_uhwi(value_of(sympos));
		request->has_sympos = true;
	}
	return true;
}

bool klpcc_request_said(const struct klpcc_request *request)
{
	return request->ordinary || klpcc_request_explicit(request);
}

static bool same_text(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

bool klpcc_request_equal(const struct klpcc_request *a, const struct klpcc_request *b)
{
	return same_text(a->symbol, b->symbol) && same_text(a->object, b->object) &&
	       same_text(a->gate, b->gate) && same_text(a->source, b->source) &&
	       same_text(a->likely, b->likely) && a->sympos == b->sympos &&
	       a->has_sympos == b->has_sympos && a->ordinary == b->ordinary;
}

location_t klpcc_attribute_location(tree decl, const char *name)
{
	tree attribute = lookup_attribute(name, DECL_ATTRIBUTES(decl));

	return attribute ? location_of(attribute) : UNKNOWN_LOCATION;
}
