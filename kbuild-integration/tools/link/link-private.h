/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the phases of the final link share: its state, and what each phase offers to link.c.
 */
#ifndef KLPCC_LINK_PRIVATE_H
#define KLPCC_LINK_PRIVATE_H

#include <klp-name.h>

#include "../elf/arch.h"
#include "../elf/elf.h"
#include "link.h"

/* No mark, no reference. */
#define KLPCC_LINK_NONE UINT32_MAX

/* A record of the reference table. */
struct klpcc_link_ref {
	uint32_t mark; /* number of the mark */
	uint32_t next; /* next record of the same mark, or KLPCC_LINK_NONE */
	const char *file;
	uint32_t line, column; /* from 1; 0 is unknown */
	uint32_t flags;        /* KLPCC_REF_* */
};

struct klpcc_link_mark {
	size_t symbol;        /* number of the undefined symbol */
	struct klpcc_ref ref; /* as its name says */
	/* ref.gate, unless the form requires another one: see marks.c. */
	struct klpcc_span gate;
	uint32_t gate_number; /* into klpcc_link.gates */
	uint32_t first_ref;   /* or KLPCC_LINK_NONE */
	uint32_t leader;      /* mark whose symbol this one shares in the output */
	bool used;            /* by a relocation outside the reference table */
	bool vmlinux;         /* ref.object is vmlinux */
};

/* A final relocation section. */
struct klpcc_link_section {
	size_t from;      /* number of the natural SHT_RELA section */
	size_t relocated; /* number of the section that is relocated */
	uint32_t gate;    /* into klpcc_link.gates */
	struct klpcc_elf_relocation *relocations;
	size_t count;
};

/* What remains of a natural relocation section; never empty, see plan.c. */
struct klpcc_link_rest {
	size_t from;
	struct klpcc_elf_relocation *relocations;
	size_t count;
};

/* A mark's relocation that has to change, together with the code before its place. */
struct klpcc_link_fix {
	uint32_t from;      /* number of the natural SHT_RELA section */
	uint32_t entry;     /* there */
	uint32_t relocated; /* number of the section that is relocated */
	struct klpcc_arch_fix is;
	uint64_t offset; /* in it, of the place */
};

struct klpcc_link {
	const struct klpcc_link_options *options;
	struct klpcc_elf *elf;
	const struct klpcc_arch *arch;
	const char *release;   /* of the vermagic; not NUL-terminated */
	size_t release_length; /* 0 when there is none */
	bool livepatch;        /* it says that it is one */
	const struct klpcc_elf_symbol *symbols;
	size_t symbol_count;

	struct klpcc_link_mark *marks; /* in symbol order */
	size_t mark_count;
	uint32_t *mark_of; /* by symbol: number of its mark, or KLPCC_LINK_NONE */
	bool final_object, final_mainline; /* forms that the file already contains */

	bool *table; /* by section: is part of the reference table, and is removed */
	bool has_table;
	struct klpcc_link_ref *refs;
	size_t ref_count;

	struct klpcc_span *gates; /* sorted by name */
	size_t gate_count;
	struct klpcc_link_section *sections;
	size_t section_count, section_capacity;
	struct klpcc_link_rest *rests;
	size_t rest_count;
	struct klpcc_link_fix *fixes; /* in the order of sections and entries */
	size_t fix_count, fix_capacity;
};

/* marks.c */
struct klpcc_error *klpcc_link_read_marks(struct klpcc_link *link) KLPCC_MUST_CHECK;
struct klpcc_error *klpcc_link_find_uses(struct klpcc_link *link) KLPCC_MUST_CHECK;

/* refs.c */
struct klpcc_error *klpcc_link_find_table(struct klpcc_link *link) KLPCC_MUST_CHECK;
struct klpcc_error *klpcc_link_read_refs(struct klpcc_link *link) KLPCC_MUST_CHECK;

/* check.c: the module as a whole; then names, definitions and relocations. */
struct klpcc_error *klpcc_link_check_module(struct klpcc_link *link) KLPCC_MUST_CHECK;
struct klpcc_error *klpcc_link_check_kind(const struct klpcc_link *link) KLPCC_MUST_CHECK;
struct klpcc_error *
klpcc_link_check_unsigned(const struct klpcc_link *link) KLPCC_MUST_CHECK;
struct klpcc_error *
klpcc_link_check_marks(const struct klpcc_link *link) KLPCC_MUST_CHECK;
struct klpcc_error *
klpcc_link_check_relocations(const struct klpcc_link *link) KLPCC_MUST_CHECK;

/* definitions.c */
struct klpcc_error *
klpcc_link_check_definitions(const struct klpcc_link *link) KLPCC_MUST_CHECK;

/* objects.c */
struct klpcc_error *
klpcc_link_check_objects(const struct klpcc_link *link) KLPCC_MUST_CHECK;

/* units.c; index: NULL compares the units with each other */
struct klpcc_index;
struct klpcc_error *
klpcc_link_check_units(const struct klpcc_link *link,
		       const struct klpcc_index *index) KLPCC_MUST_CHECK;

/* table.c */
struct klpcc_error *
klpcc_link_check_table(const struct klpcc_link *link,
		       const struct klpcc_index *index) KLPCC_MUST_CHECK;

/* target.c: with an index or without */
struct klpcc_error *
klpcc_link_check_target(const struct klpcc_link *link) KLPCC_MUST_CHECK;

/* rewritten.c: after check.c, which refuses some of the sections that it reads */
struct klpcc_error *
klpcc_link_check_rewritten(const struct klpcc_link *link) KLPCC_MUST_CHECK;

/* fix.c: on a machine that has any, after check.c. */
struct klpcc_error *klpcc_link_find_fixes(struct klpcc_link *link) KLPCC_MUST_CHECK;

/* plan.c */
struct klpcc_error *klpcc_link_plan(struct klpcc_link *link) KLPCC_MUST_CHECK;

/* apply.c; mode: permission bits of a new output */
struct klpcc_error *klpcc_link_apply(const struct klpcc_link *link, const char *path,
				     mode_t mode) KLPCC_MUST_CHECK;

/*
 * "'key' of module foo (patch.c:12:5)": the symbol that a mark means and where the source
 * asks for it. malloc()ed; NULL without memory.
 */
char *klpcc_link_describe(const struct klpcc_link *link,
			  const struct klpcc_link_mark *mark);
/*
 * An error about a mark: "LABEL: section [31] '.symtab': symbol 7: 'key' of module foo
 * (patch.c:12:5): <format>".
 */
struct klpcc_error *klpcc_link_mark_error(const struct klpcc_link *link,
					  const struct klpcc_link_mark *mark,
					  const char *format, ...) KLPCC_MUST_CHECK
	KLPCC_PRINTF(3, 4);
/*
 * The same about an entry of a relocation section, "LABEL: section [12] '.rela.text': entry 3:
 * 'key' of module foo (patch.c:12:5): PROBLEM". problem: NULL is taken as lack of memory.
 */
struct klpcc_error *klpcc_link_entry_error(const struct klpcc_link *link,
					   const struct klpcc_elf_section *section,
					   size_t entry,
					   const struct klpcc_link_mark *mark,
					   const char *problem) KLPCC_MUST_CHECK;
/* " (patch.c:12:5)", or "" when nothing is known, into buffer. */
void klpcc_link_place(const struct klpcc_link_ref *ref, char *buffer, size_t size);

/* True when a relocation section's entries stay part of the module's memory image. */
bool klpcc_link_is_natural(const struct klpcc_link *link,
			   const struct klpcc_elf_section *section);

#endif
