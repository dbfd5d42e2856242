// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Judging a patch table: the patch and its objects, as klp_enable_patch() comes to them.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "judge-private.h"

struct klpcc_error *
klpcc_patch_say(struct klpcc_patch_case *ask, enum klpcc_finding_kind kind,
		enum klpcc_verify_stage stage, enum klpcc_verify_check check,
		const struct klpcc_patch_place *place, const char *format, ...)
{
	struct klpcc_patch_remark remark = {
		.kind = kind,
		.stage = stage,
		.check = check,
		.section = place->section,
		.symbol = place->symbol,
		.target = place->target,
		.relocated = place->relocated,
		.offset = place->offset,
	};
	struct klpcc_error *err;
	va_list args;
	char *text;
	int length;

	va_start(args, format);
	length = vasprintf(&text, format, args);
	va_end(args);
	if (length < 0)
		return klpcc_error_nomem();
	remark.text = text;
	err = ask->judge->remark(ask->judge->arg, &remark);
	free(text);
	return err;
}

/* ---- the ends of arrays ---------------------------------------------------------------- */

static struct klpcc_error *judge_end(struct klpcc_patch_case *ask,
				     enum klpcc_patch_end end, const char *what,
				     const struct klpcc_patch_place *place)
{
	switch (end) {
	case KLPCC_PATCH_END_EMPTY:
		break;
	case KLPCC_PATCH_END_CHANCE:
		return klpcc_patch_say(
			ask, KLPCC_FINDING_WARNING, KLPCC_STAGE_ENABLE, KLPCC_CHECK_TABLE,
			place,
			"no empty entry ends the array of struct %s: the kernel stops after it only because zeros follow; add { }",
			what);
	case KLPCC_PATCH_END_NONE:
		return klpcc_patch_say(
			ask, ask->sure, KLPCC_STAGE_ENABLE, KLPCC_CHECK_TABLE, place,
			"no empty entry ends the array of struct %s: the kernel takes what follows for another entry; add { }",
			what);
	case KLPCC_PATCH_END_UNKNOWN:
		return klpcc_patch_say(
			ask, KLPCC_FINDING_UNSURE, KLPCC_STAGE_ENABLE, KLPCC_CHECK_TABLE,
			place,
			"where the array of struct %s ends cannot be told: end it with { }",
			what);
	}
	return NULL;
}

/* ---- objects --------------------------------------------------------------------------- */

static struct klpcc_patch_place object_place(const struct klpcc_patch *patch,
					     const struct klpcc_patch_object *object)
{
	return (struct klpcc_patch_place){
		.section = patch->objs.section,
		.symbol = object->name,
		.target = object->name,
		.relocated = patch->objs.section,
		.offset = object->offset,
	};
}

/* The name as find_module() compares it with those of modules. */
static struct klpcc_error *judge_name(struct klpcc_patch_case *ask,
				      const struct klpcc_patch_object_case *object,
				      const struct klpcc_patch_place *place)
{
	struct klpcc_span name = object->object->name;
	struct klpcc_error *err;
	char *near;
	int error;

	if (name.len > KLPCC_OBJECT_MAX)
		return klpcc_patch_say(
			ask, ask->sure, KLPCC_STAGE_ENABLE, KLPCC_CHECK_OBJECT, place,
			"the name is longer than %u bytes", KLPCC_OBJECT_MAX);
	if (!name.len)
		return klpcc_patch_say(
			ask, ask->sure, KLPCC_STAGE_ENABLE, KLPCC_CHECK_OBJECT, place,
			"the name is empty: leave .name out to patch vmlinux");
	if (klpcc_span_is(name, KLPCC_VMLINUX))
		return klpcc_patch_say(
			ask, ask->sure, KLPCC_STAGE_RUN, KLPCC_CHECK_OBJECT, place,
			"the kernel waits for a module of that name, and patches nothing: leave .name out to patch vmlinux");
	if (object->known)
		return NULL;
	err = klpcc_patch_near_object(ask, name, &near);
	if (err)
		return err;
	error = klpcc_check_object(name);
	/* kbuild makes '_' of '-' in the name of a module, which is no file's name. */
	if (memchr(name.start, '-', name.len) ||
	    (name.len > 3 && !memcmp(name.start + name.len - 3, ".ko", 3)))
		err = klpcc_patch_say(
			ask, ask->sure, KLPCC_STAGE_RUN, KLPCC_CHECK_OBJECT, place,
			"no module can have that name, so the kernel patches nothing%s",
			near);
	else
		err = klpcc_patch_say(
			ask, KLPCC_FINDING_NOTE, KLPCC_STAGE_TARGET, KLPCC_CHECK_OBJECT,
			place,
			"the index %s has no module of that name%s, and what happens when it is there is not checked; if it is built outside of the kernel's tree, index it too%s",
			ask->judge->index_path, near,
			error ? " (klpcc takes nothing from a module with such a name)"
			      : "");
	free(near);
	return err;
}

static struct klpcc_error *find_object(struct klpcc_patch_case *ask,
				       const struct klpcc_patch_object *object,
				       struct klpcc_patch_object_case *ret)
{
	*ret = (struct klpcc_patch_object_case){
		.object = object,
		.number = KLPCC_INDEX_VMLINUX,
	};
	if (object->name_at.kind == KLPCC_PATCH_POINTER_NULL) {
		ret->known = true;
		strcpy(ret->what, KLPCC_VMLINUX);
		return NULL;
	}
	snprintf(ret->what, sizeof(ret->what), "module %.*s", (int)object->name.len,
		 object->name.start ? object->name.start : "");
	/* A struct klp_object of that name is no object of the index. */
	if (!object->name.start || klpcc_span_is(object->name, KLPCC_VMLINUX))
		return NULL;
	return klpcc_index_find_object(ask->judge->index, object->name.start,
				       object->name.len, &ret->known, &ret->number);
}

static struct klpcc_error *judge_object(struct klpcc_patch_case *ask,
					const struct klpcc_patch *patch,
					const struct klpcc_patch_object *record)
{
	struct klpcc_patch_place place = object_place(patch, record);
	struct klpcc_patch_object_case object;
	struct klpcc_error *err;

	err = find_object(ask, record, &object);
	if (!err && record->name_at.kind != KLPCC_PATCH_POINTER_NULL)
		err = record->name.start
			      ? judge_name(ask, &object, &place)
			      : klpcc_patch_say(ask, KLPCC_FINDING_UNSURE,
						KLPCC_STAGE_ENABLE, KLPCC_CHECK_OBJECT,
						&place, "its name cannot be read");
	if (err)
		return err;
	if (record->funcs.kind == KLPCC_PATCH_POINTER_NULL && !patch->klp_build)
		return klpcc_patch_say(
			ask, ask->sure, KLPCC_STAGE_ENABLE, KLPCC_CHECK_TABLE, &place,
			"%s has no .funcs: give it an array, if only of { }",
			object.what);
	err = judge_end(ask, record->end, "klp_func", &place);
	return err ? err : klpcc_patch_judge_functions(ask, &object);
}

/* ---- objects that are there twice ------------------------------------------------------ */

/* The name of its directory in sysfs, which kobject_add() refuses to make twice. */
static struct klpcc_span directory_of(const struct klpcc_patch_object *object)
{
	return object->name_at.kind == KLPCC_PATCH_POINTER_NULL
		       ? klpcc_span_of(KLPCC_VMLINUX)
		       : object->name;
}

static int compare_objects(const void *a, const void *b)
{
	const struct klpcc_patch_object *left =
		*(const struct klpcc_patch_object *const *)a;
	const struct klpcc_patch_object *right =
		*(const struct klpcc_patch_object *const *)b;
	int order = klpcc_span_compare(directory_of(left), directory_of(right));

	return order ? order
		     : (left->offset > right->offset) - (left->offset < right->offset);
}

static struct klpcc_error *judge_twins(struct klpcc_patch_case *ask,
				       const struct klpcc_patch *patch)
{
	const struct klpcc_patch_object **list = calloc(patch->count + 1, sizeof(*list));
	struct klpcc_error *err = NULL;
	size_t count = 0;

	if (!list)
		return klpcc_error_nomem();
	for (size_t i = 0; i < patch->count; i++) {
		const struct klpcc_patch_object *object =
			&ask->table->objects[patch->first + i];

		if (directory_of(object).start)
			list[count++] = object;
	}
	qsort(list, count, sizeof(*list), compare_objects);
	for (size_t i = 1; !err && i < count; i++) {
		struct klpcc_span name = directory_of(list[i]);
		struct klpcc_patch_place place = object_place(patch, list[i]);

		if (klpcc_span_equal(name, directory_of(list[i - 1])))
			err = klpcc_patch_say(
				ask, ask->sure, KLPCC_STAGE_ENABLE, KLPCC_CHECK_OBJECT,
				&place,
				"%.*s has another struct klp_object before: put all its functions into one",
				(int)name.len, name.start);
	}
	free(list);
	return err;
}

/* ---- patches --------------------------------------------------------------------------- */

static struct klpcc_error *judge_patch(struct klpcc_patch_case *ask,
				       const struct klpcc_patch *patch)
{
	const struct klpcc_patch_place place = {
		.section = patch->section,
		.symbol = klpcc_span_of(patch->name),
		.relocated = patch->section,
		.offset = patch->offset,
	};
	struct klpcc_error *err = NULL;

	if (patch->klp_build && !patch->count)
		return klpcc_patch_say(
			ask, ask->sure, KLPCC_STAGE_ENABLE, KLPCC_CHECK_TABLE, &place,
			"it has no objects, and its init function fails then");
	if (patch->mod.kind == KLPCC_PATCH_POINTER_NULL && !patch->klp_build)
		err = klpcc_patch_say(
			ask, ask->writer.names_module ? KLPCC_FINDING_UNSURE : ask->sure,
			KLPCC_STAGE_ENABLE, KLPCC_CHECK_TABLE, &place,
			"its .mod is not THIS_MODULE, and the kernel refuses it: add .mod = THIS_MODULE");
	if (err)
		return err;
	/* Its address alone does not tell what code does with it. */
	if (patch->objs.kind != KLPCC_PATCH_POINTER_INSIDE)
		return klpcc_patch_say(
			ask, KLPCC_FINDING_UNSURE, KLPCC_STAGE_ENABLE, KLPCC_CHECK_TABLE,
			&place,
			".objs is not set in the file, so what the patch patches is decided at run time, or the kernel refuses it");
	err = judge_end(ask, patch->end, "klp_object", &place);
	if (!err)
		err = judge_twins(ask, patch);
	for (size_t i = 0; !err && i < patch->count; i++)
		err = judge_object(ask, patch, &ask->table->objects[patch->first + i]);
	return err;
}

/* What the file has then says no more than what may be wrong. */
static struct klpcc_error *say_written(struct klpcc_patch_case *ask)
{
	const struct klpcc_patch_place place = {
		.section = ask->writer.section,
		.relocated = ask->writer.section,
		.offset = ask->writer.offset,
	};

	if (!ask->writer.section)
		return NULL;
	ask->sure = KLPCC_FINDING_UNSURE;
	return klpcc_patch_say(
		ask, KLPCC_FINDING_UNSURE, KLPCC_STAGE_ENABLE, KLPCC_CHECK_TABLE, &place,
		"the module writes to its patch table there, or gives it away: what the kernel finds in it is decided at run time");
}

struct klpcc_error *klpcc_patch_judge_table(const struct klpcc_patch_judge *judge,
					    const struct klpcc_patch_table *table)
{
	/* A module is one patch: its name is the patch's. So some of several are not enabled. */
	struct klpcc_patch_case ask = {
		.judge = judge,
		.table = table,
		.sure = table->count > 1 ? KLPCC_FINDING_UNSURE : KLPCC_FINDING_FAILS,
	};
	struct klpcc_error *err;

	err = klpcc_patch_find_writer(judge->elf, judge->arch, table, &ask.writer);
	if (!err)
		err = say_written(&ask);
	for (size_t i = 0; !err && i < table->count; i++)
		err = judge_patch(&ask, &table->patches[i]);
	if (!err && table->unread)
		err = klpcc_patch_say(&ask, KLPCC_FINDING_UNSURE, KLPCC_STAGE_ENABLE,
				      KLPCC_CHECK_TABLE, &(struct klpcc_patch_place){ 0 },
				      "the patch table cannot be read whole: %s",
				      table->unread);
	return err;
}
