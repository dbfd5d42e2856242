/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the files that write an index share: what order.c and place.c decide, and the file on its
 * way out.
 */
#ifndef KLPCC_WRITE_PRIVATE_H
#define KLPCC_WRITE_PRIVATE_H

#include "../index/index-format.h"
#include "../lib/file.h"
#include "target-data.h"

/* What is known besides the target itself; freed as a whole. */
struct klpcc_writer {
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

/* order.c: which entry of its table each record becomes. */
struct klpcc_error *klpcc_writer_order(struct klpcc_writer *writer) KLPCC_MUST_CHECK;
/*
 * place.c: gives every table its place, and every string in use its offset: release, vermagic,
 * strings, build ids, a last NUL. What else the header says is filled in as well.
 */
struct klpcc_error *klpcc_writer_place(struct klpcc_writer *writer) KLPCC_MUST_CHECK;

/*
 * The file on its way out. It is made in order and in pieces: a table as large as the file
 * would cost as much memory again. The header is left for last. The first error stays, and
 * nothing is written after it.
 */
struct klpcc_stream {
	struct klpcc_output output;
	struct klpcc_error *err;
	uint64_t offset; /* of the end of what was put in */
	uint64_t
		digest; /* of what follows the header and was flushed; as index-format.h says */
	bool packed; /* what is put now is not part of the digest */
	size_t used;
	unsigned char buffer[65536];
};

/* stream.c */
void klpcc_stream_put(struct klpcc_stream *stream, const void *data, size_t size);
/* Zeros up to the next multiple of KLPCC_DISK_ALIGN. */
void klpcc_stream_align(struct klpcc_stream *stream);
/*
 * Puts what depends on how contents were packed; the digest is of contents, which may be NULL, in
 * place of it.
 */
void klpcc_stream_put_packed(struct klpcc_stream *stream, const void *packed, size_t size,
			     const void *contents, size_t contents_size);
/* The end: writes what is left and the header, with its digest. Frees what is in the stream. */
struct klpcc_error *
klpcc_stream_finish(struct klpcc_stream *stream,
		    struct klpcc_disk_header *header) KLPCC_MUST_CHECK;

#endif
