/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One kernel module as the index sees it: the file, unpacked and checked, and what the
 * kernel's kallsyms and export tables will contain once it is loaded.
 *
 * read-modules.c opens modules in several threads and adds them to the target in one.
 */
#ifndef KLPCC_MODULE_H
#define KLPCC_MODULE_H

#include <stdbool.h>
#include <stddef.h>

#include "../elf/elf.h"
#include "../lib/file.h"
#include "../target/target.h"

struct klpcc_module_export {
	struct klpcc_target_export target; /* strings in the module's bytes */
	uint32_t symbol;                   /* index into the symbol table */
	bool capital; /* kallsyms shows the letter of the symbol as a capital */
};

struct klpcc_module {
	struct klpcc_buffer bytes; /* the unpacked file; elf points into it */
	struct klpcc_elf *elf;
	char *name; /* as the kernel calls it: kvm_intel */
	const char *vermagic;
	char *release; /* first word of its vermagic */
	bool livepatch;
	struct klpcc_target_symbol *symbols; /* in the kernel's order; strings in bytes */
	size_t symbol_count;
	bool places_known; /* its symbols tell by `patchable` */
	struct klpcc_module_export *exports;
	size_t export_count;
	const unsigned char *build_id;
	size_t build_id_size;
	const struct klpcc_elf_section
		*btf; /* NULL: none that continues that of vmlinux */
};

/* What becomes of a section, and so of the symbols in it, when the module is loaded. */
enum klpcc_fate {
	KLPCC_FATE_NOT_LOADED,
	KLPCC_FATE_CORE,
	KLPCC_FATE_INIT,
	KLPCC_FATE_PERCPU,
};

/* unload: the kernel can unload modules. */
enum klpcc_fate klpcc_section_fate(const struct klpcc_elf_section *section, bool unload);
/* kbuild's name of a module, by the name of its file; malloc()ed, NULL without memory. */
char *klpcc_module_name_of(const char *path);

/* Touches nothing but its arguments. Errors name the file. */
struct klpcc_error *klpcc_module_init(const char *path,
				      struct klpcc_module *ret) KLPCC_MUST_CHECK;
void klpcc_module_deinit(struct klpcc_module *module);

/* Adds object, build id, symbols, exports and release. Errors name no file. */
struct klpcc_error *klpcc_module_add(const struct klpcc_module *module,
				     struct klpcc_target *target) KLPCC_MUST_CHECK;

/* The reader of the export tables (module-exports.c), for klpcc_module_init(). */
struct klpcc_error *
klpcc_module_read_exports(struct klpcc_module *module) KLPCC_MUST_CHECK;

#endif
