// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The reader of kernel images on generated ones: what it takes out of an image of either
 * byte order in every container, and what it says when the image is damaged.
 */
#include <dejagnu.h>
#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "generate.h"
#include "index/index.h"
#include "index/read-image.h"
#include "lib/file.h"
#include "pack.h"

#define IMAGE "image.bin"
#define INDEX "image.klpidx"

static void check(bool ok, const char *name)
{
	if (ok)
		pass("%s", name);
	else
		fail("%s", name);
}

static void write_file(const void *data, size_t size)
{
	FILE *file = fopen(IMAGE, "wb");

	if (!file || fwrite(data, 1, size, file) != size || fclose(file))
		abort();
}

/* Reads IMAGE; NULL with *message set (to be freed) when it is refused. */
static struct klpcc_target *read_image(char **message)
{
	struct klpcc_target *target;
	struct klpcc_error *err;

	if (klpcc_target_create(&target))
		abort();
	*message = NULL;
	err = klpcc_read_image(target, IMAGE);
	if (!err)
		return target;
	*message = strdup(err->message);
	klpcc_error_free(err);
	klpcc_target_destroy(target);
	return NULL;
}

static bool exports_ok(const struct klpcc_index *index)
{
	for (size_t i = 0; i < GENERATE_EXPORTS; i++) {
		const char *name, *namespace_;
		struct klpcc_index_export export_;
		struct klpcc_index_name entry;
		struct klpcc_error *err;
		bool gpl, found;

		generate_export(i, &name, &gpl, &namespace_);
		err = klpcc_index_find_name(index, name, strlen(name), &found, &entry);
		if (err || !found || entry.exports != 1 ||
		    klpcc_index_export(index, entry.first_export, &export_) ||
		    export_.gpl != gpl || export_.object != KLPCC_INDEX_VMLINUX ||
		    strcmp(export_.namespace_ ? export_.namespace_ : "",
			   namespace_ ? namespace_ : "")) {
			printf("export %s: found %d\n", name, found);
			return false;
		}
	}
	return true;
}

/* One symbol by name, with all that the reader says of it. */
static bool symbol_ok(const struct klpcc_index *index, const char *name, char letter,
		      uint8_t type, uint8_t binding, uint64_t address)
{
	struct klpcc_index_symbol symbol;
	struct klpcc_index_name entry;
	bool found;

	return !klpcc_index_find_name(index, name, strlen(name), &found, &entry) &&
	       found && entry.symbols == 1 &&
	       !klpcc_index_symbol(index, entry.first_symbol, &symbol) &&
	       symbol.kallsyms_type == letter && symbol.type == type &&
	       symbol.binding == binding && symbol.has_address &&
	       symbol.address == address && symbol.sympos == 0;
}

static bool symbols_ok(const struct klpcc_index *index,
		       const struct generate_options *options)
{
	/* The letters go round in fifteens. */
	return klpcc_index_symbols(index) == options->count &&
	       symbol_ok(index, "func_30", 't', STT_FUNC, STB_LOCAL,
			 GENERATE_SYMBOL(30)) &&
	       symbol_ok(index, "func_31", 'T', STT_FUNC, STB_GLOBAL,
			 GENERATE_SYMBOL(31)) &&
	       symbol_ok(index, "func_34", 'd', STT_OBJECT, STB_LOCAL,
			 GENERATE_SYMBOL(34)) &&
	       symbol_ok(index, "func_39", 'R', STT_OBJECT, STB_GLOBAL,
			 GENERATE_SYMBOL(39)) &&
	       symbol_ok(index, "func_41", 'W', STT_NOTYPE, STB_WEAK,
			 GENERATE_SYMBOL(41)) &&
	       symbol_ok(index, "func_42", 'V', STT_OBJECT, STB_WEAK,
			 GENERATE_SYMBOL(42));
}

static bool identity_ok(const struct klpcc_index *index)
{
	struct klpcc_index_object object;

	return !strcmp(klpcc_index_release(index), GENERATE_RELEASE) &&
	       !klpcc_index_object(index, KLPCC_INDEX_VMLINUX, &object) &&
	       object.build_id_size == 20 &&
	       !memcmp(object.build_id, GENERATE_BUILD_ID, 20);
}

/* Reads the file that was written and compares all that the index then has. */
static bool reads(const struct generate_options *options)
{
	struct klpcc_index *index;
	struct klpcc_target *target;
	char *message;
	bool ok;

	target = read_image(&message);
	if (!target) {
		printf("%s\n", message);
		free(message);
		return false;
	}
	if (klpcc_target_write(target, INDEX) || klpcc_index_open(INDEX, &index))
		abort();
	ok = identity_ok(index) && symbols_ok(index, options) &&
	     exports_ok(index);
	klpcc_index_close(index);
	klpcc_target_destroy(target);
	return ok;
}

static void refused(const void *data, size_t size, const char *name, const char *expected)
{
	struct klpcc_target *target;
	char *message;
	bool ok;

	write_file(data, size);
	target = read_image(&message);
	ok = message && !strncmp(message, IMAGE, strlen(IMAGE)) &&
	     strstr(message, expected) && !strchr(message, '\n');
	if (!ok)
		printf("%s\n", message ? message : "was read");
	if (target)
		klpcc_target_destroy(target);
	free(message);
	check(ok, name);
}

/* ---- containers ---------------------------------------------------------------------- */

static void test_bzimage_damage(const struct klpcc_buffer *image)
{
	unsigned char *data = image->data;

	data[0x206] = 7;
	refused(data, image->size, "bzImage of an old boot protocol",
		"boot header: protocol");
	data[0x206] = 0x0f;
	put32(data + 0x248, 0xfffffff0);
	refused(data, image->size, "bzImage with its payload outside",
		"boot header: payload");
	put32(data + 0x248, STUB);
	put32(data + 0x24c, 0);
	refused(data, image->size, "bzImage with an empty payload",
		"boot header: payload");
	data[0x1f1] = 0;
	put32(data + 0x24c, 10);
	refused(data, image->size, "bzImage with a payload of nothing known",
		"payload at 0xa64: is neither an ELF file nor compressed");
	data[0x1f1] = SETUP_SECTS;
}

static void test_foreign(struct klpcc_buffer *image)
{
	static const struct {
		const char *name, *magic;
		size_t size;
	} table[] = { { "bzip2", "BZh9", 4 },
		      { "lzma", "\x5d\0\0\x80", 4 },
		      { "lzo", "\x89LZO", 4 },
		      { "lz4", "\x02\x21\x4c\x18", 4 } };

	put32(image->data + 0x24c, 1000);
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		char name[64], expected[64];

		memcpy(image->data + SETUP + STUB, table[i].magic, table[i].size);
		snprintf(name, sizeof(name), "bzImage packed with %s", table[i].name);
		snprintf(expected, sizeof(expected),
			 "is compressed with %s, which is not supp", table[i].name);
		refused(image->data, image->size, name, expected);
	}
}

static void test_containers(const struct generated *elf,
			    const struct generate_options *options)
{
	char name[128];

	for (size_t i = 0; i < PACKERS; i++) {
		struct klpcc_buffer packed = packers[i].pack(elf->data, elf->size);
		struct klpcc_buffer image = pack_bzimage(&packed);

		write_file(image.data, image.size);
		snprintf(name, sizeof(name), "bzImage with %s", packers[i].name);
		check(reads(options), name);
		write_file(packed.data, packed.size - packers[i].trailer);
		snprintf(name, sizeof(name), "vmlinux packed with %s", packers[i].name);
		check(reads(options), name);

		snprintf(name, sizeof(name), "bzImage with %s, cut short",
			 packers[i].name);
		refused(image.data, image.size - 600, name, "boot header: payload of");
		snprintf(name, sizeof(name), "vmlinux packed with %s, cut short",
			 packers[i].name);
		refused(packed.data, packed.size / 2, name, "truncated");
		if (packers[i].trailer) {
			packed.data[packed.size - 3] ^= 1;
			snprintf(name, sizeof(name), "%s with another size at its end",
				 packers[i].name);
			refused(packed.data, packed.size, name, "but says that it has");
		}
		if (i == 0) {
			test_bzimage_damage(&image);
			test_foreign(&image);
		}
		free(image.data);
		free(packed.data);
	}
}

/* ---- contents ------------------------------------------------------------------------ */

static void test_contents(void)
{
	for (int kernel = 0; kernel < GENERATE_KERNELS; kernel++) {
		for (int variant = 0; variant < 16; variant++) {
			struct generate_options options = {
				.kernel = (enum generate_kernel)kernel,
				.count = 700,
				.big_endian = variant & 1,
				.flags = variant & 2,
				.no_sections = variant & 4,
				.absolute = variant & 8,
			};
			struct generated image = generate_image(&options);
			char name[128];

			write_file(image.data, image.size);
			snprintf(name, sizeof(name), "%s, %s-endian, %s%s, %s",
				 generate_name(options.kernel),
				 options.big_endian ? "big" : "little",
				 options.flags ? "flags of exports"
					       : "two tables of exports",
				 options.absolute ? " by address" : "",
				 options.no_sections ? "no sections" : "sections");
			check(reads(&options), name);
			free(image.data);
		}
	}
}

static void test_relocations(void)
{
	struct generate_options options = { .kernel = GENERATE_5_10_BASE,
					    .count = 700,
					    .big_endian = true,
					    .absolute = true,
					    .relocations = true };
	struct generated image = generate_image(&options);

	write_file(image.data, image.size);
	check(reads(&options), "s390 vmlinux, position-independent");
	free(image.data);
}

/* Refused with size bytes at offset changed to value. */
static void damaged(const struct generated *image, size_t offset, const void *value,
		    size_t size, const char *name, const char *expected)
{
	unsigned char *copy = malloc(image->size);

	memcpy(copy, image->data, image->size);
	memcpy(copy + offset, value, size);
	refused(copy, image->size, name, expected);
	free(copy);
}

static void test_damage(void)
{
	struct generate_options options = { .kernel = GENERATE_6_4, .count = 700 };
	struct generated image = generate_image(&options);
	unsigned char nothing[4096] = { 0 };

	damaged(&image, image.banner, nothing, 128, "no banner", "no kernel release");
	damaged(&image, image.token_index, nothing, 512, "no tables",
		"no kallsyms tables in it");
	damaged(&image, image.markers, "\1\1\1\1", 4, "a marker is wrong",
		"kallsyms_token_index is at address 0x");
	damaged(&image, image.values + 800, nothing, 8, "addresses are wrong",
		"has 700 symbols, but no addresses");
	damaged(&image, image.ksymtab + 4, nothing, 4, "an export without a name",
		"entry 0: has no name");
	damaged(&image, image.ksymtab + 12 + 4, "\0\0\0\x70", 4,
		"an export with its name outside", "entry 1: refers to no string");
	damaged(&image, image.ksymtab + 8, "\0\0\0\x70", 4,
		"an export with its namespace outside", "entry 0: refers to no string");
	refused(image.data, 0, "an empty file", "is not a kernel image");
	refused("#!/bin/sh\n", 10, "a script", "is not a kernel image");
	free(image.data);
	options.kernel = GENERATE_5_10_BASE;
	options.count = 511;
	image = generate_image(&options);
	refused(image.data, image.size, "too few symbols for a kernel",
		"no names and markers");
	free(image.data);
}

/* Reading never ends in anything but a table or one line about the file. */
static bool survives(const unsigned char *data, size_t size)
{
	struct klpcc_target *target;
	char *message;
	bool ok;

	write_file(data, size);
	target = read_image(&message);
	ok = target ? klpcc_target_symbols(target, 0) >= 512
		    : !strncmp(message, IMAGE ":", strlen(IMAGE ":"));
	if (!ok)
		printf("%s\n", message ? message : "a table of few symbols");
	if (target)
		klpcc_target_destroy(target);
	free(message);
	return ok;
}

static void test_any(const unsigned char *data, size_t size, const char *what)
{
	unsigned char *copy = malloc(size);
	uint32_t state = 7;
	char name[128];
	bool ok = true;

	for (size_t cut = 0; cut < size; cut += cut < 4096 ? 37 : size / 50)
		ok = survives(data, cut) && ok;
	snprintf(name, sizeof(name), "%s cut short anywhere", what);
	check(ok, name);
	ok = true;
	for (int i = 0; i < 400; i++) {
		memcpy(copy, data, size);
		for (int flips = 0; flips <= i % 3; flips++) {
			state = state * 1664525 + 1013904223;
			/* Half of them in the headers. */
			copy[(state >> 4) % (i % 2 ? size : 512)] ^= 1u << (state >> 29);
		}
		ok = survives(copy, size) && ok;
	}
	snprintf(name, sizeof(name), "%s with bits flipped", what);
	check(ok, name);
	free(copy);
}

int main(void)
{
	struct generate_options options = { .kernel = GENERATE_6_4, .count = 700 };
	struct generated image = generate_image(&options);
	struct klpcc_buffer packed = packers[1].pack(image.data, image.size),
			    bzimage = pack_bzimage(&packed);

	test_contents();
	test_relocations();
	test_containers(&image, &options);
	test_damage();
	test_any(image.data, image.size, "vmlinux");
	test_any(bzimage.data, bzimage.size, "bzImage");
	free(bzimage.data);
	free(packed.data);
	free(image.data);
	return 0;
}
