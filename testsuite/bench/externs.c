// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Writes the second half of a patch of any size: calls of COUNT functions of vmlinux that are
 * not exported, straight from the target's index, EACH of them in a function.
 *
 *	externs INDEX COUNT EACH <words >source.c
 *
 * words: one a line, what the headers in front mention; such names are left out, as they
 * may be declared there as something else.
 */
#include <ctype.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "index/btf.h"
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

/*
 * A parameter or what is returned, in a word that agrees with it: one that the plugin would warn of
 * costs what printing the warning does. NULL for what is neither integer nor pointer.
 */
static const char *word_of(const struct klpcc_btf *btf, uint32_t id)
{
	static const char *const integers[] = {
		[1] = "char", [2] = "short", [4] = "int", [8] = "long"
	};
	struct klpcc_btf_type type;

	must(klpcc_btf_strip(btf, id, &type));
	if (type.kind == KLPCC_BTF_PTR)
		return "void *";
	if (type.kind != KLPCC_BTF_INT && type.kind != KLPCC_BTF_ENUM)
		return NULL;
	return type.size < sizeof(integers) / sizeof(integers[0]) ? integers[type.size]
								  : NULL;
}

/* The prototype of a function, when words can tell it and it returns a number. */
static bool find_prototype(const struct klpcc_btf *btf, const char *name,
			   struct klpcc_btf_type *ret)
{
	struct klpcc_btf_type type;
	const char *returned;
	uint32_t id = 0, parameter;

	must(klpcc_btf_find(btf, name, &id));
	if (!id)
		return false;
	must(klpcc_btf_type(btf, id, &type));
	if (type.kind != KLPCC_BTF_FUNC)
		return false;
	must(klpcc_btf_strip(btf, type.type, ret));
	returned = word_of(btf, ret->type);
	if (!returned || strchr(returned, '*'))
		return false;
	for (uint32_t i = 0; i < ret->count; i++) {
		must(klpcc_btf_parameter(btf, ret, i, &parameter));
		if (!word_of(btf, parameter))
			return false;
	}
	return true;
}

static void print_list(FILE *file, const struct klpcc_btf *btf,
		       const struct klpcc_btf_type *type, bool call)
{
	uint32_t id;

	for (uint32_t i = 0; i < type->count; i++) {
		const char *word;

		must(klpcc_btf_parameter(btf, type, i, &id));
		word = word_of(btf, id);
		fputs(i ? ", " : "", file);
		if (!call)
			fprintf(file, "%s", word);
		else
			fputs(strchr(word, '*') ? "task" : "sum[i]", file);
	}
	if (!type->count && !call)
		fputs("void", file);
}

/* Declares a function, and writes a call of it into the body. */
static void print_extern(FILE *body, const struct klpcc_btf *btf, const char *name,
			 const struct klpcc_btf_type *type, uint32_t number)
{
	printf("extern %s %s(", word_of(btf, type->type), name);
	print_list(stdout, btf, type, false);
	printf(");\n");
	fprintf(body,
		"\tfor (i = 0; i < n; i++)\n"
		"\t\tif (sum[i] > task->pid)\n"
		"\t\t\tsum[i] += %u + %s(",
		number, name);
	print_list(body, btf, type, true);
	fprintf(body, ");\n");
}

static void print_function(const char *body, uint32_t number)
{
	printf("long bench_%u(struct task_struct *task, long *sum, int n);\n"
	       "long bench_%u(struct task_struct *task, long *sum, int n)\n"
	       "{\n"
	       "\tint i;\n\n"
	       "%s"
	       "\treturn n ? sum[n - 1] : 0;\n"
	       "}\n\n",
	       number, number, body);
}

/* Those of all over the index: neighbours would share its pages. Returns how many there were. */
static uint32_t print_all(const struct klpcc_index *index, const struct klpcc_btf *btf,
			  uint32_t wanted, uint32_t each)
{
	const uint32_t names = klpcc_index_names(index), step = 97;
	char *text = NULL;
	size_t size = 0;
	FILE *body = open_memstream(&text, &size);
	uint32_t found = 0;

	if (!body)
		exit(1);
	for (uint32_t start = 0; start < step; start++)
		for (uint32_t i = start; found < wanted && i < names; i += step) {
			struct klpcc_btf_type type;
			struct klpcc_index_name name;

			must(klpcc_index_name_at(index, i, &name));
			if (!may_be_called(index, &name) ||
			    !find_prototype(btf, name.name, &type))
				continue;
			print_extern(body, btf, name.name, &type, found);
			if (++found % each && found < wanted)
				continue;
			if (fputc('\0', body) || fflush(body))
				exit(1);
			print_function(text, found);
			rewind(body);
		}
	fclose(body);
	free(text);
	return found;
}

int main(int argc, char **argv)
{
	uint32_t wanted = argc == 4 ? (uint32_t)strtoul(argv[2], NULL, 10) : 0;
	uint32_t each = argc == 4 ? (uint32_t)strtoul(argv[3], NULL, 10) : 0, found;
	struct klpcc_index *index;
	struct klpcc_btf *btf;

	if (!each) {
		fprintf(stderr, "Usage: externs INDEX COUNT EACH <words\n");
		return 2;
	}
	read_words();
	must(klpcc_index_open(argv[1], &index));
	must(klpcc_btf_open(index, KLPCC_INDEX_VMLINUX, NULL, &btf));
	if (!btf)
		return 1;
	found = print_all(index, btf, wanted, each);
	klpcc_btf_close(btf);
	klpcc_index_close(index);
	if (found == wanted)
		return 0;
	fprintf(stderr, "externs: the index has only %u such functions\n", found);
	return 1;
}
