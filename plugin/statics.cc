// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Statics: see statics.h.
 *
 * They are counted while the unit is parsed, not later in GCC's symbol table: that has only those
 * which are still used, so an edit that drops the only use of one would renumber its namesakes.
 */
#include "statics.h"
#include "unit.h"

static auto_vec<struct klpcc_static> statics;
static hash_map<tree, unsigned int> *places; /* declaration -> place in statics */

static void remember_static(void *gcc_data, void *user_data)
{
	tree decl = static_cast<tree>(gcc_data);

	if (!VAR_P(decl) || !TREE_STATIC(decl) || !DECL_NAME(decl) ||
	    !DECL_CONTEXT(decl) || TREE_CODE(DECL_CONTEXT(decl)) != FUNCTION_DECL)
		return;
	klpcc_keep(decl);
	statics.safe_push({ decl, NULL, NULL, 0, 0 });
}

void klpcc_statics_register(const char *plugin_name)
{
	register_callback(plugin_name, PLUGIN_FINISH_DECL, remember_static, NULL);
}

static int by_uid(const void *a, const void *b)
{
	const unsigned int left =
		DECL_UID(static_cast<const struct klpcc_static *>(a)->decl);
	const unsigned int right =
		DECL_UID(static_cast<const struct klpcc_static *>(b)->decl);

	return (left > right) - (left < right);
}

static void count_namesakes(hash_map<free_string_hash, unsigned int> *counts)
{
	unsigned int i;
	struct klpcc_static *entry;

	FOR_EACH_VEC_ELT(statics, i, entry)
	{
		char *key = concat(entry->function, ":", entry->name, NULL);

		entry->namesakes = *counts->get(key);
		free(key);
	}
}

static void count_statics(void)
{
	hash_map<free_string_hash, unsigned int> counts;
	unsigned int i;
	struct klpcc_static *entry;

	places = new hash_map<tree, unsigned int>;
	statics.qsort(by_uid);
	FOR_EACH_VEC_ELT(statics, i, entry)
	{
		bool existed;
		char *key;
		unsigned int *count;

		entry->function =
			IDENTIFIER_POINTER(DECL_NAME(DECL_CONTEXT(entry->decl)));
		entry->name = IDENTIFIER_POINTER(DECL_NAME(entry->decl));
		key = concat(entry->function, ":", entry->name, NULL);
		count = &counts.get_or_insert(key, &existed);
		if (existed)
			free(key);
		else
			*count = 0;
		entry->ordinal = (*count)++;
		places->put(entry->decl, i);
	}
	count_namesakes(&counts);
}

const vec<struct klpcc_static> &klpcc_statics(void)
{
	if (!places)
		count_statics();
	return statics;
}

const struct klpcc_static *klpcc_static_find(tree decl)
{
	const vec<struct klpcc_static> &all = klpcc_statics();
	const unsigned int *place = places->get(decl);

	return place ? &all[*place] : NULL;
}
