// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * One kernel module: which of its symbols the kernel keeps, under which letters.
 *
 * The rules are those of the module loader: kernel/module/kallsyms.c (is_core_symbol,
 * elf_type) says what is kept, kernel/module/main.c which sections are memory at all
 * (rewrite_section_headers, setup_load_info) and which are init memory (layout_sections).
 */
#include "module.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/decompress.h"
#include "read-functions.h"

/* ---- the file ---------------------------------------------------------------------- */

/* Modules from before 4.17 do not say their name; kbuild derives it from the file's. */
char *klpcc_module_name_of(const char *path)
{
	const char *base = strrchr(path, '/');
	size_t length;
	char *name;

	base = base ? base + 1 : path;
	length = strcspn(base, ".");
	name = strndup(base, length);
	for (size_t i = 0; name && i < length; i++)
		if (name[i] == '-')
			name[i] = '_';
	return name;
}

static struct klpcc_error *read_modinfo(const char *path, struct klpcc_module *module,
					bool *unload)
{
	const char *name, *livepatch;
	struct klpcc_error *err;

	err = klpcc_elf_modinfo(module->elf, "name", &name);
	if (!err)
		err = klpcc_elf_modinfo(module->elf, "vermagic", &module->vermagic);
	if (!err)
		err = klpcc_elf_modinfo(module->elf, "livepatch", &livepatch);
	if (err)
		return err;
	if (!module->vermagic)
		return klpcc_elf_error(module->elf, NULL,
				       "not a kernel module: .modinfo has no vermagic");
	module->name = name ? strdup(name) : klpcc_module_name_of(path);
	module->release = strndup(module->vermagic, strcspn(module->vermagic, " "));
	if (!module->name || !module->release)
		return klpcc_error_nomem();
	module->livepatch = livepatch != NULL;
	/* include/linux/vermagic.h: CONFIG_MODULE_UNLOAD shows there. */
	*unload = strstr(module->vermagic, " mod_unload ") != NULL;
	return NULL;
}

/* ---- symbols ----------------------------------------------------------------------- */

/* What the loop over the symbols needs to know beside them. */
struct context {
	enum klpcc_fate *fates; /* by section */
	bool *capitals; /* by symbol: exported, so that kallsyms shows a capital */
	const struct klpcc_functions *functions;
	const char *source; /* the STT_FILE that the local symbols come from, or NULL */
};

static bool has_prefix(const char *name, const char *prefix)
{
	return !strncmp(name, prefix, strlen(prefix));
}

enum klpcc_fate klpcc_section_fate(const struct klpcc_elf_section *section, bool unload)
{
	const char *name = section->name;

	if (!(section->header.sh_flags & SHF_ALLOC))
		return KLPCC_FATE_NOT_LOADED;
	/* Read while the module is loaded, and not kept, though they are SHF_ALLOC. */
	if (!strcmp(name, ".modinfo") || !strcmp(name, "__versions") ||
	    !strcmp(name, "__version_ext_names") || !strcmp(name, "__version_ext_crcs"))
		return KLPCC_FATE_NOT_LOADED;
	if (!strcmp(name, ".data..percpu"))
		return KLPCC_FATE_PERCPU;
	if (has_prefix(name, ".init") || (!unload && has_prefix(name, ".exit")))
		return KLPCC_FATE_INIT;
	return KLPCC_FATE_CORE;
}

/* elf_type() of the kernel; no architecture that has livepatch knows small data. */
static char letter_of(const struct klpcc_elf_symbol *symbol, enum klpcc_fate fate,
		      const GElf_Shdr *header)
{
	if (symbol->binding == STB_WEAK)
		return symbol->type == STT_OBJECT ? 'v' : 'w';
	if (fate == KLPCC_FATE_PERCPU)
		return 'a';
	if (header->sh_flags & SHF_EXECINSTR)
		return 't';
	if (header->sh_type == SHT_NOBITS)
		return 'b';
	return header->sh_flags & SHF_WRITE ? 'd' : 'r';
}

static void add_symbol(struct klpcc_module *module, const struct klpcc_elf_symbol *symbol,
		       const struct context *context, bool capital)
{
	const GElf_Shdr *header =
		&klpcc_elf_section(module->elf, symbol->section)->header;
	enum klpcc_fate fate = context->fates[symbol->section];
	char letter = letter_of(symbol, fate, header);

	module->symbols[module->symbol_count++] = (struct klpcc_target_symbol){
		.name = symbol->name,
		.source = symbol->binding == STB_LOCAL ? context->source : NULL,
		.kallsyms_type = capital ? (char)toupper((unsigned char)letter) : letter,
		.type = symbol->type,
		.binding = symbol->binding,
		.init = fate == KLPCC_FATE_INIT,
		.counted = fate != KLPCC_FATE_INIT,
		.sealed = klpcc_is_sealed(context->functions, symbol->section,
					  symbol->value),
		.patchable = klpcc_is_patchable(context->functions, symbol->section,
						symbol->value),
	};
}

static void add_symbols(struct klpcc_module *module,
			const struct klpcc_elf_symbol *symbols, size_t count,
			struct context *context)
{
	for (size_t i = 0; i < module->export_count; i++)
		if (module->exports[i].capital)
			context->capitals[module->exports[i].symbol] = true;
	for (size_t i = 1; i < count; i++) {
		const struct klpcc_elf_symbol *symbol = &symbols[i];

		if (symbol->type == STT_FILE)
			context->source = *symbol->name ? symbol->name : NULL;
		/* Section 0, and so an undefined symbol, is never loaded. */
		if (*symbol->name && !symbol->reserved &&
		    context->fates[symbol->section] != KLPCC_FATE_NOT_LOADED)
			add_symbol(module, symbol, context, context->capitals[i]);
	}
}

static struct klpcc_error *read_symbols(struct klpcc_module *module, bool unload,
					const struct klpcc_functions *functions)
{
	size_t count, sections = klpcc_elf_sections(module->elf);
	struct context context = { .functions = functions };
	const struct klpcc_elf_symbol *symbols;
	struct klpcc_error *err;

	err = klpcc_elf_symbols(module->elf, &symbols, &count);
	if (err)
		return err;
	if (!count)
		return klpcc_elf_error(module->elf, NULL, "has no symbol table");
	context.fates = calloc(sections, sizeof(*context.fates));
	context.capitals = calloc(count, sizeof(*context.capitals));
	module->symbols = calloc(count, sizeof(*module->symbols));
	if (!context.fates || !context.capitals || !module->symbols) {
		err = klpcc_error_nomem();
	} else {
		for (size_t i = 1; i < sections; i++)
			context.fates[i] = klpcc_section_fate(
				klpcc_elf_section(module->elf, i), unload);
		add_symbols(module, symbols, count, &context);
	}
	free(context.fates);
	free(context.capitals);
	return err;
}

/* ---- the module -------------------------------------------------------------------- */

static struct klpcc_error *read_names(struct klpcc_module *module, bool unload)
{
	struct klpcc_functions functions;
	struct klpcc_error *err;

	err = klpcc_read_module_functions(module->elf, &functions);
	if (err)
		return err;
	err = read_symbols(module, unload, &functions);
	module->places_known = functions.entries.known;
	klpcc_functions_deinit(&functions);
	return err;
}

static struct klpcc_error *read_module(const char *path, struct klpcc_module *module)
{
	struct klpcc_error *err;
	bool unload = false;

	err = klpcc_file_read_unpacked(path, &module->bytes);
	if (!err)
		err = klpcc_elf_open_memory(path, module->bytes.data, module->bytes.size,
					    &module->elf);
	if (err)
		return err;
	if (klpcc_elf_header(module->elf)->e_type != ET_REL ||
	    !klpcc_elf_find_section(module->elf, ".gnu.linkonce.this_module"))
		return klpcc_elf_error(module->elf, NULL, "not a kernel module");
	err = read_modinfo(path, module, &unload);
	if (!err)
		err = klpcc_module_read_exports(module);
	if (!err)
		err = read_names(module, unload);
	if (!err)
		err = klpcc_elf_build_id(module->elf, &module->build_id,
					 &module->build_id_size);
	/* With a base of its own (6.11, out-of-tree modules) only the kernel can join it. */
	if (!klpcc_elf_find_section(module->elf, ".BTF.base"))
		module->btf = klpcc_elf_find_section(module->elf, ".BTF");
	return err;
}

struct klpcc_error *klpcc_module_init(const char *path, struct klpcc_module *ret)
{
	struct klpcc_module module = { 0 };
	struct klpcc_error *err;

	err = read_module(path, &module);
	if (err) {
		klpcc_module_deinit(&module);
		return err;
	}
	*ret = module;
	return NULL;
}

void klpcc_module_deinit(struct klpcc_module *module)
{
	klpcc_elf_close(module->elf);
	klpcc_buffer_deinit(&module->bytes);
	free(module->name);
	free(module->release);
	free(module->symbols);
	free(module->exports);
	*module = (struct klpcc_module){ 0 };
}

static struct klpcc_error *add_btf(const struct klpcc_module *module, uint32_t object,
				   struct klpcc_target *target)
{
	const unsigned char *data;
	struct klpcc_error *err;
	size_t size;

	err = klpcc_elf_section_bytes(module->elf, module->btf, &data, &size);
	if (err || !size)
		return err;
	return klpcc_error_prefix(klpcc_target_add_module_btf(target, object, data, size),
				  "section %s", module->btf->name);
}

struct klpcc_error *klpcc_module_add(const struct klpcc_module *module,
				     struct klpcc_target *target)
{
	struct klpcc_error *err;
	uint32_t object;

	err = klpcc_target_set_release(target, module->release);
	if (!err)
		err = klpcc_target_set_machine(target,
					       klpcc_elf_header(module->elf)->e_machine);
	if (!err && !klpcc_target_vermagic(target))
		err = klpcc_target_set_vermagic(target, module->vermagic);
	if (!err)
		err = klpcc_target_object(target, module->name, &object);
	if (err)
		return err;
	if (klpcc_target_symbols(target, object))
		return klpcc_error_new(EEXIST, "module %s was already read",
				       module->name);
	klpcc_target_set_seals_known(target, object);
	if (module->places_known)
		klpcc_target_set_places_known(target, object);
	err = klpcc_target_set_build_id(target, object, module->build_id,
					module->build_id_size);
	for (size_t i = 0; !err && i < module->symbol_count; i++)
		err = klpcc_target_add_symbol(target, object, &module->symbols[i]);
	for (size_t i = 0; !err && i < module->export_count; i++)
		err = klpcc_target_add_export(target, object, &module->exports[i].target);
	if (!err && module->btf)
		err = add_btf(module, object, target);
	return err;
}
