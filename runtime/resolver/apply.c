// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Has the relocations of a patch module's pending sections written: all of them, or none.
 *
 * Called by events.c when a patch module or one of its gates comes. The values are written by
 * the kernel's apply_relocate_add(), which takes addresses from the module's symbol table; so
 * for the length of the call they stand there, and then st_value is the position again, which
 * makes it possible to do it again.
 *
 * Nothing is written before all of it can be: places are looked at, too, since in a module that
 * runs the kernel may have rewritten what was empty when it was loaded (alternatives, jump
 * labels, probes). No two relocations share a place (read.c). So when a section fails in the
 * middle, all that stands in the places of this call is its own, and is taken back. What stands
 * in a place of an applied section is remembered, and only that is emptied later.
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

/* Empty places, and values that fit them: the kernel does not check all types itself. */
static int check_places(const struct klpcc_patch *patch, const Elf_Shdr *sechdrs,
			const struct klpcc_section *section)
{
	const Elf_Rela *relas = klpcc_relas(sechdrs, section);
	void *memory = relocated_memory(sechdrs, section);
	unsigned int i;

	for (i = 0; i < section->count; i++) {
		const struct klpcc_symbol *symbol = klpcc_symbol_of(patch, &relas[i]);
		void *place = memory + relas[i].r_offset;
		const char *problem = NULL;

		if (!klpcc_place_is_empty(&relas[i], place, klpcc_place_size(&relas[i])))
			problem = "goes to a place that something else has written";
		else if (!klpcc_place_fits(&relas[i], symbol->address, place))
			problem = "is out of reach";
		if (problem) {
			pr_err(KLPCC_NAME
			       ": section %s, entry %u: %s of %s %s for type %u\n",
			       klpcc_name(patch->mod->name), section->name, i,
			       symbol->name, patch->objects[symbol->object].name, problem,
			       (u32)ELF_R_TYPE(relas[i].r_info));
			return -EINVAL;
		}
		if (i % 1024 == 0)
			cond_resched();
	}
	return 0;
}

/*
 * Addresses, or positions, into the wanted symbols' st_value. Where slots go with them, these are
 * for the addresses of now.
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
 * A slot may be another section's, too, one that stays: it is emptied when the object of its
 * symbol goes, and that is this section's gate or is not gone.
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
		int size = klpcc_place_size(&relas[i]);

		if (size == 4)
			memcpy(&section->written[i], place, 4);
		else
			memcpy(&section->written[i], place, size);
	}
}

/* Returns in how many places there is something else than was written. */
static unsigned int clear_places(const Elf_Shdr *sechdrs,
				 const struct klpcc_section *section, bool early)
{
	const Elf_Rela *relas = klpcc_relas(sechdrs, section);
	void *memory = relocated_memory(sechdrs, section);
	unsigned int i, others = 0;

	klpcc_arch_write_begin(early);
	for (i = 0; i < section->count; i++) {
		void *place = memory + relas[i].r_offset;
		int size = klpcc_place_size(&relas[i]);
		u64 empty = klpcc_place_emptied(&relas[i], place, size);

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
		pr_err(KLPCC_NAME ": section %s: the kernel does not apply it: %d\n",
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
