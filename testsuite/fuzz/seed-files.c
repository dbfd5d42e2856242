// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Makes the seeds that no assembler makes, for the script `seeds`:
 *
 *	seed-files images DIR		kernel images of every kind
 *	seed-files tables DIR		one input of fuzz-tables.c for each kernel
 *	seed-files pack DIR FILE...		each file packed with xz, zstd and gzip
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../klpcc.image/generate.h"
#include "../klpcc.image/pack.h"

/* The fewest that a reader takes: a fuzzer is fast on small inputs. */
#define COUNT 512

static void write_file(const char *directory, const char *name, const void *data,
		       size_t size)
{
	char path[4096];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	file = fopen(path, "wb");
	if (!file || fwrite(data, 1, size, file) != size || fclose(file)) {
		perror(path);
		exit(1);
	}
}

/* The packed bytes, without the trailer that only an image has. */
static void write_packed(const char *directory, const char *name, const void *data,
			 size_t size)
{
	for (size_t i = 0; i < PACKERS; i++) {
		struct klpcc_buffer packed = packers[i].pack(data, size);
		char path[256];

		snprintf(path, sizeof(path), "%s.%s", name, packers[i].name);
		write_file(directory, path, packed.data,
			   packed.size - packers[i].trailer);
		free(packed.data);
	}
}

static void write_bzimages(const char *directory, const struct generated *image)
{
	for (size_t i = 0; i < PACKERS; i++) {
		struct klpcc_buffer packed = packers[i].pack(image->data, image->size);
		struct klpcc_buffer whole = pack_bzimage(&packed);
		char name[64];

		snprintf(name, sizeof(name), "bzImage.%s", packers[i].name);
		write_file(directory, name, whole.data, whole.size);
		free(whole.data);
		free(packed.data);
	}
}

/* Of kernels with and without dynamic relocations: packed, and the ELF file around them. */
static void write_s390(const char *directory)
{
	for (int relocations = 0; relocations < 2; relocations++) {
		struct generate_options options = {
			.kernel = relocations ? GENERATE_5_10_BASE : GENERATE_7_0,
			.count = COUNT,
			.big_endian = true,
			.absolute = true,
			.relocations = relocations,
		};
		struct generated elf = generate_image(&options);
		const unsigned char *data = elf.data + elf.segment;
		struct s390_kernel kernel = s390_kernel(&elf);
		struct klpcc_buffer packed = packers[2].pack(data, kernel.size), image;

		image = pack_s390(&kernel, S390_PACKED, packed.data, packed.size);
		write_file(directory, relocations ? "s390.relocations" : "s390",
			   image.data, image.size);
		write_file(directory, relocations ? "s390.elf.relocations" : "s390.elf",
			   elf.data, elf.size);
		free(image.data);
		free(packed.data);
		free(elf.data);
	}
}

static void write_images(const char *directory)
{
	for (int kernel = 0; kernel < GENERATE_KERNELS; kernel++) {
		struct generate_options options = {
			.kernel = (enum generate_kernel)kernel,
			.count = COUNT,
			.big_endian = kernel % 2,
			.flags = kernel % 3 == 0,
			.no_sections = kernel % 4 == 0,
			.seals = kernel % 2 == 0,
			.code_only = kernel % 3 == 2,
		};
		struct generated image = generate_image(&options);
		char name[64];

		snprintf(name, sizeof(name), "vmlinux.%d", kernel);
		write_file(directory, name, image.data, image.size);
		if (kernel == GENERATE_6_4) {
			write_bzimages(directory, &image);
			write_packed(directory, name, image.data, image.size);
		}
		free(image.data);
	}
	write_s390(directory);
}

static void write_tables(const char *directory)
{
	for (int kernel = 0; kernel < GENERATE_KERNELS; kernel++) {
		/* Nothing changed; the first marker; one length; a token. */
		/* clang-format off */
		const unsigned char seed[] = {
			(unsigned char)kernel, 0, 0, 0,
			3, 0, 4, 0, 0, 1, 0, 0,
			2, 0, 0, 0, 0, 2, 0, 0,
			4, 0, 10, 0, 0, 'x', 0, 0,
		};
		/* clang-format on */
		char name[64];

		for (size_t size = 4; size <= sizeof(seed); size += 8) {
			snprintf(name, sizeof(name), "kernel.%d.%zu", kernel, size / 8);
			write_file(directory, name, seed, size);
		}
	}
}

static void pack_file(const char *directory, const char *path)
{
	const char *slash = strrchr(path, '/');
	struct klpcc_buffer buffer;
	struct klpcc_error *err = klpcc_file_read(path, &buffer);

	if (err) {
		fprintf(stderr, "%s\n", err->message);
		exit(1);
	}
	write_packed(directory, slash ? slash + 1 : path, buffer.data, buffer.size);
	klpcc_buffer_deinit(&buffer);
}

int main(int argc, char **argv)
{
	if (argc == 3 && !strcmp(argv[1], "images")) {
		write_images(argv[2]);
	} else if (argc == 3 && !strcmp(argv[1], "tables")) {
		write_tables(argv[2]);
	} else if (argc > 3 && !strcmp(argv[1], "pack")) {
		for (int i = 3; i < argc; i++)
			pack_file(argv[2], argv[i]);
	} else {
		fputs("Usage: seed-files images|tables|pack DIR [FILE...]\n", stderr);
		return 2;
	}
	return 0;
}
