// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Index reader: the image that a machine boots. Unpacks it (unpack-image.c) and takes out
 * what the kernel knows of itself: kallsyms (kallsyms-table.c), exports (read-ksymtab.c),
 * release and build id.
 */
#include "read-image.h"

#include <ctype.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "../elf/elf.h"
#include "../lib/file.h"
#include "../target/kallsyms-rules.h"
#include "kallsyms-table.h"
#include "read-functions.h"
#include "read-ksymtab.h"
#include "read-vermagic.h"
#include "unpack-image.h"

/* linux_banner of init/version.c; the release follows. */
#define BANNER "Linux version "
#define RELEASE_MAX 64 /* bytes, of struct new_utsname */

struct klpcc_image {
	char *path;
	pthread_t thread;
	bool started; /* else everything is done in klpcc_image_finish() */
	struct klpcc_error *err;
	struct klpcc_buffer bytes;
	struct klpcc_elf *elf;
	const struct klpcc_elf_segment *segments; /* the model's */
	size_t count;
	struct klpcc_kallsyms kallsyms;
	struct klpcc_types *types; /* NULL: it has no BTF */
};

static struct klpcc_error *decode_segment(struct klpcc_image *image, size_t number,
					  const struct klpcc_address_range *ranges,
					  bool *found)
{
	const struct klpcc_elf_segment *segment = &image->segments[number];
	struct klpcc_kallsyms_input input = {
		.data = segment->data,
		.size = segment->size,
		.address = segment->address,
		.big_endian = klpcc_elf_big_endian(image->elf),
		.ranges = ranges,
		.range_count = image->count,
	};
	struct klpcc_error *err;

	*found = false;
	if (segment->address % 8)
		return NULL;
	err = klpcc_kallsyms_decode(&input, &image->kallsyms, found);
	return klpcc_error_prefix(err, "%s", klpcc_elf_label(image->elf));
}

static struct klpcc_error *decode_kallsyms(struct klpcc_image *image)
{
	struct klpcc_address_range *ranges;
	struct klpcc_error *err = NULL;
	bool found = false;

	ranges = calloc(image->count + 1, sizeof(*ranges));
	if (!ranges)
		return klpcc_error_nomem();
	for (size_t i = 0; i < image->count; i++) {
		const struct klpcc_elf_segment *segment = &image->segments[i];

		ranges[i].start = segment->address;
		ranges[i].end = segment->address + segment->memory_size;
	}
	for (size_t i = 0; !err && !found && i < image->count; i++)
		err = decode_segment(image, i, ranges, &found);
	free(ranges);
	if (!err && !found)
		err = klpcc_elf_error(
			image->elf, NULL,
			"contains no kallsyms tables: not a kernel, or one without CONFIG_KALLSYMS");
	return err;
}

static struct klpcc_error *add_symbols(const struct klpcc_image *image,
				       const struct klpcc_functions *functions,
				       struct klpcc_target *target)
{
	const struct klpcc_kallsyms *kallsyms = &image->kallsyms;

	for (size_t i = 0; i < kallsyms->count; i++) {
		struct klpcc_target_symbol symbol = {
			.name = kallsyms->strings + kallsyms->symbols[i].name,
			.address = kallsyms->symbols[i].address,
			.kallsyms_type = kallsyms->symbols[i].letter,
			.has_address = true,
			.counted = true,
			.sealed = klpcc_is_sealed(functions, 0,
						  kallsyms->symbols[i].address),
			.patchable = klpcc_is_patchable(functions, 0,
							kallsyms->symbols[i].address),
		};
		struct klpcc_error *err;

		klpcc_kallsyms_letter(symbol.kallsyms_type, &symbol.type,
				      &symbol.binding);
		err = klpcc_target_add_symbol(target, KLPCC_TARGET_VMLINUX, &symbol);
		if (err)
			return klpcc_error_prefix(err, "%s: kallsyms entry %zu",
						  klpcc_elf_label(image->elf), i);
	}
	return NULL;
}

/* A kernel that names its data names the ends of the list of sealed functions, if it has one. */
static bool names_data(const struct klpcc_kallsyms *kallsyms)
{
	for (size_t i = 0; i < kallsyms->count; i++)
		if (klpcc_kallsyms_is_variable(kallsyms->symbols[i].letter))
			return true;
	return false;
}

/* Length of the release after a banner; 0 when the banner is only a format string. */
static size_t release_length(const char *text, size_t size)
{
	size_t length = 0;

	if (!size || !isdigit((unsigned char)text[0]))
		return 0;
	while (length < size && isgraph((unsigned char)text[length]))
		length++;
	return length < size && text[length] == ' ' && length <= RELEASE_MAX ? length : 0;
}

static const char *find_release(const struct klpcc_elf_segment *segment, size_t *length)
{
	const char *at = (const char *)segment->data, *end = at + segment->size;

	while ((at = memmem(at, (size_t)(end - at), BANNER, strlen(BANNER)))) {
		at += strlen(BANNER);
		*length = release_length(at, (size_t)(end - at));
		if (*length)
			return at;
	}
	return NULL;
}

static struct klpcc_error *add_release(const struct klpcc_image *image,
				       struct klpcc_target *target)
{
	char release[RELEASE_MAX + 1];
	const char *found = NULL;
	size_t length = 0;

	for (size_t i = 0; !found && i < image->count; i++)
		found = find_release(&image->segments[i], &length);
	if (!found)
		return klpcc_elf_error(image->elf, NULL,
				       "contains no kernel release (\"" BANNER "...\")");
	memcpy(release, found, length);
	release[length] = '\0';
	return klpcc_error_prefix(klpcc_target_set_release(target, release), "%s",
				  klpcc_elf_label(image->elf));
}

/* NOTES of the kernel's include/asm-generic/vmlinux.lds.h, for a file without that section. */
static struct klpcc_error *find_build_id(const struct klpcc_image *image,
					 const unsigned char **id, size_t *size)
{
	struct klpcc_error *err;
	uint64_t start, stop;

	err = klpcc_elf_build_id(image->elf, id, size);
	if (err || *size ||
	    !klpcc_kallsyms_find(&image->kallsyms, "__start_notes", &start) ||
	    !klpcc_kallsyms_find(&image->kallsyms, "__stop_notes", &stop) ||
	    stop <= start)
		return err;
	return klpcc_elf_build_id_at(image->elf, start, stop - start, id, size);
}

static struct klpcc_error *add_build_id(const struct klpcc_image *image,
					struct klpcc_target *target)
{
	const unsigned char *id;
	struct klpcc_error *err;
	size_t size;

	err = find_build_id(image, &id, &size);
	if (err || !size)
		return err;
	return klpcc_error_prefix(
		klpcc_target_set_build_id(target, KLPCC_TARGET_VMLINUX, id, size), "%s",
		klpcc_elf_label(image->elf));
}

static bool find_symbol(const void *arg, const char *name, uint64_t *address)
{
	return klpcc_kallsyms_find(arg, name, address);
}

static struct klpcc_error *add_names(const struct klpcc_image *image,
				     struct klpcc_target *target)
{
	bool all = names_data(&image->kallsyms);
	struct klpcc_functions functions;
	struct klpcc_error *err;

	err = klpcc_read_functions(image->elf, find_symbol, &image->kallsyms, all,
				   &functions);
	if (err)
		return err;
	err = add_symbols(image, &functions, target);
	klpcc_target_set_kallsyms_all(target, all);
	if (functions.seals.known)
		klpcc_target_set_seals_known(target, KLPCC_TARGET_VMLINUX);
	if (functions.entries.known)
		klpcc_target_set_places_known(target, KLPCC_TARGET_VMLINUX);
	klpcc_functions_deinit(&functions);
	return err;
}

/* BTF of the kernel's include/asm-generic/vmlinux.lds.h. *size 0: it has none. */
static struct klpcc_error *find_btf(const struct klpcc_image *image,
				    const unsigned char **data, size_t *size)
{
	const struct klpcc_elf_section *section =
		klpcc_elf_find_section(image->elf, ".BTF");
	uint64_t start, stop;

	*size = 0;
	if (section)
		return klpcc_elf_section_bytes(image->elf, section, data, size);
	if (!klpcc_kallsyms_find(&image->kallsyms, "__start_BTF", &start) ||
	    !klpcc_kallsyms_find(&image->kallsyms, "__stop_BTF", &stop) || stop <= start)
		return NULL;
	*size = stop - start;
	return klpcc_elf_bytes_at(image->elf, start, *size, data);
}

static struct klpcc_error *read_btf(struct klpcc_image *image)
{
	const unsigned char *data;
	struct klpcc_error *err;
	size_t size;

	err = find_btf(image, &data, &size);
	if (err || !size)
		return err;
	return klpcc_error_prefix(klpcc_types_create(data, size, &image->types), "%s",
				  image->path);
}

/* All that takes long, and nothing that needs the target. */
static struct klpcc_error *prepare_image(struct klpcc_image *image)
{
	struct klpcc_error *err;

	err = klpcc_file_read(image->path, &image->bytes);
	if (err)
		return err;
	err = klpcc_error_prefix(klpcc_unpack_image(&image->bytes), "%s", image->path);
	if (!err)
		err = klpcc_elf_open_kernel(image->path, &image->bytes, &image->elf);
	if (!err)
		image->segments = klpcc_elf_segments(image->elf, &image->count);
	if (!err)
		err = decode_kallsyms(image);
	return err ? err : read_btf(image);
}

static void *prepare_in_thread(void *data)
{
	struct klpcc_image *image = data;

	image->err = prepare_image(image);
	return NULL;
}

static struct klpcc_error *add_types(struct klpcc_image *image,
				     struct klpcc_target *target)
{
	struct klpcc_types *types = image->types;

	image->types = NULL;
	return types ? klpcc_target_add_types(target, types) : NULL;
}

/* What the kernel says of itself as a whole. */
static struct klpcc_error *add_identity(const struct klpcc_image *image,
					struct klpcc_target *target)
{
	struct klpcc_error *err;

	err = add_release(image, target);
	if (!err)
		err = klpcc_error_prefix(
			klpcc_target_set_machine(target,
						 klpcc_elf_header(image->elf)->e_machine),
			"%s", klpcc_elf_label(image->elf));
	return err ? err : klpcc_read_vermagic(target, image->elf);
}

static struct klpcc_error *add_image(struct klpcc_image *image,
				     struct klpcc_target *target)
{
	struct klpcc_error *err;

	err = add_identity(image, target);
	if (!err)
		err = add_build_id(image, target);
	if (!err)
		err = add_names(image, target);
	if (!err)
		err = klpcc_read_ksymtab(target, image->elf, find_symbol,
					 &image->kallsyms);
	if (!err)
		err = add_types(image, target);
	return err;
}

struct klpcc_error *klpcc_image_begin(const char *path, struct klpcc_image **ret)
{
	struct klpcc_image *image = calloc(1, sizeof(*image));

	if (!image)
		return klpcc_error_nomem();
	image->path = strdup(path);
	if (!image->path) {
		free(image);
		return klpcc_error_nomem();
	}
	/* Without a thread it takes longer, and that is all. */
	image->started = !pthread_create(&image->thread, NULL, prepare_in_thread, image);
	*ret = image;
	return NULL;
}

struct klpcc_error *klpcc_image_finish(struct klpcc_image *image,
				       struct klpcc_target *target)
{
	struct klpcc_error *err;

	if (image->started)
		pthread_join(image->thread, NULL);
	err = image->started ? image->err : prepare_image(image);
	if (!err)
		err = add_image(image, target);
	klpcc_types_destroy(image->types);
	klpcc_kallsyms_deinit(&image->kallsyms);
	klpcc_elf_close(image->elf);
	klpcc_buffer_deinit(&image->bytes);
	free(image->path);
	free(image);
	return err;
}
