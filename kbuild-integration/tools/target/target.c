// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Target index, writing side, first half: collects what the readers find in the kernel's
 * files. Checks every name that comes in, so that an index contains nothing that would
 * break a message or a mark later; write.c sorts and writes.
 */
#include "target.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/array.h"
#include "../lib/hash.h"
#include "klp-name.h"
#include "target-data.h"

/* Whether one more entry can have a number: 32 bits, in memory and on disk, but KLPCC_NONE. */
static struct klpcc_error *check_count(size_t count)
{
	return count < KLPCC_NONE
		       ? NULL
		       : klpcc_error_new(EFBIG, "too many entries for an index");
}

static struct klpcc_error *grow_slots(struct klpcc_strings *strings)
{
	size_t count = strings->slots_count ? strings->slots_count * 2 : 4096;
	uint32_t *slots;

	if (strings->count * 2 < strings->slots_count)
		return NULL;
	slots = calloc(count, sizeof(*slots));
	if (!slots)
		return klpcc_error_nomem();
	for (size_t i = 1; i < strings->count; i++) {
		size_t slot = strings->entries[i].hash & (count - 1);

		while (slots[slot])
			slot = (slot + 1) & (count - 1);
		slots[slot] = (uint32_t)i;
	}
	free(strings->slots);
	strings->slots = slots;
	strings->slots_count = count;
	return NULL;
}

static struct klpcc_error *append_string(struct klpcc_strings *strings, const char *text,
					 size_t length, uint32_t hash)
{
	struct klpcc_error *err = check_count(strings->count);
	struct klpcc_string *entries;
	char *bytes;

	if (err)
		return err;
	if (length >= UINT32_MAX - strings->bytes_used)
		return klpcc_error_new(EFBIG, "too many names for an index");
	entries = klpcc_array_grow(strings->entries, strings->count, 1,
				   &strings->capacity, sizeof(*entries));
	if (!entries)
		return klpcc_error_nomem();
	strings->entries = entries;
	bytes = klpcc_array_grow(strings->bytes, strings->bytes_used, length + 1,
				 &strings->bytes_capacity, 1);
	if (!bytes)
		return klpcc_error_nomem();
	strings->bytes = bytes;
	memcpy(strings->bytes + strings->bytes_used, text, length + 1);
	strings->entries[strings->count++] = (struct klpcc_string){
		.offset = (uint32_t)strings->bytes_used,
		.length = (uint32_t)length,
		.hash = hash,
		.object = KLPCC_NONE,
		.first_export = KLPCC_NONE,
	};
	strings->bytes_used += length + 1;
	return NULL;
}

/*
 * The slot of a string, or the free one where it belongs. There are slots, and more than
 * strings.
 */
static size_t find_slot(const struct klpcc_strings *strings, const char *text,
			size_t length, uint32_t hash)
{
	size_t slot = hash & (strings->slots_count - 1);

	for (; strings->slots[slot]; slot = (slot + 1) & (strings->slots_count - 1)) {
		const struct klpcc_string *entry =
			&strings->entries[strings->slots[slot]];

		if (entry->hash == hash && entry->length == length &&
		    !memcmp(strings->bytes + entry->offset, text, length))
			break;
	}
	return slot;
}

uint32_t klpcc_string_find(const struct klpcc_strings *strings, const char *text)
{
	size_t length = strlen(text);

	if (!strings->slots_count)
		return 0;
	return strings->slots[find_slot(strings, text, length, klpcc_hash(text))];
}

struct klpcc_error *klpcc_string_intern(struct klpcc_strings *strings, const char *text,
					uint32_t *ret)
{
	size_t length = strlen(text), slot;
	uint32_t hash = klpcc_hash(text);
	struct klpcc_error *err = grow_slots(strings);

	if (err)
		return err;
	slot = find_slot(strings, text, length, hash);
	if (!strings->slots[slot]) {
		err = append_string(strings, text, length, hash);
		if (err)
			return err;
		strings->slots[slot] = (uint32_t)strings->count - 1;
	}
	*ret = strings->slots[slot];
	return NULL;
}

bool klpcc_string_printable(const char *text, bool blanks)
{
	if (!*text)
		return false;
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (c < ' ' || c == 0x7f || (c == ' ' && !blanks))
			return false;
	}
	return true;
}

struct klpcc_error *klpcc_target_create(struct klpcc_target **ret)
{
	struct klpcc_target *target = calloc(1, sizeof(*target));
	struct klpcc_error *err;
	uint32_t vmlinux;

	if (!target)
		return klpcc_error_nomem();
	err = append_string(&target->strings, "", 0, 0);
	if (!err)
		err = klpcc_target_object(target, KLPCC_VMLINUX, &vmlinux);
	if (err) {
		klpcc_target_destroy(target);
		return err;
	}
	*ret = target;
	return NULL;
}

void klpcc_target_destroy(struct klpcc_target *target)
{
	if (!target)
		return;
	for (size_t i = 0; i < target->objects_count; i++)
		free(target->objects[i].build_id);
	free(target->objects);
	free(target->symbols);
	free(target->exports);
	free(target->strings.bytes);
	free(target->strings.entries);
	free(target->strings.slots);
	free(target->strings.sorted);
	free(target->release);
	free(target->vermagic);
	klpcc_target_drop_btf(target);
	klpcc_stream_discard(target->stream);
	free(target);
}

struct klpcc_error *klpcc_target_set_release(struct klpcc_target *target,
					     const char *release)
{
	if (!klpcc_string_printable(release, false) || strchr(release, '/'))
		return klpcc_error_new(
			EINVAL, "not a kernel release: '%.64s'",
			*release && klpcc_string_printable(release, true) ? release : "");
	if (target->release) {
		if (!strcmp(target->release, release))
			return NULL;
		return klpcc_error_new(EINVAL, "is for kernel %.128s, not for %.128s",
				       release, target->release);
	}
	target->release = strdup(release);
	return target->release ? NULL : klpcc_error_nomem();
}

const char *klpcc_target_release(const struct klpcc_target *target)
{
	return target->release ? target->release : "";
}

struct klpcc_error *klpcc_target_set_machine(struct klpcc_target *target,
					     uint16_t machine)
{
	if (target->machine && target->machine != machine)
		return klpcc_error_new(EINVAL, "is for machine %u, not for %u", machine,
				       target->machine);
	target->machine = machine;
	return NULL;
}

struct klpcc_error *klpcc_target_set_vermagic(struct klpcc_target *target,
					      const char *text)
{
	char *copy;

	if (!klpcc_string_printable(text, true))
		return klpcc_error_new(
			EINVAL, "vermagic is empty or contains a control character");
	copy = strdup(text);
	if (!copy)
		return klpcc_error_nomem();
	free(target->vermagic);
	target->vermagic = copy;
	return NULL;
}

const char *klpcc_target_vermagic(const struct klpcc_target *target)
{
	return target->vermagic;
}

struct klpcc_error *klpcc_target_object(struct klpcc_target *target, const char *name,
					uint32_t *ret)
{
	struct klpcc_object_data *objects;
	struct klpcc_error *err;
	uint32_t string;
	int bad;

	bad = klpcc_check_object(klpcc_span_of(name));
	if (bad)
		return klpcc_error_new(EINVAL, "object '%.64s': %s",
				       klpcc_string_printable(name, true) ? name : "",
				       klpcc_name_strerror(bad));
	err = klpcc_string_intern(&target->strings, name, &string);
	if (err)
		return err;
	if (target->strings.entries[string].object == KLPCC_NONE) {
		err = check_count(target->objects_count);
		if (err)
			return err;
		objects = klpcc_array_grow(target->objects, target->objects_count, 1,
					   &target->objects_capacity, sizeof(*objects));
		if (!objects)
			return klpcc_error_nomem();
		target->objects = objects;
		objects[target->objects_count] =
			(struct klpcc_object_data){ .name = string };
		target->strings.entries[string].object =
			(uint32_t)target->objects_count++;
	}
	*ret = target->strings.entries[string].object;
	return NULL;
}

bool klpcc_target_find_object(const struct klpcc_target *target, const char *name,
			      uint32_t *ret)
{
	uint32_t string = klpcc_string_find(&target->strings, name);

	if (!string || target->strings.entries[string].object == KLPCC_NONE)
		return false;
	*ret = target->strings.entries[string].object;
	return true;
}

const void *klpcc_target_build_id(const struct klpcc_target *target, uint32_t object,
				  size_t *size)
{
	*size = target->objects[object].build_id_size;
	return target->objects[object].build_id;
}

struct klpcc_error *klpcc_target_set_build_id(struct klpcc_target *target,
					      uint32_t object, const void *id,
					      size_t size)
{
	unsigned char *copy;

	if (!size)
		return NULL;
	copy = malloc(size);
	if (!copy)
		return klpcc_error_nomem();
	memcpy(copy, id, size);
	free(target->objects[object].build_id);
	target->objects[object].build_id = copy;
	target->objects[object].build_id_size = size;
	return NULL;
}

void klpcc_target_set_seals_known(struct klpcc_target *target, uint32_t object)
{
	target->objects[object].seals_known = true;
}

void klpcc_target_set_places_known(struct klpcc_target *target, uint32_t object)
{
	target->objects[object].places_known = true;
}

void klpcc_target_set_kallsyms_all(struct klpcc_target *target, bool all)
{
	target->kallsyms_all_known = true;
	target->kallsyms_all = all;
}

struct klpcc_error *klpcc_target_add_symbol(struct klpcc_target *target, uint32_t object,
					    const struct klpcc_target_symbol *symbol)
{
	struct klpcc_symbol_data data = {
		.address = symbol->has_address ? symbol->address : 0,
		.object = object,
		.kallsyms_type = symbol->kallsyms_type,
		.type = symbol->type,
		.binding = symbol->binding,
		.has_address = symbol->has_address,
		.init = symbol->init,
		.sealed = symbol->sealed,
		.patchable = symbol->patchable,
		.counted = symbol->counted,
	};
	struct klpcc_symbol_data *symbols;
	struct klpcc_error *err;

	if (!klpcc_string_printable(symbol->name, false))
		return klpcc_error_new(
			EINVAL,
			"symbol name is empty or contains a blank or a control character");
	if (symbol->source && !klpcc_string_printable(symbol->source, true))
		return klpcc_error_new(
			EINVAL,
			"source file of '%.64s' is empty or contains a control character",
			symbol->name);
	if (symbol->kallsyms_type <= ' ' || symbol->kallsyms_type > '~' ||
	    symbol->type > 15 || symbol->binding > 15)
		return klpcc_error_new(EINVAL, "type of symbol '%.64s' is out of range",
				       symbol->name);
	err = klpcc_string_intern(&target->strings, symbol->name, &data.name);
	if (!err && symbol->source)
		err = klpcc_string_intern(&target->strings, symbol->source, &data.source);
	if (!err)
		err = check_count(target->symbols_count);
	if (err)
		return err;
	symbols = klpcc_array_grow(target->symbols, target->symbols_count, 1,
				   &target->symbols_capacity, sizeof(*symbols));
	if (!symbols)
		return klpcc_error_nomem();
	target->symbols = symbols;
	symbols[target->symbols_count++] = data;
	target->objects[object].symbols++;
	return NULL;
}

/* The export of that name and object, or KLPCC_NONE. */
static uint32_t find_export(const struct klpcc_target *target, uint32_t name,
			    uint32_t object)
{
	uint32_t number = target->strings.entries[name].first_export;

	while (number != KLPCC_NONE && target->exports[number].object != object)
		number = target->exports[number].next;
	return number;
}

struct klpcc_error *klpcc_target_add_export(struct klpcc_target *target, uint32_t object,
					    const struct klpcc_target_export *export_)
{
	const char *name = export_->name, *namespace_ = export_->namespace_;
	struct klpcc_export_data data = {
		.object = object,
		.crc = export_->crc,
		.gpl = export_->gpl,
	};
	struct klpcc_export_data *exports;
	struct klpcc_error *err;

	if (!klpcc_string_printable(name, false) ||
	    (namespace_ && *namespace_ && !klpcc_string_printable(namespace_, true)))
		return klpcc_error_new(
			EINVAL,
			"name or namespace of an export is empty or contains a control character");
	if (target->objects[object].exports_finished)
		return NULL;
	err = klpcc_string_intern(&target->strings, name, &data.name);
	if (err || find_export(target, data.name, object) != KLPCC_NONE)
		return err;
	if (namespace_ && *namespace_)
		err = klpcc_string_intern(&target->strings, namespace_, &data.namespace_);
	if (!err)
		err = check_count(target->exports_count);
	if (err)
		return err;
	exports = klpcc_array_grow(target->exports, target->exports_count, 1,
				   &target->exports_capacity, sizeof(*exports));
	if (!exports)
		return klpcc_error_nomem();
	target->exports = exports;
	data.next = target->strings.entries[data.name].first_export;
	target->strings.entries[data.name].first_export = (uint32_t)target->exports_count;
	exports[target->exports_count++] = data;
	target->objects[object].exports++;
	return NULL;
}

void klpcc_target_finish_exports(struct klpcc_target *target, uint32_t object)
{
	target->objects[object].exports_finished = true;
}

size_t klpcc_target_objects(const struct klpcc_target *target)
{
	return target->objects_count;
}

size_t klpcc_target_symbols(const struct klpcc_target *target, uint32_t object)
{
	return target->objects[object].symbols;
}

size_t klpcc_target_exports(const struct klpcc_target *target, uint32_t object)
{
	return target->objects[object].exports;
}
