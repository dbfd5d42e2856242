// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Packs bytes as kernel images and modules are packed: see pack.h.
 */
#include "pack.h"

#include <lzma.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

void put32(unsigned char *p, size_t value)
{
	for (int i = 0; i < 4; i++)
		p[i] = (unsigned char)(value >> 8 * i);
}

static struct klpcc_buffer pack_gzip(const void *data, size_t size)
{
	size_t room = size + 65536;
	struct klpcc_buffer out = { malloc(room), 0 };
	z_stream stream = { 0 };

	if (!out.data ||
	    deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, 0) != Z_OK)
		abort();
	stream.next_in = (unsigned char *)data;
	stream.avail_in = (uInt)size;
	stream.next_out = out.data;
	stream.avail_out = (uInt)room;
	if (deflate(&stream, Z_FINISH) != Z_STREAM_END)
		abort();
	out.size = stream.total_out;
	deflateEnd(&stream);
	return out;
}

/* As the kernel packs for x86: through the filter for branches, with the size at the end. */
static struct klpcc_buffer pack_xz(const void *data, size_t size)
{
	size_t room = size + 65536;
	struct klpcc_buffer out = { malloc(room), 0 };
	lzma_options_lzma lzma;
	lzma_filter filters[] = { { LZMA_FILTER_X86, NULL },
				  { LZMA_FILTER_LZMA2, &lzma },
				  { LZMA_VLI_UNKNOWN, NULL } };

	if (!out.data || lzma_lzma_preset(&lzma, 1) ||
	    lzma_stream_buffer_encode(filters, LZMA_CHECK_CRC32, NULL, data, size,
				      out.data, &out.size, room) != LZMA_OK)
		abort();
	put32(out.data + out.size, size);
	out.size += 4;
	return out;
}

static struct klpcc_buffer pack_zstd(const void *data, size_t size)
{
	size_t room = size + 65536;
	struct klpcc_buffer out = { malloc(room), 0 };

	if (!out.data)
		abort();
	out.size = ZSTD_compress(out.data, room - 4, data, size, 3);
	if (ZSTD_isError(out.size))
		abort();
	put32(out.data + out.size, size);
	out.size += 4;
	return out;
}

struct klpcc_buffer pack_bzimage(const struct klpcc_buffer *payload)
{
	struct klpcc_buffer out = { calloc(1, SETUP + STUB + payload->size + 512),
				    SETUP + STUB + payload->size + 512 };

	if (!out.data)
		abort();
	out.data[0x1f1] = SETUP_SECTS;
	out.data[0x1fe] = 0x55;
	out.data[0x1ff] = 0xaa;
	memcpy(out.data + 0x202, "HdrS", 4);
	out.data[0x206] = 0x0f;
	out.data[0x207] = 0x02;
	put32(out.data + 0x248, STUB);
	put32(out.data + 0x24c, payload->size);
	memcpy(out.data + SETUP + STUB, payload->data, payload->size);
	return out;
}

static unsigned char *put_words(unsigned char *p, const uint64_t *words, size_t count)
{
	for (size_t i = 0; i < count * 8; i++)
		*p++ = (unsigned char)(words[i / 8] >> 8 * (7 - i % 8));
	return p;
}

/* struct vmlinux_info and, where there is room, symbols of the boot code behind it. */
static void put_s390_info(unsigned char *p, const struct s390_kernel *kernel)
{
	static const char symbols[] = "\0"
				      "10000 14 startup\0"
				      "10020 d4 startup_normal";
	uint64_t image_size = (kernel->size + 4095) / 4096 * 4096;
	const uint64_t words[] = {
		kernel->address,
		kernel->address,
		image_size,
		kernel->memory - image_size,
		kernel->address + 0x100,
		0x40,
		kernel->address + 0x200,
		0x20,
	};
	const uint64_t relocations[] = { kernel->dynsym, kernel->rela, kernel->rela_end,
					 0x3000 };
	const uint64_t got[] = { kernel->address + 0x300, kernel->address + 0x340, 0x3000,
				 kernel->address + 0x400, kernel->address + 0x500 };

	if (kernel->rela) {
		p = put_words(p, words, 8);
		p = put_words(p, relocations, 4);
	} else {
		p = put_words(p, words + 1, 7);
		p = put_words(p, got, 5);
	}
	memcpy(p, symbols, sizeof(symbols));
}

static uint64_t s390_address(const struct generated *elf, size_t offset)
{
	return offset ? GENERATE_ADDRESS + offset - elf->segment : 0;
}

struct s390_kernel s390_kernel(const struct generated *elf)
{
	return (struct s390_kernel){
		.address = GENERATE_ADDRESS,
		.memory = GENERATE_MEMORY,
		.size = elf->segment_end - elf->segment,
		.dynsym = s390_address(elf, elf->dynsym),
		.rela = s390_address(elf, elf->rela),
		.rela_end = s390_address(elf, elf->rela_end),
	};
}

struct klpcc_buffer pack_s390(const struct s390_kernel *kernel, size_t place,
			      const void *payload, size_t size)
{
	size_t end = (place + size + S390_TRAILER + 4095) / 4096 * 4096;
	struct klpcc_buffer out = { calloc(1, end), end };

	if (!out.data)
		abort();
	memcpy(out.data + 0x10008, "S390EP\0\1", 8);
	put_s390_info(out.data + S390_INFO, kernel);
	memcpy(out.data + place, payload, size);
	memcpy(out.data + end - 5, "\x20zIPL", 5);
	return out;
}

const struct packer packers[PACKERS] = {
	{ "xz", pack_xz, 4 },
	{ "zstd", pack_zstd, 4 },
	{ "gzip", pack_gzip, 0 },
};
