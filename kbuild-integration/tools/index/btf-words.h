/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The 32-bit words of BTF's types: which there are, and how those of modules are written
 * before they are packed, so that they pack well.
 *
 * Names and references to types mostly rise from one to the next, so that equal structs of two
 * modules differ in all of them. Written as distances from the highest one before, they are alike.
 */
#ifndef KLPCC_BTF_WORDS_H
#define KLPCC_BTF_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes after a record; false for a kind that is not known. info: the record's, in host order. */
bool klpcc_btf_measure(uint32_t info, uint64_t *ret);

/*
 * Changes little-endian BTF in place, aligned to 4, up to its end or to the first record that is
 * bad. Fails when a word has more than 31 bits, which no BTF of a kernel needs.
 */
bool klpcc_btf_encode(unsigned char *data, size_t size);
/* Undoes that. */
void klpcc_btf_decode(unsigned char *data, size_t size);

#endif
