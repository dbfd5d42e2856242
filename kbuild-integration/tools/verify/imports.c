// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The verifier: symbols of the module as simplify_symbols() of the kernel's
 * kernel/module/main.c sees them, the undefined ones against the kernel's exports.
 *
 * What a module exports itself is in exports.c. Symbols that the livepatch core finds are not
 * looked at here.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <klp-elf.h>

#include "../lib/array.h"
#include "verify-private.h"

#define MODULE_NAMESPACE "module:"

/* A namespace of exports, by its place in the index, and whether the module imports it. */
struct namespace
{
	const char *name;
	bool imported;
};

struct imports {
	struct klpcc_verify *verify;
	struct klpcc_verify_versions versions;
	bool *needed; /* by object: named already; NULL until the first */
	bool said_no_versions, said_no_checksums;
	struct namespace *namespaces; /* that were asked for */
	size_t namespace_count, namespace_capacity;
	bool depends_read;
	char *unknown_module; /* see read_depends() */
};

/* symbol: its number, or 0 for the module as a whole. */
static struct klpcc_error *report(struct imports *imports, enum klpcc_finding_kind kind,
				  enum klpcc_verify_stage stage, size_t symbol,
				  const char *format, ...) KLPCC_PRINTF(5, 6);
static struct klpcc_error *report(struct imports *imports, enum klpcc_finding_kind kind,
				  enum klpcc_verify_stage stage, size_t symbol,
				  const char *format, ...)
{
	struct klpcc_verify *verify = imports->verify;
	struct klpcc_verify_place place = {
		.section = klpcc_elf_symtab(verify->elf),
		.has_entry = true,
		.entry = symbol,
		.symbol = klpcc_span_of(verify->symbols[symbol].name),
	};
	struct klpcc_error *err = NULL;
	va_list args;

	if (symbol)
		err = klpcc_verify_find_use(verify, symbol, &place);
	if (err)
		return err;
	va_start(args, format);
	err = klpcc_verify_add_args(verify, kind, stage, KLPCC_CHECK_IMPORT,
				    symbol ? &place : NULL, format, args);
	va_end(args);
	return err;
}

/* ---- checksums ------------------------------------------------------------------------- */

/* check_version() of kernel/module/version.c. symbol: 0 for module_layout. */
static struct klpcc_error *check_version(struct imports *imports, size_t symbol,
					 const struct klpcc_index_export *export)
{
	const struct klpcc_verify_version *version;

	if (!klpcc_verify_has_modversions(imports->verify))
		return NULL;
	if (!export->has_crc) {
		if (imports->said_no_checksums)
			return NULL;
		imports->said_no_checksums = true;
		return report(
			imports, KLPCC_FINDING_UNSURE, KLPCC_STAGE_LOAD, symbol,
			"the kernel compares checksums of exports, but the index does not have them");
	}
	if (!imports->versions.present) {
		if (imports->said_no_versions)
			return NULL;
		imports->said_no_versions = true;
		return report(
			imports, KLPCC_FINDING_UNSURE, KLPCC_STAGE_LOAD, symbol,
			"the module has no checksums of exports ('__versions'), and only a kernel with CONFIG_MODULE_FORCE_LOAD loads such a module");
	}
	version = klpcc_verify_find_version(&imports->versions, export->name);
	if (!version && imports->versions.extended)
		return report(
			imports, KLPCC_FINDING_NOTE, KLPCC_STAGE_LOAD, symbol,
			"the module has no checksum for the export '%s', so the kernel warns",
			export->name);
	/* Upstream only warns; Debian's kernels refuse the module. */
	if (!version)
		return report(
			imports, KLPCC_FINDING_UNSURE, KLPCC_STAGE_LOAD, symbol,
			"the module has no checksum for the export '%s': some kernels refuse that, others warn",
			export->name);
	if (version->crc == export->crc)
		return NULL;
	return report(
		imports, KLPCC_FINDING_FAILS, KLPCC_STAGE_LOAD, symbol,
		"the checksum of the export '%s' is 0x%08x in the module, but 0x%08x in the kernel: build the module for this kernel",
		export->name, version->crc, export->crc);
}

/* check_modstruct_version() */
static struct klpcc_error *check_module_layout(struct imports *imports)
{
	static const char layout[] = "module_layout";
	const struct klpcc_index *index = imports->verify->index;
	struct klpcc_index_export export;
	struct klpcc_index_name name;
	struct klpcc_error *err;
	bool found;

	err = klpcc_index_find_name(index, layout, strlen(layout), &found, &name);
	if (err || !found || !name.exports)
		return err;
	err = klpcc_index_name_export(index, &name, 0, &export);
	return err ? err : check_version(imports, 0, &export);
}

/* ---- namespaces ------------------------------------------------------------------------ */

/* mod_strncmp(): '-' and '_' are one. */
static bool is_same_name(const char *a, const char *b, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		char x = a[i] == '-' ? '_' : a[i], y = b[i] == '-' ? '_' : b[i];

		if (x != y)
			return false;
		if (!x)
			return true;
	}
	return true;
}

/* verify_module_namespace(), 6.16: "module:kvm-intel,kvm-*" */
static bool is_for_module(const char *namespace_, const char *module)
{
	const char *next;

	if (strncmp(namespace_, MODULE_NAMESPACE, strlen(MODULE_NAMESPACE)))
		return false;
	for (namespace_ += strlen(MODULE_NAMESPACE); *namespace_; namespace_ = next) {
		size_t length = strcspn(namespace_, ",");
		bool glob = length && namespace_[length - 1] == '*';

		next = namespace_ + length + (namespace_[length] == ',');
		length -= glob;
		if (is_same_name(namespace_, module, length) &&
		    (glob || length == strlen(module)))
			return true;
	}
	return false;
}

static struct klpcc_error *read_namespace(const struct klpcc_verify *verify,
					  const char *namespace_, bool *imported)
{
	static const char tag[] = "import_ns=";
	const struct klpcc_elf_section *section =
		klpcc_elf_find_section(verify->elf, ".modinfo");
	const char *text, *end;
	const unsigned char *data;
	struct klpcc_error *err;
	size_t size;

	*imported = false;
	if (!section)
		return NULL;
	err = klpcc_elf_section_bytes(verify->elf, section, &data, &size);
	if (err)
		return err;
	for (text = (const char *)data, end = text + size; text < end;) {
		size_t length = strnlen(text, (size_t)(end - text));

		if (length == strlen(tag) + strlen(namespace_) &&
		    !memcmp(text, tag, strlen(tag)) &&
		    !memcmp(text + strlen(tag), namespace_, strlen(namespace_)))
			*imported = true;
		text += length + 1;
	}
	return NULL;
}

/* The index has a few namespaces, each once, and a module may have any number of symbols of one. */
static struct klpcc_error *find_namespace(struct imports *imports, const char *name,
					  bool *imported)
{
	struct namespace *list = imports->namespaces;
	struct klpcc_error *err;

	for (size_t i = 0; i < imports->namespace_count; i++)
		if (list[i].name == name) {
			*imported = list[i].imported;
			return NULL;
		}
	list = klpcc_array_grow(list, imports->namespace_count, 1,
				&imports->namespace_capacity, sizeof(*list));
	if (!list)
		return klpcc_error_nomem();
	imports->namespaces = list;
	err = read_namespace(imports->verify, name, imported);
	if (!err)
		list[imports->namespace_count++] = (struct namespace){ name, *imported };
	return err;
}

/* verify_namespace_is_imported() */
static struct klpcc_error *check_namespace(struct imports *imports, size_t symbol,
					   const struct klpcc_index_export *export)
{
	struct klpcc_error *err;
	bool imported = false;

	if (!export->namespace_ || !*export->namespace_ ||
	    is_for_module(export->namespace_, imports->verify->name))
		return NULL;
	err = find_namespace(imports, export->namespace_, &imported);
	if (err || imported)
		return err;
	return report(
		imports, KLPCC_FINDING_FAILS, KLPCC_STAGE_LOAD, symbol,
		"it is exported in the namespace '%s', which the module does not import: add MODULE_IMPORT_NS",
		export->namespace_);
}

/* ---- exports --------------------------------------------------------------------------- */

/* Each module of which something is needed is named once. */
static struct klpcc_error *note_needed(struct imports *imports, size_t symbol,
				       uint32_t number)
{
	const struct klpcc_index *index = imports->verify->index;
	struct klpcc_index_object object;
	struct klpcc_error *err;

	if (number == KLPCC_INDEX_VMLINUX)
		return NULL;
	if (!imports->needed)
		imports->needed =
			calloc(klpcc_index_objects(index), sizeof(*imports->needed));
	if (!imports->needed)
		return klpcc_error_nomem();
	if (imports->needed[number])
		return NULL;
	imports->needed[number] = true;
	err = klpcc_index_object(index, number, &object);
	if (err)
		return err;
	return report(imports, KLPCC_FINDING_NOTE, KLPCC_STAGE_LOAD, symbol,
		      "needs module %s to be loaded first", object.name);
}

/*
 * The first of the modules that modpost found exports in (.modinfo, "depends") which the index does
 * not know: one that is out of the kernel's tree, or any where the index was made without modules.
 * It is read once.
 */
static struct klpcc_error *read_depends(struct imports *imports)
{
	const struct klpcc_verify *verify = imports->verify;
	const char *depends;
	struct klpcc_error *err;
	bool found = true;
	uint32_t object;

	if (imports->depends_read)
		return NULL;
	imports->depends_read = true;
	err = klpcc_elf_modinfo(verify->elf, "depends", &depends);
	for (size_t length; !err && depends && *depends;
	     depends += length + (depends[length] == ',')) {
		length = strcspn(depends, ",");
		err = klpcc_index_find_object(verify->index, depends, length, &found,
					      &object);
		if (err || found)
			continue;
		imports->unknown_module = strndup(depends, length);
		return imports->unknown_module ? NULL : klpcc_error_nomem();
	}
	return err;
}

/* A name that the kernel does not export to this module. */
static struct klpcc_error *refuse_absent(struct imports *imports, size_t number,
					 const struct klpcc_index_name *name)
{
	const struct klpcc_index *index = imports->verify->index;
	struct klpcc_index_symbol symbol;
	struct klpcc_index_object object;
	struct klpcc_error *err;

	if (name && name->exports)
		return report(
			imports, KLPCC_FINDING_FAILS, KLPCC_STAGE_LOAD, number,
			"it is exported to GPL modules only, and the module's license is not compatible with the GPL");
	if (!strcmp(imports->verify->symbols[number].name, "__this_module"))
		return report(
			imports, KLPCC_FINDING_FAILS, KLPCC_STAGE_LOAD, number,
			"modpost defines it, in the .mod.c of each module: build the module with kbuild");
	if ((!name || !name->symbols) && klpcc_index_objects(index) == 1)
		return report(
			imports, KLPCC_FINDING_UNSURE, KLPCC_STAGE_LOAD, number,
			"vmlinux does not export it, and the index has no modules, of which one may: make the index with the kernel's modules");
	if (!name || !name->symbols)
		return report(imports, KLPCC_FINDING_FAILS, KLPCC_STAGE_LOAD, number,
			      "the kernel has no symbol of that name");
	err = klpcc_index_name_symbol(index, name, 0, &symbol);
	if (!err)
		err = klpcc_index_object(index, symbol.object, &object);
	if (err)
		return err;
	return report(
		imports, KLPCC_FINDING_FAILS, KLPCC_STAGE_LOAD, number,
		"%s has it, but does not export it: only a klp relocation can reach it, so compile the reference with the plugin",
		object.name);
}

/*
 * Weak symbols, which become NULL, and one that linkers leave: x86 ignores it
 * (ignore_undef_symbol()), s390 makes it absolute (module_frob_arch_sections()).
 */
static bool may_be_missing(const struct klpcc_elf_symbol *symbol)
{
	return symbol->binding == STB_WEAK ||
	       !strcmp(symbol->name, "_GLOBAL_OFFSET_TABLE_");
}

static struct klpcc_error *check_missing(struct imports *imports, size_t number,
					 const struct klpcc_index_name *name)
{
	const struct klpcc_elf_symbol *symbol = &imports->verify->symbols[number];
	struct klpcc_error *err;
	struct klpcc_ref ref;

	/* A mark is weak, so that the kernel loads the module, and calls NULL. */
	if (!klpcc_mark_parse(symbol->name, strlen(symbol->name), &ref))
		return report(
			imports, KLPCC_FINDING_FAILS,
			symbol->binding == STB_WEAK ? KLPCC_STAGE_RUN : KLPCC_STAGE_LOAD,
			number,
			"it is a mark of the plugin, which would be NULL: finish the module with `klpcc link`");
	if (may_be_missing(symbol))
		return NULL;
	err = read_depends(imports);
	if (err)
		return err;
	if (imports->unknown_module && !(name && name->exports))
		return report(
			imports, KLPCC_FINDING_UNSURE, KLPCC_STAGE_LOAD, number,
			"the kernel does not export it, and module %s, which may, is not in the index",
			imports->unknown_module);
	return refuse_absent(imports, number, name);
}

/* resolve_symbol(): the first export that the module may use decides, that of vmlinux first. */
static struct klpcc_error *check_import(struct imports *imports, size_t number)
{
	struct klpcc_verify *verify = imports->verify;
	const char *text = verify->symbols[number].name;
	struct klpcc_index_export export;
	struct klpcc_index_name name;
	struct klpcc_error *err;
	bool found;

	err = klpcc_index_find_name(verify->index, text, strlen(text), &found, &name);
	if (err)
		return err;
	for (uint32_t i = 0; found && i < name.exports; i++) {
		err = klpcc_index_name_export(verify->index, &name, i, &export);
		if (err)
			return err;
		if (export.gpl && !verify->gpl)
			continue;
		err = check_version(imports, number, &export);
		if (!err)
			err = check_namespace(imports, number, &export);
		return err ? err : note_needed(imports, number, export.object);
	}
	return check_missing(imports, number, found ? &name : NULL);
}

static struct klpcc_error *check_symbol(struct imports *imports, size_t number)
{
	const struct klpcc_elf_symbol *symbol = &imports->verify->symbols[number];

	if (!symbol->reserved)
		return symbol->section == SHN_UNDEF ? check_import(imports, number)
						    : NULL;
	switch (symbol->section) {
	case SHN_ABS:
	case KLPCC_SHN_LIVEPATCH:
		return NULL;
	case SHN_COMMON:
		if (!strncmp(symbol->name, "__gnu_lto", strlen("__gnu_lto")))
			return NULL;
		return report(imports, KLPCC_FINDING_FAILS, KLPCC_STAGE_LOAD, number,
			      "it is a common symbol: compile with -fno-common");
	default:
		return report(imports, KLPCC_FINDING_FAILS, KLPCC_STAGE_LOAD, number,
			      "its section index is 0x%x, which names no section",
			      symbol->section);
	}
}

struct klpcc_error *klpcc_verify_imports(struct klpcc_verify *verify)
{
	struct imports imports = { .verify = verify };
	struct klpcc_error *err;

	err = klpcc_verify_read_versions(verify, &imports.versions);
	if (!err)
		err = check_module_layout(&imports);
	for (size_t i = 1; !err && i < verify->symbol_count; i++)
		err = check_symbol(&imports, i);
	if (!err)
		err = klpcc_verify_exports(verify);
	free(imports.needed);
	free(imports.namespaces);
	free(imports.unknown_module);
	free(imports.versions.list);
	return err;
}
