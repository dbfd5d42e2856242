// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A damaged index is an error and never a crash: every length that a file can be cut to,
 * every bit of the header, every byte of the tables, and one by one the fields that a reader
 * might follow out of the file.
 *
 * The file is a whole number of pages, so that a read behind its end leaves the mapping.
 */
#include "../lib/unit.h"

#include "../lib/walk-btf.h"

#include <bpf/btf.h>
#include <fcntl.h>
#include <unistd.h>

#include "index/index-format.h"
#include "index/index.h"
#include "target/target.h"
#include "lib/file.h"

#define GOOD "good.klpidx"
#define BAD "bad.klpidx"
#define PAGE 4096

static struct klpcc_buffer good;
static unsigned char *bad; /* room for one byte more than good */

/* Types of every kind that a reader follows; base: NULL for vmlinux. */
static struct btf *make_btf(struct btf *base)
{
	struct btf *btf = base ? btf__new_empty_split(base) : btf__new_empty();
	int number, item, proto;

	number = btf__add_int(btf, base ? "short" : "int", 4, BTF_INT_SIGNED);
	btf__add_array(btf, number, number, 1);
	item = btf__add_struct(btf, base ? "own" : "item", 8);
	btf__add_field(btf, "a", number, 0, 0);
	btf__add_field(btf, "b", number + 1, 32, 0);
	btf__add_typedef(btf, "item_t", item);
	btf__add_const(btf, item + 1);
	btf__add_ptr(btf, item + 2);
	btf__add_enum(btf, base ? "own_level" : "level", 4);
	btf__add_enum_value(btf, "LOW", 0);
	proto = btf__add_func_proto(btf, number);
	btf__add_func_param(btf, "item", item + 3);
	btf__add_func(btf, base ? "own_function" : "beta", BTF_FUNC_STATIC, proto);
	btf__add_var(btf, base ? "own_variable" : "alpha", BTF_VAR_STATIC, item);
	return btf;
}

static void add_btf(struct klpcc_target *target, uint32_t module)
{
	struct btf *base = make_btf(NULL), *split = make_btf(base);
	struct klpcc_types *types;
	const void *data;
	uint32_t size;

	data = btf__raw_data(split, &size);
	must(klpcc_target_add_module_btf(target, module, data, size));
	data = btf__raw_data(base, &size);
	must(klpcc_types_create(data, size, &types));
	must(klpcc_target_add_types(target, types));
	btf__free(split);
	btf__free(base);
}

static void write_target(size_t release_length)
{
	static const char *const names[] = { "alpha", "beta", "beta", "gamma", "delta" };
	char release[PAGE + 16];
	struct klpcc_target *target;
	uint32_t object;

	memset(release, '6', release_length);
	release[release_length] = '\0';
	must(klpcc_target_create(&target));
	must(klpcc_target_begin(target, GOOD));
	must(klpcc_target_set_release(target, release));
	for (int i = 0; i < 3; i++) {
		static const char *const objects[] = { "vmlinux", "kvm", "ext4" };

		must(klpcc_target_object(target, objects[i], &object));
		must(klpcc_target_set_build_id(target, object, "\x01\x02\x03\x04", 4));
		for (int k = 0; k < 5; k++) {
			struct klpcc_target_symbol symbol = {
				.name = names[k],
				.source = k % 2 ? "fs/file.c" : NULL,
				.address = 0x1000u + (unsigned int)k,
				.kallsyms_type = 't',
				.type = 2,
				.has_address = true,
				.counted = true,
			};

			must(klpcc_target_add_symbol(target, object, &symbol));
		}
		must(klpcc_target_add_export(target, object,
					     &(struct klpcc_target_export){
						     .name = names[i],
						     .namespace_ = i ? "NS" : NULL,
						     .crc = (uint32_t)i,
						     .gpl = true,
					     }));
	}
	add_btf(target, object);
	must(klpcc_target_set_vermagic(target, "6.1.0 SMP "));
	must(klpcc_target_write(target, GOOD));
	klpcc_target_destroy(target);
}

static void make_good(void)
{
	write_target(1);
	must(klpcc_file_read(GOOD, &good));
	write_target(1 + PAGE - good.size % PAGE);
	klpcc_buffer_deinit(&good);
	must(klpcc_file_read(GOOD, &good));
	bad = malloc(good.size + 1);
	if (!bad || good.size % PAGE)
		abort();
	memcpy(bad, good.data, good.size);
	bad[good.size] = 0;
}

static void write_bad(size_t size)
{
	int fd = open(BAD, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

	if (fd < 0 || write(fd, bad, size) != (ssize_t)size || close(fd))
		abort();
}

static unsigned long text_sum;

static void use_text(const char *text)
{
	for (; text && *text; text++)
		text_sum += (unsigned char)*text;
}

/* Counts and frees an error; false when there was one. */
static bool fine(struct klpcc_error *err, unsigned int *errors)
{
	if (!err)
		return true;
	++*errors;
	klpcc_error_free(err);
	return false;
}

static void use_objects(const struct klpcc_index *index, unsigned int *errors)
{
	struct klpcc_index_object object;
	uint32_t number;
	bool found;

	for (uint32_t i = 0; i < klpcc_index_objects(index); i++) {
		if (!fine(klpcc_index_object(index, i, &object), errors))
			continue;
		use_text(object.name);
		for (size_t k = 0; k < object.build_id_size; k++)
			text_sum += object.build_id[k];
	}
	fine(klpcc_index_find_object(index, "ext4", 4, &found, &number), errors);
	fine(klpcc_index_find_object(index, "nowhere", 7, &found, &number), errors);
}

static void use_names(const struct klpcc_index *index, unsigned int *errors)
{
	static const char *const wanted[] = { "alpha", "beta", "delta", "gamma", "zeta" };
	struct klpcc_index_symbol symbol;
	struct klpcc_index_export export_;
	struct klpcc_index_name name;
	bool found;

	for (int i = 0; i < 5; i++)
		if (fine(klpcc_index_find_name(index, wanted[i], strlen(wanted[i]),
					       &found, &name),
			 errors) &&
		    found)
			use_text(name.name);
	for (uint32_t i = 0; i < klpcc_index_names(index); i++) {
		if (!fine(klpcc_index_name_at(index, i, &name), errors))
			continue;
		use_text(name.name);
		for (uint32_t k = 0; k < name.exports; k++)
			if (fine(klpcc_index_name_export(index, &name, k, &export_),
				 errors)) {
				use_text(export_.name);
				use_text(export_.namespace_);
			}
	}
	for (uint32_t i = 0; i < klpcc_index_symbols(index); i++)
		if (fine(klpcc_index_symbol(index, i, &symbol), errors)) {
			use_text(symbol.name);
			use_text(symbol.source);
		}
}

static unsigned int btf_errors;

static bool btf_fine(struct klpcc_error *err)
{
	return fine(err, &btf_errors);
}

/* Everything that can be asked of the file; the number of errors that came back. */
static unsigned int use(const char *path, bool *opened)
{
	struct klpcc_index *index;
	unsigned int errors = 0;

	*opened = fine(klpcc_index_open(path, &index), &errors);
	if (!*opened)
		return errors;
	use_text(klpcc_index_release(index));
	use_objects(index, &errors);
	use_names(index, &errors);
	btf_errors = 0;
	walk_btf(index, btf_fine);
	errors += btf_errors;
	klpcc_index_close(index);
	return errors;
}

static void test_good(void)
{
	bool opened;

	test_begin("the undamaged index has no errors");
	check(use(GOOD, &opened) == 0 && opened, "it has");
	test_end();
}

static void test_lengths(void)
{
	bool opened;

	test_begin("an index of any other length is refused");
	for (size_t size = 0; size <= good.size + 1; size++) {
		if (size == good.size)
			continue;
		write_bad(size);
		use(BAD, &opened);
		check(!opened, "%zu of %zu bytes", size, good.size);
	}
	test_end();
}

static size_t table(enum klpcc_disk_table_number number)
{
	struct klpcc_disk_header header;

	memcpy(&header, good.data, sizeof(header));
	return header.tables[number].offset;
}

#define BIT(field) (offsetof(struct klpcc_disk_header, field) * 8)

/* Whether an index may say what the good one says with that bit of its header changed. */
static bool is_other_index(size_t bit)
{
	const struct klpcc_disk_header *header = (const void *)bad;

	if (bit >= BIT(vermagic) && bit < BIT(vermagic) + 32)
		return header->vermagic < good.size - table(KLPCC_DISK_STRINGS);
	return bit == BIT(flags) + 1 ||
	       (bit >= BIT(machine) && bit < BIT(machine) + 16) ||
	       (bit >= BIT(digest) && bit < BIT(digest) + 64);
}

static void test_header(void)
{
	bool opened;

	test_begin("a header with any bit changed is refused");
	check(KLPCC_DISK_KALLSYMS_ALL_KNOWN == 1u << 1, "the flag is elsewhere");
	for (size_t bit = 0; bit < 8 * sizeof(struct klpcc_disk_header); bit++) {
		bad[bit / 8] ^= (unsigned char)(1u << bit % 8);
		write_bad(good.size);
		use(BAD, &opened);
		check(opened == is_other_index(bit), "byte %zu, bit %zu", bit / 8,
		      bit % 8);
		bad[bit / 8] = good.data[bit / 8];
	}
	test_end();
}

/* Random bytes over the tables, one place and many at a time: only a crash is wrong. */
static void test_tables(void)
{
	static const unsigned char values[] = { 0x00, 0x01, 0x7f, 0x80, 0xff };
	size_t start = sizeof(struct klpcc_disk_header);
	size_t end = table(KLPCC_DISK_STRINGS);
	uint32_t seed = 20;
	bool opened;

	test_begin("any byte of the tables may be wrong");
	for (size_t i = start; i < end; i++)
		for (size_t k = 0; k < sizeof(values); k++) {
			bad[i] = values[k];
			write_bad(good.size);
			use(BAD, &opened);
			check(opened, "byte %zu is checked at open", i);
			bad[i] = good.data[i];
		}
	test_end();
	test_begin("many bytes behind the header may be wrong");
	for (int run = 0; run < 4000; run++) {
		for (uint32_t n = 1 + random_below(&seed, 40); n; n--)
			bad[start + random_below(&seed, (uint32_t)(end - start + 64))] =
				(unsigned char)random_below(&seed, 256);
		write_bad(good.size);
		use(BAD, &opened);
		check(opened, "run %d is refused at open", run);
		memcpy(bad, good.data, good.size);
	}
	test_end();
}

/* A 32-bit field at offset set to value must cost at least one error. */
static void check_field(const char *what, size_t offset, uint32_t value)
{
	unsigned int errors;
	bool opened;

	for (int i = 0; i < 4; i++)
		bad[offset + (size_t)i] = (unsigned char)(value >> 8 * i);
	write_bad(good.size);
	errors = use(BAD, &opened);
	check(opened && errors > 0, "%s %u: no error", what, value);
	memcpy(bad, good.data, good.size);
}

#define FIELD(number, type, entry, field) \
	(table(number) + (entry) * sizeof(struct type) + offsetof(struct type, field))

static void test_fields(void)
{
	static const uint32_t wild[] = { 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff };
	uint32_t strings = (uint32_t)(good.size - table(KLPCC_DISK_STRINGS));

	test_begin("a field that points out of its table is an error");
	for (size_t i = 0; i < 5; i++) {
		uint32_t value = i < 4 ? wild[i] : strings;

		check_field("object name",
			    FIELD(KLPCC_DISK_OBJECTS, klpcc_disk_object, 1, name), value);
		check_field("build id",
			    FIELD(KLPCC_DISK_OBJECTS, klpcc_disk_object, 0, build_id),
			    value);
		check_field(
			"build id size",
			FIELD(KLPCC_DISK_OBJECTS, klpcc_disk_object, 2, build_id_size),
			value);
		check_field("name", FIELD(KLPCC_DISK_NAMES, klpcc_disk_name, 3, name),
			    value);
		check_field("first symbol",
			    FIELD(KLPCC_DISK_NAMES, klpcc_disk_name, 1, first_symbol),
			    value);
		check_field("last symbol",
			    FIELD(KLPCC_DISK_NAMES, klpcc_disk_name, 4, first_symbol),
			    value);
		check_field("symbol's object",
			    FIELD(KLPCC_DISK_SYMBOLS, klpcc_disk_symbol, 7, object),
			    value);
		check_field("symbol's address",
			    FIELD(KLPCC_DISK_SYMBOLS, klpcc_disk_symbol, 7, origin),
			    value);
		check_field("symbol's source",
			    FIELD(KLPCC_DISK_ADDRESSES, klpcc_disk_address, 7, source),
			    value);
		check_field("BTF", FIELD(KLPCC_DISK_OBJECTS, klpcc_disk_object, 0, btf),
			    value);
		check_field("BTF of a module",
			    FIELD(KLPCC_DISK_OBJECTS, klpcc_disk_object, 1, btf_size),
			    value);
		check_field("place in a block",
			    FIELD(KLPCC_DISK_OBJECTS, klpcc_disk_object, 1, btf), value);
		check_field("block",
			    FIELD(KLPCC_DISK_OBJECTS, klpcc_disk_object, 1, block),
			    value);
		check_field("place of a block",
			    FIELD(KLPCC_DISK_BLOCKS, klpcc_disk_block, 0, offset), value);
		check_field("packed size",
			    FIELD(KLPCC_DISK_BLOCKS, klpcc_disk_block, 0, packed_size),
			    value);
		check_field("size of a block",
			    FIELD(KLPCC_DISK_BLOCKS, klpcc_disk_block, 0, size), value);
		check_field("type", FIELD(KLPCC_DISK_TYPES, klpcc_disk_type, 3, offset),
			    value);
		check_field("next type",
			    FIELD(KLPCC_DISK_TYPES, klpcc_disk_type, 3, next), value);
		check_field("export's object",
			    FIELD(KLPCC_DISK_EXPORTS, klpcc_disk_export, 2, object),
			    value);
		check_field("export's namespace",
			    FIELD(KLPCC_DISK_EXPORTS, klpcc_disk_export, 2, namespace_),
			    value);
		check_field("export's flags",
			    FIELD(KLPCC_DISK_EXPORTS, klpcc_disk_export, 2, flags),
			    value);
	}
	check_field("symbol's object",
		    FIELD(KLPCC_DISK_SYMBOLS, klpcc_disk_symbol, 7, object), 3);
	check_field("a circle of types",
		    FIELD(KLPCC_DISK_TYPES, klpcc_disk_type, 3, next), 3);
	check_field("symbol's letter",
		    FIELD(KLPCC_DISK_SYMBOLS, klpcc_disk_symbol, 7, kallsyms_type), 0x20);
	/* Too small, too large, and the largest that is tried. */
	for (uint32_t i = 0; i < 3; i++)
		check_field("unpacked size",
			    FIELD(KLPCC_DISK_BLOCKS, klpcc_disk_block, 0, size),
			    (const uint32_t[]){ 8, 1u << 16, KLPCC_DISK_BLOCK_MAX }[i]);
	check_field("object's flags",
		    FIELD(KLPCC_DISK_OBJECTS, klpcc_disk_object, 1, flags), 4);
	check_field("a checksum without its flag",
		    FIELD(KLPCC_DISK_EXPORTS, klpcc_disk_export, 0, crc), 1);
	check_field("first symbol",
		    FIELD(KLPCC_DISK_NAMES, klpcc_disk_name, 0, first_symbol), 1);
	test_end();
}

/* An error of `path` must say all of the text. */
static void check_message(const char *path, const char *text)
{
	struct klpcc_index *index;
	struct klpcc_error *err = klpcc_index_open(path, &index);

	if (!check(err != NULL, "%s opens", path))
		return;
	check(strstr(err->message, path) && strstr(err->message, text) &&
		      !strchr(err->message, '\n'),
	      "the message is: %s", err->message);
	klpcc_error_free(err);
}

static void test_messages(void)
{
	test_begin("the message names the file and what is wrong");
	check_message("missing.klpidx", "No such file or directory");
	check_message(".", "is a directory");
	check_message("/dev/null", "not a klpcc index");
	write_bad(0);
	check_message(BAD, "not a klpcc index");
	bad[0] = 'x';
	write_bad(good.size);
	check_message(BAD, "not a klpcc index");
	bad[0] = good.data[0];
	write_bad(11);
	check_message(BAD, "truncated index: 11 bytes");
	write_bad(good.size - 1);
	check_message(BAD, "truncated");
	bad[offsetof(struct klpcc_disk_header, version)]++;
	write_bad(good.size);
	check_message(BAD,
		      "index format 7, but this klpcc reads 6; make it again with `klpcc "
		      "index`");
	write_bad(12);
	check_message(BAD, "index format 7");
	test_end();
}

int main(void)
{
	make_good();
	test_good();
	test_lengths();
	test_header();
	test_tables();
	test_fields();
	test_messages();
	klpcc_buffer_deinit(&good);
	free(bad);
	return test_status;
}
