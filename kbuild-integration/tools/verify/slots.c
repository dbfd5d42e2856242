// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The verifier: GOT and PLT of a module for s390, as module_frob_arch_sections() of the
 * kernel's arch/s390/kernel/module.c counts their slots: one for each symbol that any
 * section of type SHT_RELA uses that way, whatever the section's name and flags, in the
 * order of sections and entries.
 */
#include <stdlib.h>

#include "klp-private.h"

#define NO_SLOT UINT32_MAX
#define GOT_SLOT 8u
/* PLT_ENTRY_SIZE of arch/s390/kernel/module.c */
#define PLT_SLOT 22u

struct klpcc_slots {
	uint32_t got_count, plt_count;
	/* By symbol: number of its slot. */
	uint32_t *got, *plt;
};

bool klpcc_reloc_uses_got(const struct klpcc_reloc *type)
{
	return type->value == KLPCC_RELOC_GOT_OFFSET ||
	       type->value == KLPCC_RELOC_GOT_DISTANCE;
}

bool klpcc_reloc_uses_plt(const struct klpcc_reloc *type)
{
	return type->value == KLPCC_RELOC_PLT_OFFSET ||
	       type->value == KLPCC_RELOC_PLT_DISTANCE;
}

static void count_slot(const struct klpcc_verify *verify, struct klpcc_slots *slots,
		       const struct klpcc_elf_relocation *rela)
{
	const struct klpcc_reloc *type = klpcc_reloc_find(
		verify->arch->relocs, verify->arch->reloc_count, rela->type);

	if (!type || rela->symbol >= verify->symbol_count)
		return;
	if (klpcc_reloc_uses_got(type) && slots->got[rela->symbol] == NO_SLOT)
		slots->got[rela->symbol] = slots->got_count++;
	if (klpcc_reloc_uses_plt(type) && slots->plt[rela->symbol] == NO_SLOT)
		slots->plt[rela->symbol] = slots->plt_count++;
}

static struct klpcc_error *count_slots(struct klpcc_verify *verify,
				       struct klpcc_slots *slots)
{
	for (size_t i = 1; i < klpcc_elf_sections(verify->elf); i++) {
		const struct klpcc_elf_section *section =
			klpcc_elf_section(verify->elf, i);
		struct klpcc_verify_relas relas;
		struct klpcc_error *err;

		if (section->header.sh_type != SHT_RELA)
			continue;
		err = klpcc_verify_read_relas(verify, section, &relas);
		if (err)
			return err;
		for (size_t k = 0; k < relas.count; k++) {
			struct klpcc_elf_relocation rela =
				klpcc_verify_read_rela(&relas, k);

			count_slot(verify, slots, &rela);
		}
	}
	return NULL;
}

static bool has_slots(const struct klpcc_arch *arch)
{
	for (size_t i = 0; i < arch->reloc_count; i++)
		if (arch->relocs[i].name && (klpcc_reloc_uses_got(&arch->relocs[i]) ||
					     klpcc_reloc_uses_plt(&arch->relocs[i])))
			return true;
	return false;
}

struct klpcc_error *klpcc_verify_read_slots(struct klpcc_verify *verify,
					    struct klpcc_slots **ret)
{
	size_t count = verify->symbol_count + 1;
	struct klpcc_slots *slots;
	struct klpcc_error *err;

	*ret = NULL;
	if (!has_slots(verify->arch))
		return NULL;
	slots = calloc(1, sizeof(*slots));
	if (!slots)
		return klpcc_error_nomem();
	slots->got = reallocarray(NULL, count, sizeof(*slots->got));
	slots->plt = reallocarray(NULL, count, sizeof(*slots->plt));
	if (!slots->got || !slots->plt) {
		klpcc_verify_free_slots(slots);
		return klpcc_error_nomem();
	}
	for (size_t i = 0; i < count; i++)
		slots->got[i] = slots->plt[i] = NO_SLOT;
	err = count_slots(verify, slots);
	if (err)
		klpcc_verify_free_slots(slots);
	else
		*ret = slots;
	return err;
}

void klpcc_verify_free_slots(struct klpcc_slots *slots)
{
	if (!slots)
		return;
	free(slots->got);
	free(slots->plt);
	free(slots);
}

bool klpcc_verify_find_got_slot(const struct klpcc_slots *slots, size_t symbol,
				uint64_t *offset)
{
	if (!slots || slots->got[symbol] == NO_SLOT)
		return false;
	*offset = (uint64_t)slots->got[symbol] * GOT_SLOT;
	return true;
}

/* The PLT begins where the GOT ends. */
bool klpcc_verify_find_plt_slot(const struct klpcc_slots *slots, size_t symbol,
				uint64_t *offset)
{
	if (!slots || slots->plt[symbol] == NO_SLOT)
		return false;
	*offset = (uint64_t)slots->got_count * GOT_SLOT +
		  (uint64_t)slots->plt[symbol] * PLT_SLOT;
	return true;
}
