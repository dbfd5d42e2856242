// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Unit: see unit.h.
 */
#include "diagnose.h"
#include "unit.h"

/* A TREE_LIST: GCC frees whatever it does not reach from here or from its own variables. */
static GTY(()) tree kept;

static const struct ggc_root_tab roots[] = {
	KLPCC_TREE_ROOT(kept),
	LAST_GGC_ROOT_TAB,
};

void klpcc_unit_register(const char *plugin_name)
{
	register_callback(plugin_name, PLUGIN_REGISTER_GGC_ROOTS, NULL,
			  const_cast<struct ggc_root_tab *>(roots));
}

void klpcc_keep(tree node)
{
	kept = tree_cons(NULL_TREE, node, kept);
}

const char *klpcc_plain_name(const char *label)
{
	return targetm.strip_name_encoding(label);
}

struct klpcc_extern *klpcc_unit_find(const struct klpcc_unit *unit, const char *label)
{
	unsigned int *place = unit->names->get(klpcc_plain_name(label));

	return place ? const_cast<struct klpcc_extern *>(&unit->externs[*place]) : NULL;
}

bool klpcc_was_written(const struct klpcc_extern *entry)
{
	for (tree id = entry->watch; id; id = TREE_CHAIN(id))
		if (TREE_SYMBOL_REFERENCED(TREE_VALUE(id)))
			return true;
	return false;
}

bool klpcc_is_needed(const struct klpcc_extern *entry)
{
	return entry->asked || klpcc_was_written(entry);
}

void klpcc_unit_check(const struct klpcc_unit *unit, struct klpcc_error *err)
{
	if (err)
		klpcc_fatal_index(unit->options.index_path, err);
}

void klpcc_read_symbol(const struct klpcc_unit *unit, uint32_t number,
		       struct klpcc_index_symbol *ret)
{
	klpcc_unit_check(unit, klpcc_index_symbol(unit->index, number, ret));
}

const char *klpcc_object_name(const struct klpcc_unit *unit, uint32_t number)
{
	struct klpcc_index_object object;

	klpcc_unit_check(unit, klpcc_index_object(unit->index, number, &object));
	return object.name;
}
