/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the readers of a patch table share: the module's memory, before it is relocated.
 */
#ifndef KLPCC_PATCH_TABLE_PRIVATE_H
#define KLPCC_PATCH_TABLE_PRIVATE_H

#include "patch-table.h"

struct klpcc_patch_slot; /* a relocation of a section */

/* The relocations of one section, sorted by offset; read when somebody asks. */
struct klpcc_patch_slots {
	bool read;
	struct klpcc_patch_slot *list;
	size_t count;
};

/* A variable of the module. */
struct klpcc_patch_variable {
	const char *name;
	uint64_t section, offset, size;
};

struct klpcc_patch_reader {
	struct klpcc_elf *elf;
	const struct klpcc_arch *arch;
	struct klpcc_patch_layout layout;
	const struct klpcc_elf_symbol *symbols;
	size_t symbol_count;
	struct klpcc_patch_slots *slots; /* by section */
	size_t *first, *next; /* relocation sections of each section, chained; 0 ends */
	struct klpcc_patch_variable *variables; /* sorted by place, the largest first */
	size_t variable_count;
	size_t room; /* for how many more records the file has bytes */
	struct klpcc_patch_table *table;
};

/* memory.c */
struct klpcc_error *
klpcc_patch_reader_init(struct klpcc_patch_reader *reader, struct klpcc_elf *elf,
			const struct klpcc_arch *arch) KLPCC_MUST_CHECK;
void klpcc_patch_reader_deinit(struct klpcc_patch_reader *reader);

struct klpcc_error *klpcc_patch_pointer(struct klpcc_patch_reader *reader,
					const struct klpcc_elf_section *section,
					uint64_t offset,
					struct klpcc_patch_pointer *ret) KLPCC_MUST_CHECK;
/* An unsigned number of up to eight bytes; *known is false where something relocates it. */
struct klpcc_error *klpcc_patch_number(struct klpcc_patch_reader *reader,
				       const struct klpcc_elf_section *section,
				       uint64_t offset, size_t width, bool *known,
				       uint64_t *ret) KLPCC_MUST_CHECK;
/* The string that a pointer points to; start is NULL if it points to none. */
struct klpcc_error *klpcc_patch_string(const struct klpcc_patch_reader *reader,
				       const struct klpcc_patch_pointer *pointer,
				       struct klpcc_span *ret) KLPCC_MUST_CHECK;
/*
 * The first pointer to data of the module at `offset` or after it, and before `end`; *found is
 * false if there is none.
 */
struct klpcc_error *klpcc_patch_next_data(struct klpcc_patch_reader *reader,
					  const struct klpcc_elf_section *section,
					  uint64_t offset, uint64_t end, bool *found,
					  uint64_t *ret) KLPCC_MUST_CHECK;
/* The variable that begins there, or NULL. */
const struct klpcc_patch_variable *
klpcc_patch_variable(const struct klpcc_patch_reader *reader, uint64_t section,
		     uint64_t offset);
/* Whether the symbol table tells of variables in the section: it may have been stripped. */
bool klpcc_patch_has_variables(const struct klpcc_patch_reader *reader, uint64_t section);
/* What a data pointer of the table can point to: memory that is not code. */
bool klpcc_patch_is_data(const struct klpcc_elf_section *section);

/* layout.c: the sizes that the target does not tell, left 0 where the module does not either. */
struct klpcc_error *
klpcc_patch_infer_object(struct klpcc_patch_reader *reader,
			 const struct klpcc_patch_pointer *objs) KLPCC_MUST_CHECK;
/* several: only if that array has more than one entry; else only if it has one. */
struct klpcc_error *klpcc_patch_infer_func(struct klpcc_patch_reader *reader,
					   const struct klpcc_patch_pointer *funcs,
					   bool several) KLPCC_MUST_CHECK;
/* Whether a variable of that size can be a struct klp_patch. */
bool klpcc_patch_has_size(const struct klpcc_patch_reader *reader, uint64_t size);

/*
 * records.c: reads the record at an offset of a section, and appends it to the table. `unread` of
 * the table is set, and nothing appended, when the file cannot have so many.
 */
struct klpcc_error *klpcc_patch_add_function(struct klpcc_patch_reader *reader,
					     const struct klpcc_elf_section *section,
					     const struct klpcc_patch_layout *layout,
					     uint64_t offset) KLPCC_MUST_CHECK;
struct klpcc_error *klpcc_patch_add_object(struct klpcc_patch_reader *reader,
					   const struct klpcc_elf_section *section,
					   const struct klpcc_patch_layout *layout,
					   uint64_t offset) KLPCC_MUST_CHECK;
struct klpcc_error *klpcc_patch_add(struct klpcc_patch_reader *reader,
				    const struct klpcc_patch *patch) KLPCC_MUST_CHECK;

/* klp-build.c */
struct klpcc_error *
klpcc_patch_read_klp_build(struct klpcc_patch_reader *reader) KLPCC_MUST_CHECK;

#endif
