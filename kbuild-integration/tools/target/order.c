// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Target index, writing side: the order of what target.c collected.
 *
 * Strings are compared once, in one sort over the distinct ones; from then on a name is its
 * rank, and symbols and exports are put in order by stable counting sorts over ranks. The
 * order depends on the contents only, so the same target gives the same bytes.
 */
#include <stdlib.h>
#include <string.h>

#include "write-private.h"

static int compare_strings(const void *a, const void *b, void *data)
{
	const struct klpcc_strings *strings = data;

	return strcmp(klpcc_string_text(strings, *(const uint32_t *)a),
		      klpcc_string_text(strings, *(const uint32_t *)b));
}

/* Two runs of numbers in strcmp() order make one, from the back: `into` begins with a. */
static void merge_sorted(const struct klpcc_strings *strings, uint32_t *into, size_t a,
			 const uint32_t *run, size_t b)
{
	while (b)
		if (a && compare_strings(&into[a - 1], &run[b - 1], (void *)strings) > 0)
			into[a + b - 1] = into[a - 1], a--;
		else
			into[a + b - 1] = run[b - 1], b--;
}

struct klpcc_error *klpcc_target_sort_strings(struct klpcc_target *target)
{
	struct klpcc_strings *strings = &target->strings;
	size_t known = strings->sorted_count, added = strings->count - 1 - known;
	uint32_t *sorted, *run;

	if (!added)
		return NULL;
	sorted = reallocarray(strings->sorted, known + added, sizeof(*sorted));
	if (!sorted)
		return klpcc_error_nomem();
	strings->sorted = sorted;
	run = calloc(added, sizeof(*run));
	if (!run)
		return klpcc_error_nomem();
	for (size_t i = 0; i < added; i++)
		run[i] = (uint32_t)(known + 1 + i);
	qsort_r(run, added, sizeof(*run), compare_strings, strings);
	merge_sorted(strings, sorted, known, run, added);
	strings->sorted_count = known + added;
	free(run);
	return NULL;
}

/* Ranks the names among the strings that a record uses. */
static void rank_strings(struct klpcc_writer *writer)
{
	const struct klpcc_target *target = writer->target;
	const struct klpcc_strings *strings = &target->strings;
	/* Borrowed for the marks until place.c writes the offsets. */
	uint32_t *used = writer->string_offset;

	for (size_t i = 0; i < target->objects_count; i++)
		used[target->objects[i].name] = 1;
	for (size_t i = 0; i < target->symbols_count; i++) {
		used[target->symbols[i].name] = used[target->symbols[i].source] = 1;
		writer->addresses += target->symbols[i].has_address;
		writer->is_name[target->symbols[i].name] = true;
	}
	for (size_t i = 0; i < target->exports_count; i++) {
		used[target->exports[i].name] = used[target->exports[i].namespace_] = 1;
		writer->is_name[target->exports[i].name] = true;
	}
	for (size_t i = 0; i < strings->sorted_count; i++)
		if (used[strings->sorted[i]])
			writer->strings[writer->strings_count++] = strings->sorted[i];
	for (uint32_t i = 0; i < writer->strings_count; i++)
		if (writer->is_name[writer->strings[i]])
			writer->name_rank[writer->strings[i]] = writer->names_count++;
}

/* vmlinux is number 0 and stays first; the modules follow by name. */
static void sort_objects(struct klpcc_writer *writer)
{
	const struct klpcc_target *target = writer->target;
	uint32_t count = 1;

	for (uint32_t i = 0; i < writer->strings_count; i++) {
		uint32_t object = target->strings.entries[writer->strings[i]].object;

		if (object != KLPCC_NONE && object != KLPCC_TARGET_VMLINUX) {
			writer->object_rank[object] = count;
			writer->objects[count++] = object;
		}
	}
}

/*
 * Stable counting sort of the numbers in `order` by key[number], every key below `keys`.
 * scratch: room for as many numbers.
 */
static struct klpcc_error *sort_by(uint32_t *order, uint32_t *scratch,
				   const uint32_t *key, size_t count, size_t keys)
{
	uint32_t *start = calloc(keys + 1, sizeof(*start));

	if (!start)
		return klpcc_error_nomem();
	for (size_t i = 0; i < count; i++)
		start[key[order[i]] + 1]++;
	for (size_t i = 1; i < keys; i++)
		start[i] += start[i - 1];
	for (size_t i = 0; i < count; i++)
		scratch[start[key[order[i]]]++] = order[i];
	memcpy(order, scratch, count * sizeof(*order));
	free(start);
	return NULL;
}

/* Room for the keys of one sort_records(). */
struct keys {
	uint32_t *name;   /* by record number: rank of its name */
	uint32_t *object; /* by record number: rank of its object */
	uint32_t *scratch;
};

static void keys_deinit(struct keys *keys)
{
	free(keys->name);
	free(keys->object);
	free(keys->scratch);
}

static struct klpcc_error *keys_init(struct keys *keys, size_t count)
{
	keys->name = calloc(count + 1, sizeof(*keys->name));
	keys->object = calloc(count + 1, sizeof(*keys->object));
	keys->scratch = calloc(count + 1, sizeof(*keys->scratch));
	if (keys->name && keys->object && keys->scratch)
		return NULL;
	keys_deinit(keys);
	return klpcc_error_nomem();
}

/* Orders records by name, then object, then as they were added. */
static struct klpcc_error *sort_records(const struct klpcc_writer *writer,
					const struct keys *keys, uint32_t *order,
					size_t count)
{
	struct klpcc_error *err;

	for (size_t i = 0; i < count; i++)
		order[i] = (uint32_t)i;
	err = sort_by(order, keys->scratch, keys->object, count,
		      writer->target->objects_count);
	if (!err)
		err = sort_by(order, keys->scratch, keys->name, count,
			      writer->names_count);
	return err;
}

static struct klpcc_error *sort_symbols(struct klpcc_writer *writer)
{
	const struct klpcc_target *target = writer->target;
	size_t count = target->symbols_count;
	struct klpcc_error *err;
	struct keys keys;

	err = keys_init(&keys, count);
	if (err)
		return err;
	for (size_t i = 0; i < count; i++) {
		keys.name[i] = writer->name_rank[target->symbols[i].name];
		keys.object[i] = writer->object_rank[target->symbols[i].object];
	}
	err = sort_records(writer, &keys, writer->symbols, count);
	keys_deinit(&keys);
	return err;
}

static struct klpcc_error *sort_exports(struct klpcc_writer *writer)
{
	const struct klpcc_target *target = writer->target;
	size_t count = target->exports_count;
	struct klpcc_error *err;
	struct keys keys;

	err = keys_init(&keys, count);
	if (err)
		return err;
	for (size_t i = 0; i < count; i++) {
		keys.name[i] = writer->name_rank[target->exports[i].name];
		keys.object[i] = writer->object_rank[target->exports[i].object];
	}
	err = sort_records(writer, &keys, writer->exports, count);
	keys_deinit(&keys);
	return err;
}

struct klpcc_error *klpcc_writer_order(struct klpcc_writer *writer)
{
	struct klpcc_error *err;

	rank_strings(writer);
	sort_objects(writer);
	err = sort_symbols(writer);
	return err ? err : sort_exports(writer);
}
