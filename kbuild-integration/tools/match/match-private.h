/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the files that compare one file with the kernel share.
 */
#ifndef KLPCC_MATCH_PRIVATE_H
#define KLPCC_MATCH_PRIVATE_H

#include "file.h"
#include "match.h"
#include "object.h"

/* A symbol of a section that is not where the section's base puts it. */
struct klpcc_match_stray {
	uint64_t value; /* in the section */
	struct klpcc_match_place place;
};

/* Where a section of the file is in the kernel. */
struct klpcc_match_base {
	bool known;
	struct klpcc_match_place place;   /* of its first byte */
	struct klpcc_match_stray *strays; /* by value */
	size_t stray_count;
	/* Not known: as many bases explain the names, and nothing tells which of them it is. */
	struct klpcc_match_place *choices;
	size_t choice_count;
};

/* One file and the object of the kernel that it is in, while they are compared. */
struct klpcc_match {
	const struct klpcc_match_file *file;
	const struct klpcc_match_object *object;
	struct klpcc_match_base *bases; /* by section */
	/*
	 * By symbol: where those that kallsyms does not name were found to be. What the linker
	 * defines need not be named; but all who refer to it must mean the same.
	 */
	struct klpcc_match_learned {
		bool known;
		struct klpcc_match_place place;
	} * learned;
	struct klpcc_match_names names; /* of the last name that was looked up */
	struct klpcc_match_addresses addresses;
	bool shown; /* the code of a function that differs */
	/* The directories of the source here and where the kernel was built; NULL: not known. */
	char *roots[2];
};

enum klpcc_match_difference_kind {
	KLPCC_MATCH_BYTES,    /* mine and theirs at the offset */
	KLPCC_MATCH_TARGET,   /* of a relocation */
	KLPCC_MATCH_REFUSED,  /* a relocation; why is a clause */
	KLPCC_MATCH_NO_BYTES, /* the kernel has nothing there */
	KLPCC_MATCH_MORE, /* the module has a relocation there that the file has not */
};

/* The first difference of some bytes. */
struct klpcc_match_difference {
	enum klpcc_match_difference_kind kind;
	uint64_t offset; /* in the section of the file */
	struct klpcc_match_place place;
	unsigned char mine, theirs;
	const struct klpcc_elf_relocation *relocation;
	const char *why;
	struct klpcc_match_reference found; /* with KLPCC_MATCH_TARGET */
};

/* solve.c: fills in match->bases. */
struct klpcc_error *klpcc_match_solve(struct klpcc_match *match) KLPCC_MUST_CHECK;
/* Whether it is known where in the kernel that byte of a section is. */
bool klpcc_match_locate(const struct klpcc_match *match, size_t section, uint64_t offset,
			struct klpcc_match_place *ret);

/*
 * compare.c: compares bytes of a section with those at a place of the kernel, whatever the
 * fields of relocations contain; with targets also what the relocations refer to. *same:
 * whether they are the same; else *ret is the first difference.
 */
struct klpcc_error *
klpcc_match_compare(struct klpcc_match *match, size_t section, uint64_t from, uint64_t to,
		    struct klpcc_match_place place, bool targets, bool *same,
		    struct klpcc_match_difference *ret) KLPCC_MUST_CHECK;

/* match.c: compares an open file with an open object, into result. */
struct klpcc_error *
klpcc_match_compare_file(const struct klpcc_match_file *file,
			 const struct klpcc_match_object *object,
			 struct klpcc_match_result *result) KLPCC_MUST_CHECK;

/* judge.c: the verdict on all of the file, into result. */
struct klpcc_error *klpcc_match_judge(struct klpcc_match *match,
				      struct klpcc_match_result *result) KLPCC_MUST_CHECK;

/*
 * explain.c: a difference in words, one line; malloc()ed. symbol: what the offset is shown
 * from; NULL: the section.
 */
struct klpcc_error *klpcc_match_explain(struct klpcc_match *match, size_t section,
					const struct klpcc_elf_symbol *symbol,
					const struct klpcc_match_difference *difference,
					char **ret) KLPCC_MUST_CHECK;

/*
 * disassemble.c: the instructions around an offset in a function, lines of text; NULL where
 * nobody can tell. place: of the kernel's function.
 */
struct klpcc_error *klpcc_match_show_code(const struct klpcc_match *match,
					  const struct klpcc_elf_symbol *symbol,
					  struct klpcc_match_place place, uint64_t offset,
					  char **ret) KLPCC_MUST_CHECK;

/*
 * The bytes of a merged section that a relocation means, as many as the link keeps together: a
 * string with its NUL, or a constant. NULL: there are none.
 */
const unsigned char *klpcc_match_contents(const struct klpcc_match_file *file,
					  const struct klpcc_elf_relocation *relocation,
					  size_t *size);
/* The string at a place of the kernel, PATH_MAX bytes at most; NULL: there is none. */
const char *klpcc_match_string_at(const struct klpcc_match_object *object,
				  struct klpcc_match_place place);

/*
 * The addend as the source has it: without what the length of the instruction adds where an
 * address is relative.
 */
int64_t klpcc_match_addend(const struct klpcc_match_file *file,
			   const struct klpcc_match_section *section,
			   const struct klpcc_elf_relocation *relocation);

#endif
