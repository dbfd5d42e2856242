/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kernel that files are compared with: its index, and its image and modules, each of which is
 * opened when the first file needs it, and then serves all. Several threads may ask.
 */
#ifndef KLPCC_MATCH_KERNEL_H
#define KLPCC_MATCH_KERNEL_H

#include <pthread.h>

#include "../index/index.h"
#include "../kernel/module-files.h"

struct klpcc_match_object;

struct klpcc_match_kernel {
	struct klpcc_index *index;
	char *image; /* path; NULL: there is none */
	struct klpcc_module_files modules;
	pthread_mutex_t lock; /* guards what follows */
	struct klpcc_match_object **objects;
	size_t count, capacity;
};

/*
 * Opens the index. image, modules: paths of the image that a machine boots, and of a directory with
 * the modules; where one is NULL, what this machine has for the release of the index is taken.
 */
struct klpcc_error *
klpcc_match_kernel_open(const char *index, const char *image, const char *modules,
			struct klpcc_match_kernel *ret) KLPCC_MUST_CHECK;
/*
 * The file of one more module, which goes before those of its name. To be called before an object
 * is asked for.
 */
struct klpcc_error *klpcc_match_kernel_add(struct klpcc_match_kernel *kernel,
					   const char *path) KLPCC_MUST_CHECK;
/* Harmless on one that is zero. */
void klpcc_match_kernel_close(struct klpcc_match_kernel *kernel);

/* vmlinux or a module; *ret belongs to the kernel. */
struct klpcc_error *
klpcc_match_kernel_object(struct klpcc_match_kernel *kernel, const char *name,
			  const struct klpcc_match_object **ret) KLPCC_MUST_CHECK;

#endif
