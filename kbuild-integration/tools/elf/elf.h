/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The ELF model, reading side: one checked view of an ELF file for every tool.
 *
 * libelf parses; this layer checks what libelf does not (every offset, size, link, index,
 * string) and names the file and section in its errors. Nobody else does arithmetic on file
 * offsets. Byte order and class are the file's; values here are the host's.
 *
 * The file itself is never changed: elf-edit.h turns a model into a changed file.
 *
 * Everything that a function hands out belongs to the model and lives until
 * klpcc_elf_close(). A model is used by one thread at a time; several models by several
 * threads are fine.
 */
#ifndef KLPCC_ELF_H
#define KLPCC_ELF_H

#include <gelf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../lib/error.h"
#include "../lib/file.h"

struct klpcc_elf_section {
	const char *name; /* in the model's memory; "" for section 0 */
	GElf_Shdr header; /* converted to host order; offset and size are in the file */
	size_t index;
};

struct klpcc_elf_symbol {
	const char *name;
	uint64_t value;
	uint64_t size;
	uint32_t section; /* real index, SHN_XINDEX resolved; SHN_ABS etc. as they are */
	bool reserved;    /* section is one of SHN_LORESERVE.. , not an index */
	uint8_t type;     /* STT_* */
	uint8_t binding;  /* STB_* */
	uint8_t other;
};

struct klpcc_elf_relocation {
	uint64_t offset; /* relocatable file: from the start of the relocated section */
	int64_t addend;
	uint32_t type;   /* R_<machine>_* */
	uint32_t symbol; /* index into klpcc_elf_symbols(); 0 is none */
};

struct klpcc_elf;

/*
 * Reads a whole file and checks it: 64-bit ELF of either byte order; header and tables
 * inside the file; every section's bytes inside the file, its name inside the name table,
 * its sh_link and sh_info in range, its entry size the one of its type; no more bytes in
 * all sections than in the file; at most one SHT_SYMTAB; 64 loaded segments at most, inside the
 * file and the address space, with no more bytes together than the file. What is inside a
 * table is checked by the function that reads the table.
 */
struct klpcc_error *klpcc_elf_open(const char *path,
				   struct klpcc_elf **ret) KLPCC_MUST_CHECK;
/*
 * The same over bytes in memory. label: how messages name the file; copied. data is
 * borrowed until klpcc_elf_close(); it needs no alignment.
 */
struct klpcc_error *klpcc_elf_open_memory(const char *label, const void *data,
					  size_t size,
					  struct klpcc_elf **ret) KLPCC_MUST_CHECK;
/*
 * The same for a linked kernel. Where its boot code writes the addresses that it keeps (a
 * position-independent s390 kernel), they are written here, into bytes: each as the kernel
 * would have it at the address that it is linked at.
 */
struct klpcc_error *klpcc_elf_open_kernel(const char *label, struct klpcc_buffer *bytes,
					  struct klpcc_elf **ret) KLPCC_MUST_CHECK;
void klpcc_elf_close(struct klpcc_elf *elf);

const char *klpcc_elf_label(const struct klpcc_elf *elf);
const GElf_Ehdr *klpcc_elf_header(const struct klpcc_elf *elf);
bool klpcc_elf_big_endian(const struct klpcc_elf *elf);
/* The whole file, as it was read. */
const unsigned char *klpcc_elf_data(const struct klpcc_elf *elf, size_t *size);

/*
 * A new EINVAL error "LABEL: section [12] '.rela.text': <format>", or "LABEL: <format>" when
 * section is NULL. Every complaint about an ELF file is made with it.
 */
struct klpcc_error *klpcc_elf_error(const struct klpcc_elf *elf,
				    const struct klpcc_elf_section *section,
				    const char *format, ...) KLPCC_MUST_CHECK
	KLPCC_PRINTF(3, 4);

/* Count, section 0 included; 0 for a file without a section table. */
size_t klpcc_elf_sections(const struct klpcc_elf *elf);
/* index < klpcc_elf_sections() is the caller's duty; checked by assert. */
const struct klpcc_elf_section *klpcc_elf_section(const struct klpcc_elf *elf,
						  size_t index);
/* First section of that name, or NULL. */
const struct klpcc_elf_section *klpcc_elf_find_section(const struct klpcc_elf *elf,
						       const char *name);
/* The one SHT_SYMTAB, and the SHT_SYMTAB_SHNDX that belongs to it; NULL when absent. */
const struct klpcc_elf_section *klpcc_elf_symtab(const struct klpcc_elf *elf);
const struct klpcc_elf_section *klpcc_elf_symtab_shndx(const struct klpcc_elf *elf);

/* The raw bytes of a section as they are in the file; *size 0 for SHT_NOBITS. */
struct klpcc_error *klpcc_elf_section_bytes(const struct klpcc_elf *elf,
					    const struct klpcc_elf_section *section,
					    const unsigned char **data,
					    size_t *size) KLPCC_MUST_CHECK;

/*
 * Symbols of the one SHT_SYMTAB. The first call checks the whole table: string offsets,
 * section indices, locals before the others, and that the names together stay in proportion
 * to the file. A file without one has 0 symbols.
 */
struct klpcc_error *klpcc_elf_symbols(struct klpcc_elf *elf,
				      const struct klpcc_elf_symbol **symbols,
				      size_t *count) KLPCC_MUST_CHECK;

/*
 * Entries of an SHT_RELA section that uses the one SHT_SYMTAB (any other section is an
 * error). Checked: the symbol index, and in a relocatable file that the offset lies inside
 * the relocated section (how many bytes from there on are written is the architecture's
 * knowledge, and the caller's check).
 */
struct klpcc_error *klpcc_elf_relocations(struct klpcc_elf *elf,
					  const struct klpcc_elf_section *section,
					  const struct klpcc_elf_relocation **relocations,
					  size_t *count) KLPCC_MUST_CHECK;

/* GNU build id from any SHT_NOTE section; *size 0 when there is none. */
struct klpcc_error *klpcc_elf_build_id(const struct klpcc_elf *elf,
				       const unsigned char **id,
				       size_t *size) KLPCC_MUST_CHECK;
/* The same from the notes in length bytes at a link address, where no section tells. */
struct klpcc_error *klpcc_elf_build_id_at(const struct klpcc_elf *elf, uint64_t address,
					  uint64_t length, const unsigned char **id,
					  size_t *size) KLPCC_MUST_CHECK;

/*
 * Value of the first "<key>=" entry in a section of NUL-terminated strings, NULL when there is
 * no such section or entry. It points into the section and is NUL-terminated there.
 */
struct klpcc_error *klpcc_elf_value(const struct klpcc_elf *elf, const char *section,
				    const char *key, const char **value) KLPCC_MUST_CHECK;
/* The same of .modinfo. */
struct klpcc_error *klpcc_elf_modinfo(const struct klpcc_elf *elf, const char *key,
				      const char **value) KLPCC_MUST_CHECK;

/* True when a module's signature follows the ELF file (scripts/sign-file.c); it is not checked. */
bool klpcc_elf_is_signed(const struct klpcc_elf *elf);

struct klpcc_elf_segment {
	uint64_t address;     /* link address */
	uint64_t memory_size; /* bytes that it takes when loaded; at least size */
	const unsigned char *data;
	size_t size; /* bytes that the file has of it */
};

/*
 * The loaded segments (PT_LOAD), in the file's order, for readers of kernel images: these
 * need no section table. NULL when the file has no program headers.
 */
const struct klpcc_elf_segment *klpcc_elf_segments(const struct klpcc_elf *elf,
						   size_t *count);

/*
 * Maps a link address to bytes of the file: those of the first segment that has all of them.
 */
struct klpcc_error *klpcc_elf_bytes_at(const struct klpcc_elf *elf, uint64_t address,
				       uint64_t length,
				       const unsigned char **ret) KLPCC_MUST_CHECK;

#endif
