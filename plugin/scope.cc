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
#include "original.h"
#include "patch-table.h"
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
	const char *object = unit->plan ? unit->plan->object : KLPCC_VMLINUX;
	uint32_t number;

	if (find_object(unit, object, strlen(object), &number))
		add_object(unit, number);
	else
		klpcc_fatal_plan_object(unit->options.plan, object,
					klpcc_nearby_object(unit, object));

	while (name && *name) {
		size_t length = strcspn(name, ",");

		if (!find_object(unit, name, length, &number))
			refuse_object(unit, name, length);
		add_object(unit, number);
		name += length + (name[length] == ',');
	}
}

static void add_import(struct klpcc_unit *unit, const char *name)
{
	for (const char *known : unit->imports)
		if (!strcmp(known, name))
			return;
	unit->imports.safe_push(name);
}

void klpcc_scope_variable(struct klpcc_unit *unit, tree decl)
{
	static const char import[] = "import_ns=";
	const char *place = DECL_SECTION_NAME(decl);
	const char *text;

	if (!place || strcmp(place, ".modinfo"))
		return;
	text = klpcc_string_of(DECL_INITIAL(decl), NULL);
	if (text && !strncmp(text, import, strlen(import)))
		add_import(unit,
			   IDENTIFIER_POINTER(get_identifier(text + strlen(import))));
}

/* vmlinux is always in scope, and of a module that the target lacks nothing can be taken. */
static void add_patched_objects(struct klpcc_unit *unit)
{
	uint32_t number;

	for (const struct klpcc_table_object &object : unit->table_objects)
		if (object.name &&
		    find_object(unit, object.name, strlen(object.name), &number))
			add_object(unit, number);
}

void klpcc_scope_finish(struct klpcc_unit *unit)
{
	add_patched_objects(unit);
	for (size_t i = 0; unit->plan && i < unit->plan->namespaces_count; i++)
		add_import(unit, unit->plan->namespaces[i]);
	unit->scope.source = unit->options.source;
	unit->scope.objects = unit->objects.address();
	unit->scope.objects_count = unit->objects.length();
	unit->scope.imports = unit->imports.address();
	unit->scope.imports_count = unit->imports.length();
	unit->scope.init_is_fine = !klpcc_warning_is_on(KLPCC_WARN_INIT);
}
