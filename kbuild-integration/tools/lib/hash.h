/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The hash of a name: FNV-1a, 32 bits. The index file has it (index-format.h), so it stays as it
 * is. Names are short, and nobody attacks a tool that runs once.
 */
#ifndef KLPCC_HASH_H
#define KLPCC_HASH_H

#include <stdint.h>

static inline uint32_t klpcc_hash(const char *name)
{
	uint32_t hash = 2166136261u;

	for (; *name; name++)
		hash = (hash ^ (unsigned char)*name) * 16777619u;
	return hash;
}

#endif
