// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Fuzzes the reader of boot images: containers, compression, segments, kallsyms tables,
 * exports. Random bytes seldom get as far as the tables: see fuzz-tables.c.
 */
#include "fuzz.h"
#include "index/read-image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_target(data, size, 0, klpcc_read_image);
	return 0;
}
