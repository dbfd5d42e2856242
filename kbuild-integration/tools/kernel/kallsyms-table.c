// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The kernel's own symbol table, decoded from its image.
 *
 * scripts/kallsyms.c of the kernel writes these tables one after the other into .rodata,
 * each aligned to 8 bytes (to 4 in the latest kernels):
 *
 *   to 6.3      [addresses, or offsets and base] num_syms names markers [seqs]
 *               token_table token_index
 *   since 6.4   num_syms names markers token_table token_index
 *               [addresses, or offsets (and base, to 6.19)] seqs
 *
 * token_index has the most regular shape, so the search begins there: 256 rising offsets
 * into the strings right before it. The count, names and markers before these confirm
 * each other, and the addresses must rise and lie in the kernel.
 */
#include "kallsyms-table.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/number.h"
#include "../lib/range.h"

#define TOKENS 256
#define TOKEN_INDEX_SIZE (TOKENS * 2)
#define MARKER_STEP 256     /* one marker for so many names */
#define NAME_MAX_LENGTH 511 /* KSYM_NAME_LEN without the NUL; with the letter 512 */

/* Two markers at least; a kernel that fits on a floppy has thousands of symbols. */
#define COUNT_MINIMUM 512

/*
 * Steps that a search may take for each byte of the input: ten times what a real image
 * needs. It ends the search in one that was made to look like tables everywhere.
 */
#define BUDGET_PER_BYTE 32

/*
 * Bytes that all names may have for each byte of the input. scripts/kallsyms.c of the
 * kernel says that its tokens save half of the names; a long token in every short entry
 * could save hundreds of times more.
 */
#define NAMES_PER_BYTE 8

struct tables {
	const struct klpcc_kallsyms_input *input;
	uint64_t budget;

	size_t token_index, token_table; /* offsets in the input, as all below */
	const unsigned char *token[TOKENS];
	size_t token_length[TOKENS];

	size_t num_syms, names, markers;
	size_t count;
	bool wide; /* two-byte lengths exist: 6.1 and later */

	const struct variant *variant;
	size_t values;
	uint64_t base;
};

/* How the kernel keeps addresses; the differences are in value_at(). */
enum encoding {
	ENCODING_ABSOLUTE,    /* !CONFIG_KALLSYMS_BASE_RELATIVE, to 6.11 */
	ENCODING_BASE,        /* offsets from the base, to 6.19 */
	ENCODING_BASE_PERCPU, /* CONFIG_KALLSYMS_ABSOLUTE_PERCPU, to 6.14 */
	ENCODING_PLACE,       /* offsets from their own places, since 7.0 */
};

struct variant {
	enum encoding encoding;
	bool after; /* after token_index, not before num_syms */
};

static const struct variant variants[] = {
	{ ENCODING_BASE, true },      { ENCODING_BASE_PERCPU, true },
	{ ENCODING_ABSOLUTE, true },  { ENCODING_PLACE, true },
	{ ENCODING_BASE, false },     { ENCODING_BASE_PERCPU, false },
	{ ENCODING_ABSOLUTE, false },
};

static uint16_t read16(const struct klpcc_kallsyms_input *input, size_t offset)
{
	return (uint16_t)klpcc_number(input->data + offset, 2, input->big_endian);
}

static uint32_t read32(const struct klpcc_kallsyms_input *input, size_t offset)
{
	return (uint32_t)klpcc_number(input->data + offset, 4, input->big_endian);
}

static uint64_t read64(const struct klpcc_kallsyms_input *input, size_t offset)
{
	return klpcc_number(input->data + offset, 8, input->big_endian);
}

static size_t align_up(size_t offset, size_t to)
{
	return (offset + to - 1) / to * to;
}

static bool spend_steps(struct tables *tables, uint64_t steps)
{
	if (tables->budget < steps) {
		tables->budget = 0;
		return false;
	}
	tables->budget -= steps;
	return true;
}

/* ---- tokens ------------------------------------------------------------------------ */

/* Whether it has the shape of token_index: the cheapest check, so it comes first. */
static bool has_index_shape(const struct klpcc_kallsyms_input *input, size_t index)
{
	uint16_t last = 0;

	if (read16(input, index))
		return false;
	for (size_t i = 1; i < TOKENS; i++) {
		uint16_t next = read16(input, index + 2 * i);

		if (next <= last)
			return false;
		last = next;
	}
	return true;
}

static bool is_printable(const unsigned char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!isgraph(text[i]))
			return false;
	return true;
}

/* Takes the tokens when token_table is at `table` and ends where token_index begins. */
static bool take_tokens(struct tables *tables, size_t table, size_t index)
{
	const struct klpcc_kallsyms_input *input = tables->input;

	for (size_t i = 0; i < TOKENS; i++) {
		size_t start = table + read16(input, index + 2 * i);
		size_t end = i + 1 < TOKENS ? table + read16(input, index + 2 * (i + 1))
					    : index;
		const unsigned char *text = input->data + start;
		size_t length = strnlen((const char *)text, end - start);

		if (length == end - start || !is_printable(text, length))
			return false;
		/* Only alignment may follow the last one. */
		if (i + 1 < TOKENS ? start + length + 1 != end
				   : align_up(start + length + 1, 8) < index)
			return false;
		/* Every name uses digits somewhere, and a used character is a token. */
		if (isdigit((int)i) && (length != 1 || text[0] != i))
			return false;
		tables->token[i] = text;
		tables->token_length[i] = length;
	}
	tables->token_table = table;
	tables->token_index = index;
	return true;
}

/* Nothing says where the last token ends: tries each place where the table can begin. */
static bool find_tokens(struct tables *tables, size_t index)
{
	size_t last = read16(tables->input, index + TOKEN_INDEX_SIZE - 2);
	size_t most = last + NAME_MAX_LENGTH + 1 + 8;
	size_t from = index > most ? align_up(index - most, 4) : 0;

	for (size_t table = from; table + last < index; table += 4)
		if (spend_steps(tables, 1) && take_tokens(tables, table, index))
			return true;
	return false;
}

/* ---- names and markers ------------------------------------------------------------- */

/* Length of the entry's tokens, in bytes; moves *offset to the first of them. */
static size_t entry_length(const struct tables *tables, size_t *offset)
{
	const unsigned char *data = tables->input->data;
	size_t length = data[(*offset)++];

	/* ULEB128 of at most two bytes. */
	if (tables->wide && length & 0x80)
		length = (length & 0x7f) | (size_t)data[(*offset)++] << 7;
	return length;
}

/* A name begins with its type: a letter, or '?' where nm knows none. */
static bool entry_ok(const struct tables *tables, size_t offset, size_t length)
{
	unsigned char first;

	if (!length || !klpcc_range_ok(offset, length, tables->token_table))
		return false;
	first = tables->input->data[offset];
	return tables->token_length[first] &&
	       (isalpha(tables->token[first][0]) || tables->token[first][0] == '?');
}

/*
 * Goes through the entries of kallsyms_names. markers: where to compare them, or 0. *end:
 * after the last entry.
 */
static bool walk_names(struct tables *tables, size_t markers, size_t *end)
{
	size_t offset = tables->names, i;
	bool ok = true;

	for (i = 0; ok && i < tables->count; i++) {
		size_t length;

		if (markers && i % MARKER_STEP == 0 &&
		    read32(tables->input, markers + i / MARKER_STEP * 4) !=
			    offset - tables->names)
			break;
		/* token_index follows, so two bytes are always there. */
		length = entry_length(tables, &offset);
		ok = entry_ok(tables, offset, length);
		offset += length;
	}
	*end = offset;
	return spend_steps(tables, i) && ok && i == tables->count;
}

static bool find_markers(struct tables *tables)
{
	size_t markers_size = (tables->count + MARKER_STEP - 1) / MARKER_STEP * 4;
	size_t end, unused;

	if (!walk_names(tables, 0, &end))
		return false;
	for (size_t to = 4; to <= 8; to += 4) {
		tables->markers = align_up(end, to);
		if (klpcc_range_ok(tables->markers, markers_size, tables->token_table) &&
		    walk_names(tables, tables->markers, &unused))
			return true;
	}
	return false;
}

/* Looks for num_syms and what follows it, from token_table towards the start. */
static bool find_names(struct tables *tables)
{
	const struct klpcc_kallsyms_input *input = tables->input;

	for (size_t at = tables->token_table; at >= 4 && tables->budget; at -= 4) {
		size_t num_syms = at - 4;
		uint32_t count = read32(input, num_syms);

		/* An entry has two bytes at least. */
		if (count < COUNT_MINIMUM || count > (tables->token_table - at) / 2)
			continue;
		tables->num_syms = num_syms;
		tables->count = count;
		/* No entry begins with a zero, but alignment consists of them. */
		tables->names = read32(input, at) ? at : at + 4;
		tables->wide = true;
		if (find_markers(tables))
			return true;
		tables->wide = false;
		if (find_markers(tables))
			return true;
	}
	return false;
}

/* ---- addresses --------------------------------------------------------------------- */

static size_t value_size(const struct variant *variant)
{
	return variant->encoding == ENCODING_ABSOLUTE ? 8 : 4;
}

static bool has_base(const struct variant *variant)
{
	return variant->encoding == ENCODING_BASE ||
	       variant->encoding == ENCODING_BASE_PERCPU;
}

static uint64_t value_at(const struct tables *tables, size_t i)
{
	const struct klpcc_kallsyms_input *input = tables->input;
	size_t offset = tables->values + i * value_size(tables->variant);
	int32_t relative;

	if (tables->variant->encoding == ENCODING_ABSOLUTE)
		return read64(input, offset);
	relative = (int32_t)read32(input, offset);
	switch (tables->variant->encoding) {
	case ENCODING_BASE:
		return tables->base + (uint32_t)relative;
	case ENCODING_BASE_PERCPU:
		/* A negative one is the complement of the offset; others are absolute. */
		return relative < 0 ? tables->base + (uint32_t)~relative
				    : (uint32_t)relative;
	default:
		return input->address + offset + (uint64_t)(int64_t)relative;
	}
}

static bool in_kernel(const struct klpcc_kallsyms_input *input, uint64_t address)
{
	for (size_t i = 0; i < input->range_count; i++)
		if (input->ranges[i].start <= address && address <= input->ranges[i].end)
			return true;
	return false;
}

/*
 * The first symbol tells the encodings apart: it is the base, and for the latest one it is
 * _text, before .rodata.
 */
static bool first_value_ok(const struct tables *tables)
{
	for (size_t i = 0; i < tables->count; i++) {
		uint32_t value = read32(tables->input, tables->values + i * 4);

		if (tables->variant->encoding == ENCODING_BASE)
			return value == 0;
		if (tables->variant->encoding == ENCODING_PLACE)
			return value & 0x80000000;
		/* The complement of zero, after absolute values. */
		if (value & 0x80000000)
			return value == UINT32_MAX;
	}
	return false;
}

/* Rising, and all but a few in the kernel: symbols of the linker script may be next to it. */
static bool values_ok(const struct tables *tables)
{
	size_t outside = 0;
	uint64_t last = 0;

	for (size_t i = 0; i < tables->count; i++) {
		uint64_t value = value_at(tables, i);

		if (value < last)
			return false;
		last = value;
		if (!in_kernel(tables->input, value) && ++outside > tables->count / 16)
			return false;
	}
	return true;
}

static bool variant_fits(struct tables *tables, const struct variant *variant)
{
	size_t size = align_up(tables->count * value_size(variant), 8);
	size_t base = has_base(variant) ? 8 : 0;
	size_t end = tables->input->size;

	tables->variant = variant;
	if (variant->after) {
		tables->values = tables->token_index + TOKEN_INDEX_SIZE;
	} else {
		end = tables->num_syms;
		if (end < size + base)
			return false;
		tables->values = end - base - size;
	}
	if (!klpcc_range_array_ok(tables->values, tables->count, value_size(variant),
				  end))
		return false;
	if (base) {
		if (!klpcc_range_ok(tables->values + size, base, end))
			return false;
		tables->base = read64(tables->input, tables->values + size);
	}
	if (variant->encoding != ENCODING_ABSOLUTE && !first_value_ok(tables))
		return false;
	return values_ok(tables);
}

static bool find_addresses(struct tables *tables)
{
	for (size_t i = 0; i < sizeof(variants) / sizeof(variants[0]); i++)
		if (variant_fits(tables, &variants[i]))
			return true;
	return false;
}

/* ---- decoding ---------------------------------------------------------------------- */

/* Bytes of an entry's text, letter included; fails when no kernel has such a length. */
static struct klpcc_error *measure_name(const struct tables *tables, size_t number,
					size_t offset, size_t length, size_t *ret)
{
	size_t total = 0;

	for (size_t i = 0; i < length; i++)
		total += tables->token_length[tables->input->data[offset + i]];
	if (total < 2 || total > NAME_MAX_LENGTH + 1)
		return klpcc_error_new(
			EINVAL,
			"kallsyms_names: entry %zu at address 0x%llx has a name of %zu bytes; 1 to %d are possible",
			number, (unsigned long long)(tables->input->address + offset),
			total - 1, NAME_MAX_LENGTH);
	*ret = total;
	return NULL;
}

static struct klpcc_error *measure_names(const struct tables *tables, size_t *ret)
{
	size_t offset = tables->names, total = 0;

	for (size_t i = 0; i < tables->count; i++) {
		size_t length = entry_length(tables, &offset), size = 0;
		struct klpcc_error *err = measure_name(tables, i, offset, length, &size);

		if (err)
			return err;
		/* The letter is not kept, a NUL is added. */
		total += size;
		offset += length;
	}
	if (total / NAMES_PER_BYTE > tables->input->size)
		return klpcc_error_new(
			EINVAL,
			"kallsyms_names at address 0x%llx unpacks to %zu bytes, more than %d times the size of its segment",
			(unsigned long long)(tables->input->address + tables->names),
			total, NAMES_PER_BYTE);
	*ret = total;
	return NULL;
}

static void expand_names(const struct tables *tables, struct klpcc_kallsyms *kallsyms)
{
	size_t offset = tables->names, used = 0;

	for (size_t i = 0; i < tables->count; i++) {
		struct klpcc_kallsyms_symbol *symbol = &kallsyms->symbols[i];
		size_t length = entry_length(tables, &offset);
		bool first = true;

		symbol->name = used;
		symbol->address = value_at(tables, i);
		for (; length; length--, first = false) {
			unsigned char code = tables->input->data[offset++];
			const unsigned char *text = tables->token[code];
			size_t size = tables->token_length[code];

			if (first) {
				symbol->letter = (char)*text++;
				size--;
			}
			memcpy(kallsyms->strings + used, text, size);
			used += size;
		}
		kallsyms->strings[used++] = '\0';
	}
}

static struct klpcc_error *decode_tables(const struct tables *tables,
					 struct klpcc_kallsyms *ret)
{
	struct klpcc_kallsyms kallsyms = { .count = tables->count };
	struct klpcc_error *err;
	size_t size = 0;

	err = measure_names(tables, &size);
	if (err)
		return err;
	kallsyms.symbols = calloc(kallsyms.count, sizeof(*kallsyms.symbols));
	kallsyms.strings = malloc(size);
	if (!kallsyms.symbols || !kallsyms.strings) {
		klpcc_kallsyms_deinit(&kallsyms);
		return klpcc_error_nomem();
	}
	expand_names(tables, &kallsyms);
	*ret = kallsyms;
	return NULL;
}

/* The error when no tables were found; NULL when there were not even tokens. */
static struct klpcc_error *explain_failure(const struct tables *tables)
{
	if (!tables->budget)
		return klpcc_error_new(EINVAL,
				       "too much in it looks like kallsyms tables");
	if (!tables->token_index)
		return NULL;
	return klpcc_error_new(
		EINVAL,
		"kallsyms_token_index is at address 0x%llx, but there are no matching names and markers before it",
		(unsigned long long)(tables->input->address + tables->token_index));
}

struct klpcc_error *klpcc_kallsyms_decode(const struct klpcc_kallsyms_input *input,
					  struct klpcc_kallsyms *ret, bool *found)
{
	struct tables tables = {
		.input = input,
		/* Not 0, which means that it is spent. */
		.budget = (uint64_t)input->size * BUDGET_PER_BYTE + 1,
	};
	struct klpcc_error *err;

	*found = false;
	for (size_t index = 0;
	     klpcc_range_ok(index, TOKEN_INDEX_SIZE, input->size) && tables.budget;
	     index += 4) {
		if (!has_index_shape(input, index) || !find_tokens(&tables, index) ||
		    !find_names(&tables))
			continue;
		if (!find_addresses(&tables))
			return klpcc_error_new(
				EINVAL,
				"kallsyms_names at address 0x%llx has %zu symbols, but there are no matching addresses next to the tables",
				(unsigned long long)(input->address + tables.names),
				tables.count);
		err = decode_tables(&tables, ret);
		*found = !err;
		return err;
	}
	return explain_failure(&tables);
}

void klpcc_kallsyms_deinit(struct klpcc_kallsyms *kallsyms)
{
	free(kallsyms->symbols);
	free(kallsyms->strings);
	*kallsyms = (struct klpcc_kallsyms){ 0 };
}

bool klpcc_kallsyms_find(const struct klpcc_kallsyms *kallsyms, const char *name,
			 uint64_t *address)
{
	for (size_t i = 0; i < kallsyms->count; i++) {
		if (strcmp(kallsyms->strings + kallsyms->symbols[i].name, name))
			continue;
		*address = kallsyms->symbols[i].address;
		return true;
	}
	return false;
}
