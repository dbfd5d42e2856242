// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Where patched functions are: see kallsyms.h.
 *
 * /proc/kallsyms has 200,000 lines, and there are few functions to look for: one pass, with a hash
 * table of the functions. A position counts the symbols of one name in one object, in the order in
 * which the kernel has them, which is that of the file (klp_find_object_symbol()).
 */
#include "kallsyms.h"

#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One function to look for, and how many symbols of that name its object has had so far. */
struct wanted {
	struct klpcc_patched_function *function;
	const char *object;
	unsigned long seen;
	struct wanted *next; /* of the same name */
};

struct search {
	struct wanted *wanted;
	size_t count;
	struct hsearch_data table;
};

static size_t count_functions(const struct klpcc_live_patches *patches)
{
	size_t count = 0;

	for (size_t i = 0; i < patches->count; i++)
		for (size_t j = 0; j < patches->patches[i].count; j++)
			count += patches->patches[i].objects[j].count;
	return count;
}

static bool add_wanted(struct search *search, struct klpcc_patched_function *function,
		       const char *object)
{
	struct wanted *wanted = &search->wanted[search->count++];
	ENTRY entry = { .key = function->name, .data = wanted }, *found;

	*wanted = (struct wanted){ .function = function, .object = object };
	if (!hsearch_r(entry, ENTER, &found, &search->table))
		return false;
	if (found->data != wanted) {
		wanted->next = found->data;
		found->data = wanted;
	}
	return true;
}

static bool add_all(struct search *search, struct klpcc_live_patches *patches)
{
	for (size_t i = 0; i < patches->count; i++)
		for (size_t j = 0; j < patches->patches[i].count; j++) {
			struct klpcc_patched_object *object =
				&patches->patches[i].objects[j];

			for (size_t k = 0; k < object->count; k++)
				if (!add_wanted(search, &object->functions[k],
						object->name))
					return false;
		}
	return true;
}

/* "ADDRESS TYPE NAME[\t[MODULE]]" */
static void take_symbol(struct search *search, char *line)
{
	char *name = strchr(line, ' '), *module;
	uint64_t address = strtoull(line, NULL, 16);
	ENTRY entry, *found;

	name = name ? strchr(name + 1, ' ') : NULL;
	if (!name || !address)
		return;
	name++;
	name[strcspn(name, "\n")] = '\0';
	module = strchr(name, '\t');
	if (module) {
		*module++ = '\0';
		module++;
		module[strcspn(module, "]")] = '\0';
	}
	entry.key = name;
	if (!hsearch_r(entry, FIND, &found, &search->table))
		return;
	for (struct wanted *wanted = found->data; wanted; wanted = wanted->next) {
		if (strcmp(wanted->object, module ? module : "vmlinux") != 0)
			continue;
		wanted->seen++;
		if (!wanted->function->position ||
		    wanted->seen == wanted->function->position)
			wanted->function->address = address;
	}
}

struct klpcc_error *klpcc_kallsyms_locate(struct klpcc_live_patches *patches)
{
	size_t total = count_functions(patches), size = 0;
	struct search search = { .wanted = calloc(total + 1, sizeof(*search.wanted)) };
	char *line = NULL;
	FILE *symbols;
	bool good;

	/* At most half full, as its authors say. */
	if (!search.wanted || !hcreate_r(2 * total + 1, &search.table)) {
		free(search.wanted);
		return klpcc_error_nomem();
	}
	good = add_all(&search, patches);
	symbols = good && total ? fopen("/proc/kallsyms", "re") : NULL;
	while (symbols && getline(&line, &size, symbols) > 0)
		take_symbol(&search, line);
	free(line);
	if (symbols)
		fclose(symbols);
	hdestroy_r(&search.table);
	free(search.wanted);
	return good ? NULL : klpcc_error_nomem();
}
