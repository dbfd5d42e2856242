/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads all types of an index, for tests that damage it: each answer may be an error. fine() takes
 * and frees an error or NULL, and returns true if there was none.
 */
#ifndef WALK_BTF_H
#define WALK_BTF_H

#include <stdio.h>
#include <stdlib.h>

#include "index/btf.h"

typedef bool walk_fine(struct klpcc_error *err);

/* Only the first types are printed, because each may contain others. */
#define WALK_DECLARED 300

static inline void walk_rest(const struct klpcc_btf *btf,
			     const struct klpcc_btf_type *type, walk_fine *fine)
{
	for (uint32_t i = 0; i < type->count; i++) {
		struct klpcc_btf_member member;
		const char *name;
		uint32_t id;
		int64_t value;

		switch (type->kind) {
		case KLPCC_BTF_STRUCT:
		case KLPCC_BTF_UNION:
			fine(klpcc_btf_member(btf, type, i, &member));
			break;
		case KLPCC_BTF_ENUM:
		case KLPCC_BTF_ENUM64:
			fine(klpcc_btf_enumerator(btf, type, i, &name, &value));
			break;
		case KLPCC_BTF_FUNC_PROTO:
			fine(klpcc_btf_parameter(btf, type, i, &id));
			break;
		default:
			return;
		}
	}
}

static inline void walk_type(const struct klpcc_btf *btf, uint32_t id, walk_fine *fine)
{
	struct klpcc_btf_type type, stripped;
	uint32_t found = 0;
	uint64_t size;
	char *text;
	bool known;

	if (!fine(klpcc_btf_type(btf, id, &type)))
		return;
	walk_rest(btf, &type, fine);
	fine(klpcc_btf_strip(btf, id, &stripped));
	fine(klpcc_btf_size(btf, id, &known, &size));
	/* Finds all types of that name. The numbers rise, so this ends. */
	while (*type.name && id < WALK_DECLARED) {
		uint32_t before = found;

		if (!fine(klpcc_btf_find(btf, type.name, &found)) || !found)
			break;
		if (found <= before)
			abort();
	}
	if (id < WALK_DECLARED && fine(klpcc_btf_declare(btf, id, type.name, &text)))
		free(text);
}

static inline void walk_object(const struct klpcc_btf *btf, walk_fine *fine)
{
	for (uint32_t id = 0; id < klpcc_btf_end(btf); id++)
		walk_type(btf, id, fine);
}

static inline void walk_btf(const struct klpcc_index *index, walk_fine *fine)
{
	struct klpcc_btf *base = NULL, *btf;

	if (!fine(klpcc_btf_open(index, KLPCC_INDEX_VMLINUX, NULL, &base)))
		base = NULL;
	if (base)
		walk_object(base, fine);
	for (uint32_t i = 1; i < klpcc_index_objects(index); i++)
		if (fine(klpcc_btf_open(index, i, base, &btf)) && btf) {
			walk_object(btf, fine);
			klpcc_btf_close(btf);
		}
	klpcc_btf_close(base);
}

#endif
