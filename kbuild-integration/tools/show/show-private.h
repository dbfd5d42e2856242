/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the readers and the printers of klpcc show share: the model of a relocatable file.
 */
#ifndef KLPCC_SHOW_PRIVATE_H
#define KLPCC_SHOW_PRIVATE_H

#include <klp-name.h>

#include "../elf/arch.h"
#include "../elf/elf.h"
#include "../patch-table/patch-table.h"
#include "../refs/refs.h"
#include "show.h"

#define KLPCC_SHOW_NONE UINT32_MAX

enum klpcc_show_kind {
	KLPCC_SHOW_MARK, /* undefined, and the final link will make it a klp symbol */
	KLPCC_SHOW_KLP,  /* SHN_LIVEPATCH: the kernel or the resolver looks it up */
	KLPCC_SHOW_TOMBSTONE, /* SHN_LIVEPATCH of klp-build, for nothing that is used */
	KLPCC_SHOW_IMPORT,    /* undefined: an export of the target */
};

/* A symbol that the file takes from elsewhere. */
struct klpcc_show_symbol {
	enum klpcc_show_kind kind;
	uint32_t number; /* in the symbol table */
	/*
	 * As its name and value say. object.start: NULL when they do not; of an import by
	 * options->index, which knows who exports it. gate.start: NULL unless it is a mark, as klp
	 * symbols have the gate of each relocation section.
	 */
	struct klpcc_ref ref;
	uint64_t uses;
	uint32_t first_ref; /* number of a record, or KLPCC_SHOW_NONE */
};

/* A relocation against one that is not an import. */
struct klpcc_show_use {
	uint32_t symbol;  /* into klpcc_show_module.symbols */
	uint32_t section; /* number of the relocation section */
	uint32_t type;
	uint32_t
		holder; /* symbol-table number of the function or variable that it is in */
	uint64_t offset; /* of the place, in the relocated section */
	int64_t addend;
};

/* A function or a variable of the file. */
struct klpcc_show_holder {
	uint64_t start, end; /* in its section; end: the first byte after it */
	uint32_t section;
	uint32_t symbol; /* number in the symbol table */
};

struct klpcc_show_module {
	const struct klpcc_show_options *options;
	struct klpcc_elf *elf;
	const struct klpcc_arch *arch;
	const struct klpcc_elf_symbol *elf_symbols;
	size_t elf_symbol_count;

	bool finished;  /* what kbuild calls a module, not a unit or a part */
	bool livepatch; /* .modinfo says so */
	bool is_signed;
	const char *form;     /* "marks", "object", "mainline", "klp-build"; NULL: none */
	const char *vermagic; /* NULL when there is none */

	struct klpcc_patch_table table;    /* what it patches */
	struct klpcc_show_symbol *symbols; /* in symbol-table order, imports last */
	size_t symbol_count;
	size_t taken_count;  /* of those that are not imports */
	uint32_t *symbol_of; /* by number in the symbol table, or KLPCC_SHOW_NONE */
	struct klpcc_refs refs;
	uint32_t *next_ref; /* by record: the next of the same symbol */
	struct klpcc_span
		*gates; /* by number of a relocation section; NULL: not a klp one */
	struct klpcc_show_use *uses;
	size_t use_count, use_capacity;
	char **sources; /* by use: "patch.c:12:5", or NULL; NULL without debug information */
	struct klpcc_show_holder *holders; /* by section and start */
	size_t holder_count;
};

/* module.c: the file as a whole, and the symbols that it takes from elsewhere */
struct klpcc_error *
klpcc_show_read_module(struct klpcc_show_module *module) KLPCC_MUST_CHECK;
/* uses.c: the relocations that name them, and where these are */
struct klpcc_error *
klpcc_show_read_uses(struct klpcc_show_module *module) KLPCC_MUST_CHECK;

/* "patch.c:12:5", or NULL where it is not known. */
const char *klpcc_show_source(const struct klpcc_show_module *module,
			      const struct klpcc_show_use *use);
/* The section that a use changes. */
const struct klpcc_elf_section *
klpcc_show_relocated(const struct klpcc_show_module *module,
		     const struct klpcc_show_use *use);
/* What a relocation waits for; start is NULL for one that is not a klp relocation. */
struct klpcc_span klpcc_show_gate(const struct klpcc_show_module *module,
				  const struct klpcc_show_use *use);
/* "call", "reference": code refers to the symbol; "pointer": data does. */
const char *klpcc_show_use_kind(const struct klpcc_show_module *module,
				const struct klpcc_show_use *use);
/* The symbol-table number of the function that replaces one, or KLPCC_SHOW_NONE. */
uint32_t klpcc_show_replacement(const struct klpcc_show_module *module,
				const struct klpcc_patch_function *function);
/* The object that a patch table's entry is for; start is NULL where that cannot be told. */
struct klpcc_span klpcc_show_patched_object(const struct klpcc_patch_object *object);
/* "R_X86_64_PLT32"; NULL for a type that the machine does not have. */
const char *klpcc_show_type(const struct klpcc_show_module *module,
			    const struct klpcc_show_use *use);
/*
 * The words for KLPCC_REF_* of all records of a symbol, from 0; NULL after the last. flags: as
 * klpcc_show_flags() returns them.
 */
uint32_t klpcc_show_flags(const struct klpcc_show_module *module,
			  const struct klpcc_show_symbol *symbol);
const char *klpcc_show_flag_name(size_t number, uint32_t *flag);

/* print.c: lines of what is printed for people */
struct klpcc_table;
struct klpcc_error *klpcc_show_put_title(FILE *stream,
					 const char *title) KLPCC_MUST_CHECK;
struct klpcc_error *klpcc_show_put_fact(FILE *stream, const char *name,
					const char *value) KLPCC_MUST_CHECK;
/* Nothing for a table without rows. */
struct klpcc_error *
klpcc_show_put_table(FILE *stream, const char *title,
		     const struct klpcc_table *table) KLPCC_MUST_CHECK;

/* print.c, json.c, dot.c */
struct klpcc_error *klpcc_show_print(const struct klpcc_show_module *module,
				     FILE *stream) KLPCC_MUST_CHECK;
struct klpcc_error *klpcc_show_print_json(const struct klpcc_show_module *module,
					  FILE *stream) KLPCC_MUST_CHECK;
struct klpcc_error *klpcc_show_print_dot(const struct klpcc_show_module *module,
					 FILE *stream) KLPCC_MUST_CHECK;

#endif
