// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The oracle of entries: what the lists of an object that has only the replaced functions say of the
 * code in it is what the object of the whole file says of the same functions, and they say nothing else.
 *
 *	entries WHOLE.o EXTRACTED.o
 *
 * Both are compiled as for whole.c, which compares names alone, and which says whether a function may be
 * there. Of the second object there is a line for each entry, for each datum, and for each mark:
 *
 *	SECTION FUNCTION BYTES TARGET...
 *	own SECTION NAME
 *	taken MARK
 *
 * BYTES are those that no relocation writes: flags, lines, features. A TARGET is "code" in the function
 * itself, the code of an alternative, a text, or own:NAME, taken:NAME of a mark, ordinary:NAME of what
 * the module loader finds, with the offset. A line for each fault begins with two blanks.
 */
#include <klp-name.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "object.h"

/* Lists whose entries begin with the address of code, and how large these are in 6.1 for x86_64. */
static const struct list {
	const char *name;
	size_t size;
} lists[] = {
	{ "__jump_table", 16 },      { "__bug_table", 12 },
	{ ".altinstructions", 12 },  { "__ex_table", 12 },
	{ ".static_call_sites", 8 }, { ".return_sites", 4 },
	{ ".retpoline_sites", 4 },   { ".smp_locks", 4 },
	{ "__mcount_loc", 8 },       { ".parainstructions", 16 },
};

/* Lines, sorted; a line may be there more than once. */
struct lines {
	char **list;
	size_t count;
};

static struct object whole, extracted;
static unsigned long faults;

static void add_line(struct lines *lines, char *line)
{
	lines->list = reallocarray(lines->list, lines->count + 1, sizeof(*lines->list));
	if (!lines->list)
		die("out of memory");
	lines->list[lines->count++] = line;
}

static int compare_lines(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static const struct list *find_list(const struct object *object, size_t section)
{
	const struct klpcc_elf_section *found = klpcc_elf_section(object->elf, section);

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		if (!strcmp(found->name, lists[i].name) &&
		    found->header.sh_type != SHT_RELA)
			return &lists[i];
	return NULL;
}

/* ---- one entry -------------------------------------------------------------------------- */

static void print_bytes(FILE *text, const unsigned char *bytes, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		fprintf(text, "%02x", bytes[i]);
}

/* The code of an alternative, but for what it calls. */
static void print_replacement(FILE *text, const struct object *object,
			      const struct target *target, size_t length)
{
	const struct klpcc_elf_relocation *list;
	const unsigned char *bytes;
	size_t count, size, at = target->offset;

	bytes = object_bytes(object, target->section, &size);
	if (target->offset + length > size)
		die("%s: an alternative ends behind its section", object->path);
	fprintf(text, " alternative:");
	list = object_relocations(object, target->section, &count);
	for (size_t i = 0; i < count; i++) {
		struct target to;
		char *name;

		if (list[i].offset < at || list[i].offset >= target->offset + length)
			continue;
		print_bytes(text, bytes, at, list[i].offset);
		to = object_target(object, target->section, &list[i]);
		name = plain_name(to.symbol ? to.symbol->name : "code");
		fprintf(text, "(%s)", name);
		free(name);
		at = list[i].offset + 4;
	}
	if (at < target->offset + length)
		print_bytes(text, bytes, at, target->offset + length);
}

/* How the object has a name; the object of the whole file has all by itself, or does not. */
static const char *find_origin(const struct object *object,
			       const struct klpcc_elf_symbol *symbol)
{
	struct klpcc_ref ref;

	if (object == &whole)
		return "";
	if (symbol->section)
		return "own:";
	return klpcc_mark_parse(symbol->name, strlen(symbol->name), &ref) ? "ordinary:"
									  : "taken:";
}

static void print_target(FILE *text, const struct object *object, size_t section,
			 const struct klpcc_elf_relocation *relocation,
			 const char *function, size_t replacement)
{
	struct target target = object_target(object, section, relocation);
	const unsigned char *bytes;
	size_t size;
	char *name;

	if (target.section && object_is_merged(object, target.section)) {
		bytes = object_bytes(object, target.section, &size);
		fprintf(text, " \"%.*s\"", (int)(size - target.offset),
			(const char *)bytes + target.offset);
		return;
	}
	if (!target.symbol && target.section &&
	    !strcmp(klpcc_elf_section(object->elf, target.section)->name,
		    ".altinstr_replacement")) {
		print_replacement(text, object, &target, replacement);
		return;
	}
	name = plain_name(target.symbol ? target.symbol->name : "?");
	if (!strcmp(name, function))
		fprintf(text, " code");
	else if (!target.symbol)
		fprintf(text, " ?");
	else
		fprintf(text, " %s%s+%llu", find_origin(object, target.symbol), name,
			(unsigned long long)(target.offset -
					     (target.section ? target.symbol->value
							     : 0)));
	free(name);
}

/* The function that has the code of an entry, malloc()ed; NULL: none. */
static char *find_function(const struct object *object, size_t section,
			   const struct klpcc_elf_relocation *relocation)
{
	struct target target = object_target(object, section, relocation);

	return target.symbol && target.section ? plain_name(target.symbol->name) : NULL;
}

/* ---- all entries -------------------------------------------------------------------------- */

/* Whether the object that has only the replaced functions has it. */
static bool is_there(const char *function)
{
	bool found = false;

	for (size_t i = 1; i < extracted.symbol_count && !found; i++) {
		char *name;

		if (!object_defines(&extracted.symbols[i]))
			continue;
		name = plain_name(extracted.symbols[i].name);
		found = !strcmp(name, function);
		free(name);
	}
	return found;
}

static void add_entry(const struct object *object, size_t section,
		      const struct list *list, const struct klpcc_elf_relocation *relocs,
		      size_t reloc_count, size_t start, const char *function,
		      struct lines *ret)
{
	const unsigned char *bytes;
	char *line = NULL;
	size_t size, length, at = start;
	FILE *text = open_memstream(&line, &length);

	if (!text)
		die("out of memory");
	bytes = object_bytes(object, section, &size);
	fprintf(text, "%s %s ", list->name, function);
	for (size_t i = 0; i < reloc_count; i++) {
		print_bytes(text, bytes, at, relocs[i].offset);
		at = relocs[i].offset + (relocs[i].type == R_X86_64_64 ? 8 : 4);
	}
	print_bytes(text, bytes, at, start + list->size);
	for (size_t i = 0; i < reloc_count; i++)
		print_target(text, object, section, &relocs[i], function,
			     bytes[start + list->size - 1]);
	fclose(text);
	add_line(ret, line);
}

/* Entries of the whole object for functions that the other one does not have are not looked at. */
static void add_list(const struct object *object, size_t section, const struct list *list,
		     struct lines *ret)
{
	const struct klpcc_elf_relocation *relocs;
	const GElf_Shdr *header = &klpcc_elf_section(object->elf, section)->header;
	size_t reloc_count, first = 0;

	if (header->sh_size % list->size)
		die("%s: %s has no entries of %zu bytes", object->path, list->name,
		    list->size);
	relocs = object_relocations(object, section, &reloc_count);
	for (size_t start = 0; start < header->sh_size; start += list->size) {
		size_t last = first;
		char *function = NULL;

		while (last < reloc_count && relocs[last].offset < start + list->size)
			last++;
		if (first < last)
			function = find_function(object, section, &relocs[first]);
		if (function && is_there(function)) {
			add_entry(object, section, list, relocs + first, last - first,
				  start, function, ret);
		} else if (object == &extracted) {
			printf("  %s: an entry of code that is not there\n", list->name);
			faults++;
		}
		free(function);
		first = last;
	}
}

static void collect(const struct object *object, struct lines *ret)
{
	for (size_t i = 1; i < klpcc_elf_sections(object->elf); i++) {
		const struct list *list = find_list(object, i);

		if (list)
			add_list(object, i, list, ret);
	}
	if (ret->count)
		qsort(ret->list, ret->count, sizeof(*ret->list), compare_lines);
}

/* ---- main --------------------------------------------------------------------------------- */

/* Where a name comes from is not what is compared. */
static char *drop_origins(const char *line)
{
	static const char *const origins[] = { " own:", " taken:", " ordinary:" };
	char *plain = copy_text(line, strlen(line)), *found;

	for (size_t i = 0; i < sizeof(origins) / sizeof(*origins); i++)
		while ((found = strstr(plain, origins[i])))
			memmove(found + 1, found + strlen(origins[i]),
				strlen(found + strlen(origins[i])) + 1);
	return plain;
}

static void compare(const struct lines *wanted, const struct lines *found)
{
	struct lines plain = { 0 };
	size_t w = 0, f = 0;

	for (size_t i = 0; i < found->count; i++)
		add_line(&plain, drop_origins(found->list[i]));
	if (plain.count)
		qsort(plain.list, plain.count, sizeof(*plain.list), compare_lines);
	while (w < wanted->count || f < plain.count) {
		const int order = w == wanted->count ? 1
				  : f == plain.count
					  ? -1
					  : strcmp(wanted->list[w], plain.list[f]);

		if (order)
			printf("  %s: %s\n", order < 0 ? "missing" : "too much",
			       order < 0 ? wanted->list[w] : plain.list[f]);
		faults += order != 0;
		w += order <= 0;
		f += order >= 0;
	}
}

/* What the functions have for themselves, and what they share with the kernel. */
static void print_data(const struct object *object)
{
	for (size_t i = 1; i < object->symbol_count; i++) {
		const struct klpcc_elf_symbol *symbol = &object->symbols[i];
		struct klpcc_ref ref;
		char *name;

		if (!symbol->section &&
		    !klpcc_mark_parse(symbol->name, strlen(symbol->name), &ref))
			printf("taken %s\n", symbol->name);
		if (!object_defines(symbol) || symbol->type != STT_OBJECT)
			continue;
		name = plain_name(symbol->name);
		printf("own %s %s\n",
		       klpcc_elf_section(object->elf, symbol->section)->name, name);
		free(name);
	}
}

int main(int argc, char **argv)
{
	struct lines wanted = { 0 }, found = { 0 };

	if (argc != 3)
		die("usage: entries WHOLE.o EXTRACTED.o");
	object_open(argv[1], &whole);
	object_open(argv[2], &extracted);
	collect(&whole, &wanted);
	collect(&extracted, &found);
	for (size_t i = 0; i < found.count; i++)
		puts(found.list[i]);
	print_data(&extracted);
	compare(&wanted, &found);
	return faults ? 1 : 0;
}
