/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Packs bytes as kernel images and modules are packed, for the tests.
 */
#ifndef PACK_H
#define PACK_H

#include <stddef.h>

#include "lib/file.h"

struct packer {
	const char *name; /* "xz" */
	/* Ends on failure. As the kernel's build does it: the trailer holds the size. */
	struct klpcc_buffer (*pack)(const void *data, size_t size);
	size_t trailer; /* bytes behind the compressed data */
};

#define PACKERS 3
extern const struct packer packers[PACKERS];

/* Where a bzImage has its fields, by the kernel's Documentation/arch/x86/boot.rst. */
#define SETUP_SECTS 3
#define SETUP ((SETUP_SECTS + 1) * 512)
#define STUB 100 /* bytes between set-up and payload */

void put32(unsigned char *p, size_t value);
/* A bzImage around the payload. */
struct klpcc_buffer pack_bzimage(const struct klpcc_buffer *payload);

#endif
