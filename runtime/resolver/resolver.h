/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The resolver: applies the klp relocations of patch modules in object form.
 *
 * The last stage of klpcc, see docs/resolver.md. hook.c gets the kernel's module loader and
 * livepatch core to call here; events.c knows the patch modules and which of their sections
 * are applied; read.c checks a module and takes from it what is needed later; resolve.c finds
 * addresses; apply.c has the relocations written; show.c is debugfs; arch-*.c is what depends
 * on the machine.
 *
 * One mutex, klpcc_lock, is held around everything but the hooks' calls of the originals.
 * Taken inside it: text_mutex and the locks of the allocators. Never held by its owner: the
 * livepatch core's klp_mutex; module_mutex is never held around it.
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
 * How a name that comes from a file is printed: what is no printable character, as an escape
 * sequence, so that nothing of it acts on a console. pr_err(KLPCC_NAME "\n", klpcc_name(name)).
 */
#define KLPCC_NAME "%*pE"
#define klpcc_name(name) (int)strlen(name), (name)

/* What a section is for or a symbol is of: vmlinux, or a module. */
struct klpcc_object {
	const char *name;    /* in klpcc_patch.names */
	unsigned int wanted; /* symbols of it, while they are looked for */
	struct hlist_node node;
};

/* A livepatch symbol that some relocation of the module names. */
struct klpcc_symbol {
	const char *name;    /* in the target; in klpcc_patch.names */
	unsigned int object; /* the sym object, an index of klpcc_patch.objects */
	unsigned int index;  /* in the module's symbol table */
	unsigned int sympos; /* what st_value held: 0, or the position */
	bool wanted;         /* by a section that is being applied */
	unsigned int seen;   /* symbols of that name, while it is looked for */
	unsigned long address;
	struct hlist_node node; /* while it is looked for in a table of names */
};

enum klpcc_section_state {
	KLPCC_WAITING, /* its gate is not loaded */
	KLPCC_PENDING, /* to be applied now */
	KLPCC_APPLIED,
	KLPCC_STALE, /* applied, but the gate went while the module could not be written */
};

/* An object form section. */
struct klpcc_section {
	const char *name;   /* in klpcc_patch.names */
	unsigned int index; /* of its header */
	unsigned int gate;  /* an index of klpcc_patch.objects */
	unsigned int count; /* of relocations */
	u64 *written; /* by each of them, in klpcc_patch.written; while it is applied */
	bool init;    /* relocates memory that is freed after the module's init */
	enum klpcc_section_state state;
};

/* A patch module in object form, from its relocation to its end. */
struct klpcc_patch {
	struct list_head list;
	struct module *mod;
	/* The load got so far that the module is told of gates; before, it is its loader's. */
	bool live;
	/* A copy: the loader frees its own. The symbol table's address is the lasting one. */
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
	/* By index in the symbol table: which of the symbols it is, plus 1. 0: none. */
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

/* Called by the replacements; the comments are with the definitions, in events.c. */
int klpcc_event_load(const struct klpcc_load *load);
int klpcc_event_coming(struct module *mod);
void klpcc_event_going(struct module *mod);
void klpcc_event_freeing(struct module *mod);

/*
 * While a patch is held, ftrace cannot be switched off: without the hooks nothing would be done
 * for it any more. -EBUSY when it is off. Both are called with klpcc_lock held.
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

/* The symbol of a relocation: it has one, read.c saw to it. */
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
 * The module of that name, once its symbols are there and until the livepatch core is through
 * with it; NULL when there is none. It cannot go while klpcc_lock is held: all modules that
 * are that far pass klpcc_event_going().
 */
struct module *klpcc_find_module(const char *name);
bool klpcc_is_loaded(const char *object);

/* Finds the addresses of all wanted symbols; prints each that has none. -ENOENT, -ENOMEM. */
int klpcc_resolve(struct klpcc_patch *patch);

/* ---- apply.c --------------------------------------------------------------------------- */

/*
 * Resolves and applies all pending sections, or none: they are then waiting and their places
 * empty. sechdrs, strtab: the loader's, or patch->sechdrs and the module's own. `object` is
 * for the log: what came, NULL when it was the patch module itself.
 */
int klpcc_apply(struct klpcc_patch *patch, Elf_Shdr *sechdrs, const char *strtab,
		const char *object);
/* Empties the places of an applied section, but none that somebody else has written since. It is
 * waiting then. */
void klpcc_clear(struct klpcc_patch *patch, Elf_Shdr *sechdrs,
		 struct klpcc_section *section);

/* ---- place.c --------------------------------------------------------------------------- */

/* Bytes that a relocation writes, up to 8; -1 for a type that the kernel does not apply. */
int klpcc_place_size(const Elf_Rela *rela);
/* The place of a relocation, `size` bytes, as it is when nothing has been written. */
u64 klpcc_place_emptied(const Elf_Rela *rela, const void *place, int size);
bool klpcc_place_is_empty(const Elf_Rela *rela, const void *place, int size);
/*
 * Whether the value that a relocation writes fits its place. symbol: the symbol's address. True
 * for a type that goes through a slot of the GOT or PLT.
 */
bool klpcc_place_fits(const Elf_Rela *rela, unsigned long symbol, const void *place);

/* ---- show.c ---------------------------------------------------------------------------- */

void klpcc_show_init(void);
void klpcc_show_exit(void);

/* ---- arch-*.c -------------------------------------------------------------------------- */

/* The machine's relocation types, by number. */
extern const struct klpcc_reloc klpcc_arch_relocs[];
extern const size_t klpcc_arch_reloc_count;
/*
 * Writes into a module that runs or, `early`, into one that nobody uses yet: any number of times
 * between begin and end.
 */
void klpcc_arch_write_begin(bool early);
void klpcc_arch_write(void *place, const void *data, size_t size, bool early);
void klpcc_arch_write_end(bool early);
/*
 * What the kernel made in the module for a symbol, by its index, where code does not name the
 * address itself: slots of a GOT and a PLT. renew: the next relocation that needs them fills
 * them again. clear: nothing of an address is left in them, and they are filled again, too.
 */
void klpcc_arch_renew_slots(struct module *mod, unsigned int symbol);
void klpcc_arch_clear_slots(struct module *mod, unsigned int symbol, bool early);

#endif
