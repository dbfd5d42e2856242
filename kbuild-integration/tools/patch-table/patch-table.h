/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The patch table of a module: what it says to the livepatch core, read from the file.
 *
 * It is either the static struct klp_patch that the module's init function gives to
 * klp_enable_patch(), with its arrays of struct klp_object and struct klp_func, or the records of
 * which a module of klp-build makes these when it is loaded. In a module that is not linked, all
 * pointers are relocations; what has none points nowhere.
 *
 * Nothing here is judged: judge.h does that.
 */
#ifndef KLPCC_PATCH_TABLE_H
#define KLPCC_PATCH_TABLE_H

#include <klp-name.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../elf/arch.h"
#include "../elf/elf.h"
#include "../index/index.h"

/*
 * Sizes and offsets in bytes of what include/linux/livepatch.h of the kernel defines. The members
 * that the author of a patch fills in are the first ones, and are where they are in all kernels
 * from 5.1 to 7.3; how much follows them depends on the configuration.
 */
struct klpcc_patch_layout {
	bool known; /* of the target; else the sizes are 0, and the module may tell them */
	uint64_t patch_size, patch_mod, patch_objs, patch_replace;
	uint64_t object_size, object_name, object_funcs;
	uint64_t func_size, func_old_name, func_new_func, func_old_sympos;
};

enum klpcc_patch_pointer_kind {
	KLPCC_PATCH_POINTER_NULL,
	KLPCC_PATCH_POINTER_INSIDE,  /* to what the module has */
	KLPCC_PATCH_POINTER_OUTSIDE, /* to a symbol that is found at load */
	KLPCC_PATCH_POINTER_UNKNOWN, /* what is there is not one absolute relocation */
};

struct klpcc_patch_pointer {
	enum klpcc_patch_pointer_kind kind;
	const struct klpcc_elf_section *section; /* INSIDE */
	uint64_t offset;                         /* in it; at most its size */
	uint32_t symbol; /* number of the one that the relocation names; 0: none */
};

/* A struct klp_func. */
struct klpcc_patch_function {
	uint64_t offset; /* in the section that its object's funcs points to */
	struct klpcc_patch_pointer old_name_at, new_func;
	/*
	 * In the module. start is NULL where old_name points to nothing that can be read. A
	 * name that is longer than KLPCC_SYMBOL_MAX is cut off one byte later.
	 */
	struct klpcc_span old_name;
	bool sympos_known;
	uint64_t sympos;
};

/* What follows the last entry of an array: the kernel reads on until an entry is empty. */
enum klpcc_patch_end {
	KLPCC_PATCH_END_EMPTY,  /* an empty entry, or the array has a length */
	KLPCC_PATCH_END_CHANCE, /* the variable ends without one, but zeros follow it */
	KLPCC_PATCH_END_NONE, /* the variable ends without one, and something follows it */
	KLPCC_PATCH_END_UNKNOWN, /* it cannot be told */
};

/* A struct klp_object. */
struct klpcc_patch_object {
	uint64_t offset; /* in the section that its patch's objs points to */
	struct klpcc_patch_pointer name_at, funcs;
	struct klpcc_span name; /* as old_name; of vmlinux name_at is NULL */
	size_t first, count;    /* into klpcc_patch_table.functions */
	enum klpcc_patch_end end;
};

struct klpcc_patch {
	const char
		*name; /* of the variable or the section; "" when the variable has none */
	const struct klpcc_elf_section *section;
	uint64_t offset;
	struct klpcc_patch_pointer mod, objs;
	bool klp_build; /* records that become a struct klp_patch at load */
	bool replace_known, replace;
	size_t first, count; /* into klpcc_patch_table.objects */
	enum klpcc_patch_end end;
};

/* In the order of the file. Strings and sections belong to the ELF model. */
struct klpcc_patch_table {
	struct klpcc_patch *patches;
	size_t count, capacity;
	struct klpcc_patch_object *objects;
	size_t object_count, object_capacity;
	struct klpcc_patch_function *functions;
	size_t function_count, function_capacity;
	struct klpcc_patch_layout layout; /* with the sizes that the module tells */
	/* Why a part of it could not be read, a clause; or NULL. */
	const char *unread;
};

/*
 * The layout that the target's BTF tells; index: NULL is a target of which nothing is known.
 * Fails when the index is damaged.
 */
struct klpcc_error *klpcc_patch_layout(const struct klpcc_index *index,
				       struct klpcc_patch_layout *ret) KLPCC_MUST_CHECK;

/*
 * Reads all patch tables of a relocatable file; *ret has none if there are none. Where the layout
 * is not known, the sizes of the module's own variables and the distances of its relocations tell
 * it, or else `unread` is set. Fails when a relocation section cannot be read, or without memory.
 * O(n log n) for n symbols, relocations and entries.
 */
struct klpcc_error *
klpcc_patch_table_read(struct klpcc_elf *elf, const struct klpcc_arch *arch,
		       const struct klpcc_patch_layout *layout,
		       struct klpcc_patch_table *ret) KLPCC_MUST_CHECK;
void klpcc_patch_table_deinit(struct klpcc_patch_table *table);

/* What of the module may change the table before the kernel reads it. */
struct klpcc_patch_writer {
	/* The first relocation outside of the table that names a place in it; NULL: none. */
	const struct klpcc_elf_section *section; /* that is relocated */
	uint64_t offset;
	bool names_module; /* something takes THIS_MODULE, and may put it into .mod */
};

/*
 * Fails as klpcc_patch_table_read() does. O(n log n) for n relocations and entries. The records of
 * klp-build are left out: the init function reads them, and makes the patch.
 */
struct klpcc_error *
klpcc_patch_find_writer(struct klpcc_elf *elf, const struct klpcc_arch *arch,
			const struct klpcc_patch_table *table,
			struct klpcc_patch_writer *ret) KLPCC_MUST_CHECK;

#endif
