// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Target index, writing side: where in the file everything is, as index-format.h says.
 */
#include <endian.h>
#include <errno.h>
#include <string.h>

#include "write-private.h"

static void place_table(struct klpcc_writer *writer, enum klpcc_disk_table_number number,
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
static void find_hosts(struct klpcc_writer *writer)
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
static uint64_t place_strings(struct klpcc_writer *writer, uint64_t offset)
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

struct klpcc_error *klpcc_writer_place(struct klpcc_writer *writer)
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
