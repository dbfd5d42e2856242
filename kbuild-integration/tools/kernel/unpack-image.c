// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * From the file that a boot loader reads to the kernel inside it: recognises the container
 * by its first bytes and takes the payload out, until an ELF file is left.
 *
 * The table has one line for each container; those of other architectures belong there.
 * Every image is first turned into an ELF file, even bare memory (unpack-s390.c), so that
 * one set of readers is enough.
 */
#include "unpack-image.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/decompress.h"
#include "../lib/number.h"
#include "../lib/range.h"
#include "unpack-payload.h"
#include "unpack-s390.h"

/* A vmlinux.gz inside a bzImage inside a .gz would be three; nobody packs deeper. */
#define LAYERS_MAX 4

/* The x86 boot header (Documentation/arch/x86/boot.rst); all of it is little-endian. */
#define BZIMAGE_SETUP_SECTS 0x1f1
#define BZIMAGE_MAGIC 0x202
#define BZIMAGE_VERSION 0x206
#define BZIMAGE_PAYLOAD_OFFSET 0x248
#define BZIMAGE_PAYLOAD_LENGTH 0x24c
#define BZIMAGE_HEADER_END 0x250
#define BZIMAGE_VERSION_PAYLOAD 0x208 /* the protocol that brought the payload fields */
#define BZIMAGE_SECTOR 512

struct container {
	bool (*fits)(const struct klpcc_buffer *image);
	struct klpcc_error *(*unpack)(const struct klpcc_buffer *image,
				      struct klpcc_buffer *ret);
};

static bool is_elf(const unsigned char *data, size_t size)
{
	return size >= 4 && !memcmp(data, "\177ELF", 4);
}

/* Unpacks the one stream that fills data, save for the trailer. */
static struct klpcc_error *unpack_payload(const unsigned char *data, size_t size,
					  struct klpcc_buffer *ret)
{
	size_t used, rest;
	struct klpcc_error *err;

	err = klpcc_unpack_stream(data, size, 0, KLPCC_DECOMPRESS_LIMIT, ret, &used);
	if (err)
		return err;
	rest = size - used - klpcc_size_trailer(data + used, size - used, ret->size);
	if (rest == KLPCC_SIZE_TRAILER)
		err = klpcc_error_new(
			EINVAL, "unpacks to %zu bytes, but its trailer says %lu",
			ret->size, (unsigned long)klpcc_number(data + used, 4, false));
	else if (rest)
		err = klpcc_error_new(EINVAL, "%zu bytes follow the compressed data",
				      rest);
	if (err)
		klpcc_buffer_deinit(ret);
	return err;
}

static bool is_bzimage(const struct klpcc_buffer *image)
{
	return image->size >= BZIMAGE_HEADER_END &&
	       !memcmp(image->data + BZIMAGE_MAGIC, "HdrS", 4);
}

static struct klpcc_error *unpack_bzimage(const struct klpcc_buffer *image,
					  struct klpcc_buffer *ret)
{
	uint32_t version =
		(uint32_t)klpcc_number(image->data + BZIMAGE_VERSION, 2, false);
	/* A zero stands for four, says the protocol. */
	uint32_t sectors =
		image->data[BZIMAGE_SETUP_SECTS] ? image->data[BZIMAGE_SETUP_SECTS] : 4;
	uint64_t offset = klpcc_number(image->data + BZIMAGE_PAYLOAD_OFFSET, 4, false);
	uint64_t length = klpcc_number(image->data + BZIMAGE_PAYLOAD_LENGTH, 4, false);
	const unsigned char *payload;
	struct klpcc_error *err;

	if (version < BZIMAGE_VERSION_PAYLOAD)
		return klpcc_error_new(
			EINVAL,
			"boot header: protocol %u.%02u does not say where the payload is",
			version >> 8, version & 0xff);
	offset += (uint64_t)(sectors + 1) * BZIMAGE_SECTOR;
	if (!length || !klpcc_range_ok(offset, length, image->size))
		return klpcc_error_new(
			EINVAL,
			"boot header: payload of 0x%llx bytes at 0x%llx is outside the file of 0x%zx bytes",
			(unsigned long long)length, (unsigned long long)offset,
			image->size);
	payload = image->data + offset;
	if (is_elf(payload, length)) {
		ret->data = malloc(length);
		if (!ret->data)
			return klpcc_error_nomem();
		memcpy(ret->data, payload, length);
		ret->size = length;
		return NULL;
	}
	err = unpack_payload(payload, length, ret);
	return klpcc_error_prefix(err, "payload at 0x%llx", (unsigned long long)offset);
}

static bool is_packed(const struct klpcc_buffer *image)
{
	return klpcc_is_compressed(image->data, image->size) ||
	       klpcc_foreign_compression(image->data, image->size);
}

static struct klpcc_error *unpack_packed(const struct klpcc_buffer *image,
					 struct klpcc_buffer *ret)
{
	return unpack_payload(image->data, image->size, ret);
}

static const struct container containers[] = {
	{ is_bzimage, unpack_bzimage },
	{ klpcc_is_s390_image, klpcc_unpack_s390_image },
	{ is_packed, unpack_packed },
};

static const struct container *find_container(const struct klpcc_buffer *image)
{
	for (size_t i = 0; i < sizeof(containers) / sizeof(containers[0]); i++)
		if (containers[i].fits(image))
			return &containers[i];
	return NULL;
}

struct klpcc_error *klpcc_unpack_image(struct klpcc_buffer *image)
{
	for (int layer = 0; layer < LAYERS_MAX; layer++) {
		struct klpcc_buffer inner = { NULL, 0 };
		const struct container *container;
		struct klpcc_error *err;

		if (is_elf(image->data, image->size))
			return NULL;
		container = find_container(image);
		if (!container)
			return klpcc_error_new(
				EINVAL, "%s",
				layer ? "contains a packed file that is not an ELF file"
				      : "is not a kernel image: neither a bzImage, nor an ELF file, nor compressed");
		err = container->unpack(image, &inner);
		if (err)
			return err;
		klpcc_buffer_deinit(image);
		*image = inner;
	}
	return klpcc_error_new(EINVAL, "is packed more than %d times", LAYERS_MAX);
}
