// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The decoder of kallsyms tables: every layout in both byte orders, and what is said, or at
 * least not done, when the tables are damaged.
 */
#include <dejagnu.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "generate.h"
#include "kernel/kallsyms-table.h"

static const struct klpcc_address_range ranges[] = {
	{ GENERATE_ADDRESS, GENERATE_ADDRESS + GENERATE_MEMORY },
	{ 0, GENERATE_PERCPU },
};

static void check(bool ok, const char *kernel, bool big_endian, const char *what)
{
	char name[256];

	snprintf(name, sizeof(name), "%s, %s-endian: %s", kernel,
		 big_endian ? "big" : "little", what);
	if (ok)
		pass("%s", name);
	else
		fail("%s", name);
}

static struct klpcc_error *decode(const unsigned char *data, size_t size, bool big_endian,
				  struct klpcc_kallsyms *ret, bool *found)
{
	struct klpcc_kallsyms_input input = { data,       size,   GENERATE_ADDRESS,
					      big_endian, ranges, 2 };

	return klpcc_kallsyms_decode(&input, ret, found);
}

static bool equal(const struct klpcc_kallsyms *kallsyms,
		  const struct generate_options *options)
{
	if (kallsyms->count != options->count)
		return false;
	for (size_t i = 0; i < options->count; i++) {
		const struct klpcc_kallsyms_symbol *symbol = &kallsyms->symbols[i];
		char name[512], letter;
		uint64_t address;

		generate_symbol(options, i, name, &letter, &address);
		if (strcmp(kallsyms->strings + symbol->name, name) ||
		    symbol->letter != letter || symbol->address != address) {
			printf("symbol %zu: %c %s %llx, should be %c %s %llx\n", i,
			       symbol->letter, kallsyms->strings + symbol->name,
			       (unsigned long long)symbol->address, letter, name,
			       (unsigned long long)address);
			return false;
		}
	}
	return true;
}

static bool decodes(const struct generated *piece, const struct generate_options *options)
{
	struct klpcc_kallsyms kallsyms;
	struct klpcc_error *err;
	bool found, ok;

	err = decode(piece->data, piece->size, options->big_endian, &kallsyms, &found);
	if (err || !found) {
		printf("%s\n", err ? err->message : "not found");
		klpcc_error_free(err);
		return false;
	}
	ok = equal(&kallsyms, options);
	klpcc_kallsyms_deinit(&kallsyms);
	return ok;
}

/* expected: part of the message; NULL when nothing is to be found and nothing said. */
static void refuse(const struct generated *piece, const struct generate_options *options,
		   const char *what, const char *expected)
{
	struct klpcc_kallsyms kallsyms;
	struct klpcc_error *err;
	bool found, ok;

	err = decode(piece->data, piece->size, options->big_endian, &kallsyms, &found);
	ok = expected ? err && strstr(err->message, expected) : !err;
	ok = ok && !found;
	if (!ok)
		printf("found %d, %s\n", found, err ? err->message : "no error");
	if (found)
		klpcc_kallsyms_deinit(&kallsyms);
	klpcc_error_free(err);
	check(ok, generate_name(options->kernel), options->big_endian, what);
}

/* Changes size bytes by xor for the length of one look. */
static void damage(const struct generated *piece, const struct generate_options *options,
		   size_t offset, unsigned char mask, const char *what,
		   const char *expected)
{
	piece->data[offset] ^= mask;
	refuse(piece, options, what, expected);
	piece->data[offset] ^= mask;
}

/* Offset of the byte that counts ones in a number of that size. */
static size_t low(const struct generate_options *options, size_t offset, size_t size)
{
	return options->big_endian ? offset + size - 1 : offset;
}

static void test_damage(const struct generate_options *options)
{
	static const char lost[] = "there are no matching names and markers";
	static const char nowhere[] = "there are no matching addresses";
	struct generated piece = generate_tables(options);
	bool wide = options->kernel == GENERATE_5_10_ABSOLUTE ||
		    options->kernel == GENERATE_6_4_ABSOLUTE;
	size_t value = wide ? 8 : 4;
	/* A symbol of every third has an address of its own. */
	size_t middle = piece.values + options->count / 3 * 3 * value / 2 / value * value;

	damage(&piece, options, low(options, piece.num_syms, 4), 1, "another count",
	       lost);
	damage(&piece, options, low(options, piece.markers + 8, 4), 1, "a wrong marker",
	       lost);
	damage(&piece, options, piece.names, 1, "a wrong length", lost);
	damage(&piece, options, piece.names + 1, piece.data[piece.names + 1] ^ '5',
	       "a name without a letter", lost);
	damage(&piece, options, low(options, piece.token_index + 200, 2), 1,
	       "a wrong token index", NULL);
	damage(&piece, options, piece.token_table + '5' * 2, 1,
	       "a digit that is no token", NULL);
	damage(&piece, options, piece.token_table, 0xff, "an unprintable token", NULL);
	damage(&piece, options,
	       low(options, middle, value) + (options->big_endian ? -2 : 2), 0x7f,
	       "an address out of order", nowhere);
	if (piece.base)
		damage(&piece, options,
		       low(options, piece.base, 8) + (options->big_endian ? -4 : 4), 0x7f,
		       "another base", nowhere);
	free(piece.data);
}

static void test_layout(const struct generate_options *options)
{
	const char *kernel = generate_name(options->kernel);
	struct generate_options more = *options;
	struct generated piece;

	/* Counts around a marker, and odd and even ones for the alignment behind them. */
	for (more.count = 512; more.count < 520; more.count++) {
		piece = generate_tables(&more);
		if (!decodes(&piece, &more))
			break;
		free(piece.data);
	}
	check(more.count == 520, kernel, options->big_endian, "512 to 519 symbols");
	piece = generate_tables(options);
	check(decodes(&piece, options), kernel, options->big_endian, "3001 symbols");
	more = *options;
	more.big_endian = !more.big_endian;
	refuse(&piece, &more, "is not read in the other byte order", NULL);
	free(piece.data);
	test_damage(options);
}

static void test_ranges(const struct generate_options *options)
{
	static const struct klpcc_address_range elsewhere = { 0x100000, 0x200000 };
	struct generated piece = generate_tables(options);
	struct klpcc_kallsyms_input input = { piece.data,       piece.size,
					      GENERATE_ADDRESS, options->big_endian,
					      &elsewhere,       1 };
	struct klpcc_kallsyms kallsyms;
	struct klpcc_error *err;
	bool found;

	err = klpcc_kallsyms_decode(&input, &kallsyms, &found);
	check(err && strstr(err->message, "there are no matching addresses"),
	      generate_name(options->kernel), options->big_endian,
	      "addresses outside the kernel");
	klpcc_error_free(err);
	free(piece.data);
}

/* Whatever comes out, it is an error, nothing, or a table; run with a sanitizer it counts. */
static bool survives(const unsigned char *data, size_t size, bool big_endian,
		     size_t *decoded)
{
	unsigned char *copy = malloc(size ? size : 1);
	struct klpcc_kallsyms kallsyms;
	struct klpcc_error *err;
	bool found, ok = true;

	memcpy(copy, data, size);
	err = decode(copy, size, big_endian, &kallsyms, &found);
	if (found) {
		++*decoded;
		ok = !err && kallsyms.count >= 512;
		for (size_t i = 0; i < kallsyms.count; i++)
			ok = ok &&
			     strlen(kallsyms.strings + kallsyms.symbols[i].name) < 512;
		klpcc_kallsyms_deinit(&kallsyms);
	}
	klpcc_error_free(err);
	free(copy);
	return ok;
}

static void test_truncated(const struct generate_options *options)
{
	struct generated piece = generate_tables(options);
	size_t decoded = 0, whole;
	bool ok = true;

	for (size_t size = 0; size < piece.size; size += 61)
		ok = survives(piece.data, size, options->big_endian, &decoded) && ok;
	/* Only what is cut behind the last table may still decode. */
	whole = (piece.size - piece.token_index) / 61 + 1;
	check(ok && decoded <= whole, generate_name(options->kernel), options->big_endian,
	      "cut short anywhere");
	free(piece.data);
}

static void test_flipped(const struct generate_options *options)
{
	struct generated piece = generate_tables(options);
	uint32_t state = 1;
	size_t decoded = 0;
	bool ok = true;

	for (int i = 0; i < 400; i++) {
		size_t offset;

		state = state * 1664525 + 1013904223;
		offset = 8192 + (state >> 4) % (piece.size - 8192);
		piece.data[offset] ^= 1u << (state >> 28 & 7);
		ok = survives(piece.data, piece.size, options->big_endian, &decoded) &&
		     ok;
		/* Every other one stays, so that damage adds up. */
		if (i % 2)
			piece.data[offset] ^= 1u << (state >> 28 & 7);
		if (i % 40 == 39) {
			free(piece.data);
			piece = generate_tables(options);
		}
	}
	check(ok, generate_name(options->kernel), options->big_endian, "bits flipped");
	free(piece.data);
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Rising numbers everywhere look like an index at every place. */
static void test_lookalikes(void)
{
	size_t size = (size_t)8 << 20, decoded = 0;
	unsigned char *data = malloc(size);
	double start = now();
	bool ok = true;

	for (int kind = 0; kind < 4; kind++) {
		for (size_t i = 0; i < size; i++) {
			size_t word = i / 2 % 256;

			data[i] = kind == 0   ? 0
				  : kind == 1 ? 'a'
				  : kind == 2 ? (unsigned char)i
					      : (unsigned char)(i % 2 ? word * 2 >> 8
								      : word * 2);
		}
		ok = survives(data, size, false, &decoded) && ok;
	}
	if (ok && !decoded && now() - start < 20)
		pass("8 MiB that look like tables end in nothing");
	else
		fail("8 MiB that look like tables end in nothing");
	free(data);
}

/* Little-endian, as 6.4 lays it out: count entries of one letter and one token of 500 bytes. */
static void test_long_names(size_t count)
{
	struct klpcc_kallsyms kallsyms;
	unsigned char *data = calloc(1, count * 8 + 8192);
	size_t at = 8, table, index;
	struct klpcc_error *err;
	bool found;

	memcpy(data, &(uint32_t){ (uint32_t)count }, 4);
	for (size_t i = 0; i < count; i++, at += 3)
		memcpy(data + at, "\2t\200", 3);
	at = (at + 7) / 8 * 8;
	for (size_t i = 0; i < count; i += 256, at += 4)
		memcpy(data + at, &(uint32_t){ (uint32_t)i * 3 }, 4);
	table = (at + 7) / 8 * 8;
	index = table + 2048;
	at = table;
	for (size_t i = 0; i < 256; i++) {
		size_t length = i == 128 ? 500 : 1;

		memcpy(data + index + 2 * i, &(uint16_t){ (uint16_t)(at - table) }, 2);
		memset(data + at, i > 32 && i < 127 ? (int)i : 120, length);
		at += length + 1;
	}
	/* The tables touch: the index stands where the tokens end. */
	at = (at + 7) / 8 * 8;
	memmove(data + at, data + index, 512);
	if (at < index)
		memset(data + at + 512, 0, index - at);
	at += 512 + (count * 4 + 7) / 8 * 8;
	memcpy(data + at, &(uint64_t){ GENERATE_ADDRESS }, 8);
	err = decode(data, at + 8, false, &kallsyms, &found);
	if (err && strstr(err->message, "bytes, more than"))
		pass("names that are hundreds of times longer than their entries");
	else
		fail("names that are hundreds of times longer than their entries");
	printf("found %d, %s\n", found, err ? err->message : "no error");
	if (found)
		klpcc_kallsyms_deinit(&kallsyms);
	klpcc_error_free(err);
	free(data);
}

int main(void)
{
	for (int kernel = 0; kernel < GENERATE_KERNELS; kernel++) {
		for (int big_endian = 0; big_endian < 2; big_endian++) {
			struct generate_options options = {
				.kernel = (enum generate_kernel)kernel,
				.big_endian = big_endian,
				.count = 3001,
			};

			test_layout(&options);
			options.count = 700;
			test_ranges(&options);
			test_truncated(&options);
			test_flipped(&options);
		}
	}
	test_lookalikes();
	test_long_names(4000);
	return 0;
}
