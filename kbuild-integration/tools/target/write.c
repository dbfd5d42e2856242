// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Target index, writing side, second half: sorts what target.c collected, derives the
 * positions, lays the tables out as index-format.h says, and writes the file atomically.
 *
 * Strings are compared once, in one sort over the distinct ones; from then on a name is its
 * rank, and symbols and exports are put in order by stable counting sorts over ranks. The
 * order depends on the contents only, so the same target gives the same bytes.
 */
#include <elf.h>
#include <endian.h>
#include <errno.h>
#include <lzma.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/file.h"
#include "../index/index-format.h"
#include "target-data.h"

/* What is known besides the target itself; freed as a whole. */
struct writer {
	const struct klpcc_target *target;
	uint32_t *strings; /* numbers of the strings in use, in strcmp() order */
	uint32_t strings_count;
	bool *is_name;           /* by string number: some symbol or export has it */
	uint32_t *name_rank;     /* by string number: entry of the names table */
	uint32_t *string_offset; /* by string number: offset in the strings table */
	uint32_t *hosts;         /* by string number: a string that ends in it, or 0 */
	uint32_t names_count;
	uint32_t *objects;     /* numbers of the objects in the order of the table */
	uint32_t *object_rank; /* by object number: entry of the objects table */
	uint32_t *symbols;     /* numbers of the symbols in the order of the table */
	uint32_t *exports;
	struct klpcc_disk_header header;
	uint32_t addresses;   /* symbols that have one */
	uint32_t strings_end; /* in the strings table: where the build ids begin */
	uint64_t file_size;
};

/*
 * The file on its way out. It is made in order and in pieces: a table as large as the file
 * would cost as much memory again. The header is left for last. The first error stays, and
 * nothing is written after it.
 */
struct klpcc_stream {
	struct klpcc_output output;
	struct klpcc_error *err;
	uint64_t offset; /* of the end of what was put in */
	uint64_t digest; /* of what follows the header and was flushed */
	size_t used;
	unsigned char buffer[65536];
};

static void flush_stream(struct klpcc_stream *stream)
{
	stream->digest = lzma_crc64(stream->buffer, stream->used, stream->digest);
	if (!stream->err)
		stream->err =
			klpcc_output_write(&stream->output, stream->buffer, stream->used);
	stream->used = 0;
}

static void put_bytes(struct klpcc_stream *stream, const void *data, size_t size)
{
	const unsigned char *bytes = data;

	if (!size)
		return;
	stream->offset += size;
	while (size > sizeof(stream->buffer) - stream->used) {
		size_t part = sizeof(stream->buffer) - stream->used;

		memcpy(stream->buffer + stream->used, bytes, part);
		stream->used += part;
		bytes += part;
		size -= part;
		flush_stream(stream);
	}
	memcpy(stream->buffer + stream->used, bytes, size);
	stream->used += size;
}

/* Zeros up to the next multiple of KLPCC_DISK_ALIGN. */
static void put_align(struct klpcc_stream *stream)
{
	static const unsigned char zeros[KLPCC_DISK_ALIGN];

	put_bytes(stream, zeros, -stream->offset % KLPCC_DISK_ALIGN);
}

struct klpcc_error *klpcc_target_begin(struct klpcc_target *target, const char *path)
{
	static const struct klpcc_disk_header header;
	struct klpcc_stream *stream = calloc(1, sizeof(*stream));
	struct klpcc_error *err;

	if (!stream)
		return klpcc_error_nomem();
	err = klpcc_output_begin(path, 0644, &stream->output);
	if (err) {
		free(stream);
		return err;
	}
	err = klpcc_output_write(&stream->output, &header, sizeof(header));
	if (err) {
		klpcc_stream_discard(stream);
		return err;
	}
	stream->offset = sizeof(header);
	put_align(stream);
	target->stream = stream;
	return NULL;
}

void klpcc_stream_discard(struct klpcc_stream *stream)
{
	if (!stream)
		return;
	klpcc_error_free(stream->err);
	klpcc_output_discard(&stream->output);
	free(stream);
}

struct klpcc_error *klpcc_stream_btf(struct klpcc_target *target, const void *data,
				     size_t size, uint32_t *ret)
{
	struct klpcc_stream *stream = target->stream;
	uint64_t offset = stream->offset - sizeof(struct klpcc_disk_header);

	if (offset + size > UINT32_MAX - KLPCC_DISK_ALIGN)
		return klpcc_error_new(EFBIG, "too much BTF for an index");
	*ret = (uint32_t)offset;
	put_bytes(stream, data, size);
	put_align(stream);
	return NULL;
}

static void writer_deinit(struct writer *writer)
{
	free(writer->strings);
	free(writer->is_name);
	free(writer->name_rank);
	free(writer->string_offset);
	free(writer->hosts);
	free(writer->objects);
	free(writer->object_rank);
	free(writer->symbols);
	free(writer->exports);
}

static struct klpcc_error *writer_init(const struct klpcc_target *target,
				       struct writer *writer)
{
	size_t strings = target->strings.count, objects = target->objects_count;

	*writer = (struct writer){ .target = target };
	writer->strings = calloc(strings, sizeof(*writer->strings));
	writer->is_name = calloc(strings, sizeof(*writer->is_name));
	writer->name_rank = calloc(strings, sizeof(*writer->name_rank));
	writer->string_offset = calloc(strings, sizeof(*writer->string_offset));
	writer->hosts = calloc(strings, sizeof(*writer->hosts));
	writer->objects = calloc(objects, sizeof(*writer->objects));
	writer->object_rank = calloc(objects, sizeof(*writer->object_rank));
	/* One more: calloc() of nothing may return NULL. */
	writer->symbols = calloc(target->symbols_count + 1, sizeof(*writer->symbols));
	writer->exports = calloc(target->exports_count + 1, sizeof(*writer->exports));
	if (writer->strings && writer->is_name && writer->name_rank &&
	    writer->string_offset && writer->hosts && writer->objects &&
	    writer->object_rank && writer->symbols && writer->exports)
		return NULL;
	writer_deinit(writer);
	return klpcc_error_nomem();
}

static int compare_strings(const void *a, const void *b, void *data)
{
	const struct klpcc_strings *strings = data;

	return strcmp(klpcc_string_text(strings, *(const uint32_t *)a),
		      klpcc_string_text(strings, *(const uint32_t *)b));
}

/* Two runs of numbers in strcmp() order make one, from the back: `into` begins with a. */
static void merge_sorted(const struct klpcc_strings *strings, uint32_t *into, size_t a,
			 const uint32_t *run, size_t b)
{
	while (b)
		if (a && compare_strings(&into[a - 1], &run[b - 1], (void *)strings) > 0)
			into[a + b - 1] = into[a - 1], a--;
		else
			into[a + b - 1] = run[b - 1], b--;
}

struct klpcc_error *klpcc_target_sort_strings(struct klpcc_target *target)
{
	struct klpcc_strings *strings = &target->strings;
	size_t known = strings->sorted_count, added = strings->count - 1 - known;
	uint32_t *sorted, *run;

	if (!added)
		return NULL;
	sorted = reallocarray(strings->sorted, known + added, sizeof(*sorted));
	if (!sorted)
		return klpcc_error_nomem();
	strings->sorted = sorted;
	run = calloc(added, sizeof(*run));
	if (!run)
		return klpcc_error_nomem();
	for (size_t i = 0; i < added; i++)
		run[i] = (uint32_t)(known + 1 + i);
	qsort_r(run, added, sizeof(*run), compare_strings, strings);
	merge_sorted(strings, sorted, known, run, added);
	strings->sorted_count = known + added;
	free(run);
	return NULL;
}

/* Ranks the names among the strings that a record uses. */
static void rank_strings(struct writer *writer)
{
	const struct klpcc_target *target = writer->target;
	const struct klpcc_strings *strings = &target->strings;
	/* Borrowed for the marks until place_tables() writes the offsets. */
	uint32_t *used = writer->string_offset;

	for (size_t i = 0; i < target->objects_count; i++)
		used[target->objects[i].name] = 1;
	for (size_t i = 0; i < target->symbols_count; i++) {
		used[target->symbols[i].name] = used[target->symbols[i].source] = 1;
		writer->addresses += target->symbols[i].has_address;
		writer->is_name[target->symbols[i].name] = true;
	}
	for (size_t i = 0; i < target->exports_count; i++) {
		used[target->exports[i].name] = used[target->exports[i].namespace_] = 1;
		writer->is_name[target->exports[i].name] = true;
	}
	for (size_t i = 0; i < strings->sorted_count; i++)
		if (used[strings->sorted[i]])
			writer->strings[writer->strings_count++] = strings->sorted[i];
	for (uint32_t i = 0; i < writer->strings_count; i++)
		if (writer->is_name[writer->strings[i]])
			writer->name_rank[writer->strings[i]] = writer->names_count++;
}

/* vmlinux is number 0 and stays first; the modules follow by name. */
static void sort_objects(struct writer *writer)
{
	const struct klpcc_target *target = writer->target;
	uint32_t count = 1;

	for (uint32_t i = 0; i < writer->strings_count; i++) {
		uint32_t object = target->strings.entries[writer->strings[i]].object;

		if (object != KLPCC_NONE && object != KLPCC_TARGET_VMLINUX) {
			writer->object_rank[object] = count;
			writer->objects[count++] = object;
		}
	}
}

/*
 * Stable counting sort of the numbers in `order` by key[number], every key below `keys`.
 * scratch: room for as many numbers.
 */
static struct klpcc_error *sort_by(uint32_t *order, uint32_t *scratch,
				   const uint32_t *key, size_t count, size_t keys)
{
	uint32_t *start = calloc(keys + 1, sizeof(*start));

	if (!start)
		return klpcc_error_nomem();
	for (size_t i = 0; i < count; i++)
		start[key[order[i]] + 1]++;
	for (size_t i = 1; i < keys; i++)
		start[i] += start[i - 1];
	for (size_t i = 0; i < count; i++)
		scratch[start[key[order[i]]]++] = order[i];
	memcpy(order, scratch, count * sizeof(*order));
	free(start);
	return NULL;
}

/* Room for the keys of one sort_records(). */
struct keys {
	uint32_t *name;   /* by record number: rank of its name */
	uint32_t *object; /* by record number: rank of its object */
	uint32_t *scratch;
};

static void keys_deinit(struct keys *keys)
{
	free(keys->name);
	free(keys->object);
	free(keys->scratch);
}

static struct klpcc_error *keys_init(struct keys *keys, size_t count)
{
	keys->name = calloc(count + 1, sizeof(*keys->name));
	keys->object = calloc(count + 1, sizeof(*keys->object));
	keys->scratch = calloc(count + 1, sizeof(*keys->scratch));
	if (keys->name && keys->object && keys->scratch)
		return NULL;
	keys_deinit(keys);
	return klpcc_error_nomem();
}

/* Orders records by name, then object, then as they were added. */
static struct klpcc_error *sort_records(const struct writer *writer,
					const struct keys *keys, uint32_t *order,
					size_t count)
{
	struct klpcc_error *err;

	for (size_t i = 0; i < count; i++)
		order[i] = (uint32_t)i;
	err = sort_by(order, keys->scratch, keys->object, count,
		      writer->target->objects_count);
	if (!err)
		err = sort_by(order, keys->scratch, keys->name, count,
			      writer->names_count);
	return err;
}

static struct klpcc_error *sort_symbols(struct writer *writer)
{
	const struct klpcc_target *target = writer->target;
	size_t count = target->symbols_count;
	struct klpcc_error *err;
	struct keys keys;

	err = keys_init(&keys, count);
	if (err)
		return err;
	for (size_t i = 0; i < count; i++) {
		keys.name[i] = writer->name_rank[target->symbols[i].name];
		keys.object[i] = writer->object_rank[target->symbols[i].object];
	}
	err = sort_records(writer, &keys, writer->symbols, count);
	keys_deinit(&keys);
	return err;
}

static struct klpcc_error *sort_exports(struct writer *writer)
{
	const struct klpcc_target *target = writer->target;
	size_t count = target->exports_count;
	struct klpcc_error *err;
	struct keys keys;

	err = keys_init(&keys, count);
	if (err)
		return err;
	for (size_t i = 0; i < count; i++) {
		keys.name[i] = writer->name_rank[target->exports[i].name];
		keys.object[i] = writer->object_rank[target->exports[i].object];
	}
	err = sort_records(writer, &keys, writer->exports, count);
	keys_deinit(&keys);
	return err;
}

static void place_table(struct writer *writer, enum klpcc_disk_table_number number,
			uint64_t count, uint32_t entry_size)
{
	struct klpcc_disk_table *table = &writer->header.tables[number];
	uint64_t offset = writer->file_size;

	offset = (offset + KLPCC_DISK_ALIGN - 1) & -(uint64_t)KLPCC_DISK_ALIGN;
	table->offset = htole64(offset);
	table->count = htole32((uint32_t)count);
	table->entry_size = htole32(entry_size);
	writer->file_size = offset + count * entry_size;
}

/*
 * The kernel derives many names from others: __ksymtab_NAME, __kstrtab_NAME, __pfx_NAME. The end of
 * such a string serves for NAME, too.
 */
static void find_hosts(struct writer *writer)
{
	const struct klpcc_strings *strings = &writer->target->strings;

	for (uint32_t i = 0; i < writer->strings_count; i++) {
		uint32_t number = writer->strings[i], end;
		const char *text = klpcc_string_text(strings, number);

		text = strncmp(text, "__", 2) ? NULL : strchr(text + 2, '_');
		end = text ? klpcc_string_find(strings, text + 1) : 0;
		if (end)
			writer->hosts[end] = number;
	}
}

/* Offsets of all strings in use, from one on; returns the end, or more than 32 bits can say. */
static uint64_t place_strings(struct writer *writer, uint64_t offset)
{
	const struct klpcc_strings *strings = &writer->target->strings;

	find_hosts(writer);
	for (uint32_t i = 0; i < writer->strings_count && offset <= UINT32_MAX; i++) {
		uint32_t number = writer->strings[i];

		if (writer->hosts[number])
			continue;
		writer->string_offset[number] = (uint32_t)offset;
		offset += (uint64_t)strings->entries[number].length + 1;
	}
	for (uint32_t i = 0; i < writer->strings_count; i++) {
		uint32_t number = writer->strings[i], host = number;

		/* Each is longer than the one before. */
		while (writer->hosts[host])
			host = writer->hosts[host];
		writer->string_offset[number] = writer->string_offset[host] +
						strings->entries[host].length -
						strings->entries[number].length;
	}
	return offset;
}

/*
 * Gives every table its place, and every string in use its offset: release, vermagic, strings,
 * build ids, a last NUL.
 */
static struct klpcc_error *place_tables(struct writer *writer)
{
	const struct klpcc_target *target = writer->target;
	const struct klpcc_types_tables types = klpcc_types_tables(target->types);
	struct klpcc_disk_header *header = &writer->header;
	uint64_t strings = strlen(klpcc_target_release(target)) + 1;

	if (target->vermagic) {
		header->vermagic = htole32((uint32_t)strings);
		strings += strlen(target->vermagic) + 1;
	}
	strings = place_strings(writer, strings);
	writer->strings_end = (uint32_t)strings;
	for (size_t i = 0; i < target->objects_count; i++)
		strings += target->objects[i].build_id_size;
	strings++;
	if (strings > UINT32_MAX)
		return klpcc_error_new(EFBIG, "too many names for an index");
	writer->file_size = sizeof(*header);
	place_table(writer, KLPCC_DISK_BTF,
		    (target->stream->offset - sizeof(*header)) / KLPCC_DISK_ALIGN,
		    KLPCC_DISK_ALIGN);
	place_table(writer, KLPCC_DISK_BLOCKS, target->blocks.count,
		    sizeof(struct klpcc_disk_block));
	place_table(writer, KLPCC_DISK_OBJECTS, target->objects_count,
		    sizeof(struct klpcc_disk_object));
	place_table(writer, KLPCC_DISK_NAMES, (uint64_t)writer->names_count + 1,
		    sizeof(struct klpcc_disk_name));
	place_table(writer, KLPCC_DISK_SYMBOLS, target->symbols_count,
		    sizeof(struct klpcc_disk_symbol));
	place_table(writer, KLPCC_DISK_ADDRESSES, writer->addresses,
		    sizeof(struct klpcc_disk_address));
	place_table(writer, KLPCC_DISK_EXPORTS, target->exports_count,
		    sizeof(struct klpcc_disk_export));
	place_table(writer, KLPCC_DISK_TYPES, types.types_count,
		    sizeof(struct klpcc_disk_type));
	place_table(writer, KLPCC_DISK_BUCKETS, types.buckets_count, sizeof(uint32_t));
	place_table(writer, KLPCC_DISK_STRINGS, strings, 1);
	memcpy(header->magic, KLPCC_DISK_MAGIC, sizeof(header->magic));
	header->version = htole32(KLPCC_DISK_VERSION);
	header->header_size = htole32(sizeof(*header));
	header->file_size = htole64(writer->file_size);
	header->machine = htole16(target->machine);
	if (target->kallsyms_all_known)
		header->flags =
			htole16(KLPCC_DISK_KALLSYMS_ALL_KNOWN |
				(target->kallsyms_all ? KLPCC_DISK_KALLSYMS_ALL : 0));
	return NULL;
}

/* Zeros up to where the table begins: less than KLPCC_DISK_ALIGN. */
static void put_table_start(struct klpcc_stream *stream, const struct writer *writer,
			    enum klpcc_disk_table_number number)
{
	static const unsigned char zeros[KLPCC_DISK_ALIGN];

	put_bytes(stream, zeros,
		  le64toh(writer->header.tables[number].offset) - stream->offset);
}

static uint32_t disk_string(const struct writer *writer, uint32_t number)
{
	return number ? htole32(writer->string_offset[number]) : 0;
}

/* The build ids follow the last string. */
static void put_objects(struct klpcc_stream *stream, const struct writer *writer)
{
	const struct klpcc_target *target = writer->target;
	uint32_t end = writer->strings_end;

	put_table_start(stream, writer, KLPCC_DISK_OBJECTS);
	for (size_t i = 0; i < target->objects_count; i++) {
		const struct klpcc_object_data *object =
			&target->objects[writer->objects[i]];
		struct klpcc_disk_object disk = {
			.name = disk_string(writer, object->name),
			.btf = htole32(object->btf),
			.btf_size = htole32(object->btf_size),
			.block = htole32(object->block),
			.flags = htole32(
				(object->seals_known ? KLPCC_DISK_SEALS_KNOWN : 0) |
				(object->places_known ? KLPCC_DISK_PLACES_KNOWN : 0)),
		};

		if (object->build_id_size) {
			disk.build_id = htole32(end);
			disk.build_id_size = htole32((uint32_t)object->build_id_size);
			end += (uint32_t)object->build_id_size;
		}
		put_bytes(stream, &disk, sizeof(disk));
	}
}

static void put_blocks(struct klpcc_stream *stream, const struct writer *writer)
{
	const struct klpcc_blocks *blocks = &writer->target->blocks;

	put_table_start(stream, writer, KLPCC_DISK_BLOCKS);
	put_bytes(stream, blocks->entries, blocks->count * sizeof(*blocks->entries));
}

static void put_strings(struct klpcc_stream *stream, const struct writer *writer)
{
	const struct klpcc_target *target = writer->target;
	const char *release = klpcc_target_release(target);

	put_table_start(stream, writer, KLPCC_DISK_STRINGS);
	put_bytes(stream, release, strlen(release) + 1);
	if (target->vermagic)
		put_bytes(stream, target->vermagic, strlen(target->vermagic) + 1);
	for (uint32_t i = 0; i < writer->strings_count; i++) {
		uint32_t number = writer->strings[i];

		if (!writer->hosts[number])
			put_bytes(stream, klpcc_string_text(&target->strings, number),
				  (size_t)target->strings.entries[number].length + 1);
	}
	for (size_t i = 0; i < target->objects_count; i++) {
		const struct klpcc_object_data *object =
			&target->objects[writer->objects[i]];

		if (object->build_id_size)
			put_bytes(stream, object->build_id, object->build_id_size);
	}
	put_bytes(stream, "", 1);
}

static const struct klpcc_symbol_data *symbol_at(const struct writer *writer, size_t i)
{
	return &writer->target->symbols[writer->symbols[i]];
}

/* The end of the symbols that share name and object with the first; those that count. */
static size_t find_same(const struct writer *writer, size_t first, uint32_t *counted)
{
	const struct klpcc_symbol_data *symbol = symbol_at(writer, first);
	size_t end = first;

	*counted = 0;
	do
		*counted += symbol_at(writer, end)->counted;
	while (++end < writer->target->symbols_count &&
	       symbol_at(writer, end)->name == symbol->name &&
	       symbol_at(writer, end)->object == symbol->object);
	return end;
}

static void put_symbols(struct klpcc_stream *stream, const struct writer *writer)
{
	size_t count = writer->target->symbols_count, end = 0;
	uint32_t counted = 0, position = 0, addresses = 0;

	put_table_start(stream, writer, KLPCC_DISK_SYMBOLS);
	for (size_t i = 0; i < count; i++) {
		const struct klpcc_symbol_data *symbol = symbol_at(writer, i);
		struct klpcc_disk_symbol disk = {
			.origin = symbol->has_address
					  ? htole32(addresses++)
					  : disk_string(writer, symbol->source),
			.object = htole16((uint16_t)writer->object_rank[symbol->object]),
			.kallsyms_type = (uint8_t)symbol->kallsyms_type,
			.info = ELF64_ST_INFO(symbol->binding, symbol->type),
		};
		uint32_t flags = (symbol->has_address ? KLPCC_DISK_HAS_ADDRESS : 0) |
				 (symbol->init ? KLPCC_DISK_INIT : 0) |
				 (symbol->sealed ? KLPCC_DISK_SEALED : 0) |
				 (symbol->patchable ? KLPCC_DISK_PATCHABLE : 0);

		if (i == end) {
			end = find_same(writer, i, &counted);
			position = 0;
		}
		if (counted > 1 && symbol->counted)
			flags |= ++position << KLPCC_DISK_SYMPOS_SHIFT;
		disk.flags = htole32(flags);
		put_bytes(stream, &disk, sizeof(disk));
	}
}

static void put_addresses(struct klpcc_stream *stream, const struct writer *writer)
{
	put_table_start(stream, writer, KLPCC_DISK_ADDRESSES);
	for (size_t i = 0; i < writer->target->symbols_count; i++) {
		const struct klpcc_symbol_data *symbol = symbol_at(writer, i);
		struct klpcc_disk_address disk = {
			.low = htole32((uint32_t)symbol->address),
			.high = htole32((uint32_t)(symbol->address >> 32)),
			.source = disk_string(writer, symbol->source),
		};

		if (symbol->has_address)
			put_bytes(stream, &disk, sizeof(disk));
	}
}

static void put_exports(struct klpcc_stream *stream, const struct writer *writer)
{
	const struct klpcc_target *target = writer->target;

	put_table_start(stream, writer, KLPCC_DISK_EXPORTS);
	for (size_t i = 0; i < target->exports_count; i++) {
		const struct klpcc_export_data *data =
			&target->exports[writer->exports[i]];
		struct klpcc_disk_export disk = {
			.name = htole32(writer->name_rank[data->name]),
			.object = htole16((uint16_t)writer->object_rank[data->object]),
			.namespace_ = disk_string(writer, data->namespace_),
			.flags = htole16((data->gpl ? KLPCC_DISK_GPL : 0) |
					 (data->crc ? KLPCC_DISK_HAS_CRC : 0)),
			.crc = htole32(data->crc),
		};

		put_bytes(stream, &disk, sizeof(disk));
	}
}

static void put_names(struct klpcc_stream *stream, const struct writer *writer)
{
	const struct klpcc_target *target = writer->target;
	size_t next_symbol = 0;
	struct klpcc_disk_name disk;

	put_table_start(stream, writer, KLPCC_DISK_NAMES);
	for (uint32_t i = 0; i < writer->strings_count; i++) {
		uint32_t name = writer->strings[i];

		if (!writer->is_name[name])
			continue;
		disk.name = disk_string(writer, name);
		disk.first_symbol = htole32((uint32_t)next_symbol);
		put_bytes(stream, &disk, sizeof(disk));
		while (next_symbol < target->symbols_count &&
		       symbol_at(writer, next_symbol)->name == name)
			next_symbol++;
	}
	disk.name = 0;
	disk.first_symbol = htole32((uint32_t)next_symbol);
	put_bytes(stream, &disk, sizeof(disk));
}

static void put_types(struct klpcc_stream *stream, const struct writer *writer)
{
	struct klpcc_types_tables types = klpcc_types_tables(writer->target->types);

	put_table_start(stream, writer, KLPCC_DISK_TYPES);
	put_bytes(stream, types.types, types.types_count * sizeof(*types.types));
	put_table_start(stream, writer, KLPCC_DISK_BUCKETS);
	put_bytes(stream, types.buckets, types.buckets_count * sizeof(*types.buckets));
}

/* Writes the tables, after what was written already, and the header. */
static struct klpcc_error *write_file(struct writer *writer, struct klpcc_stream *stream)
{
	struct klpcc_disk_header *header = &writer->header;
	struct klpcc_error *err;

	put_blocks(stream, writer);
	put_objects(stream, writer);
	put_names(stream, writer);
	put_symbols(stream, writer);
	put_addresses(stream, writer);
	put_exports(stream, writer);
	put_types(stream, writer);
	put_strings(stream, writer);
	flush_stream(stream);
	err = stream->err;
	stream->err = NULL;
	header->digest = htole64(
		lzma_crc64((const uint8_t *)header, sizeof(*header), stream->digest));
	if (!err)
		err = klpcc_output_rewrite(&stream->output, header, sizeof(*header));
	if (err)
		klpcc_output_discard(&stream->output);
	else
		err = klpcc_output_commit(&stream->output);
	return err;
}

/* What the records have room for. */
static struct klpcc_error *check_limits(const struct klpcc_target *target)
{
	if (target->objects_count > UINT16_MAX)
		return klpcc_error_new(EFBIG, "too many modules for an index");
	if (target->symbols_count > KLPCC_DISK_SYMPOS_MAX)
		return klpcc_error_new(EFBIG, "too many symbols for an index");
	return NULL;
}

struct klpcc_error *klpcc_target_write(struct klpcc_target *target, const char *path)
{
	struct klpcc_error *err;
	struct writer writer;

	if (!target->stream) {
		err = klpcc_target_begin(target, path);
		if (err)
			return err;
	}
	err = check_limits(target);
	if (!err)
		err = klpcc_target_finish_blocks(target);
	if (!err)
		err = klpcc_target_sort_strings(target);
	if (!err)
		err = writer_init(target, &writer);
	if (err)
		return err;
	rank_strings(&writer);
	sort_objects(&writer);
	err = sort_symbols(&writer);
	if (!err)
		err = sort_exports(&writer);
	if (!err)
		err = place_tables(&writer);
	if (!err) {
		err = write_file(&writer, target->stream);
		free(target->stream);
		target->stream = NULL;
	}
	writer_deinit(&writer);
	return err;
}
