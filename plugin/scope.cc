// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Scope: see scope.h.
 *
 * The kernel resolves what a patch takes from a module when it handles the klp_object of that
 * module. So the structures that every livepatch has already tell which modules the patch is for;
 * for a unit without them there is an option.
 */
#include "diagnose.h"
#include "nearby.h"
#include "scope.h"
#include "warnings.h"

static void add_object(struct klpcc_unit *unit, uint32_t number)
{
	if (number != KLPCC_INDEX_VMLINUX && !unit->objects.contains(number))
		unit->objects.safe_push(number);
}

static bool find_object(const struct klpcc_unit *unit, const char *name, size_t length,
			uint32_t *number)
{
	struct klpcc_error *err;
	bool found = false;

	err = klpcc_index_find_object(unit->index, name, length, &found, number);
	if (err)
		klpcc_fatal_index(unit->options.index_path, err);
	return found;
}

static void refuse_object(const struct klpcc_unit *unit, const char *name, size_t length)
{
	const char *text = xstrndup(name, length);

	klpcc_fatal_unknown_object(unit->options.plugin_name, text,
				   klpcc_nearby_object(unit, text));
}

void klpcc_scope_init(struct klpcc_unit *unit)
{
	const char *name = unit->options.objects;
	uint32_t number;

	while (name && *name) {
		size_t length = strcspn(name, ",");

		if (!find_object(unit, name, length, &number))
			refuse_object(unit, name, length);
		add_object(unit, number);
		name += length + (name[length] == ',');
	}
}

/* The string that a pointer is initialized with; NULL when it is something else. */
static const char *string_of(tree value)
{
	if (value)
		STRIP_NOPS(value);
	if (value && TREE_CODE(value) == ADDR_EXPR)
		value = TREE_OPERAND(value, 0);
	return value && TREE_CODE(value) == STRING_CST &&
			       memchr(TREE_STRING_POINTER(value), 0,
				      TREE_STRING_LENGTH(value))
		       ? TREE_STRING_POINTER(value)
		       : NULL;
}

static bool is_struct(tree type, const char *name)
{
	tree id = TREE_CODE(type) == RECORD_TYPE ? TYPE_IDENTIFIER(type) : NULL_TREE;

	return id && !strcmp(IDENTIFIER_POINTER(id), name);
}

/*
 * One struct klp_object. Without a name it is vmlinux, and empty it ends the array; neither
 * concerns the scope.
 */
static void read_object(struct klpcc_unit *unit, location_t loc, tree value)
{
	unsigned HOST_WIDE_INT i;
	tree field, content;
	const char *name = NULL;
	uint32_t number;
	bool vmlinux = false;
	int error;

	if (TREE_CODE(value) != CONSTRUCTOR)
		return;
	FOR_EACH_CONSTRUCTOR_ELT(CONSTRUCTOR_ELTS(value), i, field, content)
	{
		if (!field || TREE_CODE(field) != FIELD_DECL || !DECL_NAME(field))
			continue;
		if (!strcmp(IDENTIFIER_POINTER(DECL_NAME(field)), "name"))
			name = string_of(content);
		else if (!strcmp(IDENTIFIER_POINTER(DECL_NAME(field)), "funcs"))
			vmlinux = true;
	}
	/* The kernel would accept it, and wait for a module that cannot come. */
	error = name ? klpcc_check_object(klpcc_span_of(name)) : 0;
	if (error)
		klpcc_error_klp_object(loc, name, error, klpcc_nearby_object(unit, name));
	else if (name && find_object(unit, name, strlen(name), &number))
		add_object(unit, number);
	if (name || vmlinux)
		unit->klp_objects.safe_push(name ? name : KLPCC_VMLINUX);
}

static void read_objects(struct klpcc_unit *unit, location_t loc, tree type, tree value)
{
	unsigned HOST_WIDE_INT i;
	tree element;

	if (TREE_CODE(type) != ARRAY_TYPE) {
		read_object(unit, loc, value);
		return;
	}
	if (TREE_CODE(value) != CONSTRUCTOR)
		return;
	FOR_EACH_CONSTRUCTOR_VALUE(CONSTRUCTOR_ELTS(value), i, element)
	read_object(unit, loc, element);
}

void klpcc_scope_variable(struct klpcc_unit *unit, tree decl)
{
	static const char import[] = "import_ns=";
	const char *place = DECL_SECTION_NAME(decl);
	tree value = DECL_INITIAL(decl);
	tree type = TREE_TYPE(decl);
	const char *text;

	if (!value || value == error_mark_node)
		return;
	if (place && !strcmp(place, ".modinfo")) {
		text = string_of(value);
		if (text && !strncmp(text, import, strlen(import)))
			unit->imports.safe_push(text + strlen(import));
		return;
	}
	if (is_struct(TREE_CODE(type) == ARRAY_TYPE ? TREE_TYPE(type) : type,
		      "klp_object"))
		read_objects(unit, DECL_SOURCE_LOCATION(decl), type, value);
}

void klpcc_scope_finish(struct klpcc_unit *unit)
{
	unit->scope.source = unit->options.source;
	unit->scope.objects = unit->objects.address();
	unit->scope.objects_count = unit->objects.length();
	unit->scope.imports = unit->imports.address();
	unit->scope.imports_count = unit->imports.length();
	unit->scope.init_is_fine = !klpcc_warning_is_on(KLPCC_WARN_INIT);
}
