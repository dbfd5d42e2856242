// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The ELF model, reading side: a kernel that is linked as a position-independent executable.
 *
 * What such a vmlinux (s390 in 6.1, `ld -pie`; no longer in 6.12) has where it keeps an address
 * need not be the address: that stands in a dynamic relocation, and the boot code writes it
 * (handle_relocs() of arch/s390/boot/startup.c). GNU ld leaves a zero where the address is by
 * symbol, as for the base of kallsyms. Here it is written into the bytes of the file, for
 * the address that the kernel is linked at, so that every reader sees what the kernel sees.
 */
#include "elf-model.h"

/* The dynamic relocations of one section. */
struct dynamic {
	const struct klpcc_elf *elf;
	Elf_Data *entries;
	int count; /* libelf's type for it */
	Elf_Data *symbols;
	size_t symbol_count; /* 0 when symbols is NULL */
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
	uint64_t count = section->header.sh_size / sizeof(Elf64_Rela);
	struct klpcc_error *err;

	*ret = (struct dynamic){ .elf = elf, .count = (int)count };
	if (count > INT32_MAX || table->header.sh_size / sizeof(Elf64_Sym) > INT32_MAX)
		return klpcc_elf_error(elf, section, "too many relocations or symbols");
	err = klpcc_elf_converted(elf, section, &ret->entries);
	if (err || table->header.sh_type != SHT_DYNSYM)
		return err;
	ret->symbol_count = table->header.sh_size / sizeof(Elf64_Sym);
	return klpcc_elf_converted(elf, table, &ret->symbols);
}

static struct klpcc_error *value_of(const struct dynamic *dynamic, int number,
				    const GElf_Rela *rela, uint64_t *ret)
{
	size_t index = GELF_R_SYM(rela->r_info);
	GElf_Sym symbol;

	*ret = (uint64_t)rela->r_addend;
	if (!index)
		return NULL;
	if (index >= dynamic->symbol_count ||
	    !gelf_getsym(dynamic->symbols, (int)index, &symbol))
		return klpcc_elf_error(dynamic->elf, NULL,
				       "dynamic relocation %d: symbol index %zu names no "
				       "symbol (%zu symbols)",
				       number, index, dynamic->symbol_count);
	/* One that is not defined is weak, and counts as 0. */
	if (symbol.st_shndx != SHN_UNDEF)
		*ret += symbol.st_value;
	return NULL;
}

static struct klpcc_error *apply_one(const struct dynamic *dynamic, int number,
				     const GElf_Rela *rela, unsigned char *data)
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
			"dynamic relocation %d: address 0x%llx is not in the file",
			number, (unsigned long long)rela->r_offset);
	}
	/* Big-endian, as all that gets here. */
	for (size_t i = 0; i < sizeof(value); i++)
		data[(size_t)(place - elf->data) + i] =
			(unsigned char)(value >> 8 * (sizeof(value) - 1 - i));
	return NULL;
}

static struct klpcc_error *apply(const struct dynamic *dynamic, unsigned char *data)
{
	struct klpcc_error *err = NULL;

	for (int i = 0; !err && i < dynamic->count; i++) {
		GElf_Rela rela;

		if (!gelf_getrela(dynamic->entries, i, &rela))
			return klpcc_elf_error(dynamic->elf, NULL,
					       "dynamic relocation %d unreadable: %s", i,
					       elf_errmsg(-1));
		/* The others write code, or less than an address: nothing that is read. */
		if (writes_address(GELF_R_TYPE(rela.r_info)))
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
			err = apply(&dynamic, data);
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
