/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Objects as the two oracles read them: which names a function or datum refers to, whatever the
 * assembler made of the reference (a symbol, or a section and an offset).
 *
 * A name here is without what the compiler numbers anew in each unit: "x" for the static local x.45,
 * "f" for f.isra.0 and f.cold. A mark is the symbol that it means.
 */
#ifndef OBJECT_H
#define OBJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "elf/arch.h"
#include "elf/elf.h"

struct object {
	const char *path;
	struct klpcc_elf *elf;
	const struct klpcc_arch *arch;
	const struct klpcc_elf_symbol *symbols;
	size_t symbol_count;
	size_t *relocations; /* by section: the one with its relocations; 0: none */
};

/* What a relocation points to. */
struct target {
	const struct klpcc_elf_symbol *symbol; /* NULL: nothing there has a name */
	size_t section;                        /* where it is defined; 0: it is not */
	uint64_t offset; /* from the beginning of the section, else from the symbol */
	uint32_t type;
};

/* These end the program with one line when anything is wrong with the file. */
void object_open(const char *path, struct object *ret);
void object_close(struct object *object);

/* Is it a function or datum of this object, with a name of its own? */
bool object_defines(const struct klpcc_elf_symbol *symbol);
/* The function or datum that has the byte; NULL: none, or several that begin elsewhere. */
const struct klpcc_elf_symbol *object_symbol_at(const struct object *object,
						size_t section, uint64_t offset);
/* The bytes of a section; NULL for one without. */
const unsigned char *object_bytes(const struct object *object, size_t section,
				  size_t *size);
/* The relocations of a section, by place. */
const struct klpcc_elf_relocation *object_relocations(const struct object *object,
						      size_t section, size_t *count);
struct target object_target(const struct object *object, size_t section,
			    const struct klpcc_elf_relocation *relocation);
/* True for a section of constants that the linker merges: what is there is known by its bytes. */
bool object_is_merged(const struct object *object, size_t section);

/* The name without numbers; malloc()ed. */
char *plain_name(const char *name);

__attribute__((noreturn, format(printf, 1, 2))) void die(const char *format, ...);
/* malloc() and its kin that do not fail. */
void *make(size_t count, size_t size);
char *copy_text(const char *text, size_t length);

/* Sets of names. Each owns its copies. */
struct names {
	char **list; /* sorted */
	size_t count, capacity;
};
bool names_have(const struct names *names, const char *name);
/* True when it is new. */
bool names_add(struct names *names, const char *name);
void names_free(struct names *names);

#endif
