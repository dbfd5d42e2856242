// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Judging a patch table: the functions of an object.
 *
 * klp_init_func() takes every entry when the patch is enabled; klp_init_object_loaded() and
 * klp_patch_func() look the function up as soon as the object is loaded, which for vmlinux is the
 * same moment.
 */
#include <stdlib.h>
#include <string.h>

#include "../index/function.h"
#include "judge-private.h"

static struct klpcc_patch_place
function_place(const struct klpcc_patch_object_case *object,
	       const struct klpcc_patch_function *function)
{
	struct klpcc_patch_place place = {
		.section = object->object->funcs.section,
		.symbol = function->old_name,
		.target = object->object->name,
		.relocated = object->object->funcs.section,
		.offset = function->offset,
	};

	if (function->new_func.kind == KLPCC_PATCH_POINTER_INSIDE) {
		place.relocated = function->new_func.section;
		place.offset = function->new_func.offset;
	}
	return place;
}

/* When the kernel looks up the functions of the object. */
static enum klpcc_verify_stage stage_of(const struct klpcc_patch_object_case *object)
{
	return object->number == KLPCC_INDEX_VMLINUX ? KLPCC_STAGE_ENABLE
						     : KLPCC_STAGE_TARGET;
}

/* The position that sysfs names it by: "%s,%lu" in klp_init_func(). */
static uint64_t position_of(const struct klpcc_patch_function *function)
{
	return function->sympos ? function->sympos : 1;
}

/* ---- one entry ------------------------------------------------------------------------- */

static struct klpcc_error *say_absent(struct klpcc_patch_case *ask,
				      const struct klpcc_patch_object_case *object,
				      const struct klpcc_patch_function *function,
				      const struct klpcc_patch_place *place)
{
	struct klpcc_error *err;
	char *near;

	if (!function->old_name.len)
		return klpcc_patch_say(ask, ask->sure, stage_of(object),
				       KLPCC_CHECK_FUNCTION, place,
				       "its .old_name is empty");
	err = klpcc_patch_near_function(ask, object, function->old_name, &near);
	if (err)
		return err;
	err = klpcc_patch_say(ask, ask->sure, stage_of(object), KLPCC_CHECK_FUNCTION,
			      place, "%s has no symbol of that name (index %s)%s",
			      object->what, ask->judge->index_path, near);
	free(near);
	return err;
}

static struct klpcc_error *say_ambiguous(struct klpcc_patch_case *ask,
					 const struct klpcc_patch_object_case *object,
					 const struct klpcc_patch_function *function,
					 const struct klpcc_patch_place *place,
					 uint32_t counted)
{
	struct klpcc_error *err;
	char *positions;

	err = klpcc_patch_positions(ask, object, function->old_name, &positions);
	if (err)
		return err;
	err = klpcc_patch_say(
		ask, ask->sure, stage_of(object), KLPCC_CHECK_FUNCTION, place,
		"%s has %u symbols of that name, but .old_sympos is not set: give the position of the one that is meant, from 1 to %u%s",
		object->what, counted, counted, positions);
	free(positions);
	return err;
}

static struct klpcc_error *say_coming(struct klpcc_patch_case *ask,
				      const struct klpcc_patch_object_case *object,
				      const struct klpcc_patch_function *function,
				      const struct klpcc_patch_place *place)
{
	if (function->sympos)
		return klpcc_patch_say(
			ask, ask->sure, KLPCC_STAGE_RUN, KLPCC_CHECK_FUNCTION, place,
			".old_sympos %llu means another symbol while %s is loading, as the kernel then counts init symbols too: load the module before the patch",
			(unsigned long long)function->sympos, object->what);
	return klpcc_patch_say(
		ask, ask->sure, KLPCC_STAGE_COMING, KLPCC_CHECK_FUNCTION, place,
		"the name is not unique while %s is loading, as the kernel then counts init symbols too: load the module before the patch",
		object->what);
}

static struct klpcc_error *say_verdict(struct klpcc_patch_case *ask,
				       const struct klpcc_patch_object_case *object,
				       const struct klpcc_patch_function *function,
				       const struct klpcc_patch_place *place,
				       const struct klpcc_function *found)
{
#define SAY(...)                                                                       \
	klpcc_patch_say(ask, ask->sure, stage_of(object), KLPCC_CHECK_FUNCTION, place, \
			__VA_ARGS__)
	uint32_t counted = found->position.counted;

	switch (found->verdict) {
	case KLPCC_FUNCTION_FOUND:
		break;
	case KLPCC_FUNCTION_ABSENT:
		return say_absent(ask, object, function, place);
	case KLPCC_FUNCTION_AMBIGUOUS:
		return say_ambiguous(ask, object, function, place, counted);
	case KLPCC_FUNCTION_NO_POSITION:
		return SAY(".old_sympos is %llu, but %s has only %u of that name",
			   (unsigned long long)function->sympos, object->what, counted);
	case KLPCC_FUNCTION_DATA:
		return SAY("it is data of %s: only functions can be replaced",
			   object->what);
	case KLPCC_FUNCTION_INIT:
		return SAY("it is init code of %s, which is gone when the patch runs",
			   object->what);
	case KLPCC_FUNCTION_NOT_PATCHABLE:
		return SAY(
			"ftrace cannot redirect this function of %s, which has no call of ftrace at its entry (notrace, or not in C): replace those that call it",
			object->what);
	case KLPCC_FUNCTION_COMING:
		return say_coming(ask, object, function, place);
	}
	return NULL;
#undef SAY
}

/* Once for an object. */
static struct klpcc_error *say_places_unknown(struct klpcc_patch_case *ask,
					      struct klpcc_patch_object_case *object,
					      const struct klpcc_patch_place *place)
{
	if (object->places_asked)
		return NULL;
	object->places_asked = true;
	return klpcc_patch_say(
		ask, KLPCC_FINDING_UNSURE, stage_of(object), KLPCC_CHECK_FUNCTION, place,
		"the index %s does not say which functions of %s ftrace can redirect: make it of the kernel's image and modules",
		ask->judge->index_path, object->what);
}

static struct klpcc_error *judge_old(struct klpcc_patch_case *ask,
				     struct klpcc_patch_object_case *object,
				     const struct klpcc_patch_function *function,
				     const struct klpcc_patch_place *place)
{
	struct klpcc_function found;
	struct klpcc_error *err;
	/* No object has so many symbols of one name. */
	uint32_t sympos =
		function->sympos > UINT32_MAX ? UINT32_MAX : (uint32_t)function->sympos;

	if (!object->known)
		return NULL;
	if (!function->sympos_known)
		return klpcc_patch_say(ask, KLPCC_FINDING_UNSURE, stage_of(object),
				       KLPCC_CHECK_FUNCTION, place,
				       "its .old_sympos cannot be read");
	err = klpcc_index_find_function(ask->judge->index, object->number,
					function->old_name.start, function->old_name.len,
					sympos, &found);
	if (!err)
		err = say_verdict(ask, object, function, place, &found);
	if (!err && !found.places_known &&
	    (found.verdict == KLPCC_FUNCTION_FOUND ||
	     found.verdict == KLPCC_FUNCTION_COMING))
		err = say_places_unknown(ask, object, place);
	return err;
}

/* module_init_section() in kernel/module/main.c */
static bool is_init(const struct klpcc_elf_section *section)
{
	return !strncmp(section->name, ".init", 5);
}

static struct klpcc_error *judge_new(struct klpcc_patch_case *ask,
				     const struct klpcc_patch_function *function,
				     const struct klpcc_patch_place *place)
{
	const struct klpcc_patch_pointer *new_func = &function->new_func;

	switch (new_func->kind) {
	case KLPCC_PATCH_POINTER_NULL:
		return klpcc_patch_say(ask, ask->sure, KLPCC_STAGE_ENABLE,
				       KLPCC_CHECK_TABLE, place,
				       "its .new_func is not set");
	case KLPCC_PATCH_POINTER_UNKNOWN:
		return klpcc_patch_say(ask, KLPCC_FINDING_UNSURE, KLPCC_STAGE_ENABLE,
				       KLPCC_CHECK_TABLE, place,
				       "what its .new_func is cannot be read");
	case KLPCC_PATCH_POINTER_OUTSIDE:
		break;
	case KLPCC_PATCH_POINTER_INSIDE:
		if (is_init(new_func->section))
			return klpcc_patch_say(
				ask, ask->sure, KLPCC_STAGE_RUN, KLPCC_CHECK_TABLE, place,
				"its .new_func is in section '%s', which is gone when the patch runs: take __init away",
				new_func->section->name);
		if (!(new_func->section->header.sh_flags & SHF_EXECINSTR))
			return klpcc_patch_say(
				ask, ask->sure, KLPCC_STAGE_RUN, KLPCC_CHECK_TABLE, place,
				"its .new_func is in section '%s', which is not code",
				new_func->section->name);
		break;
	}
	return NULL;
}

static struct klpcc_error *judge_function(struct klpcc_patch_case *ask,
					  struct klpcc_patch_object_case *object,
					  const struct klpcc_patch_function *function)
{
	struct klpcc_patch_place place = function_place(object, function);
	struct klpcc_error *err;

	if (!function->old_name.start) {
		bool absent = function->old_name_at.kind == KLPCC_PATCH_POINTER_NULL;

		return klpcc_patch_say(ask, absent ? ask->sure : KLPCC_FINDING_UNSURE,
				       KLPCC_STAGE_ENABLE, KLPCC_CHECK_TABLE, &place,
				       absent ? "an entry of %s has no .old_name"
					      : "an .old_name of %s cannot be read",
				       object->what);
	}
	err = judge_new(ask, function, &place);
	if (err)
		return err;
	if (function->old_name.len > ask->judge->symbol_max)
		return klpcc_patch_say(
			ask, ask->sure, KLPCC_STAGE_ENABLE, KLPCC_CHECK_FUNCTION, &place,
			"the name is longer than %u bytes, the most that this kernel takes",
			ask->judge->symbol_max);
	return judge_old(ask, object, function, &place);
}

/* ---- entries that are there twice ------------------------------------------------------ */

static int compare_functions(const void *a, const void *b)
{
	const struct klpcc_patch_function *left =
		*(const struct klpcc_patch_function *const *)a;
	const struct klpcc_patch_function *right =
		*(const struct klpcc_patch_function *const *)b;
	int order = klpcc_span_compare(left->old_name, right->old_name);

	if (order)
		return order;
	if (position_of(left) != position_of(right))
		return position_of(left) < position_of(right) ? -1 : 1;
	return (left->offset > right->offset) - (left->offset < right->offset);
}

static struct klpcc_error *judge_twins(struct klpcc_patch_case *ask,
				       const struct klpcc_patch_object_case *object)
{
	size_t entries = object->object->count, count = 0;
	const struct klpcc_patch_function **list = calloc(entries + 1, sizeof(*list));
	struct klpcc_error *err = NULL;

	if (!list)
		return klpcc_error_nomem();
	for (size_t i = 0; i < entries; i++) {
		const struct klpcc_patch_function *function =
			&ask->table->functions[object->object->first + i];

		if (function->old_name.start && function->sympos_known)
			list[count++] = function;
	}
	qsort(list, count, sizeof(*list), compare_functions);
	for (size_t i = 1; !err && i < count; i++) {
		struct klpcc_patch_place place = function_place(object, list[i]);

		if (klpcc_span_equal(list[i]->old_name, list[i - 1]->old_name) &&
		    position_of(list[i]) == position_of(list[i - 1]))
			err = klpcc_patch_say(
				ask, ask->sure, KLPCC_STAGE_ENABLE, KLPCC_CHECK_FUNCTION,
				&place,
				"%s has another entry for it before: a patch replaces a function once",
				object->what);
	}
	free(list);
	return err;
}

struct klpcc_error *klpcc_patch_judge_functions(struct klpcc_patch_case *ask,
						struct klpcc_patch_object_case *object)
{
	struct klpcc_error *err = judge_twins(ask, object);

	for (size_t i = 0; !err && i < object->object->count; i++)
		err = judge_function(ask, object,
				     &ask->table->functions[object->object->first + i]);
	return err;
}
