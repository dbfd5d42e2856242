// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The ELF model, reading side: a kernel that is linked as a position-independent executable.
 *
 * In such a vmlinux (s390 in 6.1, `ld -pie`; no longer in 6.12) the place of an address need not
 * contain the address: it is in a dynamic relocation, and the boot code writes it
 * (handle_relocs() of arch/s390/boot/startup.c). GNU ld leaves a zero where the address is by
 * symbol, as for the base of kallsyms. Here it is written into the bytes of the file, for
 * the address that the kernel is linked at, so that every reader sees what the kernel sees.
 *
 * The tables may fill a kernel that fills the memory, so they are read an entry at a time: libelf
 * would keep all of them beside the file, converted.
 */
#include "elf-model.h"

#include <string.h>

/* The dynamic relocations of one section, and the symbols that they are by, in the file. */
struct dynamic {
	const struct klpcc_elf *elf;
	const unsigned char *entries, *symbols;
	size_t count, symbol_count;
};

/* What arch_kexec_do_relocs() of arch/s390/kernel/machine_kexec_reloc.c writes whole. */
static bool writes_address(uint32_t type)
{
	return type == R_390_64 || type == R_390_RELATIVE || type == R_390_GLOB_DAT ||
	       type == R_390_JMP_SLOT;
}

static bool may_be_relocated(const struct klpcc_elf *elf)
{
	uint16_t type = elf->header.e_type;

	return elf->header.e_machine == EM_S390 && klpcc_elf_big_endian(elf) &&
	       (type == ET_EXEC || type == ET_DYN);
}

static bool is_dynamic(const struct klpcc_elf_section *section)
{
	return section->header.sh_type == SHT_RELA && section->header.sh_size &&
	       (section->header.sh_flags & SHF_ALLOC);
}

static struct klpcc_error *open_dynamic(const struct klpcc_elf *elf,
					const struct klpcc_elf_section *section,
					struct dynamic *ret)
{
	const struct klpcc_elf_section *table = &elf->sections[section->header.sh_link];
	struct klpcc_error *err;
	size_t size;

	*ret = (struct dynamic){ .elf = elf };
	err = klpcc_elf_section_bytes(elf, section, &ret->entries, &size);
	if (err)
		return err;
	ret->count = size / sizeof(Elf64_Rela);
	if (table->header.sh_type != SHT_DYNSYM)
		return NULL;
	err = klpcc_elf_section_bytes(elf, table, &ret->symbols, &size);
	ret->symbol_count = size / sizeof(Elf64_Sym);
	return err;
}

/* Big-endian, as all that gets here. */
static struct klpcc_error *read_entry(const struct dynamic *dynamic,
				      const unsigned char *from, Elf_Type type, void *ret,
				      size_t size)
{
	Elf_Data entry = {
		.d_buf = ret, .d_type = type, .d_size = size, .d_version = EV_CURRENT
	};

	memcpy(ret, from, size);
	if (elf64_xlatetom(&entry, &entry, ELFDATA2MSB))
		return NULL;
	return klpcc_elf_error(dynamic->elf, NULL, "dynamic relocations unreadable: %s",
			       elf_errmsg(-1));
}

static struct klpcc_error *value_of(const struct dynamic *dynamic, size_t number,
				    const Elf64_Rela *rela, uint64_t *ret)
{
	size_t index = ELF64_R_SYM(rela->r_info);
	struct klpcc_error *err;
	Elf64_Sym symbol;

	*ret = (uint64_t)rela->r_addend;
	if (!index)
		return NULL;
	if (index >= dynamic->symbol_count)
		return klpcc_elf_error(
			dynamic->elf, NULL,
			"dynamic relocation %zu: symbol index %zu names no symbol (%zu symbols)",
			number, index, dynamic->symbol_count);
	err = read_entry(dynamic, dynamic->symbols + index * sizeof(symbol), ELF_T_SYM,
			 &symbol, sizeof(symbol));
	if (err)
		return err;
	/* One that is not defined is weak, and counts as 0. */
	if (symbol.st_shndx != SHN_UNDEF)
		*ret += symbol.st_value;
	return NULL;
}

static struct klpcc_error *apply_one(const struct dynamic *dynamic, size_t number,
				     const Elf64_Rela *rela, unsigned char *data)
{
	const struct klpcc_elf *elf = dynamic->elf;
	const unsigned char *place;
	struct klpcc_error *err;
	uint64_t value;

	err = value_of(dynamic, number, rela, &value);
	if (err)
		return err;
	err = klpcc_elf_bytes_at(elf, rela->r_offset, sizeof(value), &place);
	if (err) {
		klpcc_error_free(err);
		return klpcc_elf_error(
			elf, NULL,
			"dynamic relocation %zu: address 0x%llx is not in the file",
			number, (unsigned long long)rela->r_offset);
	}
	for (size_t i = 0; i < sizeof(value); i++)
		data[(size_t)(place - elf->data) + i] =
			(unsigned char)(value >> 8 * (sizeof(value) - 1 - i));
	return NULL;
}

static struct klpcc_error *apply_section(const struct dynamic *dynamic,
					 unsigned char *data)
{
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < dynamic->count; i++) {
		Elf64_Rela rela;

		err = read_entry(dynamic, dynamic->entries + i * sizeof(rela), ELF_T_RELA,
				 &rela, sizeof(rela));
		/* The others write code, or less than an address: nothing that is read. */
		if (!err && writes_address(ELF64_R_TYPE(rela.r_info)))
			err = apply_one(dynamic, i, &rela, data);
	}
	return err;
}

static struct klpcc_error *apply_all(const struct klpcc_elf *elf, unsigned char *data,
				     bool *changed)
{
	struct klpcc_error *err = NULL;

	*changed = false;
	if (!may_be_relocated(elf))
		return NULL;
	for (size_t i = 1; !err && i < elf->section_count; i++) {
		struct dynamic dynamic;

		if (!is_dynamic(&elf->sections[i]))
			continue;
		*changed = true;
		err = open_dynamic(elf, &elf->sections[i], &dynamic);
		if (!err)
			err = apply_section(&dynamic, data);
	}
	return err;
}

struct klpcc_error *klpcc_elf_open_kernel(const char *label, struct klpcc_buffer *bytes,
					  struct klpcc_elf **ret)
{
	struct klpcc_error *err;
	struct klpcc_elf *elf;
	bool changed;

	err = klpcc_elf_open_memory(label, bytes->data, bytes->size, &elf);
	if (err)
		return err;
	err = apply_all(elf, bytes->data, &changed);
	if (!err && !changed) {
		*ret = elf;
		return NULL;
	}
	/* What was checked may have been written over: checked again. */
	klpcc_elf_close(elf);
	return err ? err : klpcc_elf_open_memory(label, bytes->data, bytes->size, ret);
}
