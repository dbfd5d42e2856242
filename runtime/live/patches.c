// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which livepatches a kernel has: see patches.h.
 *
 * A patch that is enabled, or in transition, has a directory in /sys/kernel/livepatch. When it is
 * disabled, or another one has replaced it, that directory goes, and the module stays until
 * somebody removes it. Such a module is known by its taint.
 */
#include "patches.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <lib/array.h>
#include <lib/file.h>

#include "system.h"

/* TAINT_LIVEPATCH of include/linux/panic.h, as /sys/module/NAME/taint has it. */
#define TAINT_LIVEPATCH 'K'
/* The size of struct elf_note's numbers: namesz, descsz, type. */
#define NOTE_HEADER 12

const char *klpcc_patch_state_name(enum klpcc_patch_state state)
{
	static const char *const names[] = {
		[KLPCC_PATCH_LOADING] = "loading",
		[KLPCC_PATCH_ENABLED] = "enabled",
		[KLPCC_PATCH_ENABLING] = "enabling",
		[KLPCC_PATCH_DISABLING] = "disabling",
		[KLPCC_PATCH_REPLACED] = "replaced",
		[KLPCC_PATCH_DISABLED] = "disabled",
		[KLPCC_PATCH_KEPT] = "kept",
	};

	return names[state];
}

const char *klpcc_patch_form_name(enum klpcc_patch_form form)
{
	return form == KLPCC_PATCH_OBJECT     ? "object"
	       : form == KLPCC_PATCH_MAINLINE ? "mainline"
					      : NULL;
}

/* ---- objects and functions ------------------------------------------------------------- */

/* entry: "FUNCTION,POSITION", as the directory of an object has it. */
static struct klpcc_error *add_function(struct klpcc_patched_object *object,
					const char *entry)
{
	const char *comma = strrchr(entry, ',');
	struct klpcc_patched_function *grown;

	if (!comma)
		return NULL;
	grown = klpcc_array_grow(object->functions, object->count, 1, &object->capacity,
				 sizeof(*grown));
	if (!grown)
		return klpcc_error_nomem();
	object->functions = grown;
	grown[object->count] = (struct klpcc_patched_function){
		.name = strndup(entry, (size_t)(comma - entry)),
		.position = strtoul(comma + 1, NULL, 10),
	};
	return grown[object->count++].name ? NULL : klpcc_error_nomem();
}

static struct klpcc_error *add_object(struct klpcc_live_patch *patch, const char *name)
{
	struct klpcc_patched_object *object;
	struct klpcc_words entries;
	struct klpcc_error *err;

	object = klpcc_array_grow(patch->objects, patch->count, 1, &patch->capacity,
				  sizeof(*object));
	if (!object)
		return klpcc_error_nomem();
	patch->objects = object;
	object += patch->count++;
	/* Kernels before 6.1 do not say: it is patched when it is there. */
	*object = (struct klpcc_patched_object){
		.name = strdup(name),
		.patched = klpcc_system_number(
			!strcmp(name, "vmlinux") ||
				klpcc_system_has(KLPCC_SYS_MODULE "/%s", name),
			KLPCC_SYS_LIVEPATCH "/%s/%s/patched", patch->name, name),
	};
	if (!object->name)
		return klpcc_error_nomem();
	err = klpcc_system_list(&entries, KLPCC_SYS_LIVEPATCH "/%s/%s", patch->name,
				name);
	for (size_t i = 0; !err && i < entries.count; i++)
		err = add_function(object, entries.words[i]);
	klpcc_words_deinit(&entries);
	return err;
}

/* The directory of a patch has one for each object, beside its files. */
static struct klpcc_error *read_objects(struct klpcc_live_patch *patch)
{
	struct klpcc_words entries;
	struct klpcc_error *err =
		klpcc_system_list(&entries, KLPCC_SYS_LIVEPATCH "/%s", patch->name);

	for (size_t i = 0; !err && i < entries.count; i++)
		if (klpcc_system_has(KLPCC_SYS_LIVEPATCH "/%s/%s/.", patch->name,
				     entries.words[i]))
			err = add_object(patch, entries.words[i]);
	klpcc_words_deinit(&entries);
	return err;
}

/* ---- what its module says --------------------------------------------------------------- */

/* The names of klp sections are of one form or the other: docs/format.md. */
static struct klpcc_error *read_form(struct klpcc_live_patch *patch)
{
	static const char klp[] = ".klp.", mainline[] = ".klp.rela.";
	struct klpcc_words names;
	struct klpcc_error *err =
		klpcc_system_list(&names, KLPCC_SYS_MODULE "/%s/sections", patch->name);

	for (size_t i = 0; !err && i < names.count; i++) {
		if (!strncmp(names.words[i], mainline, strlen(mainline)) &&
		    patch->form == KLPCC_PATCH_PLAIN)
			patch->form = KLPCC_PATCH_MAINLINE;
		else if (!strncmp(names.words[i], klp, strlen(klp)) &&
			 strstr(names.words[i], ".rela."))
			patch->form = KLPCC_PATCH_OBJECT;
	}
	klpcc_words_deinit(&names);
	return err;
}

/* The note of KLPCC_ORIGIN: namesz, descsz, type, "klpcc", the text. */
static void read_origin(struct klpcc_live_patch *patch)
{
	struct klpcc_buffer note = { .data = NULL };
	struct klpcc_error *err;
	uint32_t header[3];
	char *path;
	size_t start;

	if (asprintf(&path, KLPCC_SYS_MODULE "/%s/notes/.note.klpcc", patch->name) < 0)
		return;
	err = klpcc_file_read(path, &note);
	free(path);
	if (!err && note.size > NOTE_HEADER) {
		memcpy(header, note.data, sizeof(header));
		start = NOTE_HEADER + (((size_t)header[0] + 3) & ~(size_t)3);
		if (start < note.size && header[1] <= note.size - start)
			patch->origin =
				strndup((const char *)note.data + start, header[1]);
	}
	klpcc_error_free(err);
	klpcc_buffer_deinit(&note);
}

static bool is_being_loaded(const char *name)
{
	char *state = klpcc_system_line(KLPCC_SYS_MODULE "/%s/initstate", name);
	bool coming = state && !strcmp(state, "coming");

	free(state);
	return coming;
}

static enum klpcc_patch_state find_state(const struct klpcc_live_patch *patch)
{
	bool enabled =
		klpcc_system_number(0, KLPCC_SYS_LIVEPATCH "/%s/enabled", patch->name);

	if (is_being_loaded(patch->name))
		return KLPCC_PATCH_LOADING;
	if (klpcc_system_number(0, KLPCC_SYS_LIVEPATCH "/%s/transition", patch->name))
		return enabled ? KLPCC_PATCH_ENABLING : KLPCC_PATCH_DISABLING;
	if (enabled)
		return KLPCC_PATCH_ENABLED;
	/* The kernel drops its reference a moment after it has removed the directory. */
	return patch->references > 0 ? KLPCC_PATCH_KEPT : KLPCC_PATCH_DISABLED;
}

static struct klpcc_error *add_patch(struct klpcc_live_patches *patches, const char *name)
{
	struct klpcc_live_patch *patch = klpcc_array_grow(
		patches->patches, patches->count, 1, &patches->capacity, sizeof(*patch));
	struct klpcc_error *err;

	if (!patch)
		return klpcc_error_nomem();
	patches->patches = patch;
	patch += patches->count++;
	*patch = (struct klpcc_live_patch){
		.name = strdup(name),
		.references =
			klpcc_system_number(-1, KLPCC_SYS_MODULE "/%s/refcnt", name),
		.applied = -1,
		.waiting = -1,
		.version = klpcc_system_line(KLPCC_SYS_MODULE "/%s/version", name),
	};
	if (!patch->name)
		return klpcc_error_nomem();
	patch->state = find_state(patch);
	read_origin(patch);
	err = read_objects(patch);
	return err ? err : read_form(patch);
}

/* ---- all of them ------------------------------------------------------------------------ */

/* The resolver is a livepatch module in order to have klp relocations, and patches nothing. */
static bool is_livepatch(const char *module)
{
	char *taint;
	bool is;

	if (!strcmp(module, KLPCC_RESOLVER))
		return false;
	if (klpcc_system_has(KLPCC_SYS_LIVEPATCH "/%s", module))
		return true;
	taint = klpcc_system_line(KLPCC_SYS_MODULE "/%s/taint", module);
	is = taint && strchr(taint, TAINT_LIVEPATCH);
	free(taint);
	return is;
}

/* /proc/modules has the module that was loaded last first. */
static struct klpcc_error *add_patches(struct klpcc_live_patches *patches)
{
	FILE *modules = fopen("/proc/modules", "re");
	struct klpcc_words names = { .words = NULL };
	struct klpcc_error *err = NULL;
	char *line = NULL;
	size_t size = 0;

	/* To know nothing is not to have none. A kernel without modules lacks the file alone. */
	if (!klpcc_system_has("/proc/self") || !klpcc_system_has("/sys/kernel"))
		err = klpcc_error_new(ENOENT,
				      "it cannot be told: /proc or /sys is not mounted");
	while (!err && modules && getline(&line, &size, modules) > 0) {
		line[strcspn(line, " \n")] = '\0';
		if (is_livepatch(line))
			err = klpcc_words_add(&names, line);
	}
	for (size_t i = names.count; !err && i; i--)
		err = add_patch(patches, names.words[i - 1]);
	free(line);
	klpcc_words_deinit(&names);
	if (modules)
		fclose(modules);
	return err;
}

/* What was disabled while a later patch is enabled was most likely replaced by it. */
static void find_replaced(struct klpcc_live_patches *patches)
{
	bool later = false;

	for (size_t i = patches->count; i; i--) {
		struct klpcc_live_patch *patch = &patches->patches[i - 1];

		if (patch->state == KLPCC_PATCH_DISABLED && later)
			patch->state = KLPCC_PATCH_REPLACED;
		later |= patch->state == KLPCC_PATCH_ENABLED;
	}
}

/*
 * The resolver's list, which only root may read: "MODULE SECTION GATE RELOCATIONS STATE", a line
 * for each section of each module (docs/resolver.md).
 */
static void read_relocations(struct klpcc_live_patches *patches)
{
	FILE *list = fopen("/sys/kernel/debug/klpcc/modules", "re");
	char name[64], state[16];
	char *line = NULL;
	size_t size = 0;
	long count;

	while (list && getline(&line, &size, list) > 0) {
		if (sscanf(line, "%63s %*s %*s %ld %15s", name, &count, state) != 3)
			continue;
		for (size_t i = 0; i < patches->count; i++) {
			struct klpcc_live_patch *patch = &patches->patches[i];

			if (strcmp(patch->name, name) != 0)
				continue;
			if (patch->applied < 0)
				patch->applied = patch->waiting = 0;
			if (!strcmp(state, "applied"))
				patch->applied += count;
			else
				patch->waiting += count;
		}
	}
	free(line);
	if (list)
		fclose(list);
}

struct klpcc_error *klpcc_patches_read(struct klpcc_live_patches *ret)
{
	struct klpcc_error *err;

	*ret = (struct klpcc_live_patches){ .patches = NULL };
	err = add_patches(ret);
	if (err) {
		klpcc_patches_deinit(ret);
		return err;
	}
	find_replaced(ret);
	read_relocations(ret);
	return NULL;
}

void klpcc_patches_deinit(struct klpcc_live_patches *patches)
{
	for (size_t i = 0; i < patches->count; i++) {
		struct klpcc_live_patch *patch = &patches->patches[i];

		for (size_t j = 0; j < patch->count; j++) {
			struct klpcc_patched_object *object = &patch->objects[j];

			for (size_t k = 0; k < object->count; k++)
				free(object->functions[k].name);
			free(object->functions);
			free(object->name);
		}
		free(patch->objects);
		free(patch->origin);
		free(patch->version);
		free(patch->name);
	}
	free(patches->patches);
	*patches = (struct klpcc_live_patches){ .patches = NULL };
}

const struct klpcc_live_patch *
klpcc_patches_find(const struct klpcc_live_patches *patches, const char *name)
{
	for (size_t i = 0; i < patches->count; i++)
		if (!strcmp(patches->patches[i].name, name))
			return &patches->patches[i];
	return NULL;
}
