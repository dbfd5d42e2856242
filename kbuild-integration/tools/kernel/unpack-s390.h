/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A container of unpack-image.c: the bzImage of s390.
 */
#ifndef KLPCC_UNPACK_S390_H
#define KLPCC_UNPACK_S390_H

#include <stdbool.h>

#include "../lib/error.h"
#include "../lib/file.h"

/* True when the image says that it is one. */
bool klpcc_is_s390_image(const struct klpcc_buffer *image);

/*
 * Puts the kernel inside, which is bare memory, into an ELF file: one segment at the address
 * that the kernel is linked at, and sections for its dynamic relocations where it has some. The
 * messages name no file.
 */
struct klpcc_error *klpcc_unpack_s390_image(const struct klpcc_buffer *image,
					    struct klpcc_buffer *ret) KLPCC_MUST_CHECK;

#endif
