// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The verifier: symbols of the module as simplify_symbols() of the kernel's
 * kernel/module/main.c sees them, the undefined ones against the kernel's exports.
 *
 * What a module exports itself is in exports.c. Symbols that the livepatch core finds are not
 * looked at here.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <klp-elf.h>

#include "verify-private.h"

#define MODULE_NAMESPACE "module:"

struct imports {
	struct klpcc_verify *verify;
	struct klpcc_verify_versions versions;
	bool *needed; /* by object: named already; NULL until the first */
	bool said_no_versions, said_no_checksums;
};

/* symbol: its number, or 0 for the module as a whole. */
static struct klpcc_error *report_at(struct imports *imports,
				     enum klpcc_finding_kind kind,
				     enum klpcc_verify_stage stage, size_t symbol,
				     const char *text)
{
	struct klpcc_verify *verify = imports->verify;
	struct klpcc_verify_place place = {
		.section = klpcc_elf_symtab(verify->elf),
		.has_entry = true,
		.entry = symbol,
		.symbol = klpcc_span_of(verify->symbols[symbol].name),
	};
	struct klpcc_error *err;

	if (!symbol)
		return klpcc_verify_add(verify, kind, stage, KLPCC_CHECK_IMPORT, NULL,
					"%s", text);
	err = klpcc_verify_find_use(verify, symbol, &place);
	if (err)
		return err;
	return klpcc_verify_add(verify, kind, stage, KLPCC_CHECK_IMPORT, &place, "%s",
				text);
}

static struct klpcc_error *report(struct imports *imports, enum klpcc_finding_kind kind,
				  size_t symbol, const char *text)
{
	return report_at(imports, kind, KLPCC_STAGE_LOAD, symbol, text);
}

/* The same with a text that is made; frees it. */
static struct klpcc_error *report_text(struct imports *imports,
				       enum klpcc_finding_kind kind, size_t symbol,
				       char *text)
{
	struct klpcc_error *err =
		text ? report(imports, kind, symbol, text) : klpcc_error_nomem();

	free(text);
	return err;
}

static char *make_text(const char *format, ...) KLPCC_PRINTF(1, 2);
static char *make_text(const char *format, ...)
{
	va_list args;
	char *text;
	int length;

	va_start(args, format);
	length = vasprintf(&text, format, args);
	va_end(args);
	return length < 0 ? NULL : text;
}

/* ---- checksums ------------------------------------------------------------------------- */

/* check_version() of kernel/module/version.c. symbol: 0 for module_layout. */
static struct klpcc_error *check_version(struct imports *imports, size_t symbol,
					 const struct klpcc_index_export *export)
{
	const struct klpcc_verify_version *version;
	char *text;

	if (!klpcc_verify_has_modversions(imports->verify))
		return NULL;
	if (!export->has_crc) {
		if (imports->said_no_checksums)
			return NULL;
		imports->said_no_checksums = true;
		return report(
			imports, KLPCC_FINDING_UNSURE, symbol,
			"the kernel compares checksums of exports, but the index does not have them");
	}
	if (!imports->versions.present) {
		if (imports->said_no_versions)
			return NULL;
		imports->said_no_versions = true;
		return report(
			imports, KLPCC_FINDING_UNSURE, symbol,
			"the module has no checksums of exports ('__versions'), and only a kernel with CONFIG_MODULE_FORCE_LOAD loads such a module");
	}
	version = klpcc_verify_find_version(&imports->versions, export->name);
	/* Upstream only warns; Debian's kernels refuse the module. */
	if (!version)
		return report_text(
			imports, KLPCC_FINDING_UNSURE, symbol,
			make_text(
				"the module has no checksum for the export '%s': some kernels refuse that, others warn",
				export->name));
	if (version->crc == export->crc)
		return NULL;
	text = make_text(
		"the checksum of the export '%s' is 0x%08x in the module, but 0x%08x in the kernel: build the module for this kernel",
		export->name, version->crc, export->crc);
	return report_text(imports, KLPCC_FINDING_FAILS, symbol, text);
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

static struct klpcc_error *imports_namespace(const struct klpcc_verify *verify,
					     const char *namespace_, bool *ret)
{
	static const char tag[] = "import_ns=";
	const struct klpcc_elf_section *section =
		klpcc_elf_find_section(verify->elf, ".modinfo");
	const char *text, *end;
	const unsigned char *data;
	struct klpcc_error *err;
	size_t size;

	*ret = false;
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
			*ret = true;
		text += length + 1;
	}
	return NULL;
}

/* verify_namespace_is_imported() */
static struct klpcc_error *check_namespace(struct imports *imports, size_t symbol,
					   const struct klpcc_index_export *export)
{
	struct klpcc_error *err;
	bool imported;

	if (!export->namespace_ || !*export->namespace_ ||
	    is_for_module(export->namespace_, imports->verify->name))
		return NULL;
	err = imports_namespace(imports->verify, export->namespace_, &imported);
	if (err || imported)
		return err;
	return report_text(
		imports, KLPCC_FINDING_FAILS, symbol,
		make_text(
			"it is exported in the namespace '%s', which the module does not import: add MODULE_IMPORT_NS",
			export->namespace_));
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
	return report_text(imports, KLPCC_FINDING_NOTE, symbol,
			   make_text("needs module %s to be loaded first", object.name));
}

/*
 * The first of the modules that modpost found exports in (.modinfo, "depends") which the index does
 * not know: one that is out of the kernel's tree, or any where the index was made without modules.
 * *ret: malloc()ed, or NULL.
 */
static struct klpcc_error *find_unknown_module(const struct klpcc_verify *verify,
					       char **ret)
{
	const char *depends;
	struct klpcc_error *err;
	uint32_t object;
	bool found;

	*ret = NULL;
	err = klpcc_elf_modinfo(verify->elf, "depends", &depends);
	for (size_t length; !err && depends && *depends;
	     depends += length + (depends[length] == ',')) {
		length = strcspn(depends, ",");
		err = klpcc_index_find_object(verify->index, depends, length, &found,
					      &object);
		if (err || found)
			continue;
		*ret = strndup(depends, length);
		return *ret ? NULL : klpcc_error_nomem();
	}
	return err;
}

/* The text for a name that the kernel does not export to this module. */
static struct klpcc_error *explain_absent(const struct imports *imports,
					  const struct klpcc_index_name *name, char **ret)
{
	const struct klpcc_index *index = imports->verify->index;
	struct klpcc_index_symbol symbol;
	struct klpcc_index_object object;
	struct klpcc_error *err;

	if (name && name->exports) {
		*ret = make_text(
			"it is exported to GPL modules only, and the module's license is not compatible with the GPL");
		return NULL;
	}
	if (!name || !name->symbols) {
		*ret = make_text("the kernel has no symbol of that name");
		return NULL;
	}
	err = klpcc_index_name_symbol(index, name, 0, &symbol);
	if (!err)
		err = klpcc_index_object(index, symbol.object, &object);
	if (err)
		return err;
	*ret = make_text(
		"%s has it, but does not export it: only a klp relocation can reach it, so compile the reference with the plugin",
		object.name);
	return NULL;
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
	char *text, *module;

	/* A mark is weak, so that the kernel loads the module, and calls NULL. */
	if (!klpcc_mark_parse(symbol->name, strlen(symbol->name), &ref))
		return report_at(
			imports, KLPCC_FINDING_FAILS,
			symbol->binding == STB_WEAK ? KLPCC_STAGE_RUN : KLPCC_STAGE_LOAD,
			number,
			"it is a mark of the plugin, which would be NULL: finish the module with `klpcc link`");
	if (may_be_missing(symbol))
		return NULL;
	err = find_unknown_module(imports->verify, &module);
	if (err)
		return err;
	if (module && !(name && name->exports)) {
		text = make_text(
			"the kernel does not export it, and module %s, which may, is not in the index",
			module);
		free(module);
		return report_text(imports, KLPCC_FINDING_UNSURE, number, text);
	}
	free(module);
	err = explain_absent(imports, name, &text);
	return err ? err : report_text(imports, KLPCC_FINDING_FAILS, number, text);
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
		return report(imports, KLPCC_FINDING_FAILS, number,
			      "it is a common symbol: compile with -fno-common");
	default:
		return report_text(
			imports, KLPCC_FINDING_FAILS, number,
			make_text("its section index is 0x%x, which names no section",
				  symbol->section));
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
	free(imports.versions.list);
	return err;
}
