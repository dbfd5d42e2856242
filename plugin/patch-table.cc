// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Patch table: see patch-table.h.
 *
 * A table that the patch's own code writes to, or gives to other code, is left to the load: what it
 * has when the kernel reads it is not known here. Code gets to a table through the variables that
 * point to it, too.
 */
#include "patch-table.h"

/* Functions, objects and a patch point to each other; what is behind more pointers is not known. */
#define POINTERS 4

/* The operand of an address, without casts; NULL_TREE when the value is no address. */
static tree operand_of(tree value, location_t *near)
{
	if (value)
		STRIP_NOPS(value);
	if (!value || TREE_CODE(value) != ADDR_EXPR)
		return NULL_TREE;
	if (near)
		*near = EXPR_LOCATION(value);
	return TREE_OPERAND(value, 0);
}

const char *klpcc_string_of(tree value, location_t *near)
{
	tree operand = operand_of(value, near);

	if (operand)
		value = operand;
	return value && TREE_CODE(value) == STRING_CST &&
			       memchr(TREE_STRING_POINTER(value), 0,
				      TREE_STRING_LENGTH(value))
		       ? TREE_STRING_POINTER(value)
		       : NULL;
}

static bool is_struct(tree type, const char *name)
{
	tree id = TREE_CODE(type) == RECORD_TYPE
			  ? TYPE_IDENTIFIER(TYPE_MAIN_VARIANT(type))
			  : NULL_TREE;

	return id && !strcmp(IDENTIFIER_POINTER(id), name);
}

/* The value of a member, NULL_TREE when the initializer does not have it. */
static tree member_of(tree value, const char *name)
{
	unsigned HOST_WIDE_INT i;
	tree field, content;

	if (TREE_CODE(value) != CONSTRUCTOR)
		return NULL_TREE;
	FOR_EACH_CONSTRUCTOR_ELT(CONSTRUCTOR_ELTS(value), i, field, content)
	if (field && TREE_CODE(field) == FIELD_DECL && DECL_NAME(field) &&
	    !strcmp(IDENTIFIER_POINTER(DECL_NAME(field)), name))
		return content;
	return NULL_TREE;
}

static bool is_call(gimple *stmt, const char *name)
{
	tree called = is_gimple_call(stmt) ? gimple_call_fndecl(stmt) : NULL_TREE;

	return called && DECL_NAME(called) &&
	       !strcmp(IDENTIFIER_POINTER(DECL_NAME(called)), name);
}

static bool is_enabling(gimple *stmt)
{
	return is_call(stmt, "klp_enable_patch");
}

/* Functions of the kernel that take a patch, and leave its table as it is. */
static bool is_kernels(gimple *stmt)
{
	return is_enabling(stmt) || is_call(stmt, "klp_get_state");
}

/* Whether code other than the kernel's may follow a pointer that the variable has. */
static bool is_followed(symtab_node *node, unsigned int pointers)
{
	struct ipa_ref *ref;

	if (!pointers)
		return true;
	for (unsigned int i = 0; node->iterate_referring(i, ref); i++) {
		if (ref->use == IPA_REF_LOAD)
			return true;
		if (ref->use != IPA_REF_ADDR || ref->referring == node)
			continue;
		if (ref->stmt ? !is_kernels(ref->stmt)
			      : is_followed(ref->referring, pointers - 1))
			return true;
	}
	return false;
}

static bool is_filled_later(tree decl)
{
	symtab_node *node = symtab_node::get(decl);
	struct ipa_ref *ref;

	for (unsigned int i = 0; node && node->iterate_referring(i, ref); i++) {
		if (ref->use == IPA_REF_STORE || (ref->use == IPA_REF_ADDR && ref->stmt))
			return true;
		if (ref->use == IPA_REF_ADDR && ref->referring != node &&
		    is_followed(ref->referring, POINTERS))
			return true;
	}
	return false;
}

/* GCC drops initializers when they are written, but keeps identifiers. */
static const char *copy_of(const char *text)
{
	return text ? IDENTIFIER_POINTER(get_identifier(text)) : NULL;
}

/* The array, or its first element; NULL_TREE when a pointer points to something else. */
static tree array_of(tree value, location_t *loc)
{
	tree operand = operand_of(value, loc);

	if (operand && TREE_CODE(operand) == ARRAY_REF &&
	    integer_zerop(TREE_OPERAND(operand, 1)))
		operand = TREE_OPERAND(operand, 0);
	return operand && VAR_P(operand) ? operand : NULL_TREE;
}

/* Without a name it is vmlinux, and empty it ends the array. */
static bool read_object(struct klpcc_unit *unit, tree decl, tree value)
{
	struct klpcc_table_object object = {};
	tree functions = member_of(value, "funcs");
	tree name = member_of(value, "name");
	bool has_functions;

	object.place.near = DECL_SOURCE_LOCATION(decl);
	object.name = copy_of(klpcc_string_of(name, &object.place.near));
	object.functions = array_of(functions, &object.place.beside);
	object.table = decl;
	object.is_unknown =
		is_filled_later(decl) || (!object.name && name && !integer_zerop(name));
	if (object.functions)
		klpcc_keep(object.functions);
	has_functions = functions && !integer_zerop(functions);
	if (object.name || has_functions)
		unit->table_objects.safe_push(object);
	/* Of one that is filled later, the next ones are read as well. */
	return object.name || has_functions || object.is_unknown;
}

/* An old_name that is no string here gets one later. */
static bool read_function(struct klpcc_unit *unit, tree decl, tree value)
{
	struct klpcc_table_function function = {};
	tree position = member_of(value, "old_sympos");
	tree new_func = member_of(value, "new_func");
	tree old_name = member_of(value, "old_name");
	tree operand;

	function.place.near = DECL_SOURCE_LOCATION(decl);
	function.old_name = copy_of(klpcc_string_of(old_name, &function.place.near));
	function.table = decl;
	operand = operand_of(new_func, &function.place.beside);
	if (operand && TREE_CODE(operand) == FUNCTION_DECL)
		function.new_func = operand;
	if (position && tree_fits_uhwi_p(position))
		function.sympos = tree_to_uhwi(position);
	if (function.new_func)
		klpcc_keep(function.new_func);
	if (function.old_name)
		unit->table_functions.safe_push(function);
	/* klp_for_each_func_static() in the kernel's kernel/livepatch/core.h */
	return (old_name && !integer_zerop(old_name)) ||
	       (new_func && !integer_zerop(new_func)) || function.sympos;
}

typedef bool (*read_element)(struct klpcc_unit *unit, tree decl, tree value);

/* Whether the array is larger than so many elements, as far as its size is known. */
static bool has_room(tree type, uint64_t count)
{
	HOST_WIDE_INT array = int_size_in_bytes(type);
	HOST_WIDE_INT element = int_size_in_bytes(TREE_TYPE(type));

	return array <= 0 || element <= 0 || count < (uint64_t)(array / element);
}

/*
 * Reads the elements up to an empty one, which the kernel takes for the end; false without one. One
 * that the initializer passes over is empty, and what is no array has one element.
 */
static bool read_table(struct klpcc_unit *unit, tree decl, read_element read)
{
	tree value = DECL_INITIAL(decl), type = TREE_TYPE(decl), index, element;
	unsigned HOST_WIDE_INT i;

	if (TREE_CODE(value) != CONSTRUCTOR)
		return true;
	if (TREE_CODE(type) != ARRAY_TYPE)
		return !read(unit, decl, value);
	FOR_EACH_CONSTRUCTOR_ELT(CONSTRUCTOR_ELTS(value), i, index, element)
	if (!tree_fits_uhwi_p(index) || tree_to_uhwi(index) != i ||
	    !read(unit, decl, element))
		return true;
	return has_room(type, CONSTRUCTOR_NELTS(value));
}

static void read_objects(struct klpcc_unit *unit, tree decl)
{
	const unsigned int first = unit->table_objects.length();

	if (!read_table(unit, decl, read_object) && unit->table_objects.length() > first)
		unit->table_objects.last().is_last = !is_filled_later(decl);
}

/* Whether its unit enables it, gives it to nobody but the kernel, and does not change it. */
static bool is_enabled_as_it_is(tree decl)
{
	symtab_node *node = symtab_node::get(decl);
	bool is_enabled = false;
	struct ipa_ref *ref;

	if (TREE_PUBLIC(decl) || TREE_CODE(DECL_INITIAL(decl)) != CONSTRUCTOR)
		return false;
	for (unsigned int i = 0; node && node->iterate_referring(i, ref); i++) {
		if (ref->use == IPA_REF_ADDR && ref->stmt && is_kernels(ref->stmt))
			is_enabled |= is_enabling(ref->stmt);
		else if (ref->use != IPA_REF_LOAD)
			return false;
	}
	return is_enabled;
}

static bool lacks(tree decl, const char *name)
{
	tree value = member_of(DECL_INITIAL(decl), name);

	return !value || integer_zerop(value);
}

static void read_patch(struct klpcc_unit *unit, tree decl)
{
	struct klpcc_table_patch patch = {};

	if (!is_enabled_as_it_is(decl))
		return;
	patch.near = DECL_SOURCE_LOCATION(decl);
	patch.objects = array_of(member_of(DECL_INITIAL(decl), "objs"), NULL);
	if (lacks(decl, "mod"))
		patch.missing = "mod";
	else if (lacks(decl, "objs"))
		patch.missing = "objs";
	if (patch.objects)
		klpcc_keep(patch.objects);
	unit->table_patches.safe_push(patch);
}

static void read_functions(struct klpcc_unit *unit, tree decl)
{
	const unsigned int first = unit->table_functions.length();

	if (!read_table(unit, decl, read_function) &&
	    unit->table_functions.length() > first)
		unit->table_functions.last().is_last = true;
}

void klpcc_table_variable(struct klpcc_unit *unit, tree decl)
{
	tree type = TREE_TYPE(decl);

	if (!DECL_INITIAL(decl) || DECL_INITIAL(decl) == error_mark_node)
		return;
	if (is_struct(type, "klp_patch"))
		read_patch(unit, decl);
	if (TREE_CODE(type) == ARRAY_TYPE)
		type = TREE_TYPE(type);
	if (is_struct(type, "klp_object"))
		read_objects(unit, decl);
	else if (is_struct(type, "klp_func") && !is_filled_later(decl))
		read_functions(unit, decl);
}
