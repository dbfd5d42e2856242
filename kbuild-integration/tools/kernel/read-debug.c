// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Index reader: files with debug information: see read-debug.h.
 *
 * Those of a distribution are what the build left before it stripped the kernel, or only
 * the symbol table and the debug sections of that: sections without bytes are usual here.
 */
#include "read-debug.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../elf/elf.h"
#include "../lib/decompress.h"
#include "klp-name.h"
#include "module-files.h"
#include "module.h"
#include "read-dwarf.h"
#include "read-elf.h"
#include "source-files.h"

struct debug_file {
	struct klpcc_elf *elf;
	bool kernel; /* else a module */
	struct klpcc_source_symbol *symbols;
	size_t count;
};

/* ---- the symbols ------------------------------------------------------------------- */

static int by_address(const void *left, const void *right)
{
	const struct klpcc_source_symbol *a = left, *b = right;

	/* Symbols of one address are the same place: their order does not matter. */
	return (a->address > b->address) - (a->address < b->address);
}

/* vermagic says it, where the file still has it; as a rule the kernel can. */
static struct klpcc_error *can_unload(const struct klpcc_elf *elf, bool *ret)
{
	const char *vermagic;
	struct klpcc_error *err = klpcc_elf_modinfo(elf, "vermagic", &vermagic);

	*ret = err || !vermagic || strstr(vermagic, " mod_unload ");
	return err;
}

static void add_symbol(struct debug_file *file, const struct klpcc_elf_symbol *symbol,
		       const char *source, bool unload)
{
	enum klpcc_fate fate;

	if (!*symbol->name || symbol->reserved || !symbol->section ||
	    symbol->type == STT_FILE || symbol->type == STT_SECTION)
		return;
	fate = klpcc_section_fate(klpcc_elf_section(file->elf, symbol->section), unload);
	if (!file->kernel && fate == KLPCC_FATE_NOT_LOADED)
		return;
	file->symbols[file->count++] = (struct klpcc_source_symbol){
		.name = symbol->name,
		.source = source,
		.address = file->kernel ? symbol->value : 0,
		.counted = file->kernel || fate != KLPCC_FATE_INIT,
	};
}

static struct klpcc_error *read_symbols(struct debug_file *file,
					const struct klpcc_source_files *sources)
{
	const struct klpcc_elf_symbol *symbols;
	struct klpcc_error *err;
	bool unload = true;
	size_t count;

	err = klpcc_elf_symbols(file->elf, &symbols, &count);
	if (!err && !count)
		err = klpcc_elf_error(file->elf, NULL, "has no symbol table");
	if (!err && !file->kernel)
		err = can_unload(file->elf, &unload);
	if (err)
		return err;
	file->symbols = calloc(count, sizeof(*file->symbols));
	if (!file->symbols)
		return klpcc_error_nomem();
	for (size_t i = 1; i < count; i++)
		add_symbol(file, &symbols[i], sources->paths[i], unload);
	if (file->kernel)
		qsort(file->symbols, file->count, sizeof(*file->symbols), by_address);
	return NULL;
}

/* ---- one file ---------------------------------------------------------------------- */

static struct klpcc_error *check_build_id(const struct debug_file *file,
					  const struct klpcc_target *target,
					  uint32_t object, bool *known)
{
	const unsigned char *id;
	const void *wanted;
	struct klpcc_error *err;
	size_t size, wanted_size;

	err = klpcc_elf_build_id(file->elf, &id, &size);
	wanted = klpcc_target_build_id(target, object, &wanted_size);
	*known = !err && size && wanted_size;
	if (err || !*known || (size == wanted_size && !memcmp(id, wanted, size)))
		return err;
	return klpcc_elf_error(
		file->elf, NULL,
		"comes from another build: its build id differs from that of the %s in the index",
		file->kernel ? "kernel" : "module");
}

/* Unless both have a build id, the release must be the same at least. */
static struct klpcc_error *check_release(const struct debug_file *file,
					 struct klpcc_target *target)
{
	struct klpcc_error *err;
	const char *vermagic;
	char *release;

	if (file->kernel)
		return klpcc_read_release(target, file->elf, false);
	err = klpcc_elf_modinfo(file->elf, "vermagic", &vermagic);
	if (err || !vermagic)
		return err;
	release = strndup(vermagic, strcspn(vermagic, " "));
	if (!release)
		return klpcc_error_nomem();
	err = klpcc_target_set_release(target, release);
	free(release);
	return klpcc_error_prefix(err, "%s", klpcc_elf_label(file->elf));
}

static struct klpcc_error *add_sources(struct debug_file *file,
				       struct klpcc_target *target, uint32_t object)
{
	struct klpcc_source_files sources;
	struct klpcc_error *err = NULL;

	if (klpcc_has_dwarf(file->elf))
		err = klpcc_dwarf_load();
	if (!err)
		err = klpcc_source_files_init(file->elf, true, &sources);
	if (err)
		return err;
	err = read_symbols(file, &sources);
	if (!err)
		err = klpcc_error_prefix(klpcc_target_set_sources(target, object,
								  file->symbols,
								  file->count),
					 "%s", klpcc_elf_label(file->elf));
	klpcc_source_files_deinit(&sources);
	return err;
}

static struct klpcc_error *read_file(struct debug_file *file, struct klpcc_target *target,
				     uint32_t object)
{
	uint16_t type = klpcc_elf_header(file->elf)->e_type;
	bool known = false;
	struct klpcc_error *err;

	if (type != (file->kernel ? ET_EXEC : ET_REL) &&
	    !(file->kernel && type == ET_DYN))
		return klpcc_elf_error(file->elf, NULL, "not a %s",
				       file->kernel ? "linked kernel" : "kernel module");
	err = check_build_id(file, target, object, &known);
	if (!err && !known)
		err = check_release(file, target);
	return err ? err : add_sources(file, target, object);
}

static struct klpcc_error *read_path(struct klpcc_target *target, const char *path,
				     bool kernel, uint32_t object)
{
	struct debug_file file = { .kernel = kernel };
	struct klpcc_buffer bytes;
	struct klpcc_error *err;

	err = klpcc_file_read_unpacked(path, &bytes);
	if (err)
		return err;
	err = klpcc_elf_open_memory(path, bytes.data, bytes.size, &file.elf);
	if (!err)
		err = read_file(&file, target, object);
	free(file.symbols);
	klpcc_elf_close(file.elf);
	klpcc_buffer_deinit(&bytes);
	return err;
}

/* ---- files ------------------------------------------------------------------------- */

/* *found: false when the target has no module of that name. */
static struct klpcc_error *read_module(struct klpcc_target *target, const char *path,
				       bool *found)
{
	char *name = klpcc_module_name_of(path);
	uint32_t object;

	if (!name)
		return klpcc_error_nomem();
	*found = strcmp(name, KLPCC_VMLINUX) &&
		 klpcc_target_find_object(target, name, &object) &&
		 klpcc_target_symbols(target, object);
	free(name);
	return *found ? read_path(target, path, false, object) : NULL;
}

static struct klpcc_error *read_directory(struct klpcc_target *target, const char *path,
					  klpcc_progress *progress, void *data)
{
	struct klpcc_module_files files = { NULL, 0, 0 };
	struct klpcc_error *err;
	bool found;

	err = klpcc_module_files_list(&files, path, true);
	for (size_t i = 0; !err && i < files.count; i++) {
		err = read_module(target, files.entries[i].path, &found);
		if (!err && progress)
			progress(data, i + 1, files.count);
	}
	klpcc_module_files_deinit(&files);
	return err;
}

struct klpcc_error *klpcc_read_debug(struct klpcc_target *target, const char *path,
				     klpcc_progress *progress, void *data)
{
	const char *base = klpcc_base_name(path);
	struct klpcc_error *err;
	bool found = false;
	struct stat st;

	if (stat(path, &st) < 0)
		return klpcc_error_errno(errno, "%s: cannot open", path);
	if (S_ISDIR(st.st_mode))
		return read_directory(target, path, progress, data);
	if (!strstr(base, ".ko"))
		return read_path(target, path, true, KLPCC_TARGET_VMLINUX);
	err = read_module(target, path, &found);
	if (!err && !found)
		err = klpcc_error_new(
			ENOENT,
			"%s: the index has no such module; give it with --modules", path);
	return err;
}
