/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The target's types: reads the BTF that an index contains, for the plugin, which
 * compares what a patch declares with it.
 *
 * Not libbpf, which goes through all of it when it is opened: the BTF of vmlinux has 100,000
 * types, and a pass over them is about a tenth of what the plugin may add to a compile. Here
 * opening reads the header, and a type is found by the index's tables, in a few steps. That of
 * a module has no tables: it is small, and only that of a module which the unit is for is opened.
 *
 * Every number, offset and length is checked when it is used, and nothing goes in circles: any
 * bytes give an answer or an error. Strings live until klpcc_btf_close(). The format is
 * Documentation/bpf/btf.rst of the kernel.
 */
#ifndef KLPCC_BTF_H
#define KLPCC_BTF_H

#include "index.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The kernel's include/uapi/linux/btf.h; here, since those of older systems end earlier. */
enum klpcc_btf_kind {
	KLPCC_BTF_VOID, /* type 0 */
	KLPCC_BTF_INT,
	KLPCC_BTF_PTR,
	KLPCC_BTF_ARRAY,
	KLPCC_BTF_STRUCT,
	KLPCC_BTF_UNION,
	KLPCC_BTF_ENUM,
	KLPCC_BTF_FWD,
	KLPCC_BTF_TYPEDEF,
	KLPCC_BTF_VOLATILE,
	KLPCC_BTF_CONST,
	KLPCC_BTF_RESTRICT,
	KLPCC_BTF_FUNC,
	KLPCC_BTF_FUNC_PROTO,
	KLPCC_BTF_VAR,
	KLPCC_BTF_DATASEC,
	KLPCC_BTF_FLOAT,
	KLPCC_BTF_DECL_TAG,
	KLPCC_BTF_TYPE_TAG,
	KLPCC_BTF_ENUM64,
	KLPCC_BTF_KINDS,
};

struct klpcc_btf;

struct klpcc_btf_type {
	uint32_t id;
	enum klpcc_btf_kind kind;
	const char *name; /* "" when it has none */
	uint32_t count;   /* of members, enumerators, parameters */
	bool flag;        /* FWD: a union; struct: bit-fields; enum: signed */
	uint32_t size;    /* bytes; of kinds that have one */
	uint32_t type;    /* of kinds that have one: what it points to, names, returns */
	const unsigned char *rest; /* what follows it; checked to be there */
	bool in_base; /* belongs to vmlinux, also when a module's was asked */
};

/*
 * *ret is NULL when the object has no BTF, or base is NULL and it is not vmlinux. base: that of
 * vmlinux, borrowed as long as ret is open; only a module's takes it.
 */
struct klpcc_error *klpcc_btf_open(const struct klpcc_index *index, uint32_t object,
				   const struct klpcc_btf *base,
				   struct klpcc_btf **ret) KLPCC_MUST_CHECK;
/*
 * The same for a pass over many modules: block has what was unpacked for the last one, or
 * zeros, and is the caller's to deinit. In the order of klpcc_index_block() every block is
 * unpacked once.
 */
struct klpcc_error *klpcc_btf_open_next(const struct klpcc_index *index, uint32_t object,
					const struct klpcc_btf *base,
					struct klpcc_index_block *block,
					struct klpcc_btf **ret) KLPCC_MUST_CHECK;
void klpcc_btf_close(struct klpcc_btf *btf);

/* One more than the highest number. */
uint32_t klpcc_btf_end(const struct klpcc_btf *btf);

struct klpcc_error *klpcc_btf_type(const struct klpcc_btf *btf, uint32_t id,
				   struct klpcc_btf_type *ret) KLPCC_MUST_CHECK;
/* The same without typedefs, qualifiers and type tags around it. */
struct klpcc_error *klpcc_btf_strip(const struct klpcc_btf *btf, uint32_t id,
				    struct klpcc_btf_type *ret) KLPCC_MUST_CHECK;

/*
 * The next struct, union, enum, function or variable of that name after number *id (0:
 * the first), of this object's own; 0 when there is none.
 */
struct klpcc_error *klpcc_btf_find(const struct klpcc_btf *btf, const char *name,
				   uint32_t *id) KLPCC_MUST_CHECK;

/* i is below count; they are of types of the kind that has them. */
struct klpcc_btf_member {
	const char *name; /* "" when it has none */
	uint32_t type;
	uint32_t offset; /* bits */
	uint32_t bits;   /* of a bit-field; else 0 */
};
struct klpcc_error *klpcc_btf_member(const struct klpcc_btf *btf,
				     const struct klpcc_btf_type *type, uint32_t i,
				     struct klpcc_btf_member *ret) KLPCC_MUST_CHECK;
/* Of a variadic function the last one is of type 0. */
struct klpcc_error *klpcc_btf_parameter(const struct klpcc_btf *btf,
					const struct klpcc_btf_type *type, uint32_t i,
					uint32_t *ret) KLPCC_MUST_CHECK;
struct klpcc_error *klpcc_btf_enumerator(const struct klpcc_btf *btf,
					 const struct klpcc_btf_type *type, uint32_t i,
					 const char **name,
					 int64_t *value) KLPCC_MUST_CHECK;
void klpcc_btf_array(const struct klpcc_btf_type *type, uint32_t *element,
		     uint32_t *elements);

/* *known is false where a type has no size, as void and functions. */
struct klpcc_error *klpcc_btf_size(const struct klpcc_btf *btf, uint32_t id, bool *known,
				   uint64_t *ret) KLPCC_MUST_CHECK;

/*
 * "struct file *f", "int (*handlers[4])(void *)": a declaration of name, or without one ("") the
 * type alone, as C. *ret is the caller's to free(). Types that are nested too deep for a reader
 * are cut off with "...".
 */
struct klpcc_error *klpcc_btf_declare(const struct klpcc_btf *btf, uint32_t id,
				      const char *name, char **ret) KLPCC_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
