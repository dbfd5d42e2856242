// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Fuzzes the reader of System.map.
 */
#include "fuzz.h"
#include "kernel/read-text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_target(data, size, 64, klpcc_read_system_map);
	return 0;
}
