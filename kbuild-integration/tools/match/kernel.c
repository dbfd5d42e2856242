// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The kernel that files are compared with: see kernel.h.
 */
#include "kernel.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../kernel/inputs.h"
#include "../kernel/module.h"
#include "../lib/array.h"
#include "object.h"

/* ---- where its files are --------------------------------------------------------------- */

static bool is_directory(const char *path)
{
	struct stat status;

	return !stat(path, &status) && S_ISDIR(status.st_mode);
}

static struct klpcc_error *add_modules(struct klpcc_match_kernel *kernel,
				       const char *path)
{
	return is_directory(path) ? klpcc_module_files_list(&kernel->modules, path, false)
				  : klpcc_module_files_add(&kernel->modules, path, false);
}

/* What the machine has of the release. A kernel may do without the one or the other. */
static struct klpcc_error *search(struct klpcc_match_kernel *kernel, bool modules)
{
	const char *release = klpcc_index_release(kernel->index);
	struct klpcc_inputs inputs = { .modules_count = 0 };
	struct klpcc_error *err = NULL;

	if (!*release)
		return NULL;
	/* What it does not find is missed when a file needs it. */
	klpcc_error_free(klpcc_inputs_find(&inputs, release, "/", true));
	if (!kernel->image &&
	    (inputs.kind == KLPCC_VMLINUX_IMAGE || inputs.kind == KLPCC_VMLINUX_ELF)) {
		kernel->image = inputs.vmlinux;
		inputs.vmlinux = NULL;
	}
	for (size_t i = 0; !err && modules && i < inputs.modules_count; i++)
		err = add_modules(kernel, inputs.modules[i]);
	klpcc_inputs_deinit(&inputs);
	return err;
}

struct klpcc_error *klpcc_match_kernel_open(const char *index, const char *image,
					    const char *modules,
					    struct klpcc_match_kernel *ret)
{
	struct klpcc_match_kernel kernel = { .lock = PTHREAD_MUTEX_INITIALIZER };
	struct klpcc_error *err;

	err = klpcc_index_open(index, &kernel.index);
	if (!err && image) {
		kernel.image = strdup(image);
		err = kernel.image ? NULL : klpcc_error_nomem();
	}
	if (!err && modules)
		err = add_modules(&kernel, modules);
	if (!err && (!image || !modules))
		err = search(&kernel, !modules);
	if (err)
		klpcc_match_kernel_close(&kernel);
	else
		*ret = kernel;
	return err;
}

struct klpcc_error *klpcc_match_kernel_add(struct klpcc_match_kernel *kernel,
					   const char *path)
{
	return klpcc_module_files_add(&kernel->modules, path, true);
}

void klpcc_match_kernel_close(struct klpcc_match_kernel *kernel)
{
	for (size_t i = 0; i < kernel->count; i++) {
		klpcc_match_object_close(kernel->objects[i]);
		free(kernel->objects[i]);
	}
	free(kernel->objects);
	free(kernel->image);
	klpcc_module_files_deinit(&kernel->modules);
	if (kernel->index)
		klpcc_index_close(kernel->index);
	*kernel = (struct klpcc_match_kernel){ .index = NULL };
}

/* ---- its objects ----------------------------------------------------------------------- */

/* depmod.d(5): of two files of one module that below "updates" is the kernel's. */
static struct klpcc_error *find_module(const struct klpcc_match_kernel *kernel,
				       const char *name, const char **ret)
{
	const struct klpcc_module_file *found = NULL;

	for (size_t i = 0; i < kernel->modules.count; i++) {
		const struct klpcc_module_file *file = &kernel->modules.entries[i];
		char *own = klpcc_module_name_of(file->path);
		bool same = own && !strcmp(own, name);

		free(own);
		if (!own)
			return klpcc_error_nomem();
		if (same && (!found || file->update))
			found = file;
	}
	if (!found)
		return klpcc_error_new(
			ENOENT,
			"module %s: its file is not there; give the directory of the kernel's modules with --modules",
			name);
	*ret = found->path;
	return NULL;
}

static struct klpcc_error *open_object(const struct klpcc_match_kernel *kernel,
				       const char *name, struct klpcc_match_object *ret)
{
	struct klpcc_error *err;
	const char *path = NULL;

	if (strcmp(name, "vmlinux") != 0) {
		err = find_module(kernel, name, &path);
		return err ? err
			   : klpcc_match_open_module(path, name, kernel->index, ret);
	}
	if (!kernel->image)
		return klpcc_error_new(
			ENOENT,
			"the image of %s is not on this machine; give it with --image",
			klpcc_index_release(kernel->index));
	return klpcc_match_open_vmlinux(kernel->image, kernel->index, ret);
}

static struct klpcc_error *add_object(struct klpcc_match_kernel *kernel, const char *name,
				      const struct klpcc_match_object **ret)
{
	struct klpcc_match_object **objects, *object;
	struct klpcc_error *err;

	for (size_t i = 0; i < kernel->count; i++)
		if (!strcmp(kernel->objects[i]->name, name)) {
			*ret = kernel->objects[i];
			return NULL;
		}
	objects = klpcc_array_grow(kernel->objects, kernel->count, 1, &kernel->capacity,
				   sizeof(*objects));
	if (!objects)
		return klpcc_error_nomem();
	kernel->objects = objects;
	object = malloc(sizeof(*object));
	if (!object)
		return klpcc_error_nomem();
	err = open_object(kernel, name, object);
	if (err) {
		free(object);
		return err;
	}
	objects[kernel->count++] = object;
	*ret = object;
	return NULL;
}

struct klpcc_error *klpcc_match_kernel_object(struct klpcc_match_kernel *kernel,
					      const char *name,
					      const struct klpcc_match_object **ret)
{
	struct klpcc_error *err;

	pthread_mutex_lock(&kernel->lock);
	err = add_object(kernel, name, ret);
	pthread_mutex_unlock(&kernel->lock);
	return err;
}
