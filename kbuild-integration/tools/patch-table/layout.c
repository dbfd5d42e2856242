// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The patch table, reading: how large its structures are.
 *
 * The target's BTF tells. Where a target has none, the members that an author fills in are still
 * where every kernel from 5.1 to 7.3 has them (include/linux/livepatch.h), and only the distance
 * from one entry of an array to the next is unknown. It is that of the pointers in the array; if
 * there is one entry, it is half of the variable, for an empty entry follows.
 */
#include <string.h>

#include "../index/btf.h"
#include "patch-table-private.h"

/*
 * The least that the structures have on a 64-bit machine, with a struct kobject of 64 bytes, which
 * debugging only makes larger.
 */
#define LEAST_PATCH 176u
#define LEAST_OBJECT 168u
#define LEAST_FUNC 152u

static const struct klpcc_patch_layout authors_part = {
	.patch_mod = 0,
	.patch_objs = 8,
	.object_name = 0,
	.object_funcs = 8,
	.func_old_name = 0,
	.func_new_func = 8,
	.func_old_sympos = 16,
};

/* ---- from the target ------------------------------------------------------------------- */

static struct klpcc_error *find_struct(const struct klpcc_btf *btf, const char *name,
				       struct klpcc_btf_type *ret)
{
	struct klpcc_error *err;
	uint32_t id = 0;

	*ret = (struct klpcc_btf_type){ .kind = KLPCC_BTF_VOID };
	do {
		err = klpcc_btf_find(btf, name, &id);
		if (!err && id)
			err = klpcc_btf_type(btf, id, ret);
	} while (!err && id && ret->kind != KLPCC_BTF_STRUCT);
	if (!err && !id)
		ret->kind = KLPCC_BTF_VOID;
	return err;
}

/* *ret: the offset in bytes. Clears *known if there is no such member, of whole bytes. */
static struct klpcc_error *find_member(const struct klpcc_btf *btf,
				       const struct klpcc_btf_type *type,
				       const char *name, uint64_t size, bool *known,
				       uint64_t *ret)
{
	struct klpcc_btf_member member;
	struct klpcc_error *err;

	for (uint32_t i = 0; type->kind == KLPCC_BTF_STRUCT && i < type->count; i++) {
		err = klpcc_btf_member(btf, type, i, &member);
		if (err)
			return err;
		if (strcmp(member.name, name))
			continue;
		*ret = member.offset / 8;
		if (member.bits || member.offset % 8 || *ret + size > type->size)
			*known = false;
		return NULL;
	}
	*known = false;
	return NULL;
}

static struct klpcc_error *read_layout(const struct klpcc_btf *btf,
				       struct klpcc_patch_layout *ret)
{
	struct klpcc_btf_type patch, object, func;
	const struct {
		const struct klpcc_btf_type *type;
		const char *name;
		uint64_t size; /* bytes */
		uint64_t *ret;
	} members[] = {
		{ &patch, "mod", 8, &ret->patch_mod },
		{ &patch, "objs", 8, &ret->patch_objs },
		{ &patch, "replace", 1, &ret->patch_replace },
		{ &object, "name", 8, &ret->object_name },
		{ &object, "funcs", 8, &ret->object_funcs },
		{ &func, "old_name", 8, &ret->func_old_name },
		{ &func, "new_func", 8, &ret->func_new_func },
		{ &func, "old_sympos", 8, &ret->func_old_sympos },
	};
	struct klpcc_error *err;

	err = find_struct(btf, "klp_patch", &patch);
	if (!err)
		err = find_struct(btf, "klp_object", &object);
	if (!err)
		err = find_struct(btf, "klp_func", &func);
	ret->known = true;
	for (size_t i = 0; !err && i < sizeof(members) / sizeof(members[0]); i++)
		err = find_member(btf, members[i].type, members[i].name, members[i].size,
				  &ret->known, members[i].ret);
	ret->patch_size = patch.size;
	ret->object_size = object.size;
	ret->func_size = func.size;
	return err;
}

struct klpcc_error *klpcc_patch_layout(const struct klpcc_index *index,
				       struct klpcc_patch_layout *ret)
{
	struct klpcc_patch_layout layout = { .known = false };
	struct klpcc_btf *btf = NULL;
	struct klpcc_error *err = NULL;

	if (index)
		err = klpcc_btf_open(index, KLPCC_INDEX_VMLINUX, NULL, &btf);
	if (!err && btf)
		err = read_layout(btf, &layout);
	klpcc_btf_close(btf);
	*ret = layout.known ? layout : authors_part;
	return err;
}

/* ---- from the module ------------------------------------------------------------------- */

/*
 * The variable at the beginning of an array, and in *second where the pointers of its second entry
 * begin; 0: it has one entry.
 */
static struct klpcc_error *measure(struct klpcc_patch_reader *reader,
				   const struct klpcc_patch_pointer *array,
				   const struct klpcc_patch_variable **variable,
				   uint64_t *second)
{
	uint64_t end, place = 0;
	struct klpcc_error *err;
	bool found;

	*second = 0;
	*variable = NULL;
	if (array->kind != KLPCC_PATCH_POINTER_INSIDE)
		return NULL;
	*variable = klpcc_patch_variable(reader, array->section->index, array->offset);
	if (!*variable || __builtin_add_overflow(array->offset, (*variable)->size, &end))
		return NULL;
	err = klpcc_patch_next_data(reader, array->section, array->offset + 16, end,
				    &found, &place);
	if (!err && found)
		*second = place - array->offset;
	return err;
}

/* size: what the pointers say, 0 if there is one entry. Returns 0 for what is no size. */
static uint64_t settle(const struct klpcc_patch_variable *variable, uint64_t size,
		       uint64_t least)
{
	if (!variable)
		return 0;
	if (!size)
		size = variable->size / 2 >= least ? variable->size / 2 : variable->size;
	return size >= least && !(size % 8) && !(variable->size % size) ? size : 0;
}

struct klpcc_error *klpcc_patch_infer_object(struct klpcc_patch_reader *reader,
					     const struct klpcc_patch_pointer *objs)
{
	const struct klpcc_patch_variable *variable;
	uint64_t second, next = 0;
	struct klpcc_error *err;
	bool found;

	err = measure(reader, objs, &variable, &second);
	if (err || !variable)
		return err;
	/* The first pointer of the second entry is its name; that of vmlinux has .funcs alone. */
	if (second) {
		err = klpcc_patch_next_data(reader, objs->section,
					    objs->offset + second + 8,
					    objs->offset + second + 9, &found, &next);
		if (!err && !found && settle(variable, second - 8, LEAST_OBJECT))
			second -= 8;
	}
	reader->layout.object_size = settle(variable, second, LEAST_OBJECT);
	return err;
}

struct klpcc_error *klpcc_patch_infer_func(struct klpcc_patch_reader *reader,
					   const struct klpcc_patch_pointer *funcs,
					   bool several)
{
	const struct klpcc_patch_variable *variable;
	struct klpcc_error *err;
	uint64_t second;

	err = measure(reader, funcs, &variable, &second);
	if (!err && variable && !several == !second)
		reader->layout.func_size = settle(variable, second, LEAST_FUNC);
	return err;
}

bool klpcc_patch_has_size(const struct klpcc_patch_reader *reader, uint64_t size)
{
	return reader->layout.known ? size == reader->layout.patch_size
				    : size >= LEAST_PATCH && !(size % 8);
}
