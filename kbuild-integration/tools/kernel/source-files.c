// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The source file of each symbol: see source-files.h.
 *
 * The linker puts the local symbols of each object after the STT_FILE of that object. So
 * where DWARF knows one of them, the file of all is known, even of static variables in
 * functions and of symbols without DWARF.
 */
#include "source-files.h"

#include <stdlib.h>
#include <string.h>

#include "read-dwarf.h"

/*
 * The base name of the source that STT_FILE means. For assembler files without a .file
 * the assembler puts the object's name there.
 */
static bool is_source(const char *path, const char *name)
{
	const char *source = klpcc_base_name(path), *object = klpcc_base_name(name);
	size_t length = strlen(object);

	if (!strcmp(source, object))
		return true;
	return length > 2 && !strcmp(object + length - 2, ".o") &&
	       !strncmp(source, object, length - 2) && !strcmp(source + length - 2, ".S");
}

/* The path for local symbols [first, end) of a file that DWARF does not know by themselves. */
static const char *path_of_group(const struct klpcc_source_files *files, const char *name,
				 size_t first, size_t end)
{
	const char *path;

	for (size_t i = first; i < end; i++)
		if (files->paths[i] && is_source(files->paths[i], name))
			return files->paths[i];
	path = files->dwarf ? klpcc_dwarf_find_file(files->dwarf, klpcc_base_name(name))
			    : NULL;
	return path ? path : name;
}

static void fill_groups(struct klpcc_source_files *files,
			const struct klpcc_elf_symbol *symbols)
{
	size_t i = 1;

	while (i < files->count) {
		const char *name = symbols[i].name, *path;
		size_t end = i + 1;

		if (symbols[i].type != STT_FILE) {
			i++;
			continue;
		}
		while (end < files->count && symbols[end].binding == STB_LOCAL &&
		       symbols[end].type != STT_FILE)
			end++;
		/* An empty name: what the linker itself made. */
		path = *name ? path_of_group(files, name, i + 1, end) : NULL;
		for (i++; i < end; i++)
			if (!files->paths[i])
				files->paths[i] = path;
	}
}

struct klpcc_error *klpcc_source_files_init(struct klpcc_elf *elf, bool dwarf,
					    struct klpcc_source_files *ret)
{
	struct klpcc_source_files files = { NULL, 0, NULL };
	const struct klpcc_elf_symbol *symbols;
	struct klpcc_error *err;

	err = klpcc_elf_symbols(elf, &symbols, &files.count);
	if (err)
		return err;
	files.paths = calloc(files.count + 1, sizeof(*files.paths));
	if (!files.paths)
		return klpcc_error_nomem();
	if (dwarf && klpcc_has_dwarf(elf))
		err = klpcc_dwarf_open(elf, &files.dwarf);
	if (err) {
		klpcc_source_files_deinit(&files);
		return err;
	}
	for (size_t i = 1; files.dwarf && i < files.count; i++)
		if (symbols[i].type != STT_FILE && symbols[i].type != STT_SECTION)
			files.paths[i] = klpcc_dwarf_find(files.dwarf, &symbols[i]);
	fill_groups(&files, symbols);
	*ret = files;
	return NULL;
}

void klpcc_source_files_deinit(struct klpcc_source_files *files)
{
	free(files->paths);
	klpcc_dwarf_close(files->dwarf);
	*files = (struct klpcc_source_files){ NULL, 0, NULL };
}
