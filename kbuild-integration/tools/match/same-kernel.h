/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether image, module and index are of one kernel.
 */
#ifndef KLPCC_MATCH_SAME_KERNEL_H
#define KLPCC_MATCH_SAME_KERNEL_H

#include "object.h"

/* Fails if the image, which is open, is not of the kernel that the index is of. */
struct klpcc_error *klpcc_match_check_image(const struct klpcc_match_object *object,
					    const char *path) KLPCC_MUST_CHECK;
/* The same of a module. Fills in object->unload. */
struct klpcc_error *klpcc_match_check_module(struct klpcc_match_object *object,
					     const char *path) KLPCC_MUST_CHECK;

#endif
