// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The oracle of what is replaced: of a changed file, all code that differs from the original's is
 * replaced, or is reached through what is replaced alone; and no datum differs.
 *
 *	replaced ORIGINAL.o CHANGED.o FUNCTION...
 *
 * Both objects are of the whole file, compiled with a section for each function and datum, and with the
 * lines of the original. It knows nothing of how `klpcc patch` decides: a function is its bytes, where
 * its relocations are, and what they and its entries in lists of code name. A line for each fault
 * begins with two blanks. Relocations have addends, so that the bytes in their places are the same.
 *
 * What is new needs no replacement, nor what is gone: those that refer to it differ.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "references.h"

static struct object original, changed;
static struct names replaced;
static bool *visited; /* one for each symbol of the original */
static unsigned long faults;

/* ---- what a symbol is ------------------------------------------------------------------ */

/* The name without the numbers that GCC gives: "x" for x.45, "f.isra" for f.isra.0; malloc()ed. */
static char *make_label(const char *name)
{
	char *label = copy_text(name, strlen(name)), *to = label;
	static const char unique[] = "__UNIQUE_ID_";

	for (const char *from = label; *from;) {
		size_t digits = *from == '.' ? strspn(from + 1, "0123456789") : 0;

		if (digits && (!from[digits + 1] || from[digits + 1] == '.'))
			from += digits + 1;
		else
			*to++ = *from++;
	}
	*to = '\0';
	if (!strncmp(label, unique, sizeof(unique) - 1))
		while (to > label && isdigit((unsigned char)to[-1]))
			*--to = '\0';
	return label;
}

static void print_bytes(FILE *stream, const unsigned char *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		fprintf(stream, "%02x", bytes[i]);
}

/* What has no name: a text, or as much of a constant as is surely its own. */
static void print_contents(FILE *stream, const struct object *object,
			   const struct target *target)
{
	const GElf_Shdr *header =
		&klpcc_elf_section(object->elf, target->section)->header;
	size_t size, length = 8;
	const unsigned char *bytes = object_bytes(object, target->section, &size);

	if (!bytes || target->offset >= size) {
		fprintf(stream, "(%s)", "outside");
		return;
	}
	bytes += target->offset;
	size -= target->offset;
	if (header->sh_flags & SHF_STRINGS)
		length = strnlen((const char *)bytes, size);
	else if (object_is_merged(object, target->section))
		length = header->sh_entsize;
	print_bytes(stream, bytes, length < size ? length : size);
}

static void print_target(FILE *stream, const struct object *object,
			 const struct target *target)
{
	char *label;

	if (!target->symbol) {
		if (target->section)
			print_contents(stream, object, target);
		return;
	}
	label = make_label(target->symbol->name);
	fprintf(stream, "%s+%jd", label,
		(intmax_t)(target->offset -
			   (target->section ? target->symbol->value : 0)));
	free(label);
}

static bool contains(const struct klpcc_elf_symbol *symbol, uint64_t offset)
{
	return offset >= symbol->value && offset - symbol->value < symbol->size;
}

/* All that makes a function or datum what it is, as a text; malloc()ed. */
static char *describe(const struct object *object, const struct klpcc_elf_symbol *symbol)
{
	const struct klpcc_elf_relocation *list;
	const unsigned char *bytes;
	struct names names = { 0 };
	char *text = NULL;
	size_t count, size;
	FILE *stream = open_memstream(&text, &size);

	if (!stream)
		die("out of memory");
	bytes = object_bytes(object, symbol->section, &count);
	fprintf(stream, "%ju ", (uintmax_t)symbol->size);
	if (bytes && symbol->value <= count && symbol->size <= count - symbol->value)
		print_bytes(stream, bytes + symbol->value, symbol->size);
	list = object_relocations(object, symbol->section, &count);
	for (size_t i = 0; i < count; i++) {
		struct target target;

		if (!contains(symbol, list[i].offset))
			continue;
		target = object_target(object, symbol->section, &list[i]);
		fprintf(stream, "\n%ju %u ", (uintmax_t)(list[i].offset - symbol->value),
			list[i].type);
		print_target(stream, object, &target);
	}
	/* With those in lists: which static key a branch has is not in the code. */
	object_references(object, symbol, &names);
	for (size_t i = 0; i < names.count; i++) {
		char *label = make_label(names.list[i]);

		fprintf(stream, "\n%s", label);
		free(label);
	}
	names_free(&names);
	fclose(stream);
	return text;
}

/* ---- what is reached through what is replaced ------------------------------------------ */

static const char *section_name(const struct object *object, size_t section)
{
	return klpcc_elf_section(object->elf, section)->name;
}

static bool is_init(const struct klpcc_elf_symbol *symbol)
{
	return symbol->type == STT_FUNC &&
	       !strncmp(section_name(&original, symbol->section), ".init.text", 10);
}

static bool is_covered(size_t number);

/*
 * Does only what is replaced refer to the symbol, from this section? found: something does. What has no
 * name and is no data is a list of code, or for objtool.
 */
static bool is_covered_from(const struct klpcc_elf_symbol *symbol, size_t section,
			    bool *found)
{
	const struct klpcc_elf_relocation *list;
	size_t count;

	list = object_relocations(&original, section, &count);
	for (size_t i = 0; i < count; i++) {
		struct target target = object_target(&original, section, &list[i]);
		const struct klpcc_elf_symbol *from;

		if (target.symbol != symbol)
			continue;
		from = object_symbol_at(&original, section, list[i].offset);
		if (from == symbol)
			continue;
		if (!from && !strncmp(section_name(&original, section), ".data", 5))
			return false;
		if (!from)
			continue;
		*found = true;
		if (!is_init(from) && !is_covered((size_t)(from - original.symbols)))
			return false;
	}
	return true;
}

static bool is_replaced(const struct klpcc_elf_symbol *symbol)
{
	for (size_t i = 1; i < original.symbol_count; i++) {
		const struct klpcc_elf_symbol *alias = &original.symbols[i];

		if (object_defines(alias) && alias->section == symbol->section &&
		    alias->value == symbol->value && alias->type == symbol->type &&
		    names_have(&replaced, alias->name))
			return true;
	}
	return false;
}

/* Whoever comes to the symbol comes through code that is replaced, which goes to new code instead. */
static bool is_covered(size_t number)
{
	const struct klpcc_elf_symbol *symbol = &original.symbols[number];
	bool found = false;

	if (is_replaced(symbol) || visited[number])
		return true;
	visited[number] = true;
	if (symbol->type != STT_FUNC || symbol->binding != STB_LOCAL)
		return false;
	for (size_t i = 1; i < klpcc_elf_sections(original.elf); i++) {
		const struct klpcc_elf_section *section =
			klpcc_elf_section(original.elf, i);

		if ((section->header.sh_flags & SHF_ALLOC) &&
		    strncmp(section->name, ".discard", 8) != 0 &&
		    !is_covered_from(symbol, i, &found))
			return false;
	}
	return found;
}

/* ---- one symbol ------------------------------------------------------------------------ */

static bool is_compared(const struct klpcc_elf_symbol *symbol)
{
	return object_defines(symbol) &&
	       (symbol->type == STT_FUNC || symbol->type == STT_OBJECT);
}

/* Statics of several functions may have one label: one of them is enough. */
static bool differs(const struct klpcc_elf_symbol *symbol, const char *label)
{
	char *text = describe(&original, symbol);
	bool found = false, same = false;

	for (size_t i = 1; i < changed.symbol_count && !same; i++) {
		const struct klpcc_elf_symbol *other = &changed.symbols[i];
		char *name;

		if (!is_compared(other) || other->type != symbol->type)
			continue;
		name = make_label(other->name);
		if (!strcmp(name, label)) {
			char *other_text = describe(&changed, other);

			found = true;
			same = !strcmp(text, other_text);
			free(other_text);
		}
		free(name);
	}
	free(text);
	return found && !same;
}

static void judge(size_t number)
{
	const struct klpcc_elf_symbol *symbol = &original.symbols[number];
	char *label = make_label(symbol->name);

	if (symbol->type == STT_OBJECT && is_own_name(label)) {
		free(label);
		return;
	}
	if (differs(symbol, label)) {
		memset(visited, 0, original.symbol_count * sizeof(*visited));
		if (symbol->type == STT_OBJECT) {
			printf("  %s: its value differs\n", symbol->name);
			faults++;
		} else if (!is_covered(number)) {
			printf("  %s: it differs, and the kernel still calls it\n",
			       symbol->name);
			faults++;
		}
	}
	free(label);
}

int main(int argc, char **argv)
{
	if (argc < 4)
		die("usage: replaced ORIGINAL.o CHANGED.o FUNCTION...");
	object_open(argv[1], &original);
	object_open(argv[2], &changed);
	for (int i = 3; i < argc; i++)
		names_add(&replaced, argv[i]);
	visited = make(original.symbol_count, sizeof(*visited));
	for (size_t i = 1; i < original.symbol_count; i++)
		if (is_compared(&original.symbols[i]))
			judge(i);
	free(visited);
	object_close(&original);
	object_close(&changed);
	return faults ? 1 : 0;
}
