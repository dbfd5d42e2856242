// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The ELF model, reading side: the loaded segments. The reader of kernel images goes by
 * them, since what it looks for lies at no place that a section or a symbol names.
 */
#include "elf-model.h"

#include <stdlib.h>

#include "../lib/range.h"

static struct klpcc_error *check_segment(const struct klpcc_elf *elf, size_t index,
					 const GElf_Phdr *header)
{
	if (!klpcc_range_ok(header->p_offset, header->p_filesz, elf->size))
		return klpcc_elf_error(
			elf, NULL, "program header %zu: lies outside the file", index);
	if (header->p_memsz < header->p_filesz ||
	    !klpcc_range_ok(header->p_vaddr, header->p_memsz, UINT64_MAX))
		return klpcc_elf_error(elf, NULL,
				       "program header %zu: no room for 0x%llx bytes at "
				       "address 0x%llx",
				       index, (unsigned long long)header->p_memsz,
				       (unsigned long long)header->p_vaddr);
	return NULL;
}

struct klpcc_error *klpcc_elf_segments(const struct klpcc_elf *elf,
				       struct klpcc_elf_segment **ret, size_t *count)
{
	struct klpcc_elf_segment *segments;
	struct klpcc_error *err = NULL;
	size_t used = 0;

	/* One more, so that none at all is no NULL. */
	segments = calloc(elf->segments + 1, sizeof(*segments));
	if (!segments)
		return klpcc_error_nomem();
	for (size_t i = 0; !err && i < elf->segments; i++) {
		GElf_Phdr header;

		if (!gelf_getphdr(elf->handle, (int)i, &header)) {
			err = klpcc_elf_error(elf, NULL,
					      "program header %zu unreadable: %s", i,
					      elf_errmsg(-1));
			break;
		}
		if (header.p_type != PT_LOAD)
			continue;
		err = check_segment(elf, i, &header);
		if (err)
			break;
		segments[used++] = (struct klpcc_elf_segment){
			.address = header.p_vaddr,
			.memory_size = header.p_memsz,
			.data = elf->data + header.p_offset,
			.size = (size_t)header.p_filesz,
		};
	}
	if (err) {
		free(segments);
		return err;
	}
	*ret = segments;
	*count = used;
	return NULL;
}
