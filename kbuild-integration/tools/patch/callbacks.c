// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Callbacks of a fix: see callbacks.h.
 */
#include "callbacks.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define PREFIX "klpcc_"

const char *const klpcc_callbacks_kinds[KLPCC_CALLBACK_KINDS] = {
	"pre_patch",
	"post_patch",
	"pre_unpatch",
	"post_unpatch",
};

const char *klpcc_callbacks_result(size_t kind)
{
	return kind ? "void" : "int";
}

/* "klpcc_KIND_OBJECT", but not a part that GCC split off */
static bool is_of_kind(const char *name, size_t kind)
{
	size_t length = strlen(klpcc_callbacks_kinds[kind]);

	return !strncmp(name, PREFIX, strlen(PREFIX)) &&
	       !strncmp(name + strlen(PREFIX), klpcc_callbacks_kinds[kind], length) &&
	       name[strlen(PREFIX) + length] == '_' && !strchr(name, '.');
}

struct klpcc_error *klpcc_callbacks_find(const struct klpcc_against *against, char **ret)
{
	for (size_t i = 0; i < against->count; i++) {
		const struct klpcc_against_symbol *symbol = &against->symbols[i];

		if (symbol->state != KLPCC_AGAINST_NEW || !symbol->function)
			continue;
		for (size_t kind = 0; kind < KLPCC_CALLBACK_KINDS; kind++) {
			if (ret[kind] || !is_of_kind(symbol->name, kind))
				continue;
			ret[kind] = strdup(symbol->name);
			if (!ret[kind])
				return klpcc_error_nomem();
		}
	}
	return NULL;
}

size_t klpcc_callbacks_count(char *const *callbacks)
{
	size_t count = 0;

	for (size_t kind = 0; kind < KLPCC_CALLBACK_KINDS; kind++)
		count += callbacks[kind] != NULL;
	return count;
}

static struct klpcc_error *check_pair(const struct klpcc_patch_unit *first,
				      const struct klpcc_patch_unit *second)
{
	if (strcmp(first->object, second->object))
		return NULL;
	for (size_t kind = 0; kind < KLPCC_CALLBACK_KINDS; kind++)
		if (first->callbacks[kind] && second->callbacks[kind])
			return klpcc_error_new(
				ENOTSUP,
				"%s and %s both have a %s callback of %s, and the kernel calls one: have a single callback do the work of both",
				first->source, second->source,
				klpcc_callbacks_kinds[kind], first->object);
	return NULL;
}

struct klpcc_error *klpcc_callbacks_check(const struct klpcc_patch *patch)
{
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < patch->unit_count; i++)
		for (size_t k = 0; !err && k < i; k++)
			err = check_pair(&patch->units[k], &patch->units[i]);
	return err;
}
