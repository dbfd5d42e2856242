// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Fuzzes the matcher: the input is the object of a source file, and is held against a kernel, against
 * itself as a module of a kernel, and against itself as the object of a change. Whatever the bytes are,
 * there is a verdict that can be printed, or one line.
 */
#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "index/index.h"
#include "match/against.h"
#include "match/batch.h"
#include "match/match-private.h"
#include "mutate-klp.h"

/* libFuzzer's own mutations; driver.c needs none. */
__attribute__((weak)) size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned int seed);

/* An image where the index has its symbols (klpcc.link/target.kallsyms). */
#define ADDRESS 0xffffffff81000000u
#define SIZE 0x8000

static struct image {
	Elf64_Ehdr header;
	Elf64_Phdr segment;
	unsigned char bytes[SIZE];
} image;

static struct klpcc_match_kernel kernel;
static struct klpcc_match_object vmlinux = { .name = (char *)"vmlinux" };

static void make_image(void)
{
	image.header = (Elf64_Ehdr){
		.e_ident = { ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64, ELFDATA2LSB,
			     EV_CURRENT },
		.e_type = ET_EXEC,
		.e_machine = EM_X86_64,
		.e_version = EV_CURRENT,
		.e_phoff = offsetof(struct image, segment),
		.e_ehsize = sizeof(Elf64_Ehdr),
		.e_phentsize = sizeof(Elf64_Phdr),
		.e_phnum = 1,
	};
	image.segment = (Elf64_Phdr){
		.p_type = PT_LOAD,
		.p_offset = offsetof(struct image, bytes),
		.p_vaddr = ADDRESS,
		.p_filesz = SIZE,
		.p_memsz = SIZE,
	};
	for (size_t i = 0; i < SIZE; i++)
		image.bytes[i] = (unsigned char)(i % 7 ? 0 : i >> 3);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	const char *path = fuzz_scratch("match-index");

	(void)argc;
	(void)argv;
	fuzz_write_index(path, "6.1.0-klpcc");
	if (!fuzz_done(klpcc_index_open(path, &kernel.index)))
		fuzz_broken("%s is not an index", path);
	make_image();
	vmlinux.index = kernel.index;
	vmlinux.arch = &klpcc_arch_x86_64;
	if (!fuzz_done(klpcc_elf_open_memory("image", &image, sizeof(image),
					     &vmlinux.image)))
		fuzz_broken("the image is none");
	return 0;
}

static void print(struct klpcc_match_job *job, bool json)
{
	const struct klpcc_match_batch batch = { .kernel = &kernel,
						 .jobs = job,
						 .count = 1 };
	char *text = NULL;
	size_t size;
	FILE *stream = open_memstream(&text, &size);

	if (!stream)
		abort();
	if (!fuzz_done(json ? klpcc_match_print_json(stream, &batch)
			    : klpcc_match_print(stream, &batch, false)) ||
	    fclose(stream))
		abort();
	fuzz_check_printable(text, size);
	if (json)
		fuzz_check_json(text, size);
	free(text);
}

static void match(const uint8_t *data, size_t size,
		  const struct klpcc_match_object *object)
{
	struct klpcc_match_job job = { .name = "input" };
	struct klpcc_match_file file;

	if (!fuzz_done(klpcc_match_file_open_memory("input", data, size, &file)))
		return;
	job.result.object = strdup(object->name);
	if (fuzz_done(klpcc_match_compare_file(&file, object, &job.result))) {
		print(&job, false);
		print(&job, true);
	}
	klpcc_match_result_deinit(&job.result);
	klpcc_match_file_close(&file);
}

static void match_as_module(const uint8_t *data, size_t size)
{
	struct klpcc_match_object module;
	struct klpcc_match_file file;

	if (!fuzz_done(klpcc_match_file_open_memory("module", data, size, &file)))
		return;
	if (!fuzz_done(klpcc_match_adopt_module("module", kernel.index, &file, &module)))
		return;
	match(data, size, &module);
	klpcc_match_object_close(&module);
}

/* A file is not changed if it is the same. */
static void compare_with_itself(const uint8_t *data, size_t size)
{
	struct klpcc_against against;
	char *text = NULL;
	size_t length;
	FILE *stream;

	if (!fuzz_done(klpcc_against_memory(data, size, data, size, &against)))
		return;
	for (size_t i = 0; i < against.count; i++)
		if (against.symbols[i].state == KLPCC_AGAINST_NEW ||
		    against.symbols[i].state == KLPCC_AGAINST_GONE)
			fuzz_broken("'%s' is not in both", against.symbols[i].name);
	stream = open_memstream(&text, &length);
	if (!stream)
		abort();
	if (!fuzz_done(klpcc_against_print(stream, &against, "input", true)) ||
	    fclose(stream))
		abort();
	fuzz_check_json(text, length);
	free(text);
	klpcc_against_deinit(&against);
}

/* Most mutants stay objects, so that they get behind the first checks. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned int seed)
{
	if (seed % 4 == 0 && LLVMFuzzerMutate)
		return LLVMFuzzerMutate(data, size, max);
	return klpcc_mutate_klp(data, size, max, seed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_begin(size, 512);
	match(data, size, &vmlinux);
	match_as_module(data, size);
	compare_with_itself(data, size);
	fuzz_end();
	return 0;
}
