// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Judging a patch table: what the target has in place of a name that it lacks.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/nearest.h"
#include "judge-private.h"

/* Each search goes through much of the index. */
#define NEAR_NAMES_MAX 16u
/* Positions that a message lists. */
#define POSITIONS_MAX 4u

static struct klpcc_error *format_advice(char **ret, int length)
{
	if (length >= 0)
		return NULL;
	*ret = NULL;
	return klpcc_error_nomem();
}

/* ---- functions ------------------------------------------------------------------------- */

/* Another object that has a symbol of that name; *found is false if there is none. */
static struct klpcc_error *find_elsewhere(const struct klpcc_index *index,
					  struct klpcc_span name, bool *found,
					  struct klpcc_index_object *ret)
{
	struct klpcc_index_name entry;
	struct klpcc_index_symbol symbol;
	struct klpcc_error *err;

	err = klpcc_index_find_name(index, name.start, name.len, found, &entry);
	if (err || !*found)
		return err;
	*found = entry.symbols;
	if (!*found)
		return NULL;
	err = klpcc_index_name_symbol(index, &entry, 0, &symbol);
	return err ? err : klpcc_index_object(index, symbol.object, ret);
}

/* "NAME.constprop.0" and the like in the object itself. */
static struct klpcc_error *find_clone(const struct klpcc_index *index, uint32_t object,
				      struct klpcc_span name, const char **ret)
{
	struct klpcc_error *err;
	uint32_t number = 0;
	char prefix[KLPCC_SYMBOL_MAX + 2];

	*ret = NULL;
	snprintf(prefix, sizeof(prefix), "%.*s.", (int)name.len, name.start);
	err = klpcc_index_names_from(index, prefix, &number);
	for (; !err && number < klpcc_index_names(index); number++) {
		struct klpcc_index_symbol symbol;
		struct klpcc_index_name entry;

		err = klpcc_index_name_at(index, number, &entry);
		if (err || strncmp(entry.name, prefix, strlen(prefix)))
			break;
		for (uint32_t i = 0; !err && !*ret && i < entry.symbols; i++) {
			err = klpcc_index_name_symbol(index, &entry, i, &symbol);
			if (!err && symbol.object == object && !symbol.part)
				*ret = entry.name;
		}
		if (*ret)
			break;
	}
	return err;
}

static struct klpcc_error *has_function(const struct klpcc_index *index, uint32_t object,
					const struct klpcc_index_name *name, bool *ret)
{
	struct klpcc_error *err = NULL;

	*ret = false;
	for (uint32_t i = 0; !err && !*ret && i < name->symbols; i++) {
		struct klpcc_index_symbol symbol;

		err = klpcc_index_name_symbol(index, name, i, &symbol);
		*ret = !err && symbol.object == object && symbol.patchable;
	}
	return err;
}

/* The nearest function that can be redirected, of those that begin with the same letter. */
static struct klpcc_error *find_typo(struct klpcc_patch_case *ask, uint32_t object,
				     struct klpcc_span name, const char **ret)
{
	const struct klpcc_index *index = ask->judge->index;
	const char letter[] = { name.len ? name.start[0] : '\0', '\0' };
	char *word;
	struct klpcc_nearest nearest = { 0 };
	struct klpcc_error *err;
	uint32_t number;

	if (!name.len || ask->near_names++ >= NEAR_NAMES_MAX)
		return NULL;
	nearest.word = word = strndup(name.start, name.len);
	if (!word)
		return klpcc_error_nomem();
	err = klpcc_index_names_from(index, letter, &number);
	for (; !err && number < klpcc_index_names(index); number++) {
		struct klpcc_index_name entry;
		bool usable;

		err = klpcc_index_name_at(index, number, &entry);
		if (err || entry.name[0] != letter[0])
			break;
		err = has_function(index, object, &entry, &usable);
		if (!err && usable)
			klpcc_nearest_offer(&nearest, entry.name);
	}
	*ret = nearest.best;
	free(word);
	return err;
}

struct klpcc_error *
klpcc_patch_near_function(struct klpcc_patch_case *ask,
			  const struct klpcc_patch_object_case *object,
			  struct klpcc_span name, char **ret)
{
	const struct klpcc_index *index = ask->judge->index;
	const char *clone, *typo = NULL;
	struct klpcc_index_object elsewhere;
	struct klpcc_error *err;
	bool found = false;
	int length;

	*ret = NULL;
	err = find_clone(index, object->number, name, &clone);
	if (!err && !clone)
		err = find_elsewhere(index, name, &found, &elsewhere);
	if (!err && !clone && !found)
		err = find_typo(ask, object->number, name, &typo);
	if (err)
		return err;
	if (clone)
		length = asprintf(
			ret,
			"; the compiler left only %s of it: replace the functions that call it",
			clone);
	else if (found && !strcmp(elsewhere.name, KLPCC_VMLINUX))
		length = asprintf(ret, "; vmlinux has one, whose object has no .name");
	else if (found)
		length = asprintf(ret,
				  "; module %s has one, whose object has .name = \"%s\"",
				  elsewhere.name, elsewhere.name);
	else
		length = typo ? asprintf(ret, "; did you mean '%s'?", typo)
			      : asprintf(ret, "%s", "");
	return format_advice(ret, length);
}

static struct klpcc_error *list_positions(const struct klpcc_index *index,
					  uint32_t object,
					  const struct klpcc_index_name *name, FILE *text)
{
	struct klpcc_error *err = NULL;
	unsigned int listed = 0;

	for (uint32_t i = 0; !err && i < name->symbols && listed < POSITIONS_MAX; i++) {
		struct klpcc_index_symbol symbol;

		err = klpcc_index_name_symbol(index, name, i, &symbol);
		if (!err && symbol.object == object && symbol.sympos && symbol.source)
			fprintf(text, "%s%u is that of %s", listed++ ? ", " : "; ",
				symbol.sympos, symbol.source);
	}
	return err;
}

struct klpcc_error *klpcc_patch_positions(const struct klpcc_patch_case *ask,
					  const struct klpcc_patch_object_case *object,
					  struct klpcc_span name, char **ret)
{
	const struct klpcc_index *index = ask->judge->index;
	struct klpcc_index_name entry;
	struct klpcc_error *err;
	size_t size;
	FILE *text;
	bool found;

	*ret = NULL;
	err = klpcc_index_find_name(index, name.start, name.len, &found, &entry);
	if (err)
		return err;
	text = open_memstream(ret, &size);
	if (!text)
		return klpcc_error_nomem();
	if (found)
		err = list_positions(index, object->number, &entry, text);
	if (fclose(text) && !err)
		err = klpcc_error_nomem();
	if (err) {
		free(*ret);
		*ret = NULL;
	}
	return err;
}

/* ---- objects --------------------------------------------------------------------------- */

/* "kvm_intel" of "kvm-intel.ko"; the longest name of a module is longer than ".ko". */
static void normalize(struct klpcc_span name, char ret[KLPCC_OBJECT_MAX + 1])
{
	size_t length = name.len;

	if (length > 3 && !memcmp(name.start + length - 3, ".ko", 3))
		length -= 3;
	for (size_t i = 0; i < length; i++)
		ret[i] = name.start[i] == '-' ? '_' : name.start[i];
	ret[length] = '\0';
}

static struct klpcc_error *find_nearest(struct klpcc_patch_case *ask, const char *word,
					const char **ret)
{
	const struct klpcc_index *index = ask->judge->index;
	struct klpcc_nearest nearest = { .word = word };
	struct klpcc_error *err = NULL;

	if (ask->near_names++ >= NEAR_NAMES_MAX)
		return NULL;
	for (uint32_t i = 1; !err && i < klpcc_index_objects(index); i++) {
		struct klpcc_index_object object;

		err = klpcc_index_object(index, i, &object);
		if (!err)
			klpcc_nearest_offer(&nearest, object.name);
	}
	*ret = nearest.best;
	return err;
}

struct klpcc_error *klpcc_patch_near_object(struct klpcc_patch_case *ask,
					    struct klpcc_span name, char **ret)
{
	const struct klpcc_index *index = ask->judge->index;
	char normal[KLPCC_OBJECT_MAX + 1];
	const char *near = NULL;
	struct klpcc_error *err;
	uint32_t number;
	bool found;

	*ret = NULL;
	normalize(name, normal);
	err = klpcc_index_find_object(index, normal, strlen(normal), &found, &number);
	if (!err && found)
		near = normal;
	else if (!err)
		err = find_nearest(ask, normal, &near);
	if (err)
		return err;
	return format_advice(ret, near ? asprintf(ret, " (did you mean \"%s\"?)", near)
				       : asprintf(ret, "%s", ""));
}
