// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The ELF model against an object that is cut off anywhere, or wrong in any byte, or in a
 * few: it is refused or read, and under the sanitizers nothing else happens. argv[1]:
 * good.c, compiled.
 */
#include "object.h"

#define RANDOM_ROUNDS 40000

static void truncate_everywhere(const struct klpcc_buffer *good, const char *order)
{
	char name[64];

	snprintf(name, sizeof(name), "%s: every shorter length is refused", order);
	test_begin(name);
	/* The section table is the file's end, so that nothing shorter is whole. */
	for (size_t size = 0; size < good->size; size++) {
		struct klpcc_buffer object = object_copy(good, size);
		struct klpcc_error *err = object_read_all(&object);

		if (check(err, "%zu bytes are accepted", size))
			check(!strncmp(err->message, LABEL ": ", strlen(LABEL ": ")),
			      "%zu bytes: %s", size, err->message);
		klpcc_error_free(err);
		klpcc_buffer_deinit(&object);
	}
	test_end();
}

static void damage_every_byte(const struct klpcc_buffer *good, const char *order)
{
	static const unsigned char flips[] = { 0x01, 0x80, 0xff, 0x7f };
	size_t refused = 0, accepted = 0;
	char name[64];

	snprintf(name, sizeof(name), "%s: every byte changed", order);
	test_begin(name);
	for (size_t i = 0; i < good->size * sizeof(flips); i++) {
		struct klpcc_buffer object = object_copy(good, good->size);
		struct klpcc_error *err;

		object.data[i / sizeof(flips)] ^= flips[i % sizeof(flips)];
		err = object_read_all(&object);
		refused += err != NULL;
		accepted += err == NULL;
		if (err)
			check(!strncmp(err->message, LABEL ": ", strlen(LABEL ": ")) &&
				      !strchr(err->message, '\n'),
			      "byte %zu: %s", i / sizeof(flips), err->message);
		klpcc_error_free(err);
		klpcc_buffer_deinit(&object);
	}
	/* Contents may change, tables may not: a test that sees only one is blind. */
	check(refused > 1000 && accepted > 1000, "%zu refused, %zu accepted", refused,
	      accepted);
	test_end();
}

static void damage_at_random(const struct klpcc_buffer *good, const char *order)
{
	static const unsigned char values[] = { 0x00, 0x01, 0x7f, 0x80, 0xfe, 0xff };
	uint32_t state = 20260101;
	size_t refused = 0;
	char name[64];

	snprintf(name, sizeof(name), "%s: several bytes changed", order);
	test_begin(name);
	for (size_t round = 0; round < RANDOM_ROUNDS; round++) {
		struct klpcc_buffer object = object_copy(good, good->size);
		struct klpcc_error *err;

		for (uint32_t n = 1 + random_below(&state, 6); n; n--) {
			uint32_t place = random_below(&state, (uint32_t)good->size);

			object.data[place] = values[random_below(&state, sizeof(values))];
		}
		err = object_read_all(&object);
		refused += err != NULL;
		klpcc_error_free(err);
		klpcc_buffer_deinit(&object);
	}
	check(refused > RANDOM_ROUNDS / 10 && refused < RANDOM_ROUNDS, "%zu refused",
	      refused);
	test_end();
}

static void shuffle(const struct klpcc_buffer *good, const char *order)
{
	truncate_everywhere(good, order);
	damage_every_byte(good, order);
	damage_at_random(good, order);
}

int main(int argc, char **argv)
{
	struct klpcc_buffer little, big;

	if (argc != 2)
		return 2;
	must(klpcc_file_read(argv[1], &little));
	big = object_swapped(&little);
	shuffle(&little, "little-endian");
	shuffle(&big, "big-endian");
	klpcc_buffer_deinit(&little);
	klpcc_buffer_deinit(&big);
	return test_status;
}
