// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Fuzzes the reader of debug information, of a kernel and of a module, which may be compressed,
 * on a target that has what the file has of itself. The DWARF is libdw's to read.
 */
#include <unistd.h>

#include "fuzz.h"
#include "kernel/read-debug.h"
#include "kernel/read-elf.h"

/* For a file that is nothing but debug information. */
static struct klpcc_error *add_names(struct klpcc_target *target, uint32_t object)
{
	static const char *const names[] = { "_stext", "helper", "helper", "state" };
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < sizeof(names) / sizeof(names[0]); i++) {
		struct klpcc_target_symbol symbol = {
			.name = names[i],
			.kallsyms_type = 't',
			.counted = true,
		};

		err = klpcc_target_add_symbol(target, object, &symbol);
	}
	return err;
}

static struct klpcc_error *read_kernel(struct klpcc_target *target, const char *path)
{
	struct klpcc_error *err = klpcc_read_vmlinux(target, path);

	if (err) {
		klpcc_error_free(err);
		err = add_names(target, KLPCC_TARGET_VMLINUX);
	}
	return err ? err : klpcc_read_debug(target, path, NULL, NULL);
}

/* A module is known by its name. */
static struct klpcc_error *read_module(struct klpcc_target *target, const char *path)
{
	const char *name = fuzz_scratch("demo.ko");
	struct klpcc_error *err;
	uint32_t object;

	if (access(name, F_OK) && symlink(path, name))
		fuzz_broken("no link to the input");
	err = klpcc_target_object(target, "demo", &object);
	if (!err)
		err = add_names(target, object);
	return err ? err : klpcc_read_debug(target, name, NULL, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_packed_target(data, size, fuzz_unpack, read_kernel);
	fuzz_packed_target(data, size, fuzz_unpack, read_module);
	return 0;
}
