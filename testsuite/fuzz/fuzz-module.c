// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Fuzzes the reader of one kernel module, compressed or not.
 */
#include "fuzz.h"
#include "kernel/module.h"

static struct klpcc_error *read_module(struct klpcc_target *target, const char *path)
{
	struct klpcc_module module;
	struct klpcc_error *err = klpcc_module_init(path, &module);

	if (err)
		return err;
	err = klpcc_module_add(&module, target);
	klpcc_module_deinit(&module);
	return err;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_packed_target(data, size, fuzz_unpack, read_module);
	return 0;
}
