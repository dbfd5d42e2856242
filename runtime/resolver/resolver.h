/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The resolver: applies the klp relocations of patch modules in object form.
 *
 * The last stage of klpcc, see docs/resolver.md.
 *
 * One mutex, klpcc_lock, is held around everything but the hooks' calls of the originals.
 * text_mutex and the locks of the allocators are taken inside it. Its holder never takes the
 * livepatch core's klp_mutex, and nobody takes it while holding module_mutex.
 */
#ifndef KLPCC_RESOLVER_H
#define KLPCC_RESOLVER_H

#include <linux/elf.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/string.h>
#include <linux/types.h>

/* From runtime/include, which the compiler has as a directory for includes. */
#include <../format/klp-elf.h>
#include <../format/klp-name.h>
#include <../format/klp-reloc.h>

/*
 * How a name that comes from a file is printed: unprintable characters as escape sequences, so
 * that they have no effect on a console. pr_err(KLPCC_NAME "\n", klpcc_name(name)).
 */
#define KLPCC_NAME "%*pE"
#define klpcc_name(name) (int)strlen(name), (name)

/* vmlinux or a module: the gate of a section, or what has a symbol. */
struct klpcc_object {
	const char *name;    /* in klpcc_patch.names */
	unsigned int wanted; /* its wanted symbols, during a search */
	struct hlist_node node;
};

/* A livepatch symbol that some relocation of the module names. */
struct klpcc_symbol {
	const char *name;    /* in the target; in klpcc_patch.names */
	unsigned int object; /* the sym object, an index of klpcc_patch.objects */
	unsigned int index;  /* in the module's symbol table */
	unsigned int sympos; /* st_value of the file: 0, or the position */
	bool wanted;         /* by a section that is being applied */
	unsigned int seen;   /* symbols of that name so far, during a search */
	unsigned long address;
	struct hlist_node node; /* in a table of names, during a search */
};

enum klpcc_section_state {
	KLPCC_WAITING, /* its gate is not loaded */
	KLPCC_PENDING, /* to be applied now */
	KLPCC_APPLIED,
	KLPCC_STALE, /* applied, but the gate went while the module could not be written to */
};

/* An object form section. */
struct klpcc_section {
	const char *name;   /* in klpcc_patch.names */
	unsigned int index; /* of its header */
	unsigned int gate;  /* an index of klpcc_patch.objects */
	unsigned int count; /* of relocations */
	u64 *written; /* value of each of them while applied, in klpcc_patch.written */
	bool init;    /* relocates memory that is freed after the module's init */
	enum klpcc_section_state state;
};

/* A patch module in object form, from its relocation to its end. */
struct klpcc_patch {
	struct list_head list;
	struct module *mod;
	/* Loaded far enough that gates are applied to it; until then it is its loader's. */
	bool live;
	/* A copy: the loader frees its own. The symbol table's address is the permanent one. */
	Elf_Shdr *sechdrs;
	unsigned int symndx;
	unsigned int symbol_total; /* entries of the symbol table */
	struct klpcc_object *objects;
	unsigned int object_count;
	struct hlist_head *object_heads; /* the objects by their names */
	unsigned int object_bits;
	struct klpcc_section *sections;
	unsigned int section_count;
	struct klpcc_symbol *symbols; /* by ascending index */
	unsigned int symbol_count;
	/* By index in the symbol table: number of the symbol in `symbols`, plus 1. 0: none. */
	unsigned int *symbol_numbers;
	u64 *written;
	char *names;
};

#define for_each_section(patch, section)  \
	for (section = (patch)->sections; \
	     section < (patch)->sections + (patch)->section_count; section++)

/* What the module loader hands over: valid while it calls. */
struct klpcc_load {
	struct module *mod;
	Elf_Shdr *sechdrs;
	const char *shstrtab;
	const char *strtab;
	unsigned int symndx;
};

extern struct mutex klpcc_lock;
extern struct list_head klpcc_patches;

/* ---- hook.c ---------------------------------------------------------------------------- */

/* Called by the replacements; see their definitions in events.c. */
int klpcc_event_load(const struct klpcc_load *load);
int klpcc_event_coming(struct module *mod);
void klpcc_event_going(struct module *mod);
void klpcc_event_freeing(struct module *mod);

/*
 * While a patch is served, ftrace cannot be switched off, since without the hooks the patch
 * would not be served any more. -EBUSY when it is off. Both are called with klpcc_lock held.
 */
int klpcc_hold_hooks(void);
void klpcc_release_hooks(void);

/* ---- read.c ---------------------------------------------------------------------------- */

/* Whether a section's name is one of object form, well-formed or not. */
bool klpcc_is_object_section(const char *name);
/* Whether the module's symbol table names a livepatch symbol of object form. */
bool klpcc_has_object_symbols(struct module *mod);

/*
 * Checks all object form sections of a module that is being loaded and describes them. Prints
 * what is wrong. *ret is the caller's, to be given to klpcc_patch_free(). -EINVAL, -ENOMEM.
 */
int klpcc_patch_read(const struct klpcc_load *load, struct klpcc_patch **ret);
void klpcc_patch_free(struct klpcc_patch *patch);

/* The number of an object that the patch names, -1 if it does not. */
int klpcc_find_object(const struct klpcc_patch *patch, struct klpcc_span name);

static inline const char *klpcc_gate(const struct klpcc_patch *patch,
				     const struct klpcc_section *section)
{
	return patch->objects[section->gate].name;
}

/* The symbol of a relocation, which read.c has checked to have one. */
static inline struct klpcc_symbol *klpcc_symbol_of(const struct klpcc_patch *patch,
						   const Elf_Rela *rela)
{
	return &patch->symbols[patch->symbol_numbers[ELF_R_SYM(rela->r_info)] - 1];
}

static inline const Elf_Rela *klpcc_relas(const Elf_Shdr *sechdrs,
					  const struct klpcc_section *section)
{
	return (const Elf_Rela *)sechdrs[section->index].sh_addr;
}

/* ---- resolve.c ------------------------------------------------------------------------- */

/*
 * The module of that name, from when its symbols are there until the livepatch core has finished
 * with it; NULL when there is none. It cannot go while klpcc_lock is held: every such module
 * passes klpcc_event_going() first.
 */
struct module *klpcc_find_module(const char *name);
bool klpcc_is_loaded(const char *object);

/* Finds the addresses of all wanted symbols; prints each that has none. -ENOENT, -ENOMEM. */
int klpcc_resolve(struct klpcc_patch *patch);

/* ---- apply.c --------------------------------------------------------------------------- */

/*
 * Resolves and applies all pending sections, or none, and then they are waiting and their places
 * are empty. sechdrs, strtab: the loader's, or patch->sechdrs and the module's own. `object` is
 * for the log: the gate that came, or NULL for the patch module itself.
 */
int klpcc_apply(struct klpcc_patch *patch, Elf_Shdr *sechdrs, const char *strtab,
		const char *object);
/*
 * Empties the places of an applied section, except those that something else has written to since.
 * Afterwards it is waiting.
 */
void klpcc_clear(struct klpcc_patch *patch, Elf_Shdr *sechdrs,
		 struct klpcc_section *section);

/* ---- place.c --------------------------------------------------------------------------- */

/* The place of a relocation of that type, as it is when nothing has been written. */
u64 klpcc_place_emptied(const struct klpcc_reloc *reloc, const void *place);
bool klpcc_place_is_empty(const struct klpcc_reloc *reloc, const void *place);
/*
 * Whether the value that a relocation writes fits its place. value: the symbol's address and the
 * addend. True for a type that goes through a slot of the GOT or PLT.
 */
bool klpcc_place_fits(const struct klpcc_reloc *reloc, u64 value, const void *place);

/* ---- show.c ---------------------------------------------------------------------------- */

void klpcc_show_init(void);
void klpcc_show_exit(void);

/* ---- arch-*.c -------------------------------------------------------------------------- */

/* The machine's relocation types, by number. */
extern const struct klpcc_reloc klpcc_arch_relocs[];
extern const size_t klpcc_arch_reloc_count;

/* The type of a relocation; NULL for one that the kernel does not apply. */
static inline const struct klpcc_reloc *klpcc_arch_reloc(const Elf_Rela *rela)
{
	const struct klpcc_reloc *reloc = klpcc_reloc_find(
		klpcc_arch_relocs, klpcc_arch_reloc_count, ELF_R_TYPE(rela->r_info));

	return reloc && reloc->value != KLPCC_RELOC_REFUSED ? reloc : NULL;
}

/*
 * Writes into a module that runs or, when `early`, into one that nobody uses yet. It may be called
 * any number of times between begin and end.
 */
void klpcc_arch_write_begin(bool early);
void klpcc_arch_write(void *place, const void *data, size_t size, bool early);
void klpcc_arch_write_end(bool early);
/*
 * Slots of the GOT and the PLT that the kernel made in the module for a symbol, by its index.
 * renew: the next relocation that needs the slots fills them again. clear: the same, and the slots
 * are emptied.
 */
void klpcc_arch_renew_slots(struct module *mod, unsigned int symbol);
void klpcc_arch_clear_slots(struct module *mod, unsigned int symbol, bool early);

#endif
