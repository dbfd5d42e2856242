// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Fuzzes the reader of s390 images whose kernel is not compressed. It begins at a whole MiB, so an
 * image is longer than what a fuzzer has a use for: it is made here, as the tests of that
 * reader do, and what the input says is changed.
 *
 * Input: kernel, end of its last page; then changes (fuzz_change()).
 */
#include <stdlib.h>
#include <string.h>

#include "../klpcc.image/generate.h"
#include "../klpcc.image/pack.h"
#include "fuzz.h"

#define HEADER 2
#define COUNT 512 /* symbols, the fewest that a reader takes */
#define ENTRY_TABLE 0x10008
#define PAGE 4096u

static const struct generate_options kernels[] = {
	{ .kernel = GENERATE_5_10_BASE, .relocations = true },
	{ .kernel = GENERATE_6_4 },
	{ .kernel = GENERATE_7_0, .flags = true },
};

#define KERNELS (sizeof(kernels) / sizeof(kernels[0]))
/* The trailer is in the kernel's last page, fills it, or has one of its own. */
#define ENDS 3

struct image {
	struct generated elf;
	struct klpcc_buffer bytes;
};

static size_t end_of(size_t size, size_t end)
{
	size_t whole = (size + PAGE - 1) / PAGE * PAGE;

	return end == 0 ? size : end == 1 ? whole - S390_TRAILER : whole;
}

/* Each kind is made once. */
static const struct image *image_of(size_t number, size_t end)
{
	static struct image made[KERNELS][ENDS];
	struct image *image = &made[number][end];
	struct generate_options options = kernels[number];
	struct s390_kernel kernel;
	unsigned char *data;

	if (image->bytes.data)
		return image;
	options.count = COUNT;
	options.big_endian = true;
	options.absolute = true;
	image->elf = generate_image(&options);
	kernel = s390_kernel(&image->elf);
	data = calloc(1, kernel.size + PAGE);
	if (!data)
		abort();
	memcpy(data, image->elf.data + image->elf.segment, kernel.size);
	kernel.size = end_of(kernel.size, end);
	image->bytes = pack_s390(&kernel, S390_PLAIN, data, kernel.size);
	free(data);
	return image;
}

static size_t place_of(const struct image *image, size_t offset)
{
	return offset ? S390_PLAIN + offset - image->elf.segment : 0;
}

static void change(const struct image *image, uint8_t *data, const uint8_t *p)
{
	const struct generated *elf = &image->elf;
	const size_t anchors[] = {
		ENTRY_TABLE,
		S390_INFO,
		image->bytes.size - S390_TRAILER,
		S390_PLAIN,
		place_of(image, elf->num_syms),
		place_of(image, elf->markers),
		place_of(image, elf->token_table),
		place_of(image, elf->values),
		place_of(image, elf->ksymtab),
		place_of(image, elf->dynsym),
		place_of(image, elf->rela),
		place_of(image, elf->rela_end),
	};

	fuzz_change(data, image->bytes.size, anchors,
		    sizeof(anchors) / sizeof(anchors[0]), p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct image *image;
	uint8_t *bytes;

	if (size < HEADER)
		return 0;
	image = image_of(data[0] % KERNELS, data[1] % ENDS);
	bytes = malloc(image->bytes.size);
	if (!bytes)
		abort();
	memcpy(bytes, image->bytes.data, image->bytes.size);
	for (size_t i = HEADER; i + FUZZ_CHANGE <= size; i += FUZZ_CHANGE)
		change(image, bytes, data + i);
	fuzz_target(bytes, image->bytes.size, 16, fuzz_read_image);
	free(bytes);
	return 0;
}
