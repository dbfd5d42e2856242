// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The ELF model, reading side: what the kernel's own sections say (build id, modinfo).
 */
#include "elf-model.h"

#include <string.h>

/* Looks for the build id in notes; *size stays 0 when there is none. section: or NULL. */
static struct klpcc_error *build_id_in(const struct klpcc_elf *elf,
				       const struct klpcc_elf_section *section,
				       Elf_Data *data, const unsigned char **id,
				       size_t *size)
{
	static const char owner[] = ELF_NOTE_GNU;
	size_t offset = 0, next, name, desc;
	GElf_Nhdr note;

	for (; offset < data->d_size; offset = next) {
		const unsigned char *bytes = data->d_buf;

		next = gelf_getnote(data, offset, &note, &name, &desc);
		if (!next)
			return klpcc_elf_error(elf, section,
					       "malformed note at offset 0x%zx", offset);
		if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == sizeof(owner) &&
		    !memcmp(bytes + name, owner, sizeof(owner)) && note.n_descsz) {
			*id = bytes + desc;
			*size = note.n_descsz;
			return NULL;
		}
	}
	return NULL;
}

struct klpcc_error *klpcc_elf_build_id(const struct klpcc_elf *elf,
				       const unsigned char **id, size_t *size)
{
	struct klpcc_error *err;
	Elf_Data *data;

	*id = NULL;
	*size = 0;
	for (size_t i = 1; i < elf->section_count; i++) {
		const struct klpcc_elf_section *section = &elf->sections[i];

		if (section->header.sh_type != SHT_NOTE || !section->header.sh_size)
			continue;
		err = klpcc_elf_converted(elf, section, &data);
		if (!err)
			err = build_id_in(elf, section, data, id, size);
		if (err || *size)
			return err;
	}
	return NULL;
}

struct klpcc_error *klpcc_elf_build_id_at(const struct klpcc_elf *elf, uint64_t address,
					  uint64_t length, const unsigned char **id,
					  size_t *size)
{
	const unsigned char *notes;
	struct klpcc_error *err;
	Elf_Data *data;

	*id = NULL;
	*size = 0;
	err = klpcc_elf_bytes_at(elf, address, length, &notes);
	if (err)
		return err;
	data = elf_getdata_rawchunk(elf->handle, (int64_t)(notes - elf->data), length,
				    ELF_T_NHDR);
	if (!data || data->d_size != length)
		return klpcc_elf_error(elf, NULL,
				       "notes at address 0x%llx unreadable: %s",
				       (unsigned long long)address, elf_errmsg(-1));
	return build_id_in(elf, NULL, data, id, size);
}

struct klpcc_error *klpcc_elf_value(const struct klpcc_elf *elf, const char *name,
				    const char *key, const char **value)
{
	const struct klpcc_elf_section *section = klpcc_elf_find_section(elf, name);
	size_t length = strlen(key), size;
	const unsigned char *data;
	struct klpcc_error *err;
	const char *entry, *end;

	*value = NULL;
	if (!section)
		return NULL;
	err = klpcc_elf_section_bytes(elf, section, &data, &size);
	if (err || !size)
		return err;
	if (data[size - 1])
		return klpcc_elf_error(elf, section, "does not end in NUL");
	end = (const char *)data + size;
	for (entry = (const char *)data; entry < end; entry += strlen(entry) + 1) {
		if (!strncmp(entry, key, length) && entry[length] == '=') {
			*value = entry + length + 1;
			return NULL;
		}
	}
	return NULL;
}

struct klpcc_error *klpcc_elf_modinfo(const struct klpcc_elf *elf, const char *key,
				      const char **value)
{
	return klpcc_elf_value(elf, ".modinfo", key, value);
}

/* include/linux/module_signature.h: MODULE_SIG_STRING */
bool klpcc_elf_is_signed(const struct klpcc_elf *elf)
{
	static const char signature[] = "~Module signature appended~\n";
	size_t size, length = sizeof(signature) - 1;
	const unsigned char *data = klpcc_elf_data(elf, &size);

	return size >= length && !memcmp(data + size - length, signature, length);
}
