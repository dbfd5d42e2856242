// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Fuzzes the reader of boot images: containers, compression, segments, kallsyms tables,
 * exports. Random bytes seldom get as far as the tables: see fuzz-tables.c; and what is no
 * shorter than a MiB is the business of fuzz-s390.c.
 */
#include "fuzz.h"
#include "kernel/unpack-image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_packed_target(data, size, klpcc_unpack_image, fuzz_read_image);
	return 0;
}
