/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Target index, reading side: what the target has, as the plugin and the link ask for it.
 *
 * The index is one memory-mapped file made by `klpcc index` (target.h is the writing
 * side, index-format.h the format). Opening checks the header; a look-up is O(log names)
 * and touches only the pages that it needs; every offset is checked when it is used, so
 * that a damaged file gives an error and never a crash. Links into the plugin: C, no
 * dependency but libc.
 *
 * All strings point into the mapping and live until klpcc_index_close().
 */
#ifndef KLPCC_INDEX_H
#define KLPCC_INDEX_H

#include <stddef.h>
#ifndef __cplusplus
#include <stdbool.h>
#endif
#include <stdint.h>

#include "../lib/error.h"

#ifdef __cplusplus
extern "C" {
#endif

struct klpcc_index;

/* The number of the object `vmlinux` in every index. */
#define KLPCC_INDEX_VMLINUX 0u

struct klpcc_index_object {
	const char *name;              /* "vmlinux", "kvm_intel" */
	const unsigned char *build_id; /* NULL when unknown */
	size_t build_id_size;          /* bytes */
	bool seals_known; /* its symbols tell by `sealed`; else nothing is known of that */
	bool places_known; /* the same of `patchable` */
};

/* The answer to a name: ranges of symbol and export numbers, both possibly empty. */
struct klpcc_index_name {
	const char *name;
	uint32_t first_symbol, symbols; /* sorted by object number, then position */
	uint32_t first_export, exports; /* sorted by object number */
};

struct klpcc_index_symbol {
	const char *name;
	const char
		*source; /* source file: a path ("net/ipv4/tcp.c") where debug information
			     * tells, else the base name that STT_FILE has; NULL: unknown */
	uint64_t address; /* in vmlinux; 0 unless has_address. The link address, but from
			     * /proc/kallsyms the one of that boot (KASLR) */
	uint32_t object;  /* number of the object */
	uint32_t sympos;  /* 0: unique in its object; n: the n-th as the kernel counts.
			     * 0 for init symbols of modules, which the kernel does not count */
	char kallsyms_type; /* letter as in /proc/kallsyms, e.g. 't'; '?' when unknown */
	uint8_t type;       /* STT_FUNC, STT_OBJECT; STT_NOTYPE when unknown */
	uint8_t binding;    /* STB_LOCAL, STB_GLOBAL, STB_WEAK */
	bool has_address;
	bool init;      /* lives in init memory, gone once the object runs */
	bool sealed;    /* lost its ENDBR (CONFIG_X86_KERNEL_IBT): direct calls only */
	bool patchable; /* a function that ftrace can redirect */
	bool part;      /* of a function that GCC split: .cold, .part.N */
};

struct klpcc_index_export {
	const char *name;
	const char *namespace_; /* NULL when none */
	uint32_t object;        /* number of the exporting object */
	bool gpl;
	bool has_crc; /* the kernel's CONFIG_MODVERSIONS, and this export's is known */
	uint32_t crc;
};

/* *ret: whether it is an index, by its first bytes. Fails when the file cannot be opened. */
struct klpcc_error *klpcc_index_is_file(const char *path, bool *ret) KLPCC_MUST_CHECK;

/* Fails when the file is missing, not an index, of another format version or truncated. */
struct klpcc_error *klpcc_index_open(const char *path,
				     struct klpcc_index **ret) KLPCC_MUST_CHECK;
/*
 * The same over bytes in memory, aligned to 8: for fuzzing, as a sanitizer sees what is read
 * outside of them, which it does not at the end of a mapped file. label: how messages name them;
 * copied. data is borrowed until klpcc_index_close().
 */
struct klpcc_error *klpcc_index_open_memory(const char *label, const void *data,
					    size_t size,
					    struct klpcc_index **ret) KLPCC_MUST_CHECK;
void klpcc_index_close(struct klpcc_index *index);

/*
 * Fails when the file was written to since it was opened, so that answers may come from
 * halves of two indexes. To be asked before anything is done with the answers. A file that
 * became shorter ends the process with one line: see lib/map.h.
 */
struct klpcc_error *
klpcc_index_check_unchanged(const struct klpcc_index *index) KLPCC_MUST_CHECK;

/* The target's release, as `uname -r` prints it. Never NULL; "" when unknown. */
const char *klpcc_index_release(const struct klpcc_index *index);

/*
 * The vermagic of the target's modules ("6.1.0-56-amd64 SMP preempt mod_unload modversions ");
 * NULL when unknown.
 */
const char *klpcc_index_vermagic(const struct klpcc_index *index);

/* e_machine of the target; 0 when unknown. */
uint16_t klpcc_index_machine(const struct klpcc_index *index);

/*
 * Which contents these are, as 16 hexadecimal digits: equal for equal ones, on any machine. Flags
 * and reference tables spell it so.
 */
const char *klpcc_index_digest(const struct klpcc_index *index);

/* A table of the file, for klpcc show. */
struct klpcc_index_table {
	const char *name;
	uint32_t entries;
	uint64_t size; /* bytes */
};

/* Tables in the order of the file, numbers from 0; false after the last. */
bool klpcc_index_table(const struct klpcc_index *index, uint32_t number,
		       struct klpcc_index_table *ret);

/* Whether the target's kallsyms names data, and not functions alone. */
enum klpcc_index_kallsyms_all {
	KLPCC_INDEX_KALLSYMS_ALL_UNKNOWN,
	KLPCC_INDEX_KALLSYMS_ALL_NO, /* no look-up at run time finds a variable of vmlinux */
	KLPCC_INDEX_KALLSYMS_ALL_YES,
};

enum klpcc_index_kallsyms_all klpcc_index_kallsyms_all(const struct klpcc_index *index);

uint32_t klpcc_index_objects(const struct klpcc_index *index);
struct klpcc_error *klpcc_index_object(const struct klpcc_index *index, uint32_t number,
				       struct klpcc_index_object *ret) KLPCC_MUST_CHECK;
/* *found is false when no object has that name. O(log objects). */
struct klpcc_error *klpcc_index_find_object(const struct klpcc_index *index,
					    const char *name, size_t length, bool *found,
					    uint32_t *ret) KLPCC_MUST_CHECK;

uint32_t klpcc_index_names(const struct klpcc_index *index);
/* Names in strcmp() order, from 0; for listings and for near names. */
struct klpcc_error *klpcc_index_name_at(const struct klpcc_index *index, uint32_t number,
					struct klpcc_index_name *ret) KLPCC_MUST_CHECK;
/* *found is false when the target has neither a symbol nor an export of that name. */
struct klpcc_error *klpcc_index_find_name(const struct klpcc_index *index,
					  const char *name, size_t length, bool *found,
					  struct klpcc_index_name *ret) KLPCC_MUST_CHECK;

/* Number of the first name that is not before text in strcmp() order; O(log names). */
struct klpcc_error *klpcc_index_names_from(const struct klpcc_index *index,
					   const char *text,
					   uint32_t *ret) KLPCC_MUST_CHECK;

uint32_t klpcc_index_symbols(const struct klpcc_index *index);
struct klpcc_error *klpcc_index_symbol(const struct klpcc_index *index, uint32_t number,
				       struct klpcc_index_symbol *ret) KLPCC_MUST_CHECK;
/* The i-th symbol of a name that was looked up: the same, without looking for the name. */
struct klpcc_error *
klpcc_index_name_symbol(const struct klpcc_index *index,
			const struct klpcc_index_name *name, uint32_t i,
			struct klpcc_index_symbol *ret) KLPCC_MUST_CHECK;
/* BTF of modules, many of them: unpacked as a whole. Zeros: none. */
struct klpcc_index_block {
	uint32_t number;
	unsigned char *bytes;
	size_t size;
};
void klpcc_index_block_deinit(struct klpcc_index_block *block);
/* The number of a module's block; of an object without BTF any number. */
uint32_t klpcc_index_block(const struct klpcc_index *index, uint32_t object);

/*
 * The bytes for btf.c, which reads them; data is NULL when the object has no BTF. That of a
 * module is a copy for the caller, who calls klpcc_index_btf_deinit(), of what is in block,
 * which becomes that of the module.
 */
struct klpcc_index_btf {
	const char *label; /* of the index */
	const unsigned char *data;
	unsigned char *unpacked; /* data, if it does not belong to the index */
	size_t size;
	/* Of vmlinux: index-format.h. */
	const struct klpcc_disk_type *types;
	uint32_t types_count;
	const uint32_t *buckets;
	uint32_t buckets_count;
};
struct klpcc_error *klpcc_index_btf(const struct klpcc_index *index, uint32_t object,
				    struct klpcc_index_block *block,
				    struct klpcc_index_btf *ret) KLPCC_MUST_CHECK;
void klpcc_index_btf_deinit(struct klpcc_index_btf *btf);
/* The i-th export of a name that was looked up. */
struct klpcc_error *
klpcc_index_name_export(const struct klpcc_index *index,
			const struct klpcc_index_name *name, uint32_t i,
			struct klpcc_index_export *ret) KLPCC_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
