// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a module takes from other modules: see imports.h.
 */
#include "imports.h"

#include <stdlib.h>
#include <string.h>

#include "object.h"

/* depends: of .modinfo, names with commas between them. */
static bool is_in_list(const char *list, const char *name)
{
	size_t length = strlen(name);

	while (list && *list) {
		if (!strncmp(list, name, length) &&
		    (list[length] == ',' || !list[length]))
			return true;
		list = strchr(list, ',');
		list = list ? list + 1 : NULL;
	}
	return false;
}

/*
 * The module whose export it is; *ret stays NULL for one of vmlinux, or of nobody. Of several that
 * export the name it is the one that the module depends on.
 */
static struct klpcc_error *find_exporter(const struct klpcc_index *index,
					 const char *name, const char *depends,
					 const char **ret)
{
	struct klpcc_index_name found;
	struct klpcc_error *err;
	bool known;

	err = klpcc_index_find_name(index, name, strlen(name), &known, &found);
	for (uint32_t i = 0; !err && known && i < found.exports; i++) {
		struct klpcc_index_export export_;
		struct klpcc_index_object object;

		err = klpcc_index_name_export(index, &found, i, &export_);
		if (err || export_.object == KLPCC_INDEX_VMLINUX)
			return err;
		err = klpcc_index_object(index, export_.object, &object);
		if (!err && (found.exports == 1 || is_in_list(depends, object.name)))
			*ret = object.name;
	}
	return err;
}

static struct klpcc_error *read_names(const struct klpcc_match_object *object,
				      struct klpcc_match_imports *imports)
{
	const struct klpcc_match_file *file = &object->file;
	struct klpcc_error *err;
	const char *depends;

	imports->entries = calloc(file->symbol_count, sizeof(*imports->entries));
	if (!imports->entries)
		return klpcc_error_nomem();
	err = klpcc_elf_modinfo(file->elf, "depends", &depends);
	for (size_t i = 1; !err && i < file->symbol_count; i++) {
		struct klpcc_match_import import = { .name = file->symbols[i].name };

		if (file->symbols[i].section || file->symbols[i].reserved)
			continue;
		err = find_exporter(object->index, import.name, depends,
				    &import.exporter);
		if (!err && import.exporter)
			imports->entries[imports->count++] = import;
	}
	return err;
}

static struct klpcc_error *read_namespaces(const struct klpcc_match_object *object,
					   struct klpcc_match_imports *imports)
{
	static const char tag[] = "import_ns=";
	const struct klpcc_elf_section *section =
		klpcc_elf_find_section(object->file.elf, ".modinfo");
	const unsigned char *bytes;
	struct klpcc_error *err;
	size_t size;

	if (!section)
		return NULL;
	err = klpcc_elf_section_bytes(object->file.elf, section, &bytes, &size);
	if (err)
		return err;
	imports->namespaces =
		calloc(size / sizeof(tag) + 1, sizeof(*imports->namespaces));
	if (!imports->namespaces)
		return klpcc_error_nomem();
	for (size_t at = 0, length; at < size; at += length + 1) {
		const char *entry = (const char *)bytes + at;

		length = strnlen(entry, size - at);
		/* One that no NUL ends is none. */
		if (at + length < size && !strncmp(entry, tag, strlen(tag)))
			imports->namespaces[imports->namespace_count++] =
				entry + strlen(tag);
	}
	return NULL;
}

struct klpcc_error *klpcc_match_read_imports(struct klpcc_match_kernel *kernel,
					     const char *object,
					     struct klpcc_match_imports *ret)
{
	struct klpcc_match_imports imports = { .count = 0 };
	const struct klpcc_match_object *opened;
	struct klpcc_error *err;

	err = klpcc_match_kernel_object(kernel, object, &opened);
	if (!err && !opened->image) {
		err = read_names(opened, &imports);
		if (!err)
			err = read_namespaces(opened, &imports);
	}
	if (err)
		klpcc_match_imports_deinit(&imports);
	else
		*ret = imports;
	return err;
}

void klpcc_match_imports_deinit(struct klpcc_match_imports *imports)
{
	free(imports->entries);
	free(imports->namespaces);
	*imports = (struct klpcc_match_imports){ .count = 0 };
}
