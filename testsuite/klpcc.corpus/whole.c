// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The oracle of the whole compile: what the replaced functions of a changed file refer to is, name by
 * name, the same in the object of the whole file as in the object that has only these functions.
 *
 *	whole [--module] [--inline FILE] [--inlined FILE] ORIGINAL.o WHOLE.o INLINED EXTRACTED.o FUNCTION...
 *
 * The last two objects are of the changed file, compiled with a section for each function and datum,
 * so that a reference by section names what it means. INLINED is what -fdump-ipa-clones wrote with
 * WHOLE.o. For each FUNCTION there is a line: how many names it takes from the kernel and from other
 * modules, and how many functions and data it keeps; below it a line for each fault.
 *
 * A function may be reached in one object through one that is inlined in the other. So what is
 * compared are the ends: names that are followed no further, because the object that has only the
 * functions takes them. Where that takes a function that GCC inlined in the whole object, what this
 * refers to is not missing. Nothing may be kept that the original defines, but what every unit has
 * for itself, and functions that are declared inline: --inline is a list of these, one a line.
 *
 * --inlined is what -fdump-ipa-clones wrote with EXTRACTED.o. What is inlined there alone knows its
 * arguments, and may lack what these rule out.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "references.h"

/* "callee into", of INLINED. */
struct inlining {
	char *callee, *into;
};

static struct object original, whole, extracted;
static struct inlinings {
	struct inlining *list;
	size_t count;
} whole_inlinings, extracted_inlinings;
static struct names replaced, inline_functions;
static unsigned long faults;

/*
 * What a datum of exactly this name refers to, or a function of this plain name, with its parts and
 * clones; false when there is none.
 */
static bool find_references(const struct object *object, const char *name,
			    struct names *ret)
{
	bool found = false;

	for (size_t i = 1; i < object->symbol_count; i++) {
		const struct klpcc_elf_symbol *symbol = &object->symbols[i];
		char *plain;

		if (!object_defines(symbol) || strncmp(symbol->name, name, strlen(name)))
			continue;
		plain = plain_name(symbol->name);
		if (!strcmp(symbol->type == STT_FUNC ? plain : symbol->name, name)) {
			found = true;
			object_references(object, symbol, ret);
		}
		free(plain);
	}
	return found;
}

/* Does it define anything of this plain name? */
static bool defines(const struct object *object, const char *name)
{
	bool found = false;

	for (size_t i = 1; i < object->symbol_count && !found; i++) {
		char *plain;

		if (!object_defines(&object->symbols[i]))
			continue;
		plain = plain_name(object->symbols[i].name);
		found = !strcmp(plain, name);
		free(plain);
	}
	return found;
}

/* ---- the ends -------------------------------------------------------------------------- */

static void add_plain(struct names *names, const char *name)
{
	char *plain = plain_name(name);

	names_add(names, plain);
	free(plain);
}

/*
 * Follows all names from the function. ends: the plain names that are followed no further, as the
 * object does not define them or stop has them; passed: the names on the way, the function among
 * them.
 */
static void follow(const struct object *object, const char *name,
		   const struct names *stop, struct names *passed, struct names *ends)
{
	struct names next = { 0 };
	char *plain = plain_name(name);

	if (names_have(passed, name))
		;
	else if ((passed->count && stop && names_have(stop, plain) &&
		  !names_have(&replaced, plain)) ||
		 !find_references(object, name, &next))
		names_add(ends, plain);
	else
		names_add(passed, name);
	for (size_t i = 0; i < next.count; i++)
		follow(object, next.list[i], stop, passed, ends);
	names_free(&next);
	free(plain);
}

/* Adds to passed what was inlined into something in it. */
static void add_inlined(const struct inlinings *inlinings, struct names *passed)
{
	bool more;

	do {
		more = false;
		for (size_t i = 0; i < inlinings->count; i++)
			if (names_have(passed, inlinings->list[i].into) &&
			    names_add(passed, inlinings->list[i].callee))
				more = true;
	} while (more);
}

static bool is_module; /* the files are of a module */

/*
 * What every unit has for itself; and, as no branch can depend on a key of a module, the key of
 * DO_ONCE().
 */
static bool is_own(const char *name)
{
	return is_own_name(name) || (is_module && !strcmp(name, "___once_key"));
}

static void fault(const char *function, const char *what, const char *name)
{
	printf("  %s: %s: ", function, what);
	for (; *name; name++)
		putchar(isprint((unsigned char)*name) ? *name : '?');
	putchar('\n');
	faults++;
}

/*
 * Does the original have what is kept? A function that it has as a clone alone, which may want other
 * arguments, must be kept.
 */
static bool original_has(const char *name)
{
	char *plain = plain_name(name);
	bool found = false;

	for (size_t i = 1; i < original.symbol_count && !found; i++) {
		const struct klpcc_elf_symbol *symbol = &original.symbols[i];
		char *other;

		if (!object_defines(symbol))
			continue;
		other = plain_name(symbol->name);
		found = !strcmp(symbol->type == STT_FUNC ? symbol->name : other, plain);
		free(other);
	}
	free(plain);
	return found;
}

/* Returns how many are kept, without the replaced functions themselves. */
static size_t judge_kept(const char *function, const struct names *kept)
{
	size_t count = 0;

	for (size_t i = 0; i < kept->count; i++) {
		char *plain = plain_name(kept->list[i]);

		if (!names_have(&replaced, plain)) {
			count++;
			if (original_has(plain) && !is_own(plain) &&
			    !names_have(&inline_functions, plain))
				fault(function, "kept, but the original has it", plain);
		}
		free(plain);
	}
	return count;
}

/* Adds all that the function of an object leads to. */
static void add_all(const struct object *object, const char *name, struct names *ret)
{
	struct names passed = { 0 };

	follow(object, name, NULL, &passed, ret);
	for (size_t i = 0; i < passed.count; i++)
		add_plain(ret, passed.list[i]);
	names_free(&passed);
}

/* A constant of the original: the compiler knows its value in the whole file, and needs no reference. */
static bool is_constant(const char *name)
{
	for (size_t i = 1; i < original.symbol_count; i++) {
		const struct klpcc_elf_symbol *symbol = &original.symbols[i];

		if (object_defines(symbol) && symbol->type == STT_OBJECT &&
		    !strcmp(symbol->name, name) &&
		    !(klpcc_elf_section(original.elf, symbol->section)->header.sh_flags &
		      SHF_WRITE))
			return true;
	}
	return false;
}

/* What is taken where the whole object has it inlined, and what that may refer to. */
static void allow_inlined(const char *function, const struct names *taken,
			  const struct names *wanted, const struct names *inlined,
			  struct names *allowed)
{
	for (size_t i = 0; i < taken->count; i++) {
		const char *name = taken->list[i];

		/* One call of it may be inlined there, and another one not. */
		if (names_have(inlined, name) && defines(&original, name)) {
			add_all(&original, name, allowed);
			add_all(&whole, name, allowed);
		} else if (!names_have(wanted, name) && !is_constant(name)) {
			fault(function,
			      "taken, but the whole object does not refer to it", name);
		}
	}
}

/* What may be missing, as it is inlined in what is kept, and not in the whole object. */
static void allow_specialized(const struct names *kept, struct names *allowed)
{
	struct names inlined = { 0 };

	for (size_t i = 0; i < kept->count; i++)
		add_plain(&inlined, kept->list[i]);
	add_inlined(&extracted_inlinings, &inlined);
	for (size_t i = 0; i < inlined.count; i++)
		if (!names_have(kept, inlined.list[i]) &&
		    defines(&whole, inlined.list[i]))
			add_all(&whole, inlined.list[i], allowed);
	names_free(&inlined);
}

/*
 * The ends of the function in the whole object, and, in inlined, all that is part of it there. One
 * that GCC inlined everywhere has those of where it is; then the result is false, as nothing can
 * be missing.
 */
static bool follow_whole(const char *function, const struct names *taken,
			 struct names *wanted, struct names *inlined)
{
	struct names passed = { 0 }, hosts = { 0 };
	bool has = defines(&whole, function), more = true;

	names_add(&hosts, function);
	while (!has && more) {
		more = false;
		for (size_t i = 0; i < whole_inlinings.count; i++)
			if (names_have(&hosts, whole_inlinings.list[i].callee) &&
			    names_add(&hosts, whole_inlinings.list[i].into))
				more = true;
	}
	for (size_t i = 0; i < hosts.count; i++)
		if (defines(&whole, hosts.list[i]))
			follow(&whole, hosts.list[i], taken, &passed, wanted);
	for (size_t i = 0; i < passed.count; i++)
		add_plain(inlined, passed.list[i]);
	add_inlined(&whole_inlinings, inlined);
	names_free(&passed);
	names_free(&hosts);
	return has;
}

/*
 * In a module, tracepoints are off, and what linux/tracepoint.h has behind them is not needed. By
 * these names it reaches the tracepoint, and asks whether it may run (__DO_TRACE()).
 */
static bool is_of_tracepoint(const char *name)
{
	static const char *const begin[] = { "__tracepoint_", "__SCT__tp_func_",
					     "__traceiter_" };
	static const char *const all[] = { "__SCT__preempt_schedule_notrace",
					   "__cpu_online_mask", "__preempt_count",
					   "cpu_number" };

	for (size_t i = 0; i < sizeof(begin) / sizeof(*begin); i++)
		if (!strncmp(name, begin[i], strlen(begin[i])))
			return true;
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		if (!strcmp(name, all[i]))
			return true;
	return false;
}

static bool has_tracepoint(const struct names *names)
{
	for (size_t i = 0; i < names->count; i++)
		if (!strncmp(names->list[i], "__tracepoint_", strlen("__tracepoint_")))
			return true;
	return false;
}

/* Arguments of tracepoint_string(): variables, with which a silent tracepoint's text is gone. */
static void allow_tracepoint_strings(struct names *allowed)
{
	for (size_t i = 1; i < whole.symbol_count; i++) {
		const struct klpcc_elf_symbol *symbol = &whole.symbols[i];

		if (object_defines(symbol) && !strncmp(symbol->name, "___tp_str.", 10))
			add_all(&whole, symbol->name, allowed);
	}
}

static void judge(const char *function)
{
	struct names kept = { 0 }, taken = { 0 }, wanted = { 0 }, inlined = { 0 },
		     allowed = { 0 };
	size_t kept_count;
	bool complete, silent;

	if (!defines(&extracted, function)) {
		fault(function, "it is not there", extracted.path);
		return;
	}
	follow(&extracted, function, NULL, &kept, &taken);
	complete = follow_whole(function, &taken, &wanted, &inlined);
	kept_count = judge_kept(function, &kept);
	printf("%s: takes %zu, keeps %zu\n", function, taken.count, kept_count);
	allow_inlined(function, &taken, &wanted, &inlined, &allowed);
	allow_specialized(&kept, &allowed);
	silent = is_module && (has_tracepoint(&wanted) || has_tracepoint(&inlined));
	if (silent)
		allow_tracepoint_strings(&allowed);
	for (size_t i = 0; complete && i < wanted.count; i++)
		if (!names_have(&taken, wanted.list[i]) &&
		    !names_have(&allowed, wanted.list[i]) &&
		    !(silent && is_of_tracepoint(wanted.list[i])))
			fault(function, "missing", wanted.list[i]);
	names_free(&kept);
	names_free(&taken);
	names_free(&wanted);
	names_free(&inlined);
	names_free(&allowed);
}

/* ---- main ------------------------------------------------------------------------------ */

/* "Callgraph clone;CALLEE;NUMBER;FILE;LINE;COLUMN;INTO;...;inlining to": dump_callgraph_transformation()
 * of GCC's cgraphclones.cc. */
static void read_inlinings(const char *path, struct inlinings *ret)
{
	FILE *file = fopen(path, "r");
	char *line = NULL;
	size_t capacity = 0, room = 0;

	if (!file)
		die("%s: cannot be read", path);
	while (getline(&line, &capacity, file) > 0) {
		char *field[8], *rest = line;
		size_t count = 0;

		while (count < 8 && (field[count] = strsep(&rest, ";")))
			count++;
		if (count < 8 || strcmp(field[0], "Callgraph clone") ||
		    !strstr(rest, "inlining to"))
			continue;
		if (ret->count == room) {
			room = room ? 2 * room : 1024;
			ret->list = reallocarray(ret->list, room, sizeof(*ret->list));
			if (!ret->list)
				die("out of memory");
		}
		ret->list[ret->count++] =
			(struct inlining){ plain_name(field[1]), plain_name(field[6]) };
	}
	free(line);
	fclose(file);
}

static void read_inline(const char *path)
{
	FILE *file = fopen(path, "r");
	char *line = NULL;
	size_t capacity = 0;

	if (!file)
		die("%s: cannot be read", path);
	while (getline(&line, &capacity, file) > 0) {
		line[strcspn(line, "\n")] = '\0';
		names_add(&inline_functions, line);
	}
	free(line);
	fclose(file);
}

int main(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "--module")) {
		is_module = true;
		argv++;
		argc--;
	}
	if (argc > 2 && !strcmp(argv[1], "--inline")) {
		read_inline(argv[2]);
		argv += 2;
		argc -= 2;
	}
	if (argc > 2 && !strcmp(argv[1], "--inlined")) {
		read_inlinings(argv[2], &extracted_inlinings);
		argv += 2;
		argc -= 2;
	}
	if (argc < 6)
		die("usage: whole [--module] [--inline FILE] [--inlined FILE] ORIGINAL.o WHOLE.o INLINED EXTRACTED.o FUNCTION...");
	object_open(argv[1], &original);
	object_open(argv[2], &whole);
	read_inlinings(argv[3], &whole_inlinings);
	object_open(argv[4], &extracted);
	for (int i = 5; i < argc; i++)
		names_add(&replaced, argv[i]);
	for (int i = 5; i < argc; i++)
		judge(argv[i]);
	return faults ? 1 : 0;
}
