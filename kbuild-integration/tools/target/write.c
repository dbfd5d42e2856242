// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Target index, writing side, second half: sorts what target.c collected, lays the tables out, and
 * writes the records.
 */
#include <elf.h>
#include <endian.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "write-private.h"

static void writer_deinit(struct klpcc_writer *writer)
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
				       struct klpcc_writer *writer)
{
	size_t strings = target->strings.count, objects = target->objects_count;

	*writer = (struct klpcc_writer){ .target = target };
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

/* Zeros up to where the table begins: less than KLPCC_DISK_ALIGN. */
static void put_table_start(struct klpcc_stream *stream,
			    const struct klpcc_writer *writer,
			    enum klpcc_disk_table_number number)
{
	static const unsigned char zeros[KLPCC_DISK_ALIGN];

	klpcc_stream_put(stream, zeros,
			 le64toh(writer->header.tables[number].offset) - stream->offset);
}

static uint32_t disk_string(const struct klpcc_writer *writer, uint32_t number)
{
	return number ? htole32(writer->string_offset[number]) : 0;
}

/* The build ids follow the last string. */
static void put_objects(struct klpcc_stream *stream, const struct klpcc_writer *writer)
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
		klpcc_stream_put(stream, &disk, sizeof(disk));
	}
}

static void put_blocks(struct klpcc_stream *stream, const struct klpcc_writer *writer)
{
	const struct klpcc_blocks *blocks = &writer->target->blocks;

	put_table_start(stream, writer, KLPCC_DISK_BLOCKS);
	klpcc_stream_put_packed(stream, blocks->entries,
				blocks->count * sizeof(*blocks->entries), NULL, 0);
}

static void put_strings(struct klpcc_stream *stream, const struct klpcc_writer *writer)
{
	const struct klpcc_target *target = writer->target;
	const char *release = klpcc_target_release(target);

	put_table_start(stream, writer, KLPCC_DISK_STRINGS);
	klpcc_stream_put(stream, release, strlen(release) + 1);
	if (target->vermagic)
		klpcc_stream_put(stream, target->vermagic, strlen(target->vermagic) + 1);
	for (uint32_t i = 0; i < writer->strings_count; i++) {
		uint32_t number = writer->strings[i];

		if (!writer->hosts[number])
			klpcc_stream_put(
				stream, klpcc_string_text(&target->strings, number),
				(size_t)target->strings.entries[number].length + 1);
	}
	for (size_t i = 0; i < target->objects_count; i++) {
		const struct klpcc_object_data *object =
			&target->objects[writer->objects[i]];

		if (object->build_id_size)
			klpcc_stream_put(stream, object->build_id, object->build_id_size);
	}
	klpcc_stream_put(stream, "", 1);
}

static const struct klpcc_symbol_data *symbol_at(const struct klpcc_writer *writer,
						 size_t i)
{
	return &writer->target->symbols[writer->symbols[i]];
}

/* The end of the symbols that share name and object with the first; those that count. */
static size_t find_same(const struct klpcc_writer *writer, size_t first,
			uint32_t *counted)
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

static void put_symbols(struct klpcc_stream *stream, const struct klpcc_writer *writer)
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
		klpcc_stream_put(stream, &disk, sizeof(disk));
	}
}

static void put_addresses(struct klpcc_stream *stream, const struct klpcc_writer *writer)
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
			klpcc_stream_put(stream, &disk, sizeof(disk));
	}
}

static void put_exports(struct klpcc_stream *stream, const struct klpcc_writer *writer)
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

		klpcc_stream_put(stream, &disk, sizeof(disk));
	}
}

static void put_names(struct klpcc_stream *stream, const struct klpcc_writer *writer)
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
		klpcc_stream_put(stream, &disk, sizeof(disk));
		while (next_symbol < target->symbols_count &&
		       symbol_at(writer, next_symbol)->name == name)
			next_symbol++;
	}
	disk.name = 0;
	disk.first_symbol = htole32((uint32_t)next_symbol);
	klpcc_stream_put(stream, &disk, sizeof(disk));
}

static void put_types(struct klpcc_stream *stream, const struct klpcc_writer *writer)
{
	struct klpcc_types_tables types = klpcc_types_tables(writer->target->types);

	put_table_start(stream, writer, KLPCC_DISK_TYPES);
	klpcc_stream_put(stream, types.types, types.types_count * sizeof(*types.types));
	put_table_start(stream, writer, KLPCC_DISK_BUCKETS);
	klpcc_stream_put(stream, types.buckets,
			 types.buckets_count * sizeof(*types.buckets));
}

/* All tables, after what was written already. */
static void put_tables(struct klpcc_stream *stream, const struct klpcc_writer *writer)
{
	put_blocks(stream, writer);
	put_objects(stream, writer);
	put_names(stream, writer);
	put_symbols(stream, writer);
	put_addresses(stream, writer);
	put_exports(stream, writer);
	put_types(stream, writer);
	put_strings(stream, writer);
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
	struct klpcc_writer writer;

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
	err = klpcc_writer_order(&writer);
	if (!err)
		err = klpcc_writer_place(&writer);
	if (!err) {
		put_tables(target->stream, &writer);
		err = klpcc_stream_finish(target->stream, &writer.header);
		free(target->stream);
		target->stream = NULL;
	}
	writer_deinit(&writer);
	return err;
}
