// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the fuzz harnesses share: see fuzz.h.
 */
#include "fuzz.h"

#include <errno.h>
#include <json-c/json_tokener.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "index/index.h"
#include "kernel/read-image.h"
#include "kernel/read-text.h"
#include "lib/decompress.h"

void fuzz_broken(const char *format, ...)
{
	va_list args;

	fputs("klpcc fuzz: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	abort();
}

/* ---- memory ------------------------------------------------------------------------ */

/* Of the sanitizers' allocator_interface.h, which gcc does not install. */
int __sanitizer_install_malloc_and_free_hooks(void (*malloc_hook)(const volatile void *,
								  size_t),
					      void (*free_hook)(const volatile void *));
size_t __sanitizer_get_allocated_size(const volatile void *p);

static atomic_long live, peak;
static size_t input_size, limit;

static void count_malloc(const volatile void *p, size_t size)
{
	long now = atomic_fetch_add(&live, (long)size) + (long)size, before = peak;

	(void)p;
	while (now > before && !atomic_compare_exchange_weak(&peak, &before, now))
		;
}

static void count_free(const volatile void *p)
{
	if (p)
		atomic_fetch_sub(&live, (long)__sanitizer_get_allocated_size(p));
}

void fuzz_begin(size_t size, size_t factor)
{
	static bool installed;

	if (!installed &&
	    !__sanitizer_install_malloc_and_free_hooks(count_malloc, count_free))
		fuzz_broken("this sanitizer has no hooks for malloc");
	installed = true;
	input_size = size;
	limit = FUZZ_MEMORY_FIXED + factor * size;
	live = 0;
	peak = 0;
}

void fuzz_allow(size_t size)
{
	limit += size;
}

void fuzz_end(void)
{
	if ((size_t)peak > limit)
		fuzz_broken("%zu bytes of memory for an input of %zu bytes", (size_t)peak,
			    input_size);
}

/* ---- changes ----------------------------------------------------------------------- */

/* What stands before an anchor matters, too. */
void fuzz_change(uint8_t *data, size_t size, const size_t *anchors, size_t count,
		 const uint8_t *change)
{
	long distance = (long)(change[2] + change[3] * 256) + (int8_t)change[4] * 65536L;
	long place = (long)anchors[change[0] % count] + distance;
	size_t width = 1 + change[1] % 3;
	bool repeat = change[1] & 0x80;

	for (size_t i = 0; i < (repeat ? 600 : 1); i++, place += (long)width)
		if (place >= 0 && (size_t)place + width <= size)
			memcpy(data + place, change + 5, width);
}

/* ---- files ------------------------------------------------------------------------- */

const char *fuzz_file(const void *data, size_t size)
{
	static char path[64];
	static int fd = -1;

	if (fd < 0) {
		fd = memfd_create("input", MFD_CLOEXEC);
		snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	}
	if (fd < 0 || ftruncate(fd, 0) || pwrite(fd, data, size, 0) != (ssize_t)size)
		fuzz_broken("no file in memory: %s", strerror(errno));
	return path;
}

static char scratch[64];

static void remove_scratch(void)
{
	char command[96];

	snprintf(command, sizeof(command), "rm -rf '%s'", scratch);
	if (system(command))
		fprintf(stderr, "%s stays\n", scratch);
}

const char *fuzz_scratch(const char *name)
{
	static char path[4096];

	if (!scratch[0]) {
		strcpy(scratch, "/dev/shm/klpcc-fuzz.XXXXXX");
		if (!mkdtemp(scratch))
			fuzz_broken("%s: %s", scratch, strerror(errno));
		atexit(remove_scratch);
	}
	snprintf(path, sizeof(path), "%s/%s", scratch, name);
	return path;
}

/* ---- readers ----------------------------------------------------------------------- */

void fuzz_read(const void *data, size_t size)
{
	for (size_t i = 0; i < size; i++)
		(void)((const volatile unsigned char *)data)[i];
}

void fuzz_check_printable(const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (text[i] != '\n' && text[i] != '\t' &&
		    ((unsigned char)text[i] < ' ' || text[i] == '\177'))
			fuzz_broken("byte %d is printed", text[i]);
}

void fuzz_check_json(const char *text, size_t size)
{
	struct json_tokener *tokener = json_tokener_new_ex(64);
	struct json_object *value;

	if (!tokener)
		abort();
	json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8 |
						JSON_TOKENER_ALLOW_TRAILING_CHARS);
	value = json_tokener_parse_ex(tokener, text, (int)size + 1);
	if (!json_object_is_type(value, json_type_object))
		fuzz_broken("it is not a JSON object: %s",
			    json_tokener_error_desc(json_tokener_get_error(tokener)));
	json_object_put(value);
	json_tokener_free(tokener);
}

bool fuzz_done(struct klpcc_error *err)
{
	if (!err)
		return true;
	if (!err->code || !err->message[0] || strchr(err->message, '\n'))
		fuzz_broken("no error of one line: %d '%s'", err->code, err->message);
	klpcc_error_free(err);
	return false;
}

static struct klpcc_error *walk_records(const struct klpcc_index *index,
					const struct klpcc_index_name *name)
{
	struct klpcc_error *err = NULL;

	for (uint32_t i = 0; !err && i < name->symbols; i++) {
		struct klpcc_index_symbol symbol;

		err = klpcc_index_symbol(index, name->first_symbol + i, &symbol);
		if (!err &&
		    strlen(symbol.name) + (symbol.source ? strlen(symbol.source) : 0) ==
			    SIZE_MAX)
			abort();
	}
	for (uint32_t i = 0; !err && i < name->exports; i++) {
		struct klpcc_index_export entry;

		err = klpcc_index_name_export(index, name, i, &entry);
		if (!err &&
		    strlen(entry.name) +
				    (entry.namespace_ ? strlen(entry.namespace_) : 0) ==
			    SIZE_MAX)
			abort();
	}
	return err;
}

static struct klpcc_error *walk_objects(const struct klpcc_index *index)
{
	struct klpcc_error *err = NULL;

	for (uint32_t i = 0; !err && i < klpcc_index_objects(index); i++) {
		struct klpcc_index_object object;
		uint32_t number;
		bool found;

		err = klpcc_index_object(index, i, &object);
		if (err)
			break;
		fuzz_read(object.build_id, object.build_id_size);
		err = klpcc_index_find_object(index, object.name, strlen(object.name),
					      &found, &number);
	}
	return err;
}

struct klpcc_error *fuzz_walk_index(const struct klpcc_index *index)
{
	struct klpcc_error *err = walk_objects(index);

	for (uint32_t i = 0; !err && i < klpcc_index_names(index); i++) {
		struct klpcc_index_name name, same;
		bool found;

		err = klpcc_index_name_at(index, i, &name);
		if (!err)
			err = klpcc_index_find_name(index, name.name, strlen(name.name),
						    &found, &same);
		if (!err)
			err = walk_records(index, &name);
	}
	return err;
}

void fuzz_write_index(const char *path, const char *release)
{
	static const char symvers[] = KLPCC_TESTSUITE "/klpcc.link/target.symvers";
	static const char kallsyms[] = KLPCC_TESTSUITE "/klpcc.link/target.kallsyms";
	struct klpcc_target *target;

	if (!fuzz_done(klpcc_target_create(&target)) ||
	    !fuzz_done(klpcc_target_set_release(target, release)) ||
	    !fuzz_done(klpcc_read_symvers(target, symvers)) ||
	    !fuzz_done(klpcc_read_kallsyms(target, kallsyms)) ||
	    !fuzz_done(klpcc_target_write(target, path)))
		fuzz_broken("%s makes no index", kallsyms);
	klpcc_target_destroy(target);
}

void fuzz_finish_target(struct klpcc_target *target)
{
	struct klpcc_error *err = klpcc_target_derive_exports(target);
	const char *path = fuzz_scratch("index");
	struct klpcc_index *index;

	klpcc_target_mark_init(target);
	if (!fuzz_done(err) || !fuzz_done(klpcc_target_check_exports(target)))
		return;
	err = klpcc_target_write(target, path);
	if (!err)
		err = klpcc_index_open(path, &index);
	if (!err) {
		err = fuzz_walk_index(index);
		klpcc_index_close(index);
	}
	if (err)
		fuzz_broken("what was read makes no index: %s", err->message);
}

struct klpcc_error *fuzz_read_image(struct klpcc_target *target, const char *path)
{
	struct klpcc_image *image;
	struct klpcc_error *err = klpcc_image_begin(path, &image);

	return err ? err : klpcc_image_finish(image, target);
}

#define FACTOR 64

static void read_target(const char *path, fuzz_reader *reader)
{
	struct klpcc_target *target;

	if (klpcc_target_create(&target))
		abort();
	if (fuzz_done(reader(target, path)))
		fuzz_finish_target(target);
	klpcc_target_destroy(target);
}

void fuzz_target(const uint8_t *data, size_t size, size_t factor, fuzz_reader *reader)
{
	const char *path = fuzz_file(data, size);

	fuzz_begin(size, factor);
	read_target(path, reader);
	fuzz_end();
}

struct klpcc_error *fuzz_unpack(struct klpcc_buffer *bytes)
{
	struct klpcc_buffer unpacked;
	struct klpcc_error *err;
	size_t used;

	if (!klpcc_is_compressed(bytes->data, bytes->size))
		return NULL;
	err = klpcc_decompress(bytes->data, bytes->size, 0, KLPCC_DECOMPRESS_LIMIT,
			       &unpacked, &used);
	if (err)
		return err;
	klpcc_buffer_deinit(bytes);
	*bytes = unpacked;
	return NULL;
}

/* What may be taken for an input because it is packed; 0 when it is not. */
static size_t allowance(const uint8_t *data, size_t size, fuzz_unpacker *unpack)
{
	struct klpcc_buffer bytes = { malloc(size + 1), size };
	size_t more = 0;

	if (!bytes.data)
		abort();
	if (size)
		memcpy(bytes.data, data, size);
	/* Where it fails it may have come to the limit, in a block that doubles. */
	if (!fuzz_done(unpack(&bytes)))
		more = FUZZ_MEMORY_DECODER + KLPCC_DECOMPRESS_LIMIT * 3 / 2;
	else if (bytes.size != size || (size && memcmp(bytes.data, data, size)))
		more = FUZZ_MEMORY_DECODER + FACTOR * bytes.size;
	klpcc_buffer_deinit(&bytes);
	return more;
}

void fuzz_packed_target(const uint8_t *data, size_t size, fuzz_unpacker *unpack,
			fuzz_reader *reader)
{
	const char *path = fuzz_file(data, size);
	size_t more = allowance(data, size, unpack);

	fuzz_begin(size, FACTOR);
	fuzz_allow(more);
	read_target(path, reader);
	fuzz_end();
}
