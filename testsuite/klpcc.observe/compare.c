/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether observations say what GCC's own dump of clones and the symbols of the objects say.
 *
 *	unit OBSERVATION DUMP SYMBOLS ...	DUMP: -fdump-ipa-clones; SYMBOLS: nm -P
 */
#include <ctype.h>
#include <json-c/json.h>

#include "unit.h"

#define FIELDS 12

enum kind { ABSENT, TEXT, DATA };

struct unit {
	const char *path;
	struct json_object *json;
	struct json_object *symbols;                        /* name: kind */
	struct json_object *explained;                      /* name: anything */
	struct json_object *dumped_inlined, *dumped_clones; /* "A B": anything */
};

static unsigned long seen_inlined, seen_clones, seen_statics, seen_gone, seen_split;

static const char *text_of(struct json_object *of, const char *key)
{
	struct json_object *value;

	return json_object_object_get_ex(of, key, &value) ? json_object_get_string(value)
							  : NULL;
}

static bool flag_of(struct json_object *of, const char *key)
{
	return json_object_get_boolean(json_object_object_get(of, key));
}

static bool has(struct json_object *set, const char *key)
{
	return json_object_object_get_ex(set, key, NULL);
}

static void add(struct json_object *set, const char *key)
{
	json_object_object_add(set, key, json_object_new_boolean(true));
}

static enum kind kind_of(const struct unit *unit, const char *name)
{
	return json_object_get_int(json_object_object_get(unit->symbols, name));
}

static char *joined(const char *first, const char *second)
{
	char *text;

	if (asprintf(&text, "%s %s", first, second) < 0)
		exit(1);
	return text;
}

static void add_pair(struct json_object *set, const char *first, const char *second)
{
	char *text = joined(first, second);

	add(set, text);
	free(text);
}

static FILE *must_open(const char *path)
{
	FILE *file = fopen(path, "r");

	if (!file) {
		perror(path);
		exit(1);
	}
	return file;
}

static void read_symbols(struct unit *unit, const char *path)
{
	FILE *file = must_open(path);
	char line[4096], name[4096], type;

	while (fgets(line, sizeof(line), file)) {
		if (sscanf(line, "%s %c", name, &type) != 2 || strchr("Uawv", type))
			continue;
		json_object_object_add(
			unit->symbols, name,
			json_object_new_int(strchr("tTwWi", type) ? TEXT : DATA));
	}
	fclose(file);
}

static void read_dump(struct unit *unit, const char *path)
{
	FILE *file = must_open(path);
	char line[8192];

	while (fgets(line, sizeof(line), file)) {
		char *fields[FIELDS + 1], *rest = line;
		int count = 0;

		line[strcspn(line, "\n")] = '\0';
		while (count <= FIELDS && (fields[count] = strsep(&rest, ";")))
			count++;
		if (strcmp(fields[0], "Callgraph clone"))
			continue;
		if (!check(count == FIELDS, "%s: %s", path, line))
			continue;
		if (!strcmp(fields[11], "inlining to"))
			add_pair(unit->dumped_inlined, fields[1], fields[6]);
		else
			add_pair(unit->dumped_clones, fields[6], fields[1]);
	}
	fclose(file);
}

/* Each pair of the list is in the dump, and each of the dump in the list. */
static void compare_pairs(const struct unit *unit, const char *key,
			  struct json_object *dumped)
{
	struct json_object *list = json_object_object_get(unit->json, key);
	const size_t count = json_object_array_length(list);
	size_t cold = 0;

	for (size_t i = 0; i < count; i++) {
		struct json_object *pair = json_object_array_get_idx(list, i);
		const char *first =
			json_object_get_string(json_object_array_get_idx(pair, 0));
		char *text = joined(first, json_object_get_string(
						   json_object_array_get_idx(pair, 1)));
		const char *suffix = strrchr(first, '.');

		if (suffix && !strcmp(suffix, ".cold"))
			cold++;
		else
			check(has(dumped, text), "%s: %s: %s is not in the dump",
			      unit->path, key, text);
		free(text);
	}
	check(count - cold == (size_t)json_object_object_length(dumped),
	      "%s: %s: %zu pairs, %d in the dump", unit->path, key, count - cold,
	      json_object_object_length(dumped));
	seen_split += cold;
}

static void compare_clones(struct unit *unit)
{
	struct json_object *list = json_object_object_get(unit->json, "clones");

	for (size_t i = 0; i < json_object_array_length(list); i++) {
		struct json_object *pair = json_object_array_get_idx(list, i);
		const char *clone =
			json_object_get_string(json_object_array_get_idx(pair, 0));

		add(unit->explained, clone);
		if (strlen(clone) > 5 && !strcmp(clone + strlen(clone) - 5, ".cold"))
			check(kind_of(unit, clone) == TEXT, "%s: %s is no symbol",
			      unit->path, clone);
	}
}

static void compare_functions(struct unit *unit)
{
	struct json_object *list = json_object_object_get(unit->json, "functions");

	for (size_t i = 0; i < json_object_array_length(list); i++) {
		struct json_object *function = json_object_array_get_idx(list, i);
		const char *name = text_of(function, "assembler");
		const bool expected =
			!flag_of(function, "gone") || has(function, "merged_with");

		check((kind_of(unit, name) == TEXT) == expected,
		      "%s: function %s: %s, but %s symbol", unit->path, name,
		      expected ? "there" : "gone", expected ? "no" : "a");
		add(unit->explained, name);
		seen_gone += !expected;
	}
}

static void compare_data(struct unit *unit, const char *key)
{
	struct json_object *list = json_object_object_get(unit->json, key);

	for (size_t i = 0; i < json_object_array_length(list); i++) {
		struct json_object *variable = json_object_array_get_idx(list, i);
		const char *name = text_of(variable, "assembler");
		const bool expected = name && !flag_of(variable, "gone");

		if (!name)
			continue;
		check((kind_of(unit, name) != ABSENT) == expected,
		      "%s: variable %s: %s, but %s symbol", unit->path, name,
		      expected ? "there" : "gone", expected ? "no" : "a");
		add(unit->explained, name);
		seen_statics += !strcmp(key, "statics");
	}
}

/* Constants of the compiler's own have no name of the source. */
static bool is_compilers(const char *name)
{
	return *name == '.' || !strncmp(name, "__compound_literal.", 19) ||
	       !strncmp(name, "CSWTCH.", 7) || !strncmp(name, "__x86_", 6) ||
	       !strncmp(name, "__s390_", 7) || !strcmp(name, "from_asm");
}

static void explain_symbols(const struct unit *unit)
{
	json_object_object_foreach(unit->symbols, name, kind)
	{
		(void)kind;
		check(has(unit->explained, name) || is_compilers(name),
		      "%s: the object's %s is nowhere in it", unit->path, name);
	}
}

static void free_unit(struct unit *unit)
{
	struct json_object *const all[] = { unit->json, unit->symbols, unit->explained,
					    unit->dumped_inlined, unit->dumped_clones };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		json_object_put(all[i]);
}

static void compare_unit(char **paths)
{
	struct unit unit = {
		paths[0],
		json_object_from_file(paths[0]),
		json_object_new_object(),
		json_object_new_object(),
		json_object_new_object(),
		json_object_new_object(),
	};

	if (check(unit.json, "%s: %s", paths[0], json_util_get_last_err())) {
		read_dump(&unit, paths[1]);
		read_symbols(&unit, paths[2]);
		compare_pairs(&unit, "inlined", unit.dumped_inlined);
		compare_pairs(&unit, "clones", unit.dumped_clones);
		compare_clones(&unit);
		compare_functions(&unit);
		compare_data(&unit, "variables");
		compare_data(&unit, "statics");
		explain_symbols(&unit);
		seen_inlined += json_object_object_length(unit.dumped_inlined);
		seen_clones += json_object_object_length(unit.dumped_clones);
	}
	free_unit(&unit);
}

int main(int argc, char **argv)
{
	test_begin("observations agree with dumps and symbols");
	for (int i = 1; i + 2 < argc; i += 3)
		compare_unit(argv + i);
	test_end();
	test_begin("there is something of each kind to compare");
	check(seen_inlined, "nothing inlined");
	check(seen_clones, "no clones");
	check(seen_statics, "no statics");
	check(seen_gone, "no function is gone");
	test_end();
	fprintf(stderr,
		"%d units: %lu inlined, %lu clones, %lu split, %lu statics, %lu gone\n",
		(argc - 1) / 3, seen_inlined, seen_clones, seen_split, seen_statics,
		seen_gone);
	return test_status;
}
