// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * String tables of a file that is rewritten: see edit-private.h.
 *
 * Used by write.c for symbol names and section names. The linker lets a name share the tail
 * of a longer one; copying the stretches that are still wanted keeps that, needs no sorting,
 * and makes the table depend on nothing but the old one.
 */
#include "edit-private.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/array.h"

struct klpcc_error *klpcc_strtab_init(const unsigned char *input, size_t size,
				      struct klpcc_strtab *ret)
{
	struct klpcc_strtab strtab = { .input = input, .input_size = size };

	if (size >= UINT32_MAX)
		return klpcc_error_new(EFBIG, "a string table would be 4 GiB or larger");
	strtab.map = calloc(size ? size : 1, sizeof(*strtab.map));
	if (!strtab.map)
		return klpcc_error_nomem();
	*ret = strtab;
	return NULL;
}

void klpcc_strtab_deinit(struct klpcc_strtab *strtab)
{
	free(strtab->map);
	free(strtab->bytes);
	*strtab = (struct klpcc_strtab){ 0 };
}

void klpcc_strtab_want(struct klpcc_strtab *strtab, size_t offset)
{
	if (offset < strtab->input_size)
		strtab->map[offset] = 1;
}

static struct klpcc_error *append_bytes(struct klpcc_strtab *strtab, const void *bytes,
					size_t size)
{
	char *grown;

	if (size >= UINT32_MAX - strtab->size)
		return klpcc_error_new(EFBIG, "a string table would be 4 GiB or larger");
	grown = klpcc_array_grow(strtab->bytes, strtab->size, size, &strtab->capacity, 1);
	if (!grown)
		return klpcc_error_nomem();
	strtab->bytes = grown;
	memcpy(strtab->bytes + strtab->size, bytes, size);
	strtab->size += size;
	return NULL;
}

struct klpcc_error *klpcc_strtab_compact(struct klpcc_strtab *strtab)
{
	struct klpcc_error *err =
		append_bytes(strtab, "", 1); /* offset 0 is the empty name */
	size_t i = 0;

	while (!err && i < strtab->input_size) {
		const unsigned char *end;
		size_t length, base = strtab->size;

		if (!strtab->map[i]) {
			i++;
			continue;
		}
		if (!strtab->input[i]) { /* an empty name, wherever it is */
			strtab->map[i++] = 0;
			continue;
		}
		end = memchr(strtab->input + i, '\0', strtab->input_size - i);
		if (!end)
			return klpcc_error_new(EINVAL, "a name does not end in NUL");
		length = (size_t)(end - (strtab->input + i)) + 1;
		err = append_bytes(strtab, strtab->input + i, length);
		for (size_t j = 0; j < length; j++)
			strtab->map[i + j] = (uint32_t)(base + j);
		i += length;
	}
	return err;
}

uint32_t klpcc_strtab_offset(const struct klpcc_strtab *strtab, size_t offset)
{
	return offset < strtab->input_size ? strtab->map[offset] : 0;
}

struct klpcc_error *klpcc_strtab_add(struct klpcc_strtab *strtab, const char *string,
				     uint32_t *ret)
{
	uint32_t offset = (uint32_t)strtab->size;
	struct klpcc_error *err = append_bytes(strtab, string, strlen(string) + 1);

	if (!err)
		*ret = offset;
	return err;
}
