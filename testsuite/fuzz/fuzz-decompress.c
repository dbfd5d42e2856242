// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Fuzzes decompression: xz, zstd and gzip, with a limit that a small input can reach.
 */
#include "fuzz.h"
#include "lib/decompress.h"

#define LIMIT ((size_t)1 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct klpcc_buffer out;
	size_t used = SIZE_MAX;

	/* A block that doubles, and what the decoder has. */
	fuzz_begin(size, 6);
	fuzz_allow(FUZZ_MEMORY_DECODER + 2 * LIMIT);
	if (!fuzz_done(klpcc_decompress(data, size, 0, LIMIT, &out, &used))) {
		fuzz_end();
		return 0;
	}
	fuzz_end();
	if (used > size || out.size > LIMIT)
		fuzz_broken("%zu bytes from %zu of %zu", out.size, used, size);
	fuzz_read(out.data, out.size);
	klpcc_buffer_deinit(&out);
	return 0;
}
