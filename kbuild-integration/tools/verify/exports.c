// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The verifier: what the module exports itself. verify_exported_symbols() and
 * check_module_license_and_versions() of the kernel's kernel/module/main.c.
 */
#include <stdlib.h>
#include <string.h>

#include "../kernel/module.h"
#include "verify-private.h"

static struct klpcc_error *report(struct klpcc_verify *verify,
				  const struct klpcc_module_export *export,
				  const struct klpcc_index_object *owner, bool vmlinux)
{
	const struct klpcc_verify_place place = { .symbol = klpcc_span_of(
							  export->target.name) };

	if (vmlinux)
		return klpcc_verify_fail(
			verify, KLPCC_STAGE_LOAD, KLPCC_CHECK_IMPORT, &place,
			"the module exports it, but vmlinux exports that name already");
	return klpcc_verify_note(
		verify, KLPCC_STAGE_LOAD, KLPCC_CHECK_IMPORT, &place,
		"the module exports it, so it is refused while module %s is loaded, which exports that name, too",
		owner->name);
}

static struct klpcc_error *check_export(struct klpcc_verify *verify,
					const struct klpcc_module_export *export)
{
	struct klpcc_index_export theirs;
	struct klpcc_index_object owner;
	struct klpcc_index_name name;
	struct klpcc_error *err;
	bool found;

	err = klpcc_index_find_name(verify->index, export->target.name,
				    strlen(export->target.name), &found, &name);
	if (err || !found || !name.exports)
		return err;
	err = klpcc_index_name_export(verify->index, &name, 0, &theirs);
	if (!err)
		err = klpcc_index_object(verify->index, theirs.object, &owner);
	/* It may be a module that the index knows. */
	if (err || !strcmp(owner.name, verify->name))
		return err;
	return report(verify, export, &owner, theirs.object == KLPCC_INDEX_VMLINUX);
}

static bool has_contents(const struct klpcc_verify *verify, const char *name)
{
	const struct klpcc_elf_section *section = klpcc_verify_find_section(verify, name);

	return section && section->header.sh_size;
}

static struct klpcc_error *check_checksums(struct klpcc_verify *verify)
{
	if (!klpcc_verify_has_modversions(verify) ||
	    !((has_contents(verify, "__ksymtab") && !has_contents(verify, "__kcrctab")) ||
	      (has_contents(verify, "__ksymtab_gpl") &&
	       !has_contents(verify, "__kcrctab_gpl"))))
		return NULL;
	return klpcc_verify_unsure(
		verify, KLPCC_STAGE_LOAD, KLPCC_CHECK_IMPORT, NULL,
		"it exports symbols without checksums, and only a kernel with CONFIG_MODULE_FORCE_LOAD loads such a module");
}

struct klpcc_error *klpcc_verify_exports(struct klpcc_verify *verify)
{
	struct klpcc_module module = { .elf = verify->elf };
	struct klpcc_error *err;

	err = klpcc_verify_unread(verify, KLPCC_CHECK_IMPORT,
				  klpcc_module_read_exports(&module));
	for (size_t i = 0; !err && i < module.export_count; i++)
		err = check_export(verify, &module.exports[i]);
	free(module.exports);
	return err ? err : check_checksums(verify);
}
