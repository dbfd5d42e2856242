// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Nearby: see nearby.h.
 *
 * Names are sorted: the variants of a name follow it, and those with the same first letter are
 * together. The first letter is the one that people mistype least, so only names with that letter
 * are looked at, which spares most of the half million names of a distribution's kernel.
 */
#include "diagnose.h"
#include "nearby.h"

static uint32_t names_from(const struct klpcc_unit *unit, const char *text)
{
	uint32_t number;
	struct klpcc_error *err = klpcc_index_names_from(unit->index, text, &number);

	if (err)
		klpcc_fatal_index(unit->options.index_path, err);
	return number;
}

static struct klpcc_index_name name_at(const struct klpcc_unit *unit, uint32_t number)
{
	struct klpcc_index_name name;
	struct klpcc_error *err = klpcc_index_name_at(unit->index, number, &name);

	if (err)
		klpcc_fatal_index(unit->options.index_path, err);
	return name;
}

enum kind { ANY, FUNCTION, VARIABLE };

/* By the letter in kallsyms; absolute symbols, and some of assembler code, may be either. */
static bool matches_kind(enum kind kind, char letter)
{
	switch (letter) {
	case 't':
	case 'T':
	case 'w':
	case 'W':
		return kind != VARIABLE;
	case 'a':
	case 'A':
	case '?':
		return true;
	default:
		return kind != FUNCTION;
	}
}

/* Whether the object, or one that the unit may take symbols from, has one of that name. */
static bool has_name(const struct klpcc_unit *unit, uint32_t object,
		     const struct klpcc_index_name *name, enum kind kind)
{
	const struct klpcc_request request = {};
	const struct klpcc_verdict verdict = {};

	for (uint32_t i = 0; i < name->symbols; i++) {
		struct klpcc_index_symbol symbol;
		struct klpcc_error *err =
			klpcc_index_name_symbol(unit->index, name, i, &symbol);

		if (err)
			klpcc_fatal_index(unit->options.index_path, err);
		if (matches_kind(kind, symbol.kallsyms_type) &&
		    (object == KLPCC_NEARBY_SCOPE
			     ? klpcc_symbol_candidate(&unit->scope, &request, &verdict,
						      &symbol)
			     : symbol.object == object && klpcc_symbol_counted(&symbol)))
			return true;
	}
	return false;
}

/* A module's file has '-' where its name has '_', and a suffix. */
static bool is_file_of(const char *text, const char *module)
{
	static const char *const ends[] = { "", ".ko", ".ko.gz", ".ko.xz", ".ko.zst" };

	for (; *module; text++, module++)
		if (TOLOWER(*text == '-' ? '_' : *text) != TOLOWER(*module))
			return false;
	for (const char *end : ends)
		if (!strcmp(text, end))
			return true;
	return false;
}

const char *klpcc_nearby_object(const struct klpcc_unit *unit, const char *text)
{
	const uint32_t objects = klpcc_index_objects(unit->index);

	for (uint32_t i = 0; i < objects; i++) {
		struct klpcc_index_object object;
		struct klpcc_error *err = klpcc_index_object(unit->index, i, &object);

		if (err)
			klpcc_fatal_index(unit->options.index_path, err);
		if (is_file_of(lbasename(text), object.name))
			return object.name;
	}
	return NULL;
}

/* GCC's own limit, as there are but thousands of modules. */
const char *klpcc_nearby_module(const struct klpcc_unit *unit, const char *name)
{
	const uint32_t objects = klpcc_index_objects(unit->index);
	best_match<const char *, const char *> match(name);

	for (uint32_t i = KLPCC_INDEX_VMLINUX + 1; i < objects; i++)
		match.consider(klpcc_object_name(unit, i));
	return match.get_best_meaningful_candidate();
}

/* The suffixes of GCC's clones: clone_function_name() of its cgraphclones.c and its callers. */
static bool is_clone_suffix(const char *suffix)
{
	static const char *const words[] = { "isra", "constprop",  "part",
					     "cold", "localalias", "llvm" };

	for (const char *word : words)
		if (!strncmp(suffix, word, strlen(word)) &&
		    (!suffix[strlen(word)] || suffix[strlen(word)] == '.'))
			return true;
	return false;
}

bool klpcc_nearby_is_clone(const char *name)
{
	const char *dot = strchr(name, '.');

	return dot && dot != name && is_clone_suffix(dot + 1);
}

const char *klpcc_nearby_clone(const struct klpcc_unit *unit, uint32_t object,
			       const char *name, uint32_t *number)
{
	const size_t length = strlen(name);
	const uint32_t end = klpcc_index_names(unit->index);

	if (*number == UINT32_MAX) {
		char *text = xasprintf("%s.", name);

		*number = names_from(unit, text);
		free(text);
	}
	while (*number < end) {
		const struct klpcc_index_name found = name_at(unit, (*number)++);

		if (strncmp(found.name, name, length) || found.name[length] != '.')
			break;
		if (is_clone_suffix(found.name + length + 1) &&
		    has_name(unit, object, &found, FUNCTION))
			return found.name;
	}
	return NULL;
}

/* Whether text is part with something before or after it. */
static bool is_extension(const char *text, size_t length, const char *part,
			 size_t shorter)
{
	return length > shorter && (!memcmp(text, part, shorter) ||
				    !memcmp(text + length - shorter, part, shorter));
}

static bool same_but_digits(const char *a, const char *b)
{
	for (;; a++, b++) {
		while (ISDIGIT(*a))
			a++;
		while (ISDIGIT(*b))
			b++;
		if (*a != *b)
			return false;
		if (!*a)
			return true;
	}
}

/* The same words but the last, which has a letter or two in one of the names. */
static bool same_but_end(const char *a, const char *b)
{
	const char *end_a = strrchr(a, '_'), *end_b = strrchr(b, '_');

	return end_a && end_b && end_a - a == end_b - b && !strncmp(a, b, end_a - a) &&
	       (strlen(end_a) <= 3 || strlen(end_b) <= 3);
}

/*
 * Whether a name was made of the other one on purpose, rather than mistyped: the author of
 * print_state_b() does not mean print_state() or print_state_a(), nor that of read32() read64().
 */
static bool is_derived(const char *name, size_t length, const char *other,
		       size_t other_length)
{
	return is_extension(name, length, other, other_length) ||
	       same_but_digits(name, other) || same_but_end(name, other);
}

/*
 * GCC's own limit, a third of the letters, is for the dozens of names of a scope. Among half a
 * million, something is always that near, so the limit is one letter, or two of sixteen.
 */
static edit_distance_t distance_limit(size_t length, edit_distance_t letter)
{
	return length < 16 ? letter : 2 * letter;
}

/* Whether candidate is nearer to name than *best, which becomes its distance then. */
static bool is_nearer(const char *name, size_t length, const char *candidate,
		      edit_distance_t *best)
{
	/* What GCC counts for one letter: its limit for words of two. */
	const edit_distance_t letter = get_edit_distance_cutoff(2, 2);
	const size_t other = strlen(candidate);
	const edit_distance_t most =
		MIN(distance_limit(MIN(length, other), letter), *best - 1);
	edit_distance_t distance;

	if ((length > other ? length - other : other - length) * letter > most ||
	    is_derived(name, length, candidate, other))
		return false;
	distance = get_edit_distance(name, length, candidate, other);
	if (distance > most)
		return false;
	*best = distance;
	return true;
}

const char *klpcc_nearby_similar(const struct klpcc_unit *unit, uint32_t object,
				 const char *name, bool variable)
{
	const char first[2] = { name[0], 0 };
	const uint32_t end = klpcc_index_names(unit->index);
	const size_t length = strlen(name);
	edit_distance_t best = MAX_EDIT_DISTANCE;
	const char *nearest = NULL;

	if (length < 5)
		return NULL;
	for (uint32_t i = names_from(unit, first); i < end && best > 1; i++) {
		const struct klpcc_index_name found = name_at(unit, i);
		edit_distance_t distance = best;

		if (found.name[0] != name[0])
			break;
		/* No name in C contains a '.'. */
		if (!strchr(found.name, '.') &&
		    is_nearer(name, length, found.name, &distance) &&
		    has_name(unit, object, &found, variable ? VARIABLE : FUNCTION)) {
			best = distance;
			nearest = found.name;
		}
	}
	return nearest;
}
