// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Fuzzes the final link as a whole: both forms, with and without a target index. What comes
 * out of it must be a file that the link, called again, takes for finished and leaves alone.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fuzz.h"
#include "lib/file.h"
#include "link/link.h"
#include "mutate-klp.h"

/* libFuzzer's own mutations; driver.c needs none. */
__attribute__((weak)) size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned int seed);

static char index_path[128], output[128];

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	strcpy(index_path, fuzz_scratch("target.klpidx"));
	strcpy(output, fuzz_scratch("output.ko"));
	fuzz_write_index(index_path, "6.1.0-klpcc");
	return 0;
}

static void check_finished(enum klpcc_form form)
{
	const struct klpcc_link_options again = { .form = form, .input = output };
	struct klpcc_buffer before, after;
	struct klpcc_error *err;

	if (!fuzz_done(klpcc_file_read(output, &before)))
		abort();
	err = klpcc_link(&again);
	if (err)
		fuzz_broken("what was linked is not taken for linked: %s", err->message);
	if (!fuzz_done(klpcc_file_read(output, &after)))
		abort();
	if (before.size != after.size || memcmp(before.data, after.data, before.size))
		fuzz_broken("a second link changed the file");
	klpcc_buffer_deinit(&before);
	klpcc_buffer_deinit(&after);
}

static void link_once(const char *input, enum klpcc_form form, const char *index)
{
	const struct klpcc_link_options options = {
		.form = form, .index = index, .input = input, .output = output
	};

	unlink(output);
	if (fuzz_done(klpcc_link(&options)))
		check_finished(form);
	else if (!access(output, F_OK))
		fuzz_broken("a refused link left its output");
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
	const char *input = fuzz_file(data, size);

	fuzz_begin(size, 64);
	link_once(input, KLPCC_FORM_OBJECT, NULL);
	link_once(input, KLPCC_FORM_MAINLINE, NULL);
	link_once(input, KLPCC_FORM_OBJECT, index_path);
	fuzz_end();
	return 0;
}
