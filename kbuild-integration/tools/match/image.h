/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The bytes of a kernel's image, unpacked: from a cache, as unpacking takes longer than all else.
 */
#ifndef KLPCC_MATCH_IMAGE_H
#define KLPCC_MATCH_IMAGE_H

#include "../index/index.h"
#include "../lib/file.h"

/*
 * Reads the image, or what an earlier call unpacked of the same file for the same kernel. index: of
 * that kernel, by whose build id the cache is kept. The cache serves speed alone: what is wrong
 * with it is no error.
 */
struct klpcc_error *klpcc_match_read_image(const char *path,
					   const struct klpcc_index *index,
					   struct klpcc_buffer *ret) KLPCC_MUST_CHECK;

#endif
