// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Fuzzes klpcc show: modules of every form and of both machines, and indexes, in each of the formats.
 * What is shown can be printed, and JSON is JSON.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "index/index.h"
#include "mutate-klp.h"
#include "show/show.h"

/* libFuzzer's own mutations; driver.c needs none. */
__attribute__((weak)) size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned int seed);

static struct klpcc_index *target;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	const char *path = fuzz_scratch("target.klpidx");

	(void)argc;
	(void)argv;
	fuzz_write_index(path, "6.1.0-klpcc");
	if (!fuzz_done(klpcc_index_open(path, &target)))
		fuzz_broken("%s is not an index", path);
	return 0;
}

/* Shows the input, or says in one line why not. */
static struct klpcc_error *show(const struct klpcc_show_options *options,
				const uint8_t *data, size_t size, FILE *stream)
{
	struct klpcc_index *index;
	struct klpcc_error *err;

	if (!fuzz_done(klpcc_index_open_memory("input", data, size, &index)))
		return klpcc_show_module_memory(options, "input", data, size, stream);
	err = klpcc_show_index(options, index, "input", stream);
	klpcc_index_close(index);
	return err;
}

static void show_as(enum klpcc_show_format format, bool more, const uint8_t *data,
		    size_t size)
{
	const struct klpcc_show_options options = {
		.format = format,
		.index = more ? target : NULL,
		.objects = more,
	};
	char *text = NULL;
	size_t length;
	FILE *stream = open_memstream(&text, &length);
	bool shown;

	if (!stream)
		abort();
	shown = fuzz_done(show(&options, data, size, stream));
	if (fclose(stream))
		abort();
	fuzz_check_printable(text, length);
	if (shown && format == KLPCC_SHOW_JSON)
		fuzz_check_json(text, length);
	free(text);
}

/* Most mutants stay modules, so that they get behind the first checks. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned int seed)
{
	if (seed % 4 == 0 && LLVMFuzzerMutate)
		return LLVMFuzzerMutate(data, size, max);
	return klpcc_mutate_klp(data, size, max, seed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_begin(size, 1024);
	for (int format = KLPCC_SHOW_TABLE; format <= KLPCC_SHOW_DOT; format++)
		for (int more = 0; more < 2; more++)
			show_as((enum klpcc_show_format)format, more, data, size);
	fuzz_end();
	return 0;
}
