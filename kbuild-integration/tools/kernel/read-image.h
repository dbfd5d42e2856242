/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Index reader: the image that a machine boots. Stock kernels have no symbol table beside
 * it, yet the image contains all that the kernel itself knows: kallsyms, exports,
 * release.
 */
#ifndef KLPCC_READ_IMAGE_H
#define KLPCC_READ_IMAGE_H

#include "../target/target.h"

struct klpcc_image;

/*
 * Fills object vmlinux from a compressed bzImage, or an ELF file that needs no symbol table
 * and may be compressed: every symbol of kallsyms with its link address, exports, build id
 * and release. The message of a failure begins with the file's name.
 *
 * Most of the time goes into unpacking, which needs one processor and nothing of the target:
 * begin() starts a thread for it, and the caller may read the modules meanwhile. finish() waits
 * for it, adds what it found, and frees the image, whatever it returns; every begin() needs one.
 */
struct klpcc_error *klpcc_image_begin(const char *path,
				      struct klpcc_image **ret) KLPCC_MUST_CHECK;
struct klpcc_error *klpcc_image_finish(struct klpcc_image *image,
				       struct klpcc_target *target) KLPCC_MUST_CHECK;

#endif
