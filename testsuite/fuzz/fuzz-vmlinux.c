// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Fuzzes the reader of a vmlinux with a symbol table, which may be compressed.
 */
#include "fuzz.h"
#include "kernel/read-elf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_packed_target(data, size, fuzz_unpack, klpcc_read_vmlinux);
	return 0;
}
