/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From the file that a boot loader reads to the kernel inside it.
 */
#ifndef KLPCC_UNPACK_IMAGE_H
#define KLPCC_UNPACK_IMAGE_H

#include "../lib/error.h"
#include "../lib/file.h"

/*
 * Turns the bytes of an image file into those of the ELF file inside, in place: the old
 * bytes are freed. What was an ELF file stays as it is. The messages name no file.
 */
struct klpcc_error *klpcc_unpack_image(struct klpcc_buffer *image) KLPCC_MUST_CHECK;

#endif
