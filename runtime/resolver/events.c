// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The patch modules that the resolver serves, and what happens to them and to their gates.
 *
 * Called by hook.c from within the module loader and the livepatch core:
 *
 *   load     the loader relocates a patch module: what can be applied is applied
 *   coming   a module has its symbols and runs nothing yet. It may be a patch module, whose
 *            load then ends, or a gate, whose sections are applied before the livepatch core
 *            looks at it
 *   going    the livepatch core has finished with a module: a patch module is forgotten, and the
 *            places of a gate's sections are emptied
 *   freeing  a module's memory is freed: a module whose load failed is forgotten here
 *
 * Between load and coming a patch module belongs to its loader, which changes the protection of
 * its memory: nobody else may write there. What happens to its gates meanwhile is noted, and
 * handled when the patch module comes.
 *
 * Each served module holds a reference to this one.
 */
#include <linux/sched.h>

#include "resolver.h"

DEFINE_MUTEX(klpcc_lock);
LIST_HEAD(klpcc_patches);

/* For the first patch and after the last. */
static int hold_hooks(const struct module *mod)
{
	int err = list_empty(&klpcc_patches) ? klpcc_hold_hooks() : 0;

	if (err)
		pr_err(KLPCC_NAME ": ftrace has been switched off\n",
		       klpcc_name(mod->name));
	return err;
}

static void release_hooks(void)
{
	if (list_empty(&klpcc_patches))
		klpcc_release_hooks();
}

static struct klpcc_patch *find_patch(const struct module *mod)
{
	struct klpcc_patch *patch;

	list_for_each_entry(patch, &klpcc_patches, list)
		if (patch->mod == mod)
			return patch;
	return NULL;
}

static void forget_patch(struct klpcc_patch *patch)
{
	list_del(&patch->list);
	klpcc_patch_free(patch);
	release_hooks();
	module_put(THIS_MODULE);
}

/* ---- load ------------------------------------------------------------------------------ */

/*
 * Makes the sections ordinary ones for the loader, and for the livepatch core, which
 * reads a copy of the headers and would refuse the names.
 */
static void take_over(struct klpcc_patch *patch, Elf_Shdr *sechdrs)
{
	struct klpcc_section *section;

	for_each_section(patch, section) {
		sechdrs[section->index].sh_type = SHT_PROGBITS;
		sechdrs[section->index].sh_flags &= ~(u64)KLPCC_SHF_RELA_LIVEPATCH;
	}
}

static int load_locked(const struct klpcc_load *load)
{
	struct klpcc_section *section;
	struct klpcc_patch *patch;
	int err;

	err = klpcc_patch_read(load, &patch);
	if (err)
		return err;
	for_each_section(patch, section) {
		if (klpcc_is_loaded(klpcc_gate(patch, section)))
			section->state = KLPCC_PENDING;
		cond_resched();
	}
	err = klpcc_apply(patch, load->sechdrs, load->strtab, NULL);
	if (err) {
		klpcc_patch_free(patch);
		return err;
	}
	take_over(patch, load->sechdrs);
	list_add_tail(&patch->list, &klpcc_patches);
	return 0;
}

/* Called for the first object form section of a module; it takes care of all of them. */
int klpcc_event_load(const struct klpcc_load *load)
{
	int err;

	if (!try_module_get(THIS_MODULE)) {
		pr_err(KLPCC_NAME ": the resolver is being unloaded\n",
		       klpcc_name(load->mod->name));
		return -EBUSY;
	}
	mutex_lock(&klpcc_lock);
	/* Before gates are looked up: from then on no gate comes or goes unnoticed. */
	err = hold_hooks(load->mod);
	if (!err) {
		err = load_locked(load);
		if (err)
			release_hooks();
	}
	mutex_unlock(&klpcc_lock);
	if (err)
		module_put(THIS_MODULE);
	return err;
}

/* ---- coming ---------------------------------------------------------------------------- */

/* The loader has finished with it: from now on only the permanent symbol table is there. */
static int finish_load(struct klpcc_patch *patch)
{
	const struct mod_kallsyms *kallsyms = &patch->mod->core_kallsyms;
	struct klpcc_section *section;
	bool pending = false;

	if (kallsyms->num_symtab != patch->symbol_total) {
		pr_err(KLPCC_NAME ": the kernel keeps %u of its %u symbols\n",
		       klpcc_name(patch->mod->name), kallsyms->num_symtab,
		       patch->symbol_total);
		return -EINVAL;
	}
	patch->sechdrs[patch->symndx].sh_addr = (unsigned long)kallsyms->symtab;
	patch->live = true;
	for_each_section(patch, section) {
		if (section->state == KLPCC_STALE)
			klpcc_clear(patch, patch->sechdrs, section);
		if (section->state == KLPCC_WAITING &&
		    klpcc_is_loaded(klpcc_gate(patch, section))) {
			section->state = KLPCC_PENDING;
			pending = true;
		}
		cond_resched();
	}
	if (!pending)
		return 0;
	return klpcc_apply(patch, patch->sechdrs, kallsyms->strtab, NULL);
}

static int patch_coming(struct module *mod)
{
	struct klpcc_patch *patch = find_patch(mod);
	int err;

	if (patch) {
		err = finish_load(patch);
		if (err)
			forget_patch(patch);
		return err;
	}
	if (is_livepatch_module(mod) && klpcc_has_object_symbols(mod)) {
		pr_err(KLPCC_NAME
		       ": has symbols of object form, but no section with SHF_RELA_LIVEPATCH\n",
		       klpcc_name(mod->name));
		return -EINVAL;
	}
	return 0;
}

/*
 * Sections that relocate init memory are left out: only the patch's loader knows whether it is
 * still there when a gate comes.
 */
static int gate_coming_to(struct klpcc_patch *patch, const struct module *mod)
{
	int gate = klpcc_find_object(patch, klpcc_span_of(mod->name));
	struct klpcc_section *section;
	bool pending = false;

	if (gate < 0)
		return 0;
	for_each_section(patch, section) {
		if (section->state != KLPCC_WAITING || section->init ||
		    section->gate != gate)
			continue;
		section->state = KLPCC_PENDING;
		pending = true;
	}
	if (!pending)
		return 0;
	return klpcc_apply(patch, patch->sechdrs, patch->mod->core_kallsyms.strtab,
			   mod->name);
}

static void gate_going_from(struct klpcc_patch *patch, const struct module *mod)
{
	int gate = klpcc_find_object(patch, klpcc_span_of(mod->name));
	struct klpcc_section *section;

	if (gate < 0)
		return;
	for_each_section(patch, section) {
		if (section->state != KLPCC_APPLIED || section->gate != gate)
			continue;
		if (!patch->live)
			section->state = KLPCC_STALE;
		else if (section->init)
			section->state = KLPCC_WAITING;
		else
			klpcc_clear(patch, patch->sechdrs, section);
		cond_resched();
	}
}

static void gate_going(const struct module *mod)
{
	struct klpcc_patch *patch;

	list_for_each_entry(patch, &klpcc_patches, list)
		gate_going_from(patch, mod);
}

static int gate_coming(const struct module *mod)
{
	struct klpcc_patch *patch;
	int err;

	list_for_each_entry(patch, &klpcc_patches, list) {
		if (!patch->live || patch->mod == mod)
			continue;
		err = gate_coming_to(patch, mod);
		if (err) {
			pr_err(KLPCC_NAME ": cannot be applied to " KLPCC_NAME
					  ", so that module is refused\n",
			       klpcc_name(patch->mod->name), klpcc_name(mod->name));
			gate_going(mod);
			return err;
		}
	}
	return 0;
}

/* Called before the livepatch core learns of the module. On failure the module is refused. */
int klpcc_event_coming(struct module *mod)
{
	struct klpcc_patch *patch;
	int err;

	mutex_lock(&klpcc_lock);
	err = patch_coming(mod);
	if (!err) {
		err = gate_coming(mod);
		patch = err ? find_patch(mod) : NULL;
		if (patch)
			forget_patch(patch);
	}
	mutex_unlock(&klpcc_lock);
	return err;
}

/* ---- the end --------------------------------------------------------------------------- */

/* Called after the livepatch core has let go of the module; also when its load failed there. */
void klpcc_event_going(struct module *mod)
{
	struct klpcc_patch *patch;

	mutex_lock(&klpcc_lock);
	gate_going(mod);
	patch = find_patch(mod);
	if (patch)
		forget_patch(patch);
	mutex_unlock(&klpcc_lock);
}

/*
 * Called whenever init memory is freed. After a successful load that is with module_mutex held.
 * Only an unformed module can be one whose load failed before it came.
 */
void klpcc_event_freeing(struct module *mod)
{
	struct klpcc_patch *patch;

	if (mod->state != MODULE_STATE_UNFORMED)
		return;
	mutex_lock(&klpcc_lock);
	patch = find_patch(mod);
	if (patch)
		forget_patch(patch);
	mutex_unlock(&klpcc_lock);
}
