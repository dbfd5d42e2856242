// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Whether image, module and index are of one kernel, which is decided before anything is
 * compared: the build id says it, or, where one of them has none, release and vermagic.
 */
#include "same-kernel.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static struct klpcc_error *other_kernel(const struct klpcc_match_object *object,
					const char *path, const char *what)
{
	return klpcc_error_new(
		EINVAL,
		"%s: is not the %s of the index, which is of %s: its %s differs; give the files of one kernel",
		path, object->name, klpcc_index_release(object->index), what);
}

/* *known: whether both have a build id. */
static struct klpcc_error *compare_build_ids(const struct klpcc_match_object *object,
					     const char *path, uint32_t number,
					     const unsigned char *id, size_t size,
					     bool *known)
{
	struct klpcc_index_object indexed;
	struct klpcc_error *err = klpcc_index_object(object->index, number, &indexed);

	if (err)
		return err;
	*known = size && indexed.build_id_size;
	if (*known &&
	    (size != indexed.build_id_size || memcmp(id, indexed.build_id, size) != 0))
		return other_kernel(object, path, "build id");
	return NULL;
}

static struct klpcc_error *find_one(const struct klpcc_match_object *object,
				    const char *name, bool *found, uint64_t *address)
{
	struct klpcc_match_names names = { .count = 0 };
	struct klpcc_error *err = klpcc_match_find(object, name, &names);

	*found = !err && names.count == 1;
	if (*found)
		*address = names.entries[0].place.at;
	free(names.entries);
	return err;
}

/* NOTES of the kernel's include/asm-generic/vmlinux.lds.h, for an image without that section. */
static struct klpcc_error *read_image_id(const struct klpcc_match_object *object,
					 const unsigned char **id, size_t *size)
{
	bool has_start = false, has_stop = false;
	uint64_t start = 0, stop = 0;
	struct klpcc_error *err;

	err = klpcc_elf_build_id(object->image, id, size);
	if (err || *size)
		return err;
	err = find_one(object, "__start_notes", &has_start, &start);
	if (!err)
		err = find_one(object, "__stop_notes", &has_stop, &stop);
	if (err || !has_start || !has_stop || stop <= start ||
	    !klpcc_match_bytes_at(object, (struct klpcc_match_place){ 0, start },
				  stop - start))
		return err;
	return klpcc_elf_build_id_at(object->image, start, stop - start, id, size);
}

/* linux_banner of init/version.c, where the index says that it is. */
static struct klpcc_error *check_banner(const struct klpcc_match_object *object,
					const char *path)
{
	static const char banner[] = "Linux version ";
	const char *release = klpcc_index_release(object->index);
	size_t length = strlen(banner) + strlen(release);
	struct klpcc_match_place place = { .space = 0 };
	const unsigned char *bytes = NULL;
	struct klpcc_error *err;
	bool found;

	err = find_one(object, "linux_banner", &found, &place.at);
	if (err)
		return err;
	if (found)
		bytes = klpcc_match_bytes_at(object, place, length + 1);
	if (!bytes || memcmp(bytes, banner, strlen(banner)) != 0 ||
	    memcmp(bytes + strlen(banner), release, strlen(release)) != 0 ||
	    bytes[length] != ' ')
		return other_kernel(object, path, "release");
	return NULL;
}

struct klpcc_error *klpcc_match_check_image(const struct klpcc_match_object *object,
					    const char *path)
{
	uint16_t machine = klpcc_index_machine(object->index);
	const unsigned char *id;
	struct klpcc_error *err;
	bool known;
	size_t size;

	if (machine && machine != object->arch->machine)
		return other_kernel(object, path, "machine");
	err = read_image_id(object, &id, &size);
	if (!err)
		err = compare_build_ids(object, path, KLPCC_INDEX_VMLINUX, id, size,
					&known);
	return err || known ? err : check_banner(object, path);
}

struct klpcc_error *klpcc_match_check_module(struct klpcc_match_object *object,
					     const char *path)
{
	const char *vermagic, *indexed = klpcc_index_vermagic(object->index);
	const unsigned char *id;
	struct klpcc_error *err;
	bool found, known;
	uint32_t number;
	size_t size;

	err = klpcc_elf_modinfo(object->file.elf, "vermagic", &vermagic);
	if (err)
		return err;
	if (!vermagic)
		return klpcc_error_new(
			EINVAL, "%s: not a kernel module: .modinfo has no vermagic",
			path);
	/* include/linux/vermagic.h: CONFIG_MODULE_UNLOAD shows there. */
	object->unload = strstr(vermagic, " mod_unload ") != NULL;
	err = klpcc_index_find_object(object->index, object->name, strlen(object->name),
				      &found, &number);
	if (err)
		return err;
	if (!found)
		return klpcc_error_new(
			EINVAL,
			"%s: the index has no module %s; make it with the kernel's modules",
			path, object->name);
	err = klpcc_elf_build_id(object->file.elf, &id, &size);
	if (!err)
		err = compare_build_ids(object, path, number, id, size, &known);
	if (!err && !known && indexed && strcmp(vermagic, indexed) != 0)
		err = other_kernel(object, path, "vermagic");
	return err;
}
