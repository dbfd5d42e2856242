/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names: parse and build every name that klpcc reads or writes.
 *
 * Part of the format module, the contract between the stages: the plugin builds marks, the
 * final link parses marks and builds final names, the resolver parses final names. No other
 * code prints or parses one. Freestanding C11: no allocation, no stdio, no locale, so that
 * one source serves the host, GCC and the kernel.
 *
 * A parsed name points into the caller's string; nothing is copied. Lengths are bytes
 * without the terminating NUL. All functions return 0 or one of enum klpcc_name_error as a
 * negative value, and leave *ret and the buffer untouched on failure. Build functions write
 * a terminating NUL and never more than `size` bytes; the buffer must not overlap the parts.
 *
 * A symbol is 1 to KLPCC_SYMBOL_MAX of [A-Za-z0-9_.$] and does not begin with ".klp."; an
 * object or gate is 1 to KLPCC_OBJECT_MAX of [A-Za-z0-9_] (a module's name as the kernel
 * has it, '_' for '-'); a position is decimal without sign or leading zero; a section is 1
 * to KLPCC_SECTION_MAX bytes without control characters. One thing has one spelling: every
 * name that parses is the name that building its parts gives.
 *
 * Which parser a name belongs to is decided by its prefix alone, so no name has two owners:
 *   symbols    .klp.sym.rela. foreign mark;  other .klp.sym.  mainline form;
 *              otherwise with .klp. anywhere  mark, or object form symbol
 *   sections   .klp.rela.  mainline form;  other .klp.  object form
 * To its owner a name is valid or malformed, to the others KLPCC_NAME_NOT_OURS. What would
 * belong to another owner is refused when it is built: the object "rela" in a mainline
 * symbol, the gate "rela" in an object form section, and, since a mark is split at its last
 * ".klp.", the object "klp" in a mark with a position or a gate.
 */
#ifndef KLPCC_KLP_NAME_H
#define KLPCC_KLP_NAME_H

#ifdef __KERNEL__
#include <linux/types.h>
#else
#include <stddef.h>
#include <stdbool.h>
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* MODULE_NAME_LEN - 1 (include/linux/module.h: 64 - sizeof(unsigned long), 64-bit). */
#define KLPCC_OBJECT_MAX 55
/* KSYM_NAME_LEN - 1 (include/linux/kallsyms.h) since 6.1, and before. */
#define KLPCC_SYMBOL_MAX 511
#define KLPCC_SYMBOL_MAX_OLD 127
/* Longest section name that a final section may wrap; ours, generous. */
#define KLPCC_SECTION_MAX 1023
/* A buffer of this size holds any name that the build functions write, NUL included. */
#define KLPCC_NAME_BUFFER 1280

#define KLPCC_VMLINUX "vmlinux"

enum klpcc_name_error {
	KLPCC_NAME_NOT_OURS = 1, /* another kind of name: not an error by itself */
	KLPCC_NAME_NO_SYMBOL,    /* empty symbol */
	KLPCC_NAME_BAD_SYMBOL,   /* a byte that a symbol may not contain */
	KLPCC_NAME_LONG_SYMBOL,  /* symbol over KLPCC_SYMBOL_MAX */
	KLPCC_NAME_NO_OBJECT,    /* empty object */
	KLPCC_NAME_BAD_OBJECT,   /* a byte that an object may not contain */
	KLPCC_NAME_LONG_OBJECT,  /* object over KLPCC_OBJECT_MAX */
	KLPCC_NAME_BAD_SYMPOS,   /* not a plain number of 32 bit */
	KLPCC_NAME_BAD_GATE, /* empty, misspelt, repeated, or the sym object spelt out */
	KLPCC_NAME_NO_SECTION,   /* empty section name, or no .rela. before it */
	KLPCC_NAME_LONG_SECTION, /* section over KLPCC_SECTION_MAX */
	KLPCC_NAME_TRAILING,     /* bytes left over */
	KLPCC_NAME_NO_SPACE,     /* the caller's buffer is too small */
	KLPCC_NAME_BAD_SECTION,  /* a control character in a section name */
};

/* A stretch of the caller's string; not NUL-terminated. */
struct klpcc_span {
	const char *start;
	size_t len;
};

/* Which target symbol is meant, and when it is applied. */
struct klpcc_ref {
	struct klpcc_span symbol;
	struct klpcc_span object; /* sym object */
	struct klpcc_span gate;   /* never empty; equals object unless said otherwise */
	unsigned int sympos;      /* 0: unique; n: the n-th of that name in the object */
};

struct klpcc_section_name {
	struct klpcc_span gate;
	struct klpcc_span section; /* the relocated section, e.g. ".text" */
};

struct klpcc_span klpcc_span_of(const char *string);
bool klpcc_span_equal(struct klpcc_span a, struct klpcc_span b);
bool klpcc_span_is(struct klpcc_span span, const char *string);
/* As memcmp() orders them; one that another begins with comes before it. */
int klpcc_span_compare(struct klpcc_span a, struct klpcc_span b);

/* 0, or the negative error that says what is wrong with a lone symbol or object. */
int klpcc_check_symbol(struct klpcc_span symbol);
int klpcc_check_object(struct klpcc_span object);

/*
 * Marks: <symbol>.klp.<object>[.<sympos>][.for.<gate>]. Position 0 and the gate that equals
 * the object are left out, and refused when they are spelt out.
 */
int klpcc_mark_parse(const char *name, size_t len, struct klpcc_ref *ret);
int klpcc_mark_build(const struct klpcc_ref *ref, char *buffer, size_t size);

/* Foreign marks: .klp.sym.rela.<gate>.<object>.<symbol>,<sympos>; read only. */
int klpcc_foreign_mark_parse(const char *name, size_t len, struct klpcc_ref *ret);

/*
 * Object form symbol: <symbol>.klp.<object>. The position is in st_value, the gate in
 * the section's name: parse leaves sympos 0 and sets the gate to the object.
 */
int klpcc_object_symbol_parse(const char *name, size_t len, struct klpcc_ref *ret);
int klpcc_object_symbol_build(const struct klpcc_ref *ref, char *buffer, size_t size);

/* Object form section: .klp.<gate>.rela.<section> */
int klpcc_object_section_parse(const char *name, size_t len,
			       struct klpcc_section_name *ret);
int klpcc_object_section_build(const struct klpcc_section_name *section, char *buffer,
			       size_t size);

/*
 * Mainline form symbol: .klp.sym.<object>.<symbol>,<sympos>
 * (Documentation/livepatch/module-elf-format.rst). A comma in the symbol is refused.
 */
int klpcc_mainline_symbol_parse(const char *name, size_t len, struct klpcc_ref *ret);
int klpcc_mainline_symbol_build(const struct klpcc_ref *ref, char *buffer, size_t size);

/* Mainline form section: .klp.rela.<gate>.<section> */
int klpcc_mainline_section_parse(const char *name, size_t len,
				 struct klpcc_section_name *ret);
int klpcc_mainline_section_build(const struct klpcc_section_name *section, char *buffer,
				 size_t size);

/* A short English text for a (negative or positive) enum klpcc_name_error; never NULL. */
const char *klpcc_name_strerror(int error);

#ifdef __cplusplus
}
#endif
#endif
