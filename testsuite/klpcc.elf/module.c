// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The reader of modules: what the index then says of module-1.s and module-2.s, which were
 * linked into sample-module.ko and its variants in the directory argv[1]. Also: the same
 * module packed, in trees, by the hundred, and damaged.
 */
#include <errno.h>
#include <lzma.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "../lib/unit.h"
#include "index/index.h"
#include "kernel/module.h"
#include "kernel/read-modules.h"
#include "target/target.h"
#include "lib/decompress.h"
#include "lib/file.h"

#define OBJECT 1u /* the only one beside vmlinux */
#define INDEX "out.klpidx"

static struct klpcc_buffer plain; /* sample-module.ko */
static const char *variants;      /* the directory */

/* ---- files ------------------------------------------------------------------------- */

static const char *variant(const char *name)
{
	static char path[4096];

	snprintf(path, sizeof(path), "%s/%s", variants, name);
	return path;
}

/* Makes the directories of the path, too. */
static void write_file(const char *path, const void *data, size_t size)
{
	char directory[256];
	FILE *file;

	snprintf(directory, sizeof(directory), "%s", path);
	for (char *p = strchr(directory, '/'); p; p = strchr(p + 1, '/')) {
		*p = '\0';
		mkdir(directory, 0777);
		*p = '/';
	}
	file = fopen(path, "wb");
	if (!file || fwrite(data, 1, size, file) != size || fclose(file)) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		exit(1);
	}
}

static void copy_variant(const char *name, const char *path)
{
	struct klpcc_buffer bytes;

	must(klpcc_file_read(variant(name), &bytes));
	write_file(path, bytes.data, bytes.size);
	klpcc_buffer_deinit(&bytes);
}

/* ---- one module, as the index has it ----------------------------------------------- */

static struct klpcc_error *make_index(const char *path)
{
	struct klpcc_target *target;
	struct klpcc_error *err;

	must(klpcc_target_create(&target));
	err = klpcc_read_modules(target, path, NULL, NULL);
	if (!err)
		err = klpcc_target_write(target, INDEX);
	klpcc_target_destroy(target);
	return err;
}

static void refused(const char *path, const char *expected)
{
	struct klpcc_error *err = make_index(path);

	if (check(err, "%s is accepted", path))
		check(strstr(err->message, expected) &&
			      !strncmp(err->message, path, strlen(path)),
		      "%s: %s", path, err->message);
	klpcc_error_free(err);
}

struct expected {
	const char *name;
	uint32_t sympos;
	char letter;
	uint8_t type, binding;
	bool init;
	const char *source;
};

#define LOCAL_IN(n) STB_LOCAL, false, "module-" #n ".c"
#define INIT_IN(n) STB_LOCAL, true, "module-" #n ".c"

/* Sorted by name and then as the index has them: by position, what has none first. */
static const struct expected expected_symbols[] = {
	{ "__kstrtab_gpl_call", 0, 'r', STT_NOTYPE, LOCAL_IN(1) },
	{ "__kstrtab_open_call", 0, 'r', STT_NOTYPE, LOCAL_IN(1) },
	{ "__kstrtab_other_name", 0, 'r', STT_NOTYPE, LOCAL_IN(1) },
	{ "__kstrtabns_gpl_call", 0, 'r', STT_NOTYPE, LOCAL_IN(1) },
	{ "__kstrtabns_open_call", 0, 'r', STT_NOTYPE, LOCAL_IN(1) },
	{ "__kstrtabns_other_name", 0, 'r', STT_NOTYPE, LOCAL_IN(1) },
	{ "__ksymtab_gpl_call", 0, 'r', STT_NOTYPE, LOCAL_IN(1) },
	{ "__ksymtab_open_call", 0, 'r', STT_NOTYPE, LOCAL_IN(1) },
	{ "__ksymtab_other_name", 0, 'r', STT_NOTYPE, LOCAL_IN(1) },
	{ "__this_module", 0, 'd', STT_OBJECT, STB_GLOBAL, false, NULL },
	{ "fixed", 0, 'r', STT_OBJECT, LOCAL_IN(1) },
	/* A GPL-only export: is_exported() looks in the other table. */
	{ "gpl_call", 0, 't', STT_FUNC, STB_GLOBAL, false, NULL },
	{ "only_here", 0, 't', STT_FUNC, LOCAL_IN(1) },
	{ "open_call", 0, 'T', STT_FUNC, STB_GLOBAL, false, NULL },
	{ "per_cpu_count", 0, 'a', STT_OBJECT, STB_GLOBAL, false, NULL },
	/* Exported, but under another name: kallsyms looks for its own. */
	{ "renamed_call", 0, 't', STT_FUNC, STB_GLOBAL, false, NULL },
	{ "space", 0, 'b', STT_OBJECT, LOCAL_IN(1) },
	{ "start", 0, 't', STT_FUNC, INIT_IN(1) },
	{ "start_data", 0, 'd', STT_OBJECT, INIT_IN(1) },
	{ "state", 1, 'd', STT_OBJECT, LOCAL_IN(1) },
	{ "state", 2, 'd', STT_OBJECT, LOCAL_IN(2) },
	{ "stop", 0, 't', STT_FUNC, LOCAL_IN(1) },
	{ "thrice", 0, 't', STT_FUNC, INIT_IN(1) },
	{ "thrice", 0, 't', STT_FUNC, LOCAL_IN(2) },
	{ "twice", 1, 't', STT_FUNC, LOCAL_IN(1) },
	{ "twice", 2, 't', STT_FUNC, LOCAL_IN(2) },
	{ "weak_call", 0, 'w', STT_FUNC, STB_WEAK, false, NULL },
	{ "weak_data", 0, 'v', STT_OBJECT, STB_WEAK, false, NULL },
};

#define EXPECTED (sizeof(expected_symbols) / sizeof(expected_symbols[0]))

static bool same_text(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

static bool matches(const struct klpcc_index_symbol *symbol,
		    const struct expected *wanted)
{
	return !strcmp(symbol->name, wanted->name) && symbol->object == OBJECT &&
	       symbol->sympos == wanted->sympos &&
	       symbol->kallsyms_type == wanted->letter && symbol->type == wanted->type &&
	       symbol->binding == wanted->binding && symbol->init == wanted->init &&
	       same_text(symbol->source, wanted->source) && !symbol->has_address;
}

/* Every expected symbol once, whatever the order within a name, and no other. */
static void check_symbols(const struct klpcc_index *index)
{
	bool seen[EXPECTED] = { false };

	check(klpcc_index_symbols(index) == EXPECTED, "%u symbols",
	      klpcc_index_symbols(index));
	for (uint32_t i = 0; i < klpcc_index_symbols(index); i++) {
		struct klpcc_index_symbol symbol;
		size_t k = 0;

		must(klpcc_index_symbol(index, i, &symbol));
		while (k < EXPECTED &&
		       (seen[k] || !matches(&symbol, &expected_symbols[k])))
			k++;
		if (check(k < EXPECTED, "%s %c: position %u, type %u, init %d, source %s",
			  symbol.name, symbol.kallsyms_type, symbol.sympos, symbol.type,
			  symbol.init, symbol.source ? symbol.source : "none"))
			seen[k] = true;
	}
	for (size_t k = 0; k < EXPECTED; k++)
		check(seen[k], "%s is missing", expected_symbols[k].name);
}

static void check_export(const struct klpcc_index *index, const char *name, bool gpl,
			 const char *namespace_)
{
	struct klpcc_index_export export;
	struct klpcc_index_name found;
	bool known;

	must(klpcc_index_find_name(index, name, strlen(name), &known, &found));
	if (!check(known && found.exports == 1, "%s is not exported", name))
		return;
	must(klpcc_index_name_export(index, &found, 0, &export));
	check(export.gpl == gpl, "%s: GPL-only %d", name, export.gpl);
	check(same_text(export.namespace_, namespace_), "%s: namespace %s", name,
	      export.namespace_ ? export.namespace_ : "none");
}

static struct klpcc_index *open_index(const char *path)
{
	struct klpcc_index *index;

	must(make_index(path));
	must(klpcc_index_open(INDEX, &index));
	return index;
}

static void check_object(const struct klpcc_index *index, const char *name)
{
	static const unsigned char id[] = { 0x01, 0x23, 0x45, 0x67 };
	struct klpcc_index_object object;

	check(klpcc_index_objects(index) == 2, "%u objects", klpcc_index_objects(index));
	must(klpcc_index_object(index, OBJECT, &object));
	check(!strcmp(object.name, name), "object %s", object.name);
	check(object.build_id_size == sizeof(id) &&
		      !memcmp(object.build_id, id, sizeof(id)),
	      "build id of %zu bytes", object.build_id_size);
	check(!strcmp(klpcc_index_release(index), "6.1.0-test"), "release %s",
	      klpcc_index_release(index));
}

static void test_one_module(void)
{
	struct klpcc_index *index;

	test_begin("what kallsyms keeps, in which place and under which letter");
	index = open_index(variant("sample-module.ko"));
	check_symbols(index);
	test_end();
	test_begin("exports, namespaces, name, build id, release");
	check_object(index, "sample_module");
	check_export(index, "open_call", false, NULL);
	check_export(index, "other_name", false, "module:kvm,kvm-amd");
	check_export(index, "gpl_call", true, "SAMPLES");
	klpcc_index_close(index);
	test_end();
	test_begin("flags beside the export table");
	index = open_index(variant("flags.ko"));
	check_export(index, "open_call", false, NULL);
	check_export(index, "other_name", true, "module:kvm,kvm-amd");
	klpcc_index_close(index);
	test_end();
	test_begin("a module that does not say its name");
	index = open_index(variant("un-named.ko"));
	check_object(index, "un_named");
	klpcc_index_close(index);
	test_end();
}

/* The names whose symbols are all sealed, and no other is. */
static void check_seals(const struct klpcc_index *index, const char *const *names,
			size_t count)
{
	struct klpcc_index_object object;

	must(klpcc_index_object(index, OBJECT, &object));
	check(object.seals_known, "nothing is known of seals");
	for (uint32_t i = 0; i < klpcc_index_symbols(index); i++) {
		struct klpcc_index_symbol symbol;
		bool expected = false;

		must(klpcc_index_symbol(index, i, &symbol));
		for (size_t k = 0; k < count; k++)
			expected |= !strcmp(symbol.name, names[k]);
		check(symbol.sealed == expected, "%s: sealed %d", symbol.name,
		      symbol.sealed);
	}
}

static void test_seals(void)
{
	static const char *const sealed[] = { "only_here", "open_call", "start" };
	struct klpcc_index *index;

	test_begin("functions that lost their ENDBR");
	index = open_index(variant("sealed.ko"));
	check_seals(index, sealed, 3);
	klpcc_index_close(index);
	index = open_index(variant("sample-module.ko"));
	check_seals(index, sealed, 0);
	klpcc_index_close(index);
	test_end();
	test_begin("a wrong list of functions that lost their ENDBR");
	refused(variant("sealed-elsewhere.ko"),
		"'.rela.ibt_endbr_seal': entry 3: symbol 'elsewhere' is not defined");
	refused(variant("sealed-odd.ko"), "'.rela.ibt_endbr_seal': entry 3: type 10 at");
	refused(variant("sealed-less.ko"),
		"'.rela.ibt_endbr_seal': 3 relocations for a list of 0x10 bytes");
	test_end();
}

static void test_places(void)
{
	static const char *const patchable[] = { "only_here", "open_call", "start" };
	struct klpcc_index_object object;
	struct klpcc_index *index;

	test_begin("functions that ftrace can redirect");
	index = open_index(variant("traced.ko"));
	must(klpcc_index_object(index, OBJECT, &object));
	check(object.places_known, "nothing is known of places");
	for (uint32_t i = 0; i < klpcc_index_symbols(index); i++) {
		struct klpcc_index_symbol symbol;
		bool expected = false;

		must(klpcc_index_symbol(index, i, &symbol));
		for (size_t k = 0; k < 3; k++)
			expected |= !strcmp(symbol.name, patchable[k]);
		check(symbol.patchable == expected, "%s: patchable %d", symbol.name,
		      symbol.patchable);
	}
	klpcc_index_close(index);
	refused(variant("traced-odd.ko"), "'.rela__mcount_loc': entry 4: type 2 at");
	test_end();
}

static void check_crc(const struct klpcc_index *index, const char *name, uint32_t crc)
{
	struct klpcc_index_export export;
	struct klpcc_index_name found;
	bool known;

	must(klpcc_index_find_name(index, name, strlen(name), &known, &found));
	if (!check(known && found.exports == 1, "%s is not exported", name))
		return;
	must(klpcc_index_name_export(index, &found, 0, &export));
	check(export.has_crc == (crc != 0) && export.crc == crc, "%s: checksum 0x%x",
	      name, export.crc);
}

static void test_checksums(void)
{
	static const char *const files[] = { "crc.ko", "crc-absolute.ko",
					     "crc-relative.ko" };
	struct klpcc_index *index;

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		test_begin(files[i]);
		index = open_index(variant(files[i]));
		check_crc(index, "open_call", 0x89abcdef);
		check_crc(index, "other_name", 0x12345678);
		check_crc(index, "gpl_call", 0xc0ffee);
		klpcc_index_close(index);
		test_end();
	}
	test_begin("no checksums, and too few");
	index = open_index(variant("sample-module.ko"));
	check_crc(index, "open_call", 0);
	klpcc_index_close(index);
	refused(variant("crc-less.ko"),
		"'__kcrctab_gpl': 1 bytes of checksums for 1 exports");
	test_end();
}

static void test_no_unload(void)
{
	struct klpcc_index_symbol symbol;
	struct klpcc_index_name found;
	struct klpcc_index *index;
	bool known;

	test_begin("exit code is init memory where modules cannot be unloaded");
	index = open_index(variant("forever.ko"));
	must(klpcc_index_find_name(index, "stop", 4, &known, &found));
	if (check(known && found.symbols == 1, "stop is not there")) {
		must(klpcc_index_symbol(index, found.first_symbol, &symbol));
		check(symbol.init, "stop is not in init memory");
	}
	klpcc_index_close(index);
	test_end();
}

static void test_refused(void)
{
	struct klpcc_target *target;
	struct klpcc_error *err;

	test_begin("not a module of the target");
	refused(variant("livepatch.ko"),
		"a livepatch module, which does not belong in an index");
	refused(variant("module-1.o.broken"), "not an ELF file");
	refused(variant("long.ko"), "where an export's name or namespace should be");
	refused(variant("only-object.o"), "not a kernel module");
	refused("missing.ko", "cannot open");
	test_end();

	test_begin("a module of another kernel");
	must(klpcc_target_create(&target));
	must(klpcc_read_modules(target, variant("sample-module.ko"), NULL, NULL));
	err = klpcc_read_modules(target, variant("other.ko"), NULL, NULL);
	check(err && strstr(err->message,
			    "other.ko: is for kernel 9.9.9-other, not for 6.1.0-test"),
	      "%s", err ? err->message : "accepted");
	klpcc_error_free(err);
	test_end();

	test_begin("a module twice");
	err = klpcc_read_modules(target, variant("sample-module.ko"), NULL, NULL);
	check(err && strstr(err->message, "module sample_module was already read"), "%s",
	      err ? err->message : "accepted");
	klpcc_error_free(err);
	klpcc_target_destroy(target);
	test_end();
}

/* ---- packed ------------------------------------------------------------------------ */

static struct klpcc_buffer packed_room(void)
{
	struct klpcc_buffer out = { malloc(plain.size + 4096), plain.size + 4096 };

	if (!out.data)
		exit(1);
	return out;
}

static struct klpcc_buffer pack_xz(void)
{
	struct klpcc_buffer out = packed_room();
	size_t used = 0;

	if (lzma_easy_buffer_encode(6, LZMA_CHECK_CRC32, NULL, plain.data, plain.size,
				    out.data, &used, out.size) != LZMA_OK)
		exit(1);
	out.size = used;
	return out;
}

static struct klpcc_buffer pack_zstd(void)
{
	struct klpcc_buffer out = packed_room();
	ZSTD_CCtx *context = ZSTD_createCCtx();

	ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
	out.size = ZSTD_compress2(context, out.data, out.size, plain.data, plain.size);
	ZSTD_freeCCtx(context);
	if (ZSTD_isError(out.size))
		exit(1);
	return out;
}

static struct klpcc_buffer pack_gzip(void)
{
	struct klpcc_buffer out = packed_room();
	z_stream stream = { 0 };

	if (deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) !=
	    Z_OK)
		exit(1);
	stream.next_in = plain.data;
	stream.avail_in = (uInt)plain.size;
	stream.next_out = out.data;
	stream.avail_out = (uInt)out.size;
	if (deflate(&stream, Z_FINISH) != Z_STREAM_END)
		exit(1);
	out.size = stream.total_out;
	deflateEnd(&stream);
	return out;
}

static bool unpacks(const struct klpcc_buffer *packed, size_t size, size_t limit,
		    const char *expected)
{
	/* A block of its own, so that a read too far is seen. */
	unsigned char *data = malloc(size ? size : 1);
	struct klpcc_buffer bytes;
	struct klpcc_error *err;
	bool good;
	size_t used;

	if (!data)
		exit(1);
	memcpy(data, packed->data, size);
	err = klpcc_decompress(data, size, 0, limit, &bytes, &used);
	free(data);
	if (err) {
		good = expected && strstr(err->message, expected);
		check(good, "%zu bytes, at most %zu: %s", size, limit, err->message);
		klpcc_error_free(err);
		return good;
	}
	good = !expected && used == size && bytes.size == plain.size &&
	       !memcmp(bytes.data, plain.data, plain.size);
	klpcc_buffer_deinit(&bytes);
	return good;
}

/* The room before the bytes counts for nothing. */
static void test_front(const struct klpcc_buffer *packed)
{
	struct klpcc_buffer bytes;
	const size_t front = 100;
	size_t used;

	must(klpcc_decompress(packed->data, packed->size, front, plain.size, &bytes,
			      &used));
	check(used == packed->size && bytes.size == front + plain.size &&
		      !memcmp(bytes.data + front, plain.data, plain.size),
	      "other contents behind room for more");
	klpcc_buffer_deinit(&bytes);
}

static void test_damaged_pack(const struct klpcc_buffer *packed, const char *path)
{
	struct klpcc_buffer bytes;
	size_t used, wrong = 0;

	for (size_t size = 6; size < packed->size; size++)
		check(unpacks(packed, size, 1 << 20, "truncated"), "%zu of %zu bytes",
		      size, packed->size);
	for (size_t i = 0; i < packed->size; i++) {
		struct klpcc_error *err;

		packed->data[i] ^= 0x55;
		err = klpcc_decompress(packed->data, packed->size, 0, 1 << 20, &bytes,
				       &used);
		/* Not every byte of a header matters, but no damage goes unseen. */
		if (!err) {
			wrong += bytes.size != plain.size ||
				 memcmp(bytes.data, plain.data, plain.size);
			klpcc_buffer_deinit(&bytes);
		}
		klpcc_error_free(err);
		packed->data[i] ^= 0x55;
	}
	check(!wrong, "%s: %zu times damaged and accepted with other contents", path,
	      wrong);
}

static void test_pack(const char *path, struct klpcc_buffer packed,
		      const struct klpcc_buffer *expected)
{
	unsigned char *more = malloc(packed.size + 3);
	struct klpcc_buffer index;

	test_begin(path);
	check(klpcc_is_compressed(packed.data, packed.size), "not recognized");
	check(unpacks(&packed, packed.size, plain.size, NULL), "other contents");
	check(unpacks(&packed, packed.size, plain.size - 1, "unpacks to more than"),
	      "more than the limit is unpacked");
	test_front(&packed);
	write_file(path, packed.data, packed.size);
	must(make_index(path));
	must(klpcc_file_read(INDEX, &index));
	check(index.size == expected->size &&
		      !memcmp(index.data, expected->data, index.size),
	      "another index than the plain module's");
	klpcc_buffer_deinit(&index);
	test_damaged_pack(&packed, path);

	write_file(path, packed.data, packed.size / 2);
	refused(path, "truncated");
	if (!more)
		exit(1);
	memcpy(more, packed.data, packed.size);
	memset(more + packed.size, 0, 3);
	write_file(path, more, packed.size + 3);
	refused(path, "3 bytes follow the compressed data");
	free(more);
	klpcc_buffer_deinit(&packed);
	test_end();
}

static void test_packed(void)
{
	struct klpcc_buffer index;

	must(make_index(variant("sample-module.ko")));
	must(klpcc_file_read(INDEX, &index));
	test_pack("sample-module.ko.xz", pack_xz(), &index);
	test_pack("sample-module.ko.zst", pack_zstd(), &index);
	test_pack("sample-module.ko.gz", pack_gzip(), &index);
	klpcc_buffer_deinit(&index);
}

/* ---- trees ------------------------------------------------------------------------- */

struct steps {
	size_t calls, total;
	bool in_order;
};

static void count_step(void *data, size_t done, size_t total)
{
	struct steps *steps = data;

	steps->calls++;
	steps->total = total;
	steps->in_order = steps->in_order && done == steps->calls;
}

static void test_tree(void)
{
	struct steps steps = { 0, 0, true };
	struct klpcc_index *index;
	struct klpcc_target *target;

	test_begin("a tree of modules");
	copy_variant("un-named.ko", "tree/kernel/b/second.ko");
	copy_variant("un-named.ko", "tree/kernel/a/first-one.ko");
	copy_variant("livepatch.ko", "tree/kernel/livepatch.ko");
	copy_variant("other.ko", "tree/notes/other.ko.txt");
	/* As /lib/modules/RELEASE/build leads to the headers. */
	copy_variant("other.ko", "elsewhere/other.ko");
	check(!symlink("../elsewhere", "tree/build") || errno == EEXIST, "link");
	must(klpcc_target_create(&target));
	must(klpcc_read_modules(target, "tree", count_step, &steps));
	check(steps.calls == 3 && steps.total == 3 && steps.in_order,
	      "%zu steps of progress, %zu in all", steps.calls, steps.total);
	must(klpcc_target_write(target, INDEX));
	klpcc_target_destroy(target);
	must(klpcc_index_open(INDEX, &index));
	check(klpcc_index_objects(index) == 3, "%u objects", klpcc_index_objects(index));
	klpcc_index_close(index);
	refused("elsewhere/nothing", "cannot open");
	mkdir("empty", 0777);
	refused("empty", "contains no kernel modules");
	test_end();
}

static void test_updates(void)
{
	struct klpcc_index *index;

	test_begin("a module in updates replaces the one of that name");
	copy_variant("forever.ko", "update/kernel/drivers/sample-module.ko");
	copy_variant("sample-module.ko", "update/updates/dkms/sample_module.ko");
	index = open_index("update");
	check_object(index, "sample_module");
	check_symbols(index);
	klpcc_index_close(index);
	test_end();

	test_begin("two modules of a name are refused");
	copy_variant("sample-module.ko", "double/kernel/a/sample-module.ko");
	copy_variant("sample-module.ko", "double/kernel/b/sample_module.ko");
	refused("double", "double/kernel/b/sample_module.ko: the same module as "
			  "double/kernel/a/sample-module.ko");
	/* Two files whose names differ, but not what is inside. */
	copy_variant("sample-module.ko", "within/a.ko");
	copy_variant("sample-module.ko", "within/b.ko");
	refused("within", "within/b.ko: module sample_module was already read");
	test_end();
}

static void test_many(void)
{
	struct klpcc_buffer first, again;

	test_begin("the same index and the same error, whatever the timing");
	for (int i = 0; i < 300; i++) {
		char path[64];

		snprintf(path, sizeof(path), "many/m%03d.ko", i);
		copy_variant("un-named.ko", path);
	}
	must(make_index("many"));
	must(klpcc_file_read(INDEX, &first));
	for (int i = 0; i < 5; i++) {
		must(make_index("many"));
		must(klpcc_file_read(INDEX, &again));
		check(first.size == again.size &&
			      !memcmp(first.data, again.data, first.size),
		      "another index");
		klpcc_buffer_deinit(&again);
	}
	klpcc_buffer_deinit(&first);
	write_file("many/m250.ko", "damage", 6);
	write_file("many/m057.ko", plain.data, plain.size - 1);
	write_file("many/m058.ko", "damage", 6);
	for (int i = 0; i < 5; i++) {
		struct klpcc_error *err = make_index("many");

		check(err && !strncmp(err->message, "many/m057.ko: ", 14), "%s",
		      err ? err->message : "accepted");
		klpcc_error_free(err);
	}
	test_end();
}

/* ---- damaged ----------------------------------------------------------------------- */

static void test_damaged(void)
{
	struct klpcc_buffer copy = { malloc(plain.size), plain.size };
	uint32_t state = 6;
	size_t refusals = 0;

	if (!copy.data)
		exit(1);
	test_begin("a module with damage anywhere is refused or read");
	for (size_t i = 0; i < 2 * plain.size; i++) {
		struct klpcc_module module;
		struct klpcc_error *err;

		memcpy(copy.data, plain.data, plain.size);
		copy.data[i / 2] ^= i & 1 ? 0xff : 1 << random_below(&state, 8);
		write_file("damaged.ko", copy.data, copy.size);
		err = klpcc_module_init("damaged.ko", &module);
		if (!err)
			klpcc_module_deinit(&module);
		refusals += err != NULL;
		klpcc_error_free(err);
	}
	check(refusals > 500 && refusals < 2 * plain.size, "%zu refused", refusals);
	klpcc_buffer_deinit(&copy);
	test_end();
}

int main(int argc, char **argv)
{
	if (argc != 2)
		return 2;
	variants = argv[1];
	must(klpcc_file_read(variant("sample-module.ko"), &plain));
	test_one_module();
	test_seals();
	test_places();
	test_checksums();
	test_no_unload();
	test_refused();
	test_packed();
	test_tree();
	test_updates();
	test_many();
	test_damaged();
	klpcc_buffer_deinit(&plain);
	return test_status;
}
