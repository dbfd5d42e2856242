// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Fuzzes the reader of BTF inside the compiler plugin, and what `klpcc index` does with BTF before:
 * the input, behind its first byte, is that of vmlinux (first byte even) or of a module.
 */
#include <bpf/btf.h>

#include "../lib/walk-btf.h"
#include "fuzz.h"

/* What a module's goes on in. */
static void add_base(struct klpcc_target *target)
{
	struct btf *btf = btf__new_empty();
	struct klpcc_types *types;
	const void *data;
	uint32_t size;

	if (btf__add_int(btf, "int", 4, BTF_INT_SIGNED) < 0 ||
	    btf__add_struct(btf, "item", 4) < 0 || btf__add_field(btf, "a", 1, 0, 0) ||
	    btf__add_func(btf, "f", BTF_FUNC_STATIC, 1) < 0)
		abort();
	data = btf__raw_data(btf, &size);
	if (!fuzz_done(klpcc_types_create(data, size, &types)) ||
	    !fuzz_done(klpcc_target_add_types(target, types)))
		fuzz_broken("good BTF is refused");
	btf__free(btf);
}

static bool add(struct klpcc_target *target, bool module, const uint8_t *data,
		size_t size)
{
	struct klpcc_types *types;
	uint32_t object;

	if (!module)
		return fuzz_done(klpcc_types_create(data, size, &types)) &&
		       fuzz_done(klpcc_target_add_types(target, types));
	add_base(target);
	return fuzz_done(klpcc_target_object(target, "module", &object)) &&
	       fuzz_done(klpcc_target_add_module_btf(target, object, data, size));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *path = fuzz_scratch("index");
	struct klpcc_target *target;
	struct klpcc_index *index;

	if (!size)
		return 0;
	fuzz_begin(size, 64);
	if (klpcc_target_create(&target) || klpcc_target_begin(target, path))
		abort();
	if (add(target, *data & 1, data + 1, size - 1)) {
		if (klpcc_target_write(target, path) || klpcc_index_open(path, &index))
			fuzz_broken("no index can be made of it");
		walk_btf(index, fuzz_done);
		klpcc_index_close(index);
	}
	klpcc_target_destroy(target);
	fuzz_end();
	return 0;
}
