// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Writes the second half of a patch of any size: COUNT functions, each of which calls a
 * function of vmlinux that is not exported, straight from the target's index.
 *
 *	externs INDEX COUNT <words >source.c
 *
 * words: one a line, what the headers in front mention; such names are left out, as they
 * may be declared there as something else.
 */
#include <ctype.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "index/index.h"
#include "lib/error.h"

#define WORDS_MAX 1000000

static void must(struct klpcc_error *err)
{
	if (!err)
		return;
	fprintf(stderr, "externs: %s\n", err->message);
	exit(1);
}

static void read_words(void)
{
	char *line = NULL;
	size_t room = 0;

	if (!hcreate(WORDS_MAX))
		exit(1);
	while (getline(&line, &room, stdin) > 0) {
		ENTRY entry = { NULL, NULL };

		line[strcspn(line, "\n")] = '\0';
		entry.key = strdup(line);
		if (!entry.key || !hsearch(entry, ENTER))
			exit(1);
	}
	free(line);
}

static bool is_word(const char *name)
{
	ENTRY entry = { (char *)name, NULL };

	return hsearch(entry, FIND) != NULL;
}

/* A C identifier of ordinary length that no header knows. */
static bool is_plain(const char *name)
{
	size_t length = 0;

	if (!isalpha((unsigned char)*name))
		return false;
	for (; name[length]; length++)
		if (!isalnum((unsigned char)name[length]) && name[length] != '_')
			return false;
	return length > 4 && length < 64 && !is_word(name);
}

/* One function of vmlinux that stays, and nothing exports it. */
static bool may_be_called(const struct klpcc_index *index,
			  const struct klpcc_index_name *name)
{
	struct klpcc_index_symbol symbol;

	if (name->symbols != 1 || name->exports || !is_plain(name->name))
		return false;
	must(klpcc_index_symbol(index, name->first_symbol, &symbol));
	return symbol.object == KLPCC_INDEX_VMLINUX && !symbol.init &&
	       tolower((unsigned char)symbol.kallsyms_type) == 't';
}

static void print_function(const char *name, uint32_t number)
{
	printf("extern long %s(long a, void *b);\n"
	       "long bench_%u(struct task_struct *task, long *sum, int n);\n"
	       "long bench_%u(struct task_struct *task, long *sum, int n)\n"
	       "{\n"
	       "\tint i;\n\n"
	       "\tfor (i = 0; i < n; i++)\n"
	       "\t\tif (sum[i] > task->pid)\n"
	       "\t\t\tsum[i] += %s(sum[i] + %u, task);\n"
	       "\treturn n ? sum[n - 1] : 0;\n"
	       "}\n\n",
	       name, number, number, name, number);
}

int main(int argc, char **argv)
{
	uint32_t wanted = argc == 3 ? (uint32_t)strtoul(argv[2], NULL, 10) : 0, found = 0;
	struct klpcc_index *index;
	uint32_t names, step;

	if (argc != 3) {
		fprintf(stderr, "Usage: externs INDEX COUNT <words\n");
		return 2;
	}
	read_words();
	must(klpcc_index_open(argv[1], &index));
	names = klpcc_index_names(index);
	/* From all over the index: neighbours would share its pages. */
	step = 97;
	for (uint32_t start = 0; start < step; start++)
		for (uint32_t i = start; found < wanted && i < names; i += step) {
			struct klpcc_index_name name;

			must(klpcc_index_name_at(index, i, &name));
			if (may_be_called(index, &name))
				print_function(name.name, found++);
		}
	klpcc_index_close(index);
	if (found == wanted)
		return 0;
	fprintf(stderr, "externs: the index has only %u such functions\n", found);
	return 1;
}
