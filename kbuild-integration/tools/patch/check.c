// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The finished module of `klpcc patch`: what klpcc verify says of it, and what it takes from the
 * kernel. Those are exports, which the module loader finds, and other symbols, which the kernel's
 * livepatch code or the resolver finds.
 *
 * The build has refused what the kernel would refuse. It lets a module pass of which that cannot be
 * told, as of one that takes symbols from another module; here the user learns of it.
 */
#include <elf.h>
#include <errno.h>
#include <string.h>

#include <klp-elf.h>

#include "../elf/elf.h"
#include "../verify/verify.h"
#include "patch-private.h"

static struct klpcc_error *count_symbols(struct klpcc_patch *patch)
{
	const struct klpcc_elf_symbol *symbols;
	struct klpcc_elf *elf;
	size_t count;
	struct klpcc_error *err = klpcc_elf_open(patch->module, &elf);

	if (err)
		return err;
	err = klpcc_elf_symbols(elf, &symbols, &count);
	for (size_t i = 1; !err && i < count; i++) {
		const struct klpcc_elf_symbol *symbol = &symbols[i];

		if (symbol->reserved && symbol->section == KLPCC_SHN_LIVEPATCH)
			patch->unexported++;
		else if (!symbol->reserved && symbol->section == SHN_UNDEF &&
			 *symbol->name)
			patch->exported++;
	}
	klpcc_elf_close(elf);
	return err;
}

/* What the verdict rests on. */
static struct klpcc_error *judge(const struct klpcc_verify_result *result,
				 struct klpcc_patch *patch)
{
	patch->relocations = result->relocations;
	for (size_t i = 0; i < result->count; i++) {
		const struct klpcc_finding *finding = &result->findings[i];

		if (finding->kind == KLPCC_FINDING_FAILS)
			return klpcc_error_new(EINVAL, "%s: %s", patch->module,
					       finding->text);
		if (finding->kind == KLPCC_FINDING_UNSURE && !patch->doubt &&
		    !(patch->doubt = strdup(finding->text)))
			return klpcc_error_nomem();
	}
	return NULL;
}

struct klpcc_error *klpcc_patch_check(struct klpcc_patch_maker *maker)
{
	struct klpcc_patch *patch = maker->patch;
	const struct klpcc_verify_options options = {
		.path = patch->module,
		.index = maker->kernel.index,
		.index_path = maker->index,
	};
	struct klpcc_verify_result result;
	struct klpcc_error *err = klpcc_verify(&options, &result);

	if (!err) {
		err = judge(&result, patch);
		patch->resolver = result.relocations && !strcmp(result.form, "object");
		klpcc_verify_result_deinit(&result);
	}
	return err ? err : count_symbols(patch);
}
