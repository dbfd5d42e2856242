// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The ELF model, reading side: the loaded segments. The reader of kernel images uses them,
 * since no section or symbol says where the things are that it looks for.
 *
 * What is done for each segment, and what is looked up in them for each symbol or relocation,
 * must not grow with a product of two numbers that the file states. So there are few of them, and
 * together they have no more bytes than the file: searching all of them costs one search of it.
 */
#include "elf-model.h"

#include <stdlib.h>

#include "../lib/range.h"

/* A kernel has up to five (arch/x86/kernel/vmlinux.lds.S: PHDRS). */
#define SEGMENTS_MAX 64

static struct klpcc_error *check_segment(const struct klpcc_elf *elf, size_t index,
					 const GElf_Phdr *header, uint64_t *left)
{
	if (elf->segment_count == SEGMENTS_MAX)
		return klpcc_elf_error(
			elf, NULL,
			"program header %zu: more than %d loaded segments, which no kernel has",
			index, SEGMENTS_MAX);
	if (!klpcc_range_ok(header->p_offset, header->p_filesz, elf->size))
		return klpcc_elf_error(
			elf, NULL, "program header %zu: lies outside the file", index);
	if (header->p_memsz < header->p_filesz ||
	    !klpcc_range_ok(header->p_vaddr, header->p_memsz, UINT64_MAX))
		return klpcc_elf_error(
			elf, NULL,
			"program header %zu: no room for 0x%llx bytes at address 0x%llx",
			index, (unsigned long long)header->p_memsz,
			(unsigned long long)header->p_vaddr);
	if (header->p_filesz > *left)
		return klpcc_elf_error(
			elf, NULL,
			"program header %zu: the segments up to this one load more bytes than the file has, so they overlap",
			index);
	*left -= header->p_filesz;
	return NULL;
}

struct klpcc_error *klpcc_elf_read_segments(struct klpcc_elf *elf)
{
	uint64_t left = elf->size;

	if (!elf->program_headers)
		return NULL;
	elf->segments = calloc(SEGMENTS_MAX, sizeof(*elf->segments));
	if (!elf->segments)
		return klpcc_error_nomem();
	for (size_t i = 0; i < elf->program_headers; i++) {
		struct klpcc_error *err;
		GElf_Phdr header;

		if (!gelf_getphdr(elf->handle, (int)i, &header))
			return klpcc_elf_error(elf, NULL,
					       "program header %zu unreadable: %s", i,
					       elf_errmsg(-1));
		if (header.p_type != PT_LOAD)
			continue;
		err = check_segment(elf, i, &header, &left);
		if (err)
			return err;
		elf->segments[elf->segment_count++] = (struct klpcc_elf_segment){
			.address = header.p_vaddr,
			.memory_size = header.p_memsz,
			.data = elf->data + header.p_offset,
			.size = (size_t)header.p_filesz,
		};
	}
	return NULL;
}

const struct klpcc_elf_segment *klpcc_elf_segments(const struct klpcc_elf *elf,
						   size_t *count)
{
	*count = elf->segment_count;
	return elf->segments;
}

struct klpcc_error *klpcc_elf_bytes_at(const struct klpcc_elf *elf, uint64_t address,
				       uint64_t length, const unsigned char **ret)
{
	for (size_t i = 0; i < elf->segment_count; i++) {
		const struct klpcc_elf_segment *segment = &elf->segments[i];

		if (address < segment->address ||
		    !klpcc_range_ok(address - segment->address, length, segment->size))
			continue;
		*ret = segment->data + (address - segment->address);
		return NULL;
	}
	return klpcc_elf_error(elf, NULL, "contains no %llu bytes at address 0x%llx",
			       (unsigned long long)length, (unsigned long long)address);
}
