// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Has the relocations of a patch module's pending sections written: all of them, or none.
 *
 * Called by events.c when a patch module or one of its gates comes. The values are written by
 * the kernel's apply_relocate_add(), which takes addresses from st_value in the module's symbol
 * table. They are put there for the length of the call. Afterwards st_value is the position again,
 * so that the section can be applied again.
 *
 * Nothing is written before everything has been checked. That includes the places: in a module
 * that runs the kernel may have rewritten what was empty when it was loaded (alternatives, jump
 * labels, probes). No two relocations share a place (read.c), so when a section fails in the
 * middle, everything in the places of this call was written by it, and is taken back. What an
 * applied section has written is remembered, and only places that still contain it are emptied
 * later.
 */
#include <linux/ktime.h>
#include <linux/moduleloader.h>
#include <linux/sched.h>
#include <linux/string.h>

#include "resolver.h"

static void *relocated_memory(const Elf_Shdr *sechdrs,
			      const struct klpcc_section *section)
{
	return (void *)sechdrs[sechdrs[section->index].sh_info].sh_addr;
}

static void mark_wanted(struct klpcc_patch *patch, const Elf_Shdr *sechdrs)
{
	struct klpcc_section *section;
	unsigned int i;

	for (i = 0; i < patch->symbol_count; i++)
		patch->symbols[i].wanted = false;
	for_each_section(patch, section) {
		const Elf_Rela *relas = klpcc_relas(sechdrs, section);

		if (section->state != KLPCC_PENDING)
			continue;
		for (i = 0; i < section->count; i++)
			klpcc_symbol_of(patch, &relas[i])->wanted = true;
		cond_resched();
	}
}

/* Places must be empty and values must fit them: the kernel does not check all types itself. */
static int check_places(const struct klpcc_patch *patch, const Elf_Shdr *sechdrs,
			const struct klpcc_section *section)
{
	const Elf_Rela *relas = klpcc_relas(sechdrs, section);
	void *memory = relocated_memory(sechdrs, section);
	unsigned int i;

	for (i = 0; i < section->count; i++) {
		const struct klpcc_symbol *symbol = klpcc_symbol_of(patch, &relas[i]);
		const struct klpcc_reloc *reloc = klpcc_arch_reloc(&relas[i]);
		void *place = memory + relas[i].r_offset;
		const char *problem = NULL;

		if (!klpcc_place_is_empty(reloc, place))
			problem = "would overwrite what something else has written";
		else if (!klpcc_place_fits(reloc, symbol->address + relas[i].r_addend,
					   place))
			problem = "is out of reach";
		if (problem) {
			pr_err(KLPCC_NAME
			       ": section %s, entry %u, type %u: %s of %s %s\n",
			       klpcc_name(patch->mod->name), section->name, i,
			       (u32)ELF_R_TYPE(relas[i].r_info), symbol->name,
			       patch->objects[symbol->object].name, problem);
			return -EINVAL;
		}
		if (i % 1024 == 0)
			cond_resched();
	}
	return 0;
}

/*
 * Puts addresses, or positions, into st_value of the wanted symbols. With addresses, the slots of
 * these symbols are to be filled again.
 */
static void set_values(struct klpcc_patch *patch, const Elf_Shdr *sechdrs, bool addresses)
{
	Elf_Sym *symtab = (Elf_Sym *)sechdrs[patch->symndx].sh_addr;
	unsigned int i;

	for (i = 0; i < patch->symbol_count; i++) {
		const struct klpcc_symbol *symbol = &patch->symbols[i];

		if (!symbol->wanted)
			continue;
		symtab[symbol->index].st_value =
			addresses ? symbol->address : symbol->sympos;
		if (addresses)
			klpcc_arch_renew_slots(patch->mod, symbol->index);
	}
}

/*
 * Another section, which stays applied, may use the same slot. So a slot is emptied only when the
 * object of its symbol goes, that is, when that object is this section's gate.
 */
static void clear_slots(struct klpcc_patch *patch, const Elf_Shdr *sechdrs,
			const struct klpcc_section *section, bool early)
{
	const Elf_Rela *relas = klpcc_relas(sechdrs, section);
	unsigned int i;

	for (i = 0; i < section->count; i++) {
		const struct klpcc_symbol *symbol = klpcc_symbol_of(patch, &relas[i]);

		if (symbol->object == section->gate)
			klpcc_arch_clear_slots(patch->mod, symbol->index, early);
	}
}

static void remember_written(const Elf_Shdr *sechdrs, struct klpcc_section *section)
{
	const Elf_Rela *relas = klpcc_relas(sechdrs, section);
	const void *memory = relocated_memory(sechdrs, section);
	unsigned int i;

	for (i = 0; i < section->count; i++) {
		const void *place = memory + relas[i].r_offset;
		size_t size = klpcc_arch_reloc(&relas[i])->field.width;

		if (size == 4)
			memcpy(&section->written[i], place, 4);
		else
			memcpy(&section->written[i], place, size);
	}
}

/* Returns how many places no longer contain what was written. */
static unsigned int clear_places(const Elf_Shdr *sechdrs,
				 const struct klpcc_section *section, bool early)
{
	const Elf_Rela *relas = klpcc_relas(sechdrs, section);
	void *memory = relocated_memory(sechdrs, section);
	unsigned int i, others = 0;

	klpcc_arch_write_begin(early);
	for (i = 0; i < section->count; i++) {
		void *place = memory + relas[i].r_offset;
		const struct klpcc_reloc *reloc = klpcc_arch_reloc(&relas[i]);
		u64 empty = klpcc_place_emptied(reloc, place);
		size_t size = reloc->field.width;

		if (memcmp(place, &section->written[i], size))
			others++;
		else if (size)
			klpcc_arch_write(place, &empty, size, early);
		if (i % 1024 == 0)
			cond_resched();
	}
	klpcc_arch_write_end(early);
	return others;
}

void klpcc_clear(struct klpcc_patch *patch, Elf_Shdr *sechdrs,
		 struct klpcc_section *section)
{
	bool early = patch->mod->state == MODULE_STATE_UNFORMED;
	unsigned int others = clear_places(sechdrs, section, early);

	clear_slots(patch, sechdrs, section, early);
	section->state = KLPCC_WAITING;
	if (others)
		pr_warn(KLPCC_NAME
			": section %s: something else has written to %u of its places, which stay as they are\n",
			klpcc_name(patch->mod->name), section->name, others);
}

static int write_section(struct klpcc_patch *patch, Elf_Shdr *sechdrs, const char *strtab,
			 struct klpcc_section *section)
{
	int err;

	if (!section->count)
		return 0;
	err = apply_relocate_add(sechdrs, strtab, patch->symndx, section->index,
				 patch->mod);
	remember_written(sechdrs, section);
	if (err)
		pr_err(KLPCC_NAME ": section %s: the kernel refused to apply it: %d\n",
		       klpcc_name(patch->mod->name), section->name, err);
	return err;
}

static int write_pending(struct klpcc_patch *patch, Elf_Shdr *sechdrs, const char *strtab)
{
	struct klpcc_section *section, *failed = NULL;
	int err = 0;

	set_values(patch, sechdrs, true);
	for_each_section(patch, section) {
		if (section->state != KLPCC_PENDING)
			continue;
		err = write_section(patch, sechdrs, strtab, section);
		if (err) {
			failed = section;
			break;
		}
		cond_resched();
	}
	set_values(patch, sechdrs, false);
	for_each_section(patch, section) {
		if (section->state != KLPCC_PENDING)
			continue;
		if (!failed)
			section->state = KLPCC_APPLIED;
		else if (section <= failed)
			klpcc_clear(patch, sechdrs, section);
		cond_resched();
	}
	return err;
}

static int apply_pending(struct klpcc_patch *patch, Elf_Shdr *sechdrs, const char *strtab)
{
	struct klpcc_section *section;
	int err;

	mark_wanted(patch, sechdrs);
	err = klpcc_resolve(patch);
	if (err)
		return err;
	for_each_section(patch, section) {
		if (section->state != KLPCC_PENDING)
			continue;
		err = check_places(patch, sechdrs, section);
		if (err)
			return err;
		cond_resched();
	}
	return write_pending(patch, sechdrs, strtab);
}

int klpcc_apply(struct klpcc_patch *patch, Elf_Shdr *sechdrs, const char *strtab,
		const char *object)
{
	unsigned int relocations = 0, symbols = 0, waiting = 0, i;
	struct klpcc_section *section;
	ktime_t start = ktime_get();
	int err;

	for_each_section(patch, section)
		if (section->state == KLPCC_PENDING)
			relocations += section->count;
	err = apply_pending(patch, sechdrs, strtab);
	for_each_section(patch, section) {
		if (section->state == KLPCC_PENDING)
			section->state = KLPCC_WAITING;
		if (section->state == KLPCC_WAITING)
			waiting += section->count;
	}
	if (err)
		return err;
	for (i = 0; i < patch->symbol_count; i++)
		symbols += patch->symbols[i].wanted;
	pr_info(KLPCC_NAME
		": %s%s%u relocations, %u symbols, %lld us; %u relocations waiting\n",
		klpcc_name(patch->mod->name), object ? object : "", object ? ": " : "",
		relocations, symbols, ktime_us_delta(ktime_get(), start), waiting);
	return 0;
}
