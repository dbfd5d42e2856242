// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What an index made of a kernel's image says, against the kernel itself: every symbol of its
 * /proc/kallsyms, every function of its available_filter_functions, and every export that the
 * Module.symvers of its headers lists.
 *
 * live NAME INDEX KALLSYMS SYMVERS FUNCTIONS SYMBOLS SEVERAL EXPORTS PATCHABLE
 *
 * The last four: of how many symbols, names that come several times, exports, and functions there
 * must at least be more, so that the comparison is worth something.
 */
#include <dejagnu.h>
#include <stdlib.h>
#include <string.h>

#include "index/index.h"

/* The first few of many are enough to see what is wrong. */
#define SHOWN 10

struct line {
	const char *name;
	uint64_t address;
	char letter;
	uint32_t number; /* in the order of the file */
};

static const char *kernel;
static const struct klpcc_index *target;

static void check(bool ok, const char *what)
{
	if (ok)
		pass("%s: %s", kernel, what);
	else
		fail("%s: %s", kernel, what);
}

static char *read_text(const char *path)
{
	FILE *file = fopen(path, "rb");
	char *text = NULL;
	size_t room = 0;

	if (!file || getdelim(&text, &room, '\0', file) < 0) {
		perror(path);
		exit(1);
	}
	fclose(file);
	return text;
}

/* The lines of vmlinux: those of modules have a tab and the module's name at the end. */
static struct line *parse_kallsyms(char *text, size_t *count)
{
	struct line *lines = NULL;
	size_t used = 0, room = 0;
	char *next;

	while ((next = strsep(&text, "\n"))) {
		struct line line = { .number = (uint32_t)used };
		char *end;

		if (!*next || strchr(next, '\t'))
			continue;
		line.address = strtoull(next, &end, 16);
		if (end == next || end[0] != ' ' || end[2] != ' ') {
			printf("not a line of kallsyms: %s\n", next);
			exit(1);
		}
		line.letter = end[1];
		line.name = end + 3;
		if (used == room) {
			room = room ? 2 * room : 4096;
			lines = reallocarray(lines, room, sizeof(*lines));
		}
		lines[used++] = line;
	}
	*count = used;
	return lines;
}

static int compare_lines(const void *left, const void *right)
{
	const struct line *a = left, *b = right;
	int order = strcmp(a->name, b->name);

	return order ? order : a->number < b->number ? -1 : 1;
}

/* The index's symbol is the line; position: of the line among `same` of that name, from 1. */
static bool same_symbol(const struct line *line, uint32_t number, size_t position,
			size_t same)
{
	struct klpcc_index_symbol symbol;

	if (klpcc_index_symbol(target, number, &symbol))
		return false;
	return symbol.object == KLPCC_INDEX_VMLINUX && symbol.has_address &&
	       symbol.address == line->address && symbol.kallsyms_type == line->letter &&
	       symbol.sympos == (same == 1 ? 0 : position);
}

/* All lines of one name. */
static bool same_name(const struct line *lines, size_t same)
{
	struct klpcc_index_name entry;
	bool found;

	if (klpcc_index_find_name(target, lines->name, strlen(lines->name), &found,
				  &entry) ||
	    !found || entry.symbols != same)
		return false;
	for (size_t i = 0; i < same; i++)
		if (!same_symbol(&lines[i], entry.first_symbol + (uint32_t)i, i + 1,
				 same))
			return false;
	return true;
}

static void test_kallsyms(const char *path, size_t enough, size_t several_enough)
{
	size_t count, wrong = 0, names = 0, several = 0, same;
	char *text = read_text(path);
	struct line *lines = parse_kallsyms(text, &count);

	qsort(lines, count, sizeof(*lines), compare_lines);
	for (size_t i = 0; i < count; i += same) {
		for (same = 1; i + same < count; same++)
			if (strcmp(lines[i].name, lines[i + same].name))
				break;
		names++;
		several += same > 1;
		if (!same_name(&lines[i], same) && wrong++ < SHOWN)
			printf("%016llx %c %s (%zu times) is another in the index\n",
			       (unsigned long long)lines[i].address, lines[i].letter,
			       lines[i].name, same);
	}
	printf("%zu lines, %zu names, %zu of them several times, %zu wrong\n", count,
	       names, several, wrong);
	/* A kernel that hides its addresses would make all of this worth nothing. */
	check(count > enough && lines[count / 2].address, "its kallsyms is all there");
	check(klpcc_index_symbols(target) == count, "the index has as many symbols");
	check(several > several_enough, "names that are not unique are among them");
	check(!wrong, "name, type, address and position of every symbol");
	free(lines);
	free(text);
}

/* "0xCRC<tab>NAME<tab>vmlinux<tab>EXPORT_SYMBOL_GPL<tab>[NAMESPACE]" */
static bool same_export(char *line)
{
	char *field[5] = { 0 };
	struct klpcc_index_export export_;
	struct klpcc_index_name entry;
	bool found;

	for (size_t i = 0; i < 5; i++) {
		field[i] = strsep(&line, "\t");
		if (!field[i])
			return false;
	}
	if (klpcc_index_find_name(target, field[1], strlen(field[1]), &found, &entry) ||
	    !found || entry.exports != 1 ||
	    klpcc_index_name_export(target, &entry, 0, &export_))
		return false;
	return export_.object == KLPCC_INDEX_VMLINUX &&
	       export_.gpl == !strcmp(field[3], "EXPORT_SYMBOL_GPL") &&
	       export_.crc == strtoul(field[0], NULL, 16) &&
	       !strcmp(export_.namespace_ ? export_.namespace_ : "", field[4]);
}

static uint32_t exports_of_index(void)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < klpcc_index_names(target); i++) {
		struct klpcc_index_name entry;

		if (klpcc_index_name_at(target, i, &entry))
			exit(1);
		count += entry.exports;
	}
	return count;
}

static void test_symvers(const char *path, size_t enough)
{
	char *text = read_text(path), *rest = text, *line;
	size_t count = 0, wrong = 0;

	while ((line = strsep(&rest, "\n"))) {
		char *copy;

		if (!strstr(line, "\tvmlinux\t"))
			continue;
		count++;
		copy = strdup(line);
		if (!same_export(line) && wrong++ < SHOWN)
			printf("is another in the index: %s\n", copy);
		free(copy);
	}
	printf("%zu exports, %zu wrong\n", count, wrong);
	check(count > enough, "its symvers is all there");
	check(exports_of_index() == count, "the index has as many exports");
	check(!wrong, "name, license, namespace and checksum of every export");
	free(text);
}

/* ---- what ftrace can redirect ------------------------------------------------------------ */

/* Of one name: one that is still there once the kernel runs. */
static bool is_patchable(const char *name)
{
	struct klpcc_index_symbol symbol;
	struct klpcc_index_name entry;
	bool found;

	if (klpcc_index_find_name(target, name, strlen(name), &found, &entry) || !found)
		return false;
	for (uint32_t i = 0; i < entry.symbols; i++) {
		if (klpcc_index_name_symbol(target, &entry, i, &symbol))
			return false;
		if (symbol.patchable && !symbol.init)
			return true;
	}
	return false;
}

static int compare_addresses(const void *left, const void *right)
{
	uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;

	return (a > b) - (a < b);
}

/* Several symbols may be at one place. */
static size_t patchable_places(void)
{
	uint32_t symbols = klpcc_index_symbols(target);
	uint64_t *places = calloc(symbols, sizeof(*places));
	size_t used = 0, count = 0;

	for (uint32_t i = 0; i < symbols; i++) {
		struct klpcc_index_symbol symbol;

		if (klpcc_index_symbol(target, i, &symbol))
			exit(1);
		if (symbol.patchable && !symbol.init)
			places[used++] = symbol.address;
	}
	qsort(places, used, sizeof(*places), compare_addresses);
	for (size_t i = 0; i < used; i++)
		count += !i || places[i] != places[i - 1];
	free(places);
	return count;
}

/*
 * A line is a name, in the order of addresses. The places of weak functions that were replaced have
 * no function: x86 calls them invalid, and s390 gives them the name of the function before.
 */
static void test_functions(const char *path, size_t enough)
{
	char *text = read_text(path), *rest = text, *line;
	const char *before = "";
	struct klpcc_index_object object;
	size_t count = 0, wrong = 0, places = patchable_places();
	size_t invalid = 0, repeated = 0;

	while ((line = strsep(&rest, "\n"))) {
		line[strcspn(line, " \t")] = '\0';
		if (!strncmp(line, "__ftrace_invalid_address__", 26)) {
			invalid++;
			continue;
		}
		if (!*line)
			continue;
		count++;
		repeated += !strcmp(line, before);
		before = line;
		if (!is_patchable(line) && wrong++ < SHOWN)
			printf("can be redirected, but not by the index: %s\n", line);
	}
	printf("%zu functions, %zu in the index, %zu wrong\n", count, places, wrong);
	check(count > enough, "its list of functions is all there");
	check(!klpcc_index_object(target, KLPCC_INDEX_VMLINUX, &object) &&
		      object.places_known,
	      "the index knows what ftrace can redirect");
	check(places == (invalid ? count : count - repeated),
	      "the index has as many functions");
	check(!wrong, "every function that ftrace can redirect");
	free(text);
}

int main(int argc, char **argv)
{
	struct klpcc_index *index;
	struct klpcc_error *err;

	if (argc != 10)
		return 2;
	kernel = argv[1];
	err = klpcc_index_open(argv[2], &index);
	if (err) {
		printf("%s\n", err->message);
		return 1;
	}
	target = index;
	test_kallsyms(argv[3], strtoul(argv[6], NULL, 10), strtoul(argv[7], NULL, 10));
	test_symvers(argv[4], strtoul(argv[8], NULL, 10));
	test_functions(argv[5], strtoul(argv[9], NULL, 10));
	klpcc_index_close(index);
	return 0;
}
