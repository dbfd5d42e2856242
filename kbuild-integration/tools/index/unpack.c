// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Packed parts of the index: see unpack.h.
 */
#include "unpack.h"

#include <errno.h>
#include <stdlib.h>
#include <zstd.h>

struct klpcc_error *klpcc_unpack(const void *data, size_t packed, size_t size,
				 unsigned char **ret)
{
	/* One more: malloc() of nothing may return NULL. */
	unsigned char *bytes = malloc(size + 1);
	struct klpcc_error *err;
	size_t got;

	if (!bytes)
		return klpcc_error_nomem();
	got = ZSTD_decompress(bytes, size, data, packed);
	if (got == size) {
		*ret = bytes;
		return NULL;
	}
	err = ZSTD_isError(got)
		      ? klpcc_error_new(EINVAL, "zstd: %s", ZSTD_getErrorName(got))
		      : klpcc_error_new(EINVAL, "unpacks to %zu bytes, not %zu", got,
					size);
	free(bytes);
	return err;
}
