// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The matcher: see match.h. Finds out which object of the kernel a file belongs to, and has it
 * compared.
 */
#include "match.h"

#include <elf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "match-private.h"

/* ---- which object ---------------------------------------------------------------------- */

/* A name that more objects have says nothing: init_module, probe. */
#define TELLING 4

/* Counts, by object, the functions and variables of the file that the kernel has by name. */
static struct klpcc_error *count_name(const struct klpcc_index *index, const char *name,
				      uint32_t *counts)
{
	struct klpcc_index_name found;
	struct klpcc_error *err;
	uint32_t last = UINT32_MAX;
	bool known;

	err = klpcc_index_find_name(index, name, strlen(name), &known, &found);
	if (err || !known || found.symbols > TELLING)
		return err;
	for (uint32_t i = 0; !err && i < found.symbols; i++) {
		struct klpcc_index_symbol symbol;

		err = klpcc_index_name_symbol(index, &found, i, &symbol);
		if (err || symbol.object == last)
			continue;
		last = symbol.object;
		counts[last]++;
	}
	return err;
}

/*
 * The object with most names. If two have as many, the file may be part of both, unless it is
 * part of neither, and what they have are namesakes. asked: of how many names counts is made.
 */
static struct klpcc_error *choose_object(const struct klpcc_index *index,
					 const uint32_t *counts, uint32_t asked,
					 const char *label, const char **ret)
{
	uint32_t best = KLPCC_INDEX_VMLINUX, equal = 0;
	struct klpcc_index_object object, other;
	struct klpcc_error *err;

	for (uint32_t i = 1; i < klpcc_index_objects(index); i++) {
		if (counts[i] > counts[best]) {
			best = i;
			equal = 0;
		} else if (counts[i] == counts[best]) {
			equal = i;
		}
	}
	err = klpcc_index_object(index, best, &object);
	if (!err && counts[best] > asked / 2 && equal) {
		err = klpcc_index_object(index, equal, &other);
		if (!err)
			err = klpcc_error_new(
				EINVAL,
				"%s: as much of it is in %s as in %s; say with --in which one it is",
				label, object.name, other.name);
	}
	if (!err)
		*ret = object.name;
	return err;
}

static struct klpcc_error *find_object(const struct klpcc_index *index,
				       const struct klpcc_match_file *file,
				       const char **ret)
{
	uint32_t *counts = calloc(klpcc_index_objects(index), sizeof(*counts)), asked = 0;
	struct klpcc_error *err = NULL;

	if (!counts)
		return klpcc_error_nomem();
	for (size_t i = 1; !err && i < file->symbol_count; i++) {
		const struct klpcc_elf_symbol *symbol = &file->symbols[i];

		if ((symbol->type != STT_FUNC && symbol->type != STT_OBJECT) ||
		    symbol->binding == STB_WEAK || !klpcc_match_is_named(file, symbol))
			continue;
		err = count_name(index, symbol->name, counts);
		asked++;
	}
	if (!err)
		err = choose_object(index, counts, asked, klpcc_elf_label(file->elf),
				    ret);
	free(counts);
	return err;
}

/* ---- one file -------------------------------------------------------------------------- */

static struct klpcc_error *check_machine(const struct klpcc_match_file *file,
					 const struct klpcc_match_object *object)
{
	if (file->arch == object->arch)
		return NULL;
	return klpcc_elf_error(file->elf, NULL, "is for %s, but the kernel is for %s",
			       file->arch->name, object->arch->name);
}

static void deinit(struct klpcc_match *match)
{
	for (size_t i = 0; match->bases && i < match->file->section_count; i++) {
		free(match->bases[i].strays);
		free(match->bases[i].choices);
	}
	free(match->bases);
	free(match->learned);
	free(match->names.entries);
	free(match->addresses.entries);
	free(match->roots[0]);
	free(match->roots[1]);
}

struct klpcc_error *klpcc_match_compare_file(const struct klpcc_match_file *file,
					     const struct klpcc_match_object *object,
					     struct klpcc_match_result *result)
{
	struct klpcc_match match = {
		.file = file,
		.object = object,
		.bases = calloc(file->section_count, sizeof(*match.bases)),
		.learned = calloc(file->symbol_count, sizeof(*match.learned)),
	};
	struct klpcc_error *err = NULL;

	result->machine = object->arch->name;
	if (!match.bases || !match.learned)
		err = klpcc_error_nomem();
	if (!err)
		err = check_machine(file, object);
	if (!err)
		err = klpcc_match_solve(&match);
	if (!err)
		err = klpcc_match_judge(&match, result);
	deinit(&match);
	return err;
}

static struct klpcc_error *match_opened(struct klpcc_match_kernel *kernel,
					const struct klpcc_match_file *file,
					const char *in, struct klpcc_match_result *result)
{
	const struct klpcc_match_object *object;
	struct klpcc_error *err = NULL;

	if (!in)
		err = find_object(kernel->index, file, &in);
	if (!err) {
		result->object = strdup(in);
		if (!result->object)
			err = klpcc_error_nomem();
	}
	if (!err)
		err = klpcc_match_kernel_object(kernel, in, &object);
	return err ? err : klpcc_match_compare_file(file, object, result);
}

/* Closes the file. */
static struct klpcc_error *match_and_close(struct klpcc_match_kernel *kernel,
					   struct klpcc_match_file *file, const char *in,
					   struct klpcc_match_result *ret)
{
	struct klpcc_match_result result = { .matches = false };
	struct klpcc_error *err;

	err = match_opened(kernel, file, in, &result);
	klpcc_match_file_close(file);
	if (err)
		klpcc_match_result_deinit(&result);
	else
		*ret = result;
	return err;
}

struct klpcc_error *klpcc_match_run(struct klpcc_match_kernel *kernel, const char *path,
				    const char *in, struct klpcc_match_result *ret)
{
	struct klpcc_match_file file;
	struct klpcc_error *err;

	err = klpcc_match_file_open(path, &file);
	return err ? err : match_and_close(kernel, &file, in, ret);
}

struct klpcc_error *klpcc_match_run_memory(struct klpcc_match_kernel *kernel,
					   const char *label, const void *data,
					   size_t size, const char *in,
					   struct klpcc_match_result *ret)
{
	struct klpcc_match_file file;
	struct klpcc_error *err;

	err = klpcc_match_file_open_memory(label, data, size, &file);
	return err ? err : match_and_close(kernel, &file, in, ret);
}

static void free_symbols(struct klpcc_match_symbol *symbols, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free(symbols[i].name);
		free(symbols[i].section);
		free(symbols[i].difference);
		free(symbols[i].code);
	}
	free(symbols);
}

void klpcc_match_result_deinit(struct klpcc_match_result *result)
{
	free_symbols(result->symbols, result->symbol_count);
	free_symbols(result->externals, result->external_count);
	for (size_t i = 0; i < result->other_count; i++)
		free(result->others[i]);
	free(result->others);
	free(result->object);
	*result = (struct klpcc_match_result){ .matches = false };
}
