// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The reader of kernel images on generated ones: what it takes out of an image of either
 * byte order in every container, and what it says when the image is damaged.
 */
#include <dejagnu.h>
#include <elf.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "generate.h"
#include "index/index.h"
#include "kernel/read-image.h"
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
	struct klpcc_image *image;
	struct klpcc_error *err;

	if (klpcc_target_create(&target) || klpcc_image_begin(IMAGE, &image))
		abort();
	*message = NULL;
	err = klpcc_image_finish(image, target);
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
		    klpcc_index_name_export(index, &entry, 0, &export_) ||
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
	ok = identity_ok(index) && symbols_ok(index, options) && exports_ok(index);
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
		snprintf(expected, sizeof(expected), "is compressed with %s, but only xz",
			 table[i].name);
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
			refused(packed.data, packed.size, name, "but its trailer says");
		}
		if (i == 0) {
			test_bzimage_damage(&image);
			test_foreign(&image);
		}
		free(image.data);
		free(packed.data);
	}
}

/* ---- s390 ---------------------------------------------------------------------------- */

static const struct s390_layout {
	const char *name;
	struct generate_options options;
} s390_layouts[] = {
	{ "position-independent",
	  { .kernel = GENERATE_5_10_BASE, .relocations = true, .absolute = true } },
	{ "of 6.12", { .kernel = GENERATE_6_4, .absolute = true } },
	{ "of 7.0", { .kernel = GENERATE_7_0, .absolute = true, .flags = true } },
};

static struct generate_options s390_options(const struct s390_layout *layout)
{
	struct generate_options options = layout->options;

	options.big_endian = true;
	options.count = 700;
	return options;
}

static struct klpcc_buffer s390_plain(const struct generated *elf)
{
	struct s390_kernel kernel = s390_kernel(elf);

	return pack_s390(&kernel, S390_PLAIN, elf->data + elf->segment, kernel.size);
}

static struct klpcc_buffer s390_packed(const struct generated *elf,
				       const struct packer *packer)
{
	struct s390_kernel kernel = s390_kernel(elf);
	struct klpcc_buffer packed, image;

	packed = packer->pack(elf->data + elf->segment, kernel.size);
	image = pack_s390(&kernel, S390_PACKED, packed.data, packed.size);
	free(packed.data);
	return image;
}

static void test_s390_reads(const struct s390_layout *layout)
{
	struct generate_options options = s390_options(layout);
	struct generated elf = generate_image(&options);
	struct klpcc_buffer image = s390_plain(&elf);
	char name[128];

	write_file(elf.data, elf.size);
	snprintf(name, sizeof(name), "s390 vmlinux, %s", layout->name);
	check(reads(&options), name);
	write_file(image.data, image.size);
	snprintf(name, sizeof(name), "s390 image, %s", layout->name);
	check(reads(&options), name);
	image.data = realloc(image.data, image.size + 700);
	memset(image.data + image.size, 's', 700);
	write_file(image.data, image.size + 700);
	snprintf(name, sizeof(name), "s390 image, %s, with a signature", layout->name);
	check(reads(&options), name);
	free(image.data);
	for (size_t i = 0; i < PACKERS; i++) {
		image = s390_packed(&elf, &packers[i]);
		write_file(image.data, image.size);
		snprintf(name, sizeof(name), "s390 image, %s, with %s", layout->name,
			 packers[i].name);
		check(reads(&options), name);
		free(image.data);
	}
	free(elf.data);
}

/* Sizes for which the trailer is in the kernel's last page, fills it, or has its own. */
static void test_s390_ends(void)
{
	struct generate_options options = s390_options(&s390_layouts[1]);
	struct generated elf = generate_image(&options);
	struct s390_kernel kernel = s390_kernel(&elf);
	size_t whole = (kernel.size + 4095) / 4096 * 4096;
	const size_t sizes[] = { whole - S390_TRAILER, whole - S390_TRAILER + 1, whole };
	unsigned char *data = calloc(1, whole);
	bool ok = true;

	memcpy(data, elf.data + elf.segment, kernel.size);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct klpcc_buffer image, packed;

		kernel.size = sizes[i];
		image = pack_s390(&kernel, S390_PLAIN, data, sizes[i]);
		write_file(image.data, image.size);
		ok = reads(&options) && ok;
		free(image.data);
		packed = packers[0].pack(data, sizes[i]);
		/* The trailer moves over the end of a page. */
		for (size_t place = S390_PACKED; place < S390_PACKED + 4200; place += 8) {
			image = pack_s390(&kernel, place, packed.data, packed.size);
			write_file(image.data, image.size);
			ok = reads(&options) && ok;
			free(image.data);
		}
		free(packed.data);
	}
	check(ok, "s390 image that ends anywhere in a page");
	free(data);
	free(elf.data);
}

static void damage_s390(const struct klpcc_buffer *image, size_t offset,
			const char *bytes, size_t size, const char *name,
			const char *expected)
{
	unsigned char *copy = malloc(image->size);

	memcpy(copy, image->data, image->size);
	memcpy(copy + offset, bytes, size);
	refused(copy, image->size, name, expected);
	free(copy);
}

/* Words of struct vmlinux_info with default_lma that describe no kernel. */
static void test_s390_info(const struct klpcc_buffer *image,
			   const struct s390_kernel *kernel)
{
	const uint64_t limit = 512 << 20, memory = 0x7ffffffffffff000;
	const struct {
		const char *name;
		size_t word;
		uint64_t value;
	} table[] = {
		{ "an entry elsewhere", 1, 0x100000 },
		{ "an entry inside a page", 1, kernel->address + 1 },
		{ "no size", 2, 0 },
		{ "a size of no whole pages", 2, kernel->size | 8 },
		{ "a size that is never unpacked", 2, limit + 4096 },
		{ "a size beyond all memory", 2, memory },
		{ ".bss of no whole pages", 3, 8 },
		{ ".bss larger than any", 3, limit + 4096 },
		{ ".bss beyond all memory", 3, memory },
		{ "boot data outside", 4, kernel->address - 8 },
		{ "no boot data", 5, 0 },
		{ "boot data that ends outside", 5, kernel->memory },
		{ "preserved data outside", 6, kernel->address + kernel->memory },
		{ "no preserved data", 7, 0 },
		{ "preserved data that ends outside", 7, kernel->memory },
		{ "symbols outside", 8, kernel->address - 24 },
		{ "symbols behind their end", 8, kernel->rela + 24 },
		{ "half a symbol", 8, kernel->dynsym + 8 },
		{ "relocations behind their end", 9, kernel->rela_end + 24 },
		{ "half a relocation", 10, kernel->rela_end - 8 },
		{ "relocations that end outside", 10,
		  kernel->address + kernel->memory - 8 },
		{ "a size of no whole pages for 31-bit code", 10, 0x3008 },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		unsigned char word[8];
		char name[128];

		for (size_t k = 0; k < sizeof(word); k++)
			word[k] = (unsigned char)(table[i].value >> 8 * (7 - k));
		snprintf(name, sizeof(name), "s390 image, vmlinux_info: %s",
			 table[i].name);
		damage_s390(image, S390_INFO + table[i].word * 8, (char *)word, 8, name,
			    "nothing in its boot code describes a kernel");
	}
}

static void test_s390_plain_damage(void)
{
	struct generate_options options = s390_options(&s390_layouts[0]);
	struct generated elf = generate_image(&options);
	struct s390_kernel kernel = s390_kernel(&elf);
	struct klpcc_buffer image = s390_plain(&elf);
	size_t rela = S390_PLAIN + elf.rela - elf.segment;

	damage_s390(&image, image.size - 1, "X", 1, "s390 image without its trailer",
		    "s390 image: the trailer at its end is missing");
	refused(image.data, image.size - 1, "s390 image, cut short",
		"s390 image: the trailer");
	damage_s390(&image, 0x10008, "X", 1, "s390 image without its mark",
		    "is not a kernel image: neither a bzImage");
	test_s390_info(&image, &kernel);
	damage_s390(&image, rela, "\0\0\0\0\0\0\0\0", 8,
		    "s390 image, a relocation of nothing",
		    "dynamic relocation 0: address 0x0 is not in the file");
	damage_s390(&image, rela + 8, "\0\0\0\2", 4,
		    "s390 image, a relocation by no symbol",
		    "dynamic relocation 0: symbol index 2 names no symbol (2 symbols)");
	/* The base of kallsyms: the addresses follow it out of the kernel. */
	damage_s390(&image, rela + 16, "\1", 1, "s390 image, a relocation to elsewhere",
		    "there are no matching addresses");
	/* The type: R_390_NONE. */
	damage_s390(&image, rela + 12, "\0\0\0\0", 4,
		    "s390 image, a base that is not set",
		    "there are no matching addresses");
	free(image.data);
	free(elf.data);
}

static void test_s390_packed_damage(void)
{
	struct generate_options options = s390_options(&s390_layouts[1]);
	struct generated elf = generate_image(&options);
	struct s390_kernel kernel = s390_kernel(&elf);
	struct klpcc_buffer image = s390_packed(&elf, &packers[0]);
	struct klpcc_buffer packed = packers[0].pack(elf.data + elf.segment, kernel.size);

	damage_s390(&image, S390_PACKED, "X", 1, "s390 image without a kernel",
		    "s390 image: contains neither a kernel of ");
	damage_s390(&image, S390_PACKED + packed.size / 2, "XXXX", 4,
		    "s390 image, packed data damaged",
		    "payload at 0x12108: xz data is damaged");
	damage_s390(&image, S390_PACKED, "BZh9", 4, "s390 image packed with bzip2",
		    "payload at 0x12108: is compressed with bzip2, but only xz");
	damage_s390(&image, S390_PACKED + packed.size - 4, "\1\2\3\4", 4,
		    "s390 image with another size behind its kernel",
		    "bytes follow the compressed data");
	damage_s390(&image, image.size - S390_TRAILER - 1, "X", 1,
		    "s390 image with more behind its kernel",
		    "bytes follow the compressed data");
	free(image.data);
	image = pack_s390(&kernel, S390_PACKED, packed.data, packed.size / 2);
	refused(image.data, image.size, "s390 image, packed data cut short",
		"payload at 0x12108: xz data is");
	free(image.data);
	kernel.size += 4096;
	image = pack_s390(&kernel, S390_PACKED, packed.data, packed.size);
	refused(image.data, image.size, "s390 image of a smaller kernel than it says",
		"bytes, but the boot code expects a kernel of ");
	free(image.data);
	kernel.size -= 8192;
	image = pack_s390(&kernel, S390_PACKED, packed.data, packed.size);
	refused(image.data, image.size, "s390 image of a larger kernel than it says",
		"unpacks to more than the ");
	free(image.data);
	free(packed.data);
	free(elf.data);
}

static void test_s390(void)
{
	for (size_t i = 0; i < sizeof(s390_layouts) / sizeof(s390_layouts[0]); i++)
		test_s390_reads(&s390_layouts[i]);
	test_s390_ends();
	test_s390_plain_damage();
	test_s390_packed_damage();
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

/* ---- what is known of kallsyms and of seals ------------------------------------------- */

static bool seals_ok(const struct klpcc_index *index, bool known, bool any)
{
	struct klpcc_index_object object;

	if (klpcc_index_object(index, KLPCC_INDEX_VMLINUX, &object) ||
	    object.seals_known != known)
		return false;
	for (uint32_t i = 0; i < klpcc_index_symbols(index); i++) {
		struct klpcc_index_symbol symbol;
		bool expected;

		if (klpcc_index_symbol(index, i, &symbol))
			return false;
		expected = any && (symbol.address == GENERATE_SEAL_1 ||
				   symbol.address == GENERATE_SEAL_2);
		if (symbol.sealed != expected) {
			printf("%s: sealed %d\n", symbol.name, symbol.sealed);
			return false;
		}
	}
	return true;
}

static void test_knowledge_of(const struct generate_options *options, bool known,
			      const char *name)
{
	struct generated image = generate_image(options);
	struct klpcc_index *index;
	struct klpcc_target *target;
	char *message;

	write_file(image.data, image.size);
	target = read_image(&message);
	if (!target || klpcc_target_write(target, INDEX) ||
	    klpcc_index_open(INDEX, &index))
		abort();
	check(klpcc_index_kallsyms_all(index) ==
			      (options->code_only ? KLPCC_INDEX_KALLSYMS_ALL_NO
						  : KLPCC_INDEX_KALLSYMS_ALL_YES) &&
		      seals_ok(index, known, known && options->seals),
	      name);
	klpcc_index_close(index);
	klpcc_target_destroy(target);
	free(image.data);
}

static void test_knowledge(void)
{
	/* seals, code_only, no_sections, big_endian, and what is known of seals then */
	static const struct {
		bool seals, code_only, no_sections, big_endian, known;
		const char *name;
	} table[] = {
		{ true, false, false, false, true, "sealed functions by section" },
		{ true, false, true, false, true, "sealed functions by symbols" },
		{ true, true, false, false, true,
		  "sealed functions of a kernel that names no data" },
		{ true, true, true, false, false,
		  "a kernel that names neither data nor sections" },
		{ false, false, false, false, true, "a kernel that seals nothing" },
		{ false, false, true, false, true,
		  "a kernel that seals nothing, without sections" },
		{ false, true, true, true, true, "a machine without ENDBR" },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct generate_options options = {
			.kernel = GENERATE_6_4,
			.count = 700,
			.seals = table[i].seals,
			.code_only = table[i].code_only,
			.no_sections = table[i].no_sections,
			.big_endian = table[i].big_endian,
			.absolute = table[i].big_endian,
		};

		test_knowledge_of(&options, table[i].known, table[i].name);
	}
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

	damaged(&image, image.banner, nothing, 128, "no banner",
		"contains no kernel release");
	damaged(&image, image.token_index, nothing, 512, "no tables",
		"contains no kallsyms tables");
	damaged(&image, image.markers, "\1\1\1\1", 4, "a marker is wrong",
		"kallsyms_token_index is at address 0x");
	damaged(&image, image.values + 800, nothing, 8, "addresses are wrong",
		"has 700 symbols, but there are no matching addresses");
	damaged(&image, image.ksymtab + 4, nothing, 4, "an export without a name",
		"entry 0: has no name");
	damaged(&image, image.ksymtab + 12 + 4, "\0\0\0\x70", 4,
		"an export with its name outside", "entry 1: does not refer to a string");
	damaged(&image, image.ksymtab + 8, "\0\0\0\x70", 4,
		"an export with its namespace outside",
		"entry 0: does not refer to a string");
	free(image.data);
	options.seals = true;
	image = generate_image(&options);
	/* sh_size and sh_addr; what the symbols say is not asked then. */
	damaged(&image, image.seals_header + 32, "\7", 1, "half a sealed function",
		".ibt_endbr_seal: 0x7 bytes are not a whole number of entries");
	damaged(&image, image.seals_header + 16 + 7, "\0", 1,
		"sealed functions outside the file",
		"no 8 bytes at address 0xffffff8100");
	refused(image.data, 0, "an empty file", "is not a kernel image");
	refused("#!/bin/sh\n", 10, "a script", "is not a kernel image");
	free(image.data);
	options.kernel = GENERATE_5_10_BASE;
	options.count = 511;
	image = generate_image(&options);
	refused(image.data, image.size, "too few symbols for a kernel",
		"no matching names and markers");
	free(image.data);
}

/* ---- segments ------------------------------------------------------------------------ */

/* Processor time; what it is about took a minute and more. */
#define SECONDS 2

/* size bytes, with an ELF header and so many segments, each of all bytes behind these. */
static unsigned char *make_segments(size_t count, size_t size)
{
	size_t head = sizeof(Elf64_Ehdr) + count * sizeof(Elf64_Phdr);
	unsigned char *data = calloc(1, size);
	Elf64_Phdr *segments = (Elf64_Phdr *)(data + sizeof(Elf64_Ehdr));

	if (!data)
		abort();
	*(Elf64_Ehdr *)data = (Elf64_Ehdr){
		.e_ident = { 0x7f, 'E', 'L', 'F', ELFCLASS64, ELFDATA2LSB, EV_CURRENT },
		.e_type = ET_EXEC,
		.e_machine = EM_X86_64,
		.e_version = EV_CURRENT,
		.e_phoff = sizeof(Elf64_Ehdr),
		.e_ehsize = sizeof(Elf64_Ehdr),
		.e_phentsize = sizeof(Elf64_Phdr),
		.e_phnum = (Elf64_Half)count,
	};
	for (size_t i = 0; i < count; i++)
		segments[i] = (Elf64_Phdr){ .p_type = PT_LOAD,
					    .p_offset = head,
					    .p_vaddr = GENERATE_ADDRESS,
					    .p_filesz = size - head,
					    .p_memsz = size - head };
	return data;
}

static void refused_soon(size_t count, const char *name, const char *expected)
{
	size_t size = (size_t)7700 << 10;
	unsigned char *data = make_segments(count, size);
	clock_t begin = clock();
	char timed[128];

	refused(data, size, name, expected);
	snprintf(timed, sizeof(timed), "%s, in time", name);
	check(clock() - begin < SECONDS * CLOCKS_PER_SEC, timed);
	free(data);
}

/* The tables may be in any of them, so all are searched. */
static void test_segments(void)
{
	refused_soon(1, "one segment without tables", "contains no kallsyms tables");
	refused_soon(2, "two segments with the same bytes",
		     "program header 1: the segments up to this one load more bytes");
	refused_soon(65534, "thousands of segments with the same bytes",
		     "program header 1: the segments up to this one load more bytes");
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

/* The headers, whatever comes behind: the entry table, vmlinux_info, the relocations. */
static void test_any_s390(void)
{
	struct generate_options options = s390_options(&s390_layouts[0]);
	struct generated elf = generate_image(&options);
	struct klpcc_buffer image = s390_packed(&elf, &packers[2]);

	test_any(elf.data, elf.size, "s390 vmlinux");
	test_any(image.data, image.size, "s390 image");
	free(image.data);
	free(elf.data);
}

int main(void)
{
	struct generate_options options = { .kernel = GENERATE_6_4, .count = 700 };
	struct generated image = generate_image(&options);
	struct klpcc_buffer packed = packers[1].pack(image.data, image.size),
			    bzimage = pack_bzimage(&packed);

	test_contents();
	test_containers(&image, &options);
	test_knowledge();
	test_damage();
	test_segments();
	test_s390();
	test_any(image.data, image.size, "vmlinux");
	test_any(bzimage.data, bzimage.size, "bzImage");
	test_any_s390();
	free(bzimage.data);
	free(packed.data);
	free(image.data);
	return 0;
}
