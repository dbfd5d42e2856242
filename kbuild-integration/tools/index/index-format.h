/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Target index, the format of the file: what ../target writes and open.c maps.
 *
 * Every number is little-endian, whatever the host, so that an index made on one machine
 * serves another. The tables come in the order of enum klpcc_disk_table_number, each
 * directly after the one before it, rounded up to KLPCC_DISK_ALIGN: a reader can
 * therefore check every field of the header against the others, and one content has one
 * form.
 *
 * BTF is the kernel's own (Documentation/bpf/btf.rst), little-endian here as all else; that of a
 * module is split BTF, whose numbers go on where those of vmlinux end. Every unit of a patch reads
 * that of vmlinux, so it is there as it is. Those of the modules, which are ten times as large and
 * of which hardly any is asked for, are packed with zstd, many of them in a block: they have much
 * in common.
 *
 * A string is a byte offset into the strings table, whose last byte is NUL. Offset 0 has
 * the target's release; as no other record can mean that string, 0 elsewhere means
 * "none".
 */
#ifndef KLPCC_INDEX_FORMAT_H
#define KLPCC_INDEX_FORMAT_H

#include <stdint.h>

#define KLPCC_DISK_MAGIC "klpccidx"
/* Raised with every change of this file; readers take exactly one version. */
#define KLPCC_DISK_VERSION 6u
#define KLPCC_DISK_ALIGN 8u

enum klpcc_disk_table_number {
	KLPCC_DISK_BTF, /* of vmlinux, and blocks; each from a multiple of 8 bytes on */
	KLPCC_DISK_BLOCKS,
	KLPCC_DISK_OBJECTS,   /* vmlinux, then the modules in strcmp() order */
	KLPCC_DISK_NAMES,     /* in strcmp() order, and one sentinel at the end */
	KLPCC_DISK_SYMBOLS,   /* by name, object, kernel order */
	KLPCC_DISK_ADDRESSES, /* of the symbols that have one, in the same order */
	KLPCC_DISK_EXPORTS,   /* by name, object */
	KLPCC_DISK_TYPES,     /* by number of a type in the BTF of vmlinux, 0 included */
	KLPCC_DISK_BUCKETS,   /* none, or a power of two: see struct klpcc_disk_type */
	KLPCC_DISK_STRINGS,   /* bytes */
	KLPCC_DISK_TABLES,
};

struct klpcc_disk_table {
	uint64_t offset; /* from the start of the file */
	uint32_t count;
	uint32_t entry_size; /* bytes; sizeof the record */
};

/* What is known of the target's kallsyms: the first one means nothing without the second. */
#define KLPCC_DISK_KALLSYMS_ALL 0x1u
#define KLPCC_DISK_KALLSYMS_ALL_KNOWN 0x2u

struct klpcc_disk_header {
	char magic[8];
	uint32_t version;
	uint32_t header_size;
	uint64_t file_size;
	uint16_t flags;    /* KLPCC_DISK_KALLSYMS_ALL, KLPCC_DISK_KALLSYMS_ALL_KNOWN */
	uint16_t machine;  /* EM_*; 0: unknown */
	uint32_t vermagic; /* follows the release; 0: unknown */
	/*
	 * Which contents these are, for compiler caches and for the link, however they are
	 * packed: CRC-64 (that of xz: ECMA-182, reflected) of what follows the header, but of
	 * blocks as they are unpacked and without the table of blocks, and then of the header
	 * with 0 here, in its size of the file, the offsets of tables and the count of the BTF.
	 * It is no guard against damage; readers do not compute it again.
	 */
	uint64_t digest;
	struct klpcc_disk_table tables[KLPCC_DISK_TABLES];
};

#define KLPCC_DISK_SEALS_KNOWN 0x1u
#define KLPCC_DISK_PLACES_KNOWN 0x2u

struct klpcc_disk_object {
	uint32_t name;
	uint32_t build_id; /* offset into the strings table: bytes, not a string */
	uint32_t build_id_size;
	uint32_t btf; /* bytes from the start of BTF table or block, a multiple of 8 */
	uint32_t btf_size;
	uint32_t block; /* of a module: number of its block */
	uint32_t flags; /* KLPCC_DISK_SEALS_KNOWN, KLPCC_DISK_PLACES_KNOWN */
};

/*
 * BTF of modules, one zstd frame: each module's from a multiple of 8 bytes on, its types as
 * btf-words.h has them.
 */
struct klpcc_disk_block {
	uint32_t offset; /* bytes from the start of the BTF table, a multiple of 8 */
	uint32_t packed_size;
	uint32_t size; /* unpacked; at most KLPCC_DISK_BLOCK_MAX */
};

/* A block is complete when it has this size, so that the largest module may come after it. */
#define KLPCC_DISK_BLOCK_SIZE (2u << 20)
#define KLPCC_DISK_BLOCK_MAX (32u << 20)

/*
 * The symbols of a name end where those of the next name begin; the sentinel (name 0) ends those of
 * the last.
 */
struct klpcc_disk_name {
	uint32_t name;
	uint32_t first_symbol;
};

#define KLPCC_DISK_HAS_ADDRESS 0x1u
#define KLPCC_DISK_INIT 0x2u
#define KLPCC_DISK_SEALED 0x4u
#define KLPCC_DISK_PATCHABLE 0x8u

struct klpcc_disk_symbol {
	/* KLPCC_DISK_HAS_ADDRESS: entry of the addresses; else as source there. */
	uint32_t origin;
	uint16_t object;
	uint8_t kallsyms_type;
	uint8_t info; /* ELF64_ST_INFO() of STB_* and STT_* */
	/* 4 bits: KLPCC_DISK_HAS_ADDRESS to KLPCC_DISK_PATCHABLE; then the position. */
	uint32_t flags;
};

#define KLPCC_DISK_SYMBOL_FLAGS 0xfu
#define KLPCC_DISK_SYMPOS_SHIFT 4
#define KLPCC_DISK_SYMPOS_MAX (UINT32_MAX >> KLPCC_DISK_SYMPOS_SHIFT)

struct klpcc_disk_address {
	uint32_t low, high; /* halves of the address */
	uint32_t source;    /* file; 0: unknown */
};

#define KLPCC_DISK_GPL 0x1u
#define KLPCC_DISK_HAS_CRC 0x2u

struct klpcc_disk_export {
	uint32_t name; /* entry of the names; ascending */
	uint16_t object;
	uint16_t flags;      /* KLPCC_DISK_GPL, KLPCC_DISK_HAS_CRC */
	uint32_t namespace_; /* 0: none */
	uint32_t crc;        /* 0 without KLPCC_DISK_HAS_CRC */
};

/*
 * BTF has neither a way from a number to its type nor one from a name, and the plugin has
 * no time to go through all of it. A bucket has the first type whose name has that hash
 * (lib/hash.h), modulo the number of buckets; each type has the next, which has a higher
 * number; 0 ends it. In the buckets are structs, unions, enums, functions and variables,
 * unless they have no name.
 */
struct klpcc_disk_type {
	uint32_t offset; /* bytes, from the start of BTF's type section */
	uint32_t next;
};

#endif
