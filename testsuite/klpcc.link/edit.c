// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The writing side of the ELF model on its own, for any machine and byte order:
 *
 *	edit IN OUT
 *	edit IN both|again
 *
 * takes section .gone out, moves the relocations of .data to a section of their own, and
 * turns the symbol `old` into a livepatch symbol `renamed`, into which `twin` merges.
 * edit.exp looks at the result with readelf. The other two ask for what no section can have: bytes
 * in the place of others and bytes at its end, in either order.
 */
#include <klp-elf.h>
#include <stdio.h>
#include <string.h>

#include "elf/elf-edit.h"

static size_t find_symbol(struct klpcc_elf *elf, const char *name)
{
	const struct klpcc_elf_symbol *symbols;
	struct klpcc_error *err;
	size_t count;

	err = klpcc_elf_symbols(elf, &symbols, &count);
	for (size_t i = 1; !err && i < count; i++)
		if (!strcmp(symbols[i].name, name))
			return i;
	klpcc_error_free(err);
	return 0;
}

static struct klpcc_error *change(struct klpcc_elf *elf, struct klpcc_edit *edit)
{
	const struct klpcc_elf_section *source =
		klpcc_elf_find_section(elf, ".rela.data");
	const struct klpcc_elf_section *data = klpcc_elf_find_section(elf, ".data");
	const struct klpcc_edit_symbol as = {
		.name = "renamed",
		.value = 0x1122334455667788,
		.reserved = KLPCC_SHN_LIVEPATCH,
		.binding = STB_GLOBAL,
		.type = STT_FUNC,
	};
	const struct klpcc_elf_relocation *relocations;
	size_t count, old = find_symbol(elf, "old");
	struct klpcc_error *err;

	klpcc_edit_remove_section(edit, klpcc_elf_find_section(elf, ".gone")->index);
	klpcc_edit_merge_symbol(edit, find_symbol(elf, "twin"), old);
	err = klpcc_edit_set_symbol(edit, old, &as);
	if (!err)
		err = klpcc_elf_relocations(elf, source, &relocations, &count);
	if (err)
		return err;
	klpcc_edit_remove_section(edit, source->index);
	return klpcc_edit_add_relocations(edit, ".moved", SHF_ALLOC | SHF_INFO_LINK,
					  data->index, relocations, count);
}

static struct klpcc_error *change_twice(struct klpcc_elf *elf, struct klpcc_edit *edit,
					bool append_first)
{
	size_t data = klpcc_elf_find_section(elf, ".data")->index;
	struct klpcc_error *err;
	unsigned char *bytes;
	size_t size;

	if (append_first)
		klpcc_edit_append(edit, data, "x", 1);
	err = klpcc_edit_contents(edit, data, &bytes, &size);
	if (!append_first)
		klpcc_edit_append(edit, data, "x", 1);
	return err;
}

int main(int argc, char **argv)
{
	struct klpcc_edit *edit = NULL;
	struct klpcc_elf *elf = NULL;
	struct klpcc_error *err;

	if (argc != 3)
		return 2;
	err = klpcc_elf_open(argv[1], &elf);
	if (!err)
		err = klpcc_edit_create(elf, &edit);
	if (!err && !strcmp(argv[2], "both"))
		err = change_twice(elf, edit, false);
	else if (!err && !strcmp(argv[2], "again"))
		err = change_twice(elf, edit, true);
	else if (!err)
		err = change(elf, edit);
	if (!err)
		err = klpcc_edit_write(edit, argv[2], 0644);
	if (err)
		fprintf(stderr, "edit: %s\n", err->message);
	klpcc_edit_destroy(edit);
	if (elf)
		klpcc_elf_close(elf);
	klpcc_error_free(err);
	return err ? 1 : 0;
}
