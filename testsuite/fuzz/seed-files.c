// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Makes the seeds that no assembler makes, for the script `seeds`:
 *
 *	seed-files images DIR		kernel images of every kind
 *	seed-files tables DIR		one input of fuzz-tables.c for each kernel
 *	seed-files s390 DIR		the same of fuzz-s390.c
 *	seed-files s390x FILE OUT		of an object of this machine, one of s390x
 *	seed-files null FILE OUT		a module whose .text is a section of type SHT_NULL
 *	seed-files pack DIR FILE...		each file packed with xz, zstd and gzip
 */
#include <byteswap.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../klpcc.elf/object.h"
#include "../klpcc.image/generate.h"
#include "../klpcc.image/pack.h"

/* The fewest that a reader takes: a fuzzer is fast on small inputs. */
#define COUNT 512

static void write_file(const char *directory, const char *name, const void *data,
		       size_t size)
{
	char path[4096];
	FILE *file;

	snprintf(path, sizeof(path), "%s%s%s", directory ? directory : "",
		 directory ? "/" : "", name);
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

static void write_plain(const char *directory)
{
	for (unsigned char kind = 0; kind < 9; kind++) {
		/* Nothing changed; a word of vmlinux_info; a relocation; the trailer. */
		/* clang-format off */
		const unsigned char seed[] = {
			kind / 3, kind % 3,
			1, 0, 8, 0, 0, 1, 0, 0,
			10, 1, 8, 0, 0, 0, 2, 0,
			2, 0, 31, 0, 0, 'X', 0, 0,
		};
		/* clang-format on */
		char name[64];

		for (size_t size = 2; size <= sizeof(seed); size += 8) {
			snprintf(name, sizeof(name), "kernel.%d.%zu", kind, size / 8);
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

/* ---- modules of s390x, without an assembler for it --------------------------------------- */

/* What stands for which type in an object that this machine's assembler made. */
static uint64_t s390_type(uint64_t type)
{
	switch (type) {
	case R_X86_64_PC32:
		return R_390_PC32DBL;
	case R_X86_64_PLT32:
		return R_390_PLT32DBL;
	case R_X86_64_GOTPCREL:
		return R_390_GOTENT;
	case R_X86_64_64:
		return R_390_64;
	default:
		return R_390_NONE;
	}
}

/* Contents that the model does not know: the words of the reference table. */
static void swap_words(unsigned char *data, size_t size)
{
	for (size_t i = 0; i + 4 <= size; i += 4) {
		uint32_t word;

		memcpy(&word, data + i, sizeof(word));
		word = bswap_32(word);
		memcpy(data + i, &word, sizeof(word));
	}
}

static void write_s390_object(const char *path, const char *out)
{
	struct klpcc_buffer little, big;
	Elf64_Ehdr *header;
	Elf64_Shdr *sections;

	must(klpcc_file_read(path, &little));
	header = (Elf64_Ehdr *)little.data;
	sections = (Elf64_Shdr *)(little.data + header->e_shoff);
	header->e_machine = EM_S390;
	for (size_t i = 1; i < header->e_shnum; i++) {
		Elf64_Rela *rela = (Elf64_Rela *)(little.data + sections[i].sh_offset);
		size_t count = sections[i].sh_size / sizeof(*rela);
		const char *name = (const char *)little.data +
				   sections[header->e_shstrndx].sh_offset +
				   sections[i].sh_name;

		if (!strcmp(name, ".comment.klpcc.refs"))
			swap_words((unsigned char *)rela, sections[i].sh_size);
		for (size_t j = 0; sections[i].sh_type == SHT_RELA && j < count; j++)
			rela[j].r_info =
				ELF64_R_INFO(ELF64_R_SYM(rela[j].r_info),
					     s390_type(ELF64_R_TYPE(rela[j].r_info)));
	}
	elf_version(EV_CURRENT);
	big = object_swapped(&little);
	write_file(NULL, out, big.data, big.size);
	klpcc_buffer_deinit(&big);
	klpcc_buffer_deinit(&little);
}

/* Such a section has a size, but no contents. */
static void write_null(const char *path, const char *out)
{
	struct klpcc_buffer buffer;
	Elf64_Ehdr *header;
	Elf64_Shdr *sections;

	must(klpcc_file_read(path, &buffer));
	header = (Elf64_Ehdr *)buffer.data;
	sections = (Elf64_Shdr *)(buffer.data + header->e_shoff);
	for (size_t i = 1; i < header->e_shnum; i++)
		if (!strcmp((const char *)buffer.data +
				    sections[header->e_shstrndx].sh_offset +
				    sections[i].sh_name,
			    ".text"))
			sections[i].sh_type = SHT_NULL;
	write_file(NULL, out, buffer.data, buffer.size);
	klpcc_buffer_deinit(&buffer);
}

int main(int argc, char **argv)
{
	if (argc == 3 && !strcmp(argv[1], "images")) {
		write_images(argv[2]);
	} else if (argc == 3 && !strcmp(argv[1], "tables")) {
		write_tables(argv[2]);
	} else if (argc == 3 && !strcmp(argv[1], "s390")) {
		write_plain(argv[2]);
	} else if (argc == 4 && !strcmp(argv[1], "s390x")) {
		write_s390_object(argv[2], argv[3]);
	} else if (argc == 4 && !strcmp(argv[1], "null")) {
		write_null(argv[2], argv[3]);
	} else if (argc > 3 && !strcmp(argv[1], "pack")) {
		for (int i = 3; i < argc; i++)
			pack_file(argv[2], argv[i]);
	} else {
		fputs("Usage: seed-files images|tables|s390|s390x|null|pack DIR|FILE [FILE...]\n",
		      stderr);
		return 2;
	}
	return 0;
}
