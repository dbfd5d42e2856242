// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The verifier: the checksums of exports that a module was built with, for CONFIG_MODVERSIONS.
 *
 * check_version() in the kernel's kernel/module/version.c goes through the module's table
 * for each symbol; here it is sorted once.
 */
#include <stdlib.h>
#include <string.h>

#include "../lib/number.h"
#include "verify-private.h"

/* struct modversion_info of include/linux/module.h: unsigned long crc, char name[56] */
#define ENTRY_SIZE 64
#define ENTRY_NAME 8

bool klpcc_verify_has_modversions(const struct klpcc_verify *verify)
{
	/* MODULE_VERMAGIC_MODVERSIONS of include/linux/vermagic.h */
	const char *magic = klpcc_index_vermagic(verify->index);

	return magic && strstr(magic, " modversions ");
}

static int compare_names(const char *a, size_t a_length, const char *b, size_t b_length)
{
	int order = memcmp(a, b, a_length < b_length ? a_length : b_length);

	return order ? order : (a_length > b_length) - (a_length < b_length);
}

static int compare_versions(const void *left, const void *right)
{
	const struct klpcc_verify_version *a = left, *b = right;
	int order = compare_names(a->name, a->length, b->name, b->length);

	return order ? order : (a->entry > b->entry) - (a->entry < b->entry);
}

static struct klpcc_error *make_list(struct klpcc_verify_versions *versions, size_t count)
{
	versions->present = true;
	versions->list = calloc(count + 1, sizeof(*versions->list));
	return versions->list ? NULL : klpcc_error_nomem();
}

/* elf_validity_cache_index_versions() */
static struct klpcc_error *refuse(struct klpcc_verify *verify,
				  const struct klpcc_elf_section *section,
				  const char *problem, struct klpcc_verify_versions *ret)
{
	const struct klpcc_verify_place place = { .section = section };

	free(ret->list);
	*ret = (struct klpcc_verify_versions){ .present = false };
	return klpcc_verify_fail(verify, KLPCC_STAGE_LOAD, KLPCC_CHECK_IMPORT, &place,
				 "%s", problem);
}

static struct klpcc_error *read_basic(struct klpcc_verify *verify,
				      const struct klpcc_elf_section *section,
				      struct klpcc_verify_versions *ret)
{
	bool big = klpcc_elf_big_endian(verify->elf);
	const unsigned char *data;
	struct klpcc_error *err;
	size_t size;

	err = klpcc_elf_section_bytes(verify->elf, section, &data, &size);
	if (!err)
		err = make_list(ret, size / ENTRY_SIZE);
	for (size_t i = 0; !err && i < size / ENTRY_SIZE; i++) {
		const unsigned char *entry = data + i * ENTRY_SIZE;
		const char *name = (const char *)entry + ENTRY_NAME;

		ret->list[ret->count++] = (struct klpcc_verify_version){
			.name = name,
			.length = strnlen(name, ENTRY_SIZE - ENTRY_NAME),
			.crc = (uint32_t)klpcc_number(entry, ENTRY_NAME, big),
			.entry = i,
		};
	}
	return err;
}

/* 6.14: names of any length, one after the other, and their checksums. */
static struct klpcc_error *read_extended(struct klpcc_verify *verify,
					 const struct klpcc_elf_section *crcs,
					 const struct klpcc_elf_section *names,
					 struct klpcc_verify_versions *ret)
{
	bool big = klpcc_elf_big_endian(verify->elf);
	const unsigned char *crc, *text;
	size_t size, left, length;
	struct klpcc_error *err;

	err = klpcc_elf_section_bytes(verify->elf, crcs, &crc, &size);
	if (!err)
		err = klpcc_elf_section_bytes(verify->elf, names, &text, &left);
	if (!err)
		err = make_list(ret, size / sizeof(uint32_t));
	ret->extended = true;
	for (size_t i = 0; !err && i < size / sizeof(uint32_t); i++) {
		length = strnlen((const char *)text, left);
		if (length == left)
			return refuse(verify, names,
				      "there are more checksums than names", ret);
		ret->list[ret->count++] = (struct klpcc_verify_version){
			.name = (const char *)text,
			.length = length,
			.crc = (uint32_t)klpcc_number(crc + i * sizeof(uint32_t),
						      sizeof(uint32_t), big),
			.entry = i,
		};
		text += length + 1;
		left -= length + 1;
	}
	return err;
}

struct klpcc_error *klpcc_verify_read_versions(struct klpcc_verify *verify,
					       struct klpcc_verify_versions *ret)
{
	const struct klpcc_elf_section *crcs = NULL, *names = NULL;
	const struct klpcc_elf_section *basic =
		klpcc_verify_find_section(verify, "__versions");
	struct klpcc_error *err = NULL;

	*ret = (struct klpcc_verify_versions){ .present = false };
	if (verify->kernel >= KLPCC_KERNEL(6, 14)) {
		crcs = klpcc_verify_find_section(verify, "__version_ext_crcs");
		names = klpcc_verify_find_section(verify, "__version_ext_names");
	}
	if (!crcs != !names)
		return refuse(
			verify, crcs ? crcs : names,
			"extended checksums need both '__version_ext_crcs' and '__version_ext_names'",
			ret);
	if (crcs)
		err = read_extended(verify, crcs, names, ret);
	else if (basic)
		err = read_basic(verify, basic, ret);
	if (!err && ret->count)
		qsort(ret->list, ret->count, sizeof(*ret->list), compare_versions);
	return err;
}

const struct klpcc_verify_version *
klpcc_verify_find_version(const struct klpcc_verify_versions *versions, const char *name)
{
	size_t length = strlen(name), first = 0, end = versions->count;

	while (first < end) {
		size_t middle = first + (end - first) / 2;
		const struct klpcc_verify_version *version = &versions->list[middle];

		if (compare_names(version->name, version->length, name, length) < 0)
			first = middle + 1;
		else
			end = middle;
	}
	if (first == versions->count ||
	    compare_names(versions->list[first].name, versions->list[first].length, name,
			  length))
		return NULL;
	return &versions->list[first];
}
