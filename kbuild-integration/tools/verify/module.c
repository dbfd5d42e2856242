// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The verifier: what the module loader checks of a module before it looks at symbols.
 *
 * setup_load_info(), check_modinfo() and module_enforce_rwx_sections() of the kernel's
 * kernel/module/main.c and strict_rwx.c; kernel/module.c before 5.19.
 */
#include <stdio.h>
#include <string.h>

#include "../index/btf.h"
#include "verify-private.h"

#define THIS_MODULE ".gnu.linkonce.this_module"

/* find_sec() */
const struct klpcc_elf_section *
klpcc_verify_find_section(const struct klpcc_verify *verify, const char *name)
{
	for (size_t i = 1; i < klpcc_elf_sections(verify->elf); i++) {
		const struct klpcc_elf_section *section =
			klpcc_elf_section(verify->elf, i);

		if (section->header.sh_flags & SHF_ALLOC && !strcmp(section->name, name))
			return section;
	}
	return NULL;
}

/* ---- the kernel ------------------------------------------------------------------------ */

static struct klpcc_error *check_kernel(struct klpcc_verify *verify)
{
	const char *release = klpcc_index_release(verify->index);

	if (!verify->kernel)
		return klpcc_verify_unsure(
			verify, KLPCC_STAGE_LOAD, KLPCC_CHECK_VERMAGIC, NULL,
			"the index does not tell the kernel's version: make it with --release");
	if (verify->kernel < KLPCC_KERNEL(5, 10))
		return klpcc_verify_unsure(
			verify, KLPCC_STAGE_LOAD, KLPCC_CHECK_VERMAGIC, NULL,
			"the kernel is %s, but klpcc knows the rules since 5.10",
			release);
	return NULL;
}

/* ---- sections -------------------------------------------------------------------------- */

static size_t count_sections(const struct klpcc_verify *verify, const char *name)
{
	size_t count = 0;

	for (size_t i = 1; i < klpcc_elf_sections(verify->elf); i++)
		count += !strcmp(klpcc_elf_section(verify->elf, i)->name, name);
	return count;
}

/* The size of the kernel's struct module; *known is false when the index has no types. */
static struct klpcc_error *module_size(const struct klpcc_verify *verify, bool *known,
				       uint64_t *size)
{
	struct klpcc_btf_type type;
	struct klpcc_btf *btf;
	struct klpcc_error *err;
	uint32_t id = 0;

	*known = false;
	err = klpcc_btf_open(verify->index, KLPCC_INDEX_VMLINUX, NULL, &btf);
	if (err || !btf)
		return err;
	while (!(err = klpcc_btf_find(btf, "module", &id)) && id) {
		err = klpcc_btf_type(btf, id, &type);
		if (err)
			break;
		if (type.kind != KLPCC_BTF_STRUCT)
			continue;
		*known = true;
		*size = type.size;
		break;
	}
	klpcc_btf_close(btf);
	return err;
}

static struct klpcc_error *check_module_size(struct klpcc_verify *verify,
					     const struct klpcc_elf_section *section)
{
	const struct klpcc_verify_place place = { .section = section };
	struct klpcc_error *err;
	uint64_t size = 0;
	bool known;

	err = module_size(verify, &known, &size);
	if (err || (known && section->header.sh_size == size))
		return err;
	if (known)
		return klpcc_verify_fail(
			verify,
			verify->kernel >= KLPCC_KERNEL(6, 4) ? KLPCC_STAGE_LOAD
							     : KLPCC_STAGE_RUN,
			KLPCC_CHECK_FILE, &place,
			"%llu bytes, but struct module of the kernel has %llu: build the module for this kernel",
			(unsigned long long)section->header.sh_size,
			(unsigned long long)size);
	if (verify->kernel < KLPCC_KERNEL(6, 4))
		return NULL;
	/* A kernel of the same vermagic is built alike, as far as its makers keep to that. */
	return klpcc_verify_note(
		verify, KLPCC_STAGE_LOAD, KLPCC_CHECK_FILE, &place,
		"its size cannot be compared with the kernel's struct module, because the index has no types");
}

/* elf_validity_check() since 6.4; before, the loader took the first section. */
static struct klpcc_error *check_this_module(struct klpcc_verify *verify)
{
	bool strict = verify->kernel >= KLPCC_KERNEL(6, 4);
	const struct klpcc_elf_section *section =
		strict ? klpcc_elf_find_section(verify->elf, THIS_MODULE)
		       : klpcc_verify_find_section(verify, THIS_MODULE);
	const struct klpcc_verify_place place = { .section = section };

	if (!section)
		return klpcc_verify_fail(
			verify, KLPCC_STAGE_LOAD, KLPCC_CHECK_FILE, NULL,
			"it has no section '" THIS_MODULE
			"', so it is not a finished kernel module: build it with kbuild");
	if (strict && count_sections(verify, THIS_MODULE) > 1)
		return klpcc_verify_fail(verify, KLPCC_STAGE_LOAD, KLPCC_CHECK_FILE,
					 &place, "there is more than one of that name");
	if (strict && (section->header.sh_type == SHT_NOBITS ||
		       !(section->header.sh_flags & SHF_ALLOC)))
		return klpcc_verify_fail(verify, KLPCC_STAGE_LOAD, KLPCC_CHECK_FILE,
					 &place, "it has no contents, or is not loaded");
	return check_module_size(verify, section);
}

static struct klpcc_error *check_flags(struct klpcc_verify *verify)
{
	const uint64_t both = SHF_WRITE | SHF_EXECINSTR;

	for (size_t i = 1; i < klpcc_elf_sections(verify->elf); i++) {
		const struct klpcc_elf_section *section =
			klpcc_elf_section(verify->elf, i);
		const struct klpcc_verify_place place = { .section = section };
		struct klpcc_error *err;

		if ((section->header.sh_flags & both) != both)
			continue;
		err = klpcc_verify_fail(
			verify, KLPCC_STAGE_LOAD, KLPCC_CHECK_FILE, &place,
			"it is both writable and executable, which the kernel refuses");
		if (err)
			return err;
	}
	return NULL;
}

/* ---- .modinfo -------------------------------------------------------------------------- */

/* same_magic(): the release counts only where no checksums do. Extended ones are none here. */
static bool same_magic(const char *module, const char *kernel, bool has_versions)
{
	if (has_versions) {
		module += strcspn(module, " ");
		kernel += strcspn(kernel, " ");
	}
	return !strcmp(module, kernel);
}

static struct klpcc_error *check_vermagic(struct klpcc_verify *verify)
{
	const char *kernel = klpcc_index_vermagic(verify->index), *module;
	struct klpcc_error *err;

	err = klpcc_elf_modinfo(verify->elf, "vermagic", &module);
	if (err)
		return err;
	if (!module)
		return klpcc_verify_unsure(
			verify, KLPCC_STAGE_LOAD, KLPCC_CHECK_VERMAGIC, NULL,
			"it has no vermagic, and only a kernel with CONFIG_MODULE_FORCE_LOAD loads such a module");
	if (!kernel)
		return klpcc_verify_unsure(
			verify, KLPCC_STAGE_LOAD, KLPCC_CHECK_VERMAGIC, NULL,
			"its vermagic is '%s', and the index does not tell the kernel's: make the index with the kernel's modules",
			module);
	if (same_magic(module, kernel,
		       klpcc_verify_has_modversions(verify) &&
			       klpcc_verify_find_section(verify, "__versions")))
		return NULL;
	return klpcc_verify_fail(
		verify, KLPCC_STAGE_LOAD, KLPCC_CHECK_VERMAGIC, NULL,
		"its vermagic is '%s', but that of the kernel is '%s': build the module for this kernel",
		module, kernel);
}

static struct klpcc_error *check_livepatch(struct klpcc_verify *verify)
{
	struct klpcc_index_name name;
	struct klpcc_error *err;
	const char *value;
	bool found;

	err = klpcc_elf_modinfo(verify->elf, "livepatch", &value);
	if (err)
		return err;
	verify->livepatch = value != NULL;
	if (!verify->livepatch)
		return NULL;
	err = klpcc_index_find_name(verify->index, "klp_enable_patch",
				    strlen("klp_enable_patch"), &found, &name);
	if (err || found)
		return err;
	return klpcc_verify_fail(
		verify, KLPCC_STAGE_LOAD, KLPCC_CHECK_MODINFO, NULL,
		"it is a livepatch, but the kernel is built without them: CONFIG_LIVEPATCH");
}

/* license_is_gpl_compatible() of include/linux/license.h */
static bool is_gpl(const char *license)
{
	static const char *const gpl[] = {
		"GPL",          "GPL v2",       "GPL and additional rights",
		"Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL",
	};

	for (size_t i = 0; license && i < sizeof(gpl) / sizeof(gpl[0]); i++)
		if (!strcmp(license, gpl[i]))
			return true;
	return false;
}

/* Reads what other checks need, and names the taints: check_modinfo(), set_license(). */
static struct klpcc_error *check_modinfo(struct klpcc_verify *verify)
{
	const char *name, *license, *intree, *staging, *test, *retpoline;
	struct klpcc_error *err;

	err = klpcc_elf_modinfo(verify->elf, "name", &name);
	if (!err)
		err = klpcc_elf_modinfo(verify->elf, "license", &license);
	if (!err)
		err = klpcc_elf_modinfo(verify->elf, "intree", &intree);
	if (!err)
		err = klpcc_elf_modinfo(verify->elf, "staging", &staging);
	if (!err)
		err = klpcc_elf_modinfo(verify->elf, "test", &test);
	if (!err)
		err = klpcc_elf_modinfo(verify->elf, "retpoline", &retpoline);
	if (err)
		return err;
	verify->name = name ? name : "";
	verify->gpl = is_gpl(license);
	if (verify->kernel >= KLPCC_KERNEL(6, 4) &&
	    count_sections(verify, ".modinfo") > 1)
		err = klpcc_verify_fail(verify, KLPCC_STAGE_LOAD, KLPCC_CHECK_MODINFO,
					NULL, "it has more than one section '.modinfo'");
	if (!err && (verify->livepatch || !intree || !verify->gpl || staging || test))
		err = klpcc_verify_note(verify, KLPCC_STAGE_LOAD, KLPCC_CHECK_MODINFO,
					NULL, "it taints the kernel:%s%s%s%s%s",
					verify->livepatch ? " livepatch (K)" : "",
					intree ? "" : " out of tree (O)",
					verify->gpl ? "" : " proprietary (P)",
					staging ? " staging (C)" : "",
					test ? " test (N)" : "");
	if (!err && !retpoline && verify->arch->machine == EM_X86_64)
		err = klpcc_verify_note(verify, KLPCC_STAGE_LOAD, KLPCC_CHECK_MODINFO,
					NULL, "it was not compiled with retpolines");
	return err;
}

static struct klpcc_error *check_signature(struct klpcc_verify *verify)
{
	return klpcc_verify_note(
		verify, KLPCC_STAGE_LOAD, KLPCC_CHECK_SIGNATURE, NULL,
		klpcc_elf_is_signed(verify->elf)
			? "it is signed; whether the kernel has the key is not checked"
			: "it is not signed, which a kernel that demands signatures refuses");
}

struct klpcc_error *klpcc_verify_module(struct klpcc_verify *verify)
{
	static const struct {
		struct klpcc_error *(*run)(struct klpcc_verify *);
		enum klpcc_verify_check check;
	} checks[] = {
		{ check_kernel, KLPCC_CHECK_VERMAGIC },
		{ check_signature, KLPCC_CHECK_SIGNATURE },
		{ check_this_module, KLPCC_CHECK_FILE },
		{ check_vermagic, KLPCC_CHECK_VERMAGIC },
		{ check_livepatch, KLPCC_CHECK_MODINFO },
		{ check_modinfo, KLPCC_CHECK_MODINFO },
		{ check_flags, KLPCC_CHECK_FILE },
	};
	struct klpcc_error *err = NULL;

	verify->name = "";
	for (size_t i = 0; !err && i < sizeof(checks) / sizeof(checks[0]); i++)
		err = klpcc_verify_unread(verify, checks[i].check, checks[i].run(verify));
	return err;
}
