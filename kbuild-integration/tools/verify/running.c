// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Whether an index is that of the running kernel: see running.h.
 *
 * A release does not tell: a distribution builds several kernels of one. The kernel shows the notes
 * of its vmlinux, and the build ID among them, in /sys/kernel/notes.
 */
#include "running.h"

#include <errno.h>
#include <gelf.h>
#include <string.h>

#include "lib/file.h"

#define NOTES "/sys/kernel/notes"

/* *size: 0 where the notes have none. */
static void find_build_id(const struct klpcc_buffer *notes, const unsigned char **id,
			  size_t *size)
{
	Elf_Data data = {
		.d_buf = notes->data,
		.d_size = notes->size,
		.d_type = ELF_T_NHDR,
		.d_version = EV_CURRENT,
		.d_align = 4,
	};
	size_t offset = 0, name, desc;
	GElf_Nhdr note;

	*size = 0;
	while ((offset = gelf_getnote(&data, offset, &note, &name, &desc))) {
		if (note.n_type != NT_GNU_BUILD_ID ||
		    note.n_namesz != sizeof(ELF_NOTE_GNU) ||
		    memcmp(notes->data + name, ELF_NOTE_GNU, sizeof(ELF_NOTE_GNU)) != 0)
			continue;
		*id = notes->data + desc;
		*size = note.n_descsz;
		return;
	}
}

struct klpcc_error *klpcc_verify_check_running(const struct klpcc_index *index,
					       const char *path)
{
	struct klpcc_index_object vmlinux;
	const unsigned char *id = NULL;
	struct klpcc_buffer notes;
	struct klpcc_error *err;
	size_t size;

	err = klpcc_index_object(index, KLPCC_INDEX_VMLINUX, &vmlinux);
	if (err)
		return err;
	err = klpcc_file_read(NOTES, &notes);
	if (err)
		return err;
	find_build_id(&notes, &id, &size);
	if (!size || !vmlinux.build_id_size)
		err = klpcc_error_new(
			EINVAL,
			"%s: cannot tell whether this is the running kernel's: %s has no build ID",
			path, size ? "it" : NOTES);
	else if (size != vmlinux.build_id_size || memcmp(id, vmlinux.build_id, size) != 0)
		err = klpcc_error_new(
			EINVAL,
			"%s: this is not the running kernel's: their build IDs differ",
			path);
	klpcc_buffer_deinit(&notes);
	return err;
}
