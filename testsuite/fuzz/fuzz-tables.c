// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Fuzzes the decoder of kallsyms tables from inside: makes the tables of a kernel, as the
 * tests of that reader do, and changes what the input says. Random bytes in place of an
 * image would hardly ever get behind the search for the tables.
 *
 * Input: kernel, byte order, number of symbols, a filler; then changes (fuzz_change()).
 */
#include <stdlib.h>
#include <string.h>

#include "../klpcc.image/generate.h"
#include "fuzz.h"
#include "kernel/kallsyms-table.h"

#define HEADER 4

/* Around the fewest that a reader takes. */
#define COUNTS 4
static const size_t counts[COUNTS] = { 512, 511, 513, 768 };

static const struct klpcc_address_range ranges[] = {
	{ GENERATE_ADDRESS, GENERATE_ADDRESS + GENERATE_MEMORY },
	{ 0, GENERATE_PERCPU },
};

static void change(struct generated *tables, const uint8_t *p)
{
	const size_t anchors[] = { 0,
				   tables->num_syms,
				   tables->names,
				   tables->markers,
				   tables->token_table,
				   tables->token_index,
				   tables->values,
				   tables->base };

	fuzz_change(tables->data, tables->size, anchors,
		    sizeof(anchors) / sizeof(anchors[0]), p);
}

static void check(const struct klpcc_kallsyms *kallsyms)
{
	size_t total = 0;
	uint64_t address;

	for (size_t i = 0; i < kallsyms->count; i++)
		total += strlen(kallsyms->strings + kallsyms->symbols[i].name);
	if (!klpcc_kallsyms_find(kallsyms, kallsyms->strings, &address) || !total)
		fuzz_broken("the first symbol is not found by its name");
}

/* Making the tables takes longer than reading them: each kind is made once. */
static struct generated tables_of(const struct generate_options *options, size_t number)
{
	static struct generated made[GENERATE_KERNELS][2][COUNTS];
	struct generated *kept = &made[options->kernel][options->big_endian][number];
	struct generated copy;

	if (!kept->data)
		*kept = generate_tables(options);
	copy = *kept;
	copy.data = malloc(copy.size);
	if (!copy.data)
		abort();
	memcpy(copy.data, kept->data, copy.size);
	return copy;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct generate_options options = { 0 };
	struct klpcc_kallsyms kallsyms;
	struct klpcc_kallsyms_input input;
	struct generated tables;
	bool found;

	if (size < HEADER)
		return 0;
	options.kernel = data[0] % GENERATE_KERNELS;
	options.big_endian = data[1] & 1;
	options.count = counts[data[2] % COUNTS];
	tables = tables_of(&options, data[2] % COUNTS);
	for (size_t i = HEADER; i + FUZZ_CHANGE <= size; i += FUZZ_CHANGE)
		change(&tables, data + i);
	input = (struct klpcc_kallsyms_input){
		.data = tables.data,
		.size = tables.size,
		.address = GENERATE_ADDRESS,
		.big_endian = options.big_endian,
		.ranges = ranges,
		.range_count = sizeof(ranges) / sizeof(ranges[0]),
	};
	fuzz_begin(tables.size, 64);
	if (fuzz_done(klpcc_kallsyms_decode(&input, &kallsyms, &found)) && found) {
		check(&kallsyms);
		klpcc_kallsyms_deinit(&kallsyms);
	}
	fuzz_end();
	free(tables.data);
	return 0;
}
