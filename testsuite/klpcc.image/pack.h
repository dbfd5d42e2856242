/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Packs bytes as kernel images and modules are packed, for the tests.
 */
#ifndef PACK_H
#define PACK_H

#include <stddef.h>
#include <stdint.h>

#include "generate.h"
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

/* An s390 bzImage, by arch/s390/boot/vmlinux.lds.S of the kernel. */
struct s390_kernel {
	uint64_t address, memory; /* where it is linked, and its bytes there */
	size_t size;              /* its bytes, before they were packed */
	/* Addresses of its dynamic relocations; zeros: as 6.12, which has none. */
	uint64_t dynsym, rela, rela_end;
};

#define S390_INFO 0x12000
#define S390_PACKED (S390_INFO + 0x108) /* where a packed kernel begins */
#define S390_PLAIN 0x100000             /* and where one as it is */
#define S390_TRAILER 32

/* Of an ELF file of generate_image(), whose segment is the kernel. */
struct s390_kernel s390_kernel(const struct generated *elf);
struct klpcc_buffer pack_s390(const struct s390_kernel *kernel, size_t place,
			      const void *payload, size_t size);

#endif
