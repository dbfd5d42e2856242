// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The words of BTF's types: see btf-words.h. Documentation/bpf/btf.rst of the kernel.
 */
#include "btf-words.h"

#include <endian.h>

#include "../lib/range.h"
#include "btf.h"

/* Words of the header (struct btf_header), and of a record (struct btf_type). */
enum { HEADER_SIZE = 1, HEADER_TYPES, HEADER_TYPES_SIZE, HEADER_WORDS = 6 };
enum { RECORD_NAME, RECORD_INFO, RECORD_TYPE, RECORD_WORDS };

/* What a kind has after the name and the info of its record. Masks: bit 0 is the first word. */
struct shape {
	bool known;
	bool type;            /* the third word is a type, not a size */
	uint8_t fixed;        /* words after the record */
	uint8_t fixed_types;  /* mask */
	uint8_t item;         /* words of each member, enumerator, parameter */
	uint8_t names, types; /* masks, of an item */
};

static const struct shape shapes[KLPCC_BTF_KINDS] = {
	[KLPCC_BTF_INT] = { .known = true, .fixed = 1 },
	[KLPCC_BTF_PTR] = { .known = true, .type = true },
	[KLPCC_BTF_ARRAY] = { .known = true, .fixed = 3, .fixed_types = 3 },
	[KLPCC_BTF_STRUCT] = { .known = true, .item = 3, .names = 1, .types = 2 },
	[KLPCC_BTF_UNION] = { .known = true, .item = 3, .names = 1, .types = 2 },
	[KLPCC_BTF_ENUM] = { .known = true, .item = 2, .names = 1 },
	[KLPCC_BTF_FWD] = { .known = true },
	[KLPCC_BTF_TYPEDEF] = { .known = true, .type = true },
	[KLPCC_BTF_VOLATILE] = { .known = true, .type = true },
	[KLPCC_BTF_CONST] = { .known = true, .type = true },
	[KLPCC_BTF_RESTRICT] = { .known = true, .type = true },
	[KLPCC_BTF_FUNC] = { .known = true, .type = true },
	[KLPCC_BTF_FUNC_PROTO] = {
		.known = true, .type = true, .item = 2, .names = 1, .types = 2,
	},
	[KLPCC_BTF_VAR] = { .known = true, .type = true, .fixed = 1 },
	[KLPCC_BTF_DATASEC] = { .known = true, .item = 3, .types = 1 },
	[KLPCC_BTF_FLOAT] = { .known = true },
	[KLPCC_BTF_DECL_TAG] = { .known = true, .type = true, .fixed = 1 },
	[KLPCC_BTF_TYPE_TAG] = { .known = true, .type = true },
	[KLPCC_BTF_ENUM64] = { .known = true, .item = 3, .names = 1 },
};

static const struct shape *shape_of(uint32_t info)
{
	uint32_t kind = info >> 24 & 0x1f;

	return kind < KLPCC_BTF_KINDS && shapes[kind].known ? &shapes[kind] : NULL;
}

static uint32_t count_of(uint32_t info)
{
	return info & 0xffff;
}

bool klpcc_btf_measure(uint32_t info, uint64_t *ret)
{
	const struct shape *shape = shape_of(info);

	if (!shape)
		return false;
	*ret = (shape->fixed + (uint64_t)shape->item * count_of(info)) * sizeof(uint32_t);
	return true;
}

/* ---- distances --------------------------------------------------------------------- */

/* Of names and of types: the highest one, and how far from it a distance pays. */
struct run {
	uint32_t high;
	uint32_t window;
};

struct coder {
	bool decode;
	bool failed;
	struct run names, types;
};

/* The lowest bit says whether it is a distance, the next one whether that is downwards. */
static uint32_t encode(const struct run *run, uint32_t value)
{
	uint32_t up = value - run->high, down = run->high - value;

	if (up < run->window)
		return up << 2 | 1;
	return down < run->window ? down << 2 | 3 : value << 1;
}

static uint32_t decode(const struct run *run, uint32_t word)
{
	if (!(word & 1))
		return word >> 1;
	return word & 2 ? run->high - (word >> 2) : run->high + (word >> 2);
}

static void change_word(struct coder *coder, struct run *run, uint32_t *word)
{
	uint32_t old = le32toh(*word);
	uint32_t value = coder->decode ? decode(run, old) : old;

	if (!coder->decode) {
		coder->failed |= value >> 31;
		*word = htole32(encode(run, value));
	} else {
		*word = htole32(value);
	}
	if (value > run->high)
		run->high = value;
}

static void change_words(struct coder *coder, uint32_t *words, unsigned int count,
			 unsigned int names, unsigned int types)
{
	for (unsigned int i = 0; i < count; i++)
		if (names >> i & 1)
			change_word(coder, &coder->names, &words[i]);
		else if (types >> i & 1)
			change_word(coder, &coder->types, &words[i]);
}

static void change_record(struct coder *coder, const struct shape *shape,
			  uint32_t *record)
{
	uint32_t count = count_of(le32toh(record[RECORD_INFO]));
	uint32_t *rest = record + RECORD_WORDS;

	change_words(coder, record, RECORD_WORDS, 1u << RECORD_NAME,
		     (unsigned int)shape->type << RECORD_TYPE);
	change_words(coder, rest, shape->fixed, 0, shape->fixed_types);
	rest += shape->fixed;
	for (uint32_t i = 0; i < count; i++, rest += shape->item)
		change_words(coder, rest, shape->item, shape->names, shape->types);
}

/* The types, as words; 0 of them when the header is bad. */
static uint32_t *find_types(unsigned char *data, size_t size, uint64_t *words)
{
	const uint32_t *header = (const void *)data;
	uint64_t start, length;

	*words = 0;
	if (size < HEADER_WORDS * sizeof(*header))
		return NULL;
	start = (uint64_t)le32toh(header[HEADER_SIZE]) + le32toh(header[HEADER_TYPES]);
	length = le32toh(header[HEADER_TYPES_SIZE]);
	if (start < HEADER_WORDS * sizeof(*header) || start % sizeof(*header) ||
	    !klpcc_range_ok(start, length, size))
		return NULL;
	*words = length / sizeof(*header);
	return (uint32_t *)(void *)(data + start);
}

static void change_types(struct coder *coder, unsigned char *data, size_t size)
{
	uint64_t left, rest;
	uint32_t *record = find_types(data, size, &left);

	while (left >= RECORD_WORDS) {
		uint32_t info = le32toh(record[RECORD_INFO]);

		if (!klpcc_btf_measure(info, &rest))
			return;
		rest /= sizeof(*record);
		if (rest > left - RECORD_WORDS)
			return;
		change_record(coder, shape_of(info), record);
		record += RECORD_WORDS + rest;
		left -= RECORD_WORDS + rest;
	}
}

static struct coder coder_init(bool decode)
{
	return (struct coder){
		.decode = decode,
		.names.window = 1u << 16,
		.types.window = 1u << 12,
	};
}

bool klpcc_btf_encode(unsigned char *data, size_t size)
{
	struct coder coder = coder_init(false);

	change_types(&coder, data, size);
	return !coder.failed;
}

void klpcc_btf_decode(unsigned char *data, size_t size)
{
	struct coder coder = coder_init(true);

	change_types(&coder, data, size);
}
