// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Fuzzes the index that the compiler plugin maps: everything that can be asked, of records
 * that exist and of such that do not.
 */
#include <string.h>

#include "../lib/walk-btf.h"
#include "fuzz.h"
#include "index/index.h"

static void look_up(const struct klpcc_index *index, const char *name, size_t length)
{
	struct klpcc_index_name entry;
	uint32_t number;
	bool found = true;

	if (fuzz_done(klpcc_index_find_name(index, name, length, &found, &entry)) &&
	    found && (strlen(entry.name) != length || memcmp(entry.name, name, length)))
		fuzz_broken("the name that was found is another");
	if (fuzz_done(klpcc_index_find_object(index, name, length, &found, &number)) &&
	    found && number >= klpcc_index_objects(index))
		fuzz_broken("object %u is none", number);
}

/* Those of a name, and one more. */
static void read_exports(const struct klpcc_index *index,
			 const struct klpcc_index_name *name)
{
	for (uint32_t i = 0; i <= name->exports; i++) {
		struct klpcc_index_export entry;

		if (fuzz_done(klpcc_index_name_export(index, name, i, &entry)) &&
		    (!entry.name || entry.object >= klpcc_index_objects(index)))
			fuzz_broken("export %u of '%s' belongs to nothing", i,
				    name->name);
	}
}

/* Records one by one: a damaged one hides none of the others. */
static void read_records(const struct klpcc_index *index)
{
	uint32_t names = klpcc_index_names(index), symbols = klpcc_index_symbols(index);

	for (uint32_t i = 0; i <= names; i++) {
		struct klpcc_index_name name;

		if (!fuzz_done(klpcc_index_name_at(index, i, &name)))
			continue;
		look_up(index, name.name, strlen(name.name));
		read_exports(index, &name);
		if (name.symbols > symbols - name.first_symbol)
			fuzz_broken("name %u has symbols that are none", i);
	}
	for (uint32_t i = 0; i <= symbols; i++) {
		struct klpcc_index_symbol symbol;

		if (fuzz_done(klpcc_index_symbol(index, i, &symbol)) &&
		    (!symbol.name || symbol.object >= klpcc_index_objects(index)))
			fuzz_broken("symbol %u belongs to nothing", i);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = { "vmlinux", "printk", "", "zzz", "\377" };
	struct klpcc_index *index;

	fuzz_begin(size, 4);
	if (fuzz_done(klpcc_index_open_memory("input", data, size, &index))) {
		if (strlen(klpcc_index_release(index)) >= size)
			fuzz_broken("the release does not end");
		for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
			look_up(index, names[i], strlen(names[i]));
		fuzz_done(fuzz_walk_index(index));
		read_records(index);
		walk_btf(index, fuzz_done);
		klpcc_index_close(index);
	}
	fuzz_end();
	return 0;
}
