/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An ELF64 file that may be broken, in either byte order, for what changes modules: see
 * mutate-file.c. Structures are the host's; what lies outside the file is neither read nor written.
 */
#ifndef MUTATE_FILE_H
#define MUTATE_FILE_H

#include <elf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct module {
	unsigned char *data;
	size_t size, max; /* bytes that it has, and for how many there is room */
	uint64_t random;
};

/* size bytes at an offset, or NULL. */
void *file_at(const struct module *m, uint64_t offset, uint64_t size);
/* Bytes as they are. False when they are not in the file. */
bool file_get(const struct module *m, uint64_t offset, void *value, size_t size);
void file_put(struct module *m, uint64_t offset, const void *value, size_t size);
/* Numbers of width bytes. */
bool file_number(const struct module *m, uint64_t offset, size_t width, uint64_t *ret);
void file_set_number(struct module *m, uint64_t offset, size_t width, uint64_t value);

/* Room for size bytes at the end of the file, aligned to 8; 0 when it is full. */
size_t file_grow(struct module *m, size_t size);

/* Zeros where there is none. */
Elf64_Ehdr file_header(const struct module *m);
void file_set_header(struct module *m, const Elf64_Ehdr *header);
/* Number of sections that are really there. */
size_t file_sections(const struct module *m);
uint64_t file_section_at(const struct module *m, size_t number);
Elf64_Shdr file_section(const struct module *m, size_t number);
void file_set_section(struct module *m, size_t number, const Elf64_Shdr *section);
bool file_symbol(const struct module *m, uint64_t offset, Elf64_Sym *ret);
void file_set_symbol(struct module *m, uint64_t offset, const Elf64_Sym *symbol);
bool file_relocation(const struct module *m, uint64_t offset, Elf64_Rela *ret);
void file_set_relocation(struct module *m, uint64_t offset, const Elf64_Rela *relocation);

/* "" where there is none. */
const char *file_string(const struct module *m, size_t table, uint64_t offset);
const char *file_section_name(const struct module *m, size_t number);

#endif
