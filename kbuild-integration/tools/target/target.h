/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Target index, writing side: the readers (image, vmlinux, System.map, kallsyms, symvers,
 * modules) fill a struct klpcc_target; the writer sorts it and writes the index file.
 *
 * Symbols of one object are added in the order in which the kernel counts them (vmlinux: by
 * address, as kallsyms has them; a module: its own symbol table's order); the writer
 * derives the positions from that order.
 */
#ifndef KLPCC_TARGET_H
#define KLPCC_TARGET_H

#include <stddef.h>
#include <stdbool.h>
#include <stdint.h>

#include "../lib/error.h"

struct klpcc_target;

/* The number of the object vmlinux in every target. */
#define KLPCC_TARGET_VMLINUX 0u

struct klpcc_target_symbol {
	const char *name;   /* copied */
	const char *source; /* copied; NULL when unknown */
	uint64_t address;
	char kallsyms_type; /* as /proc/kallsyms prints it; '?' when unknown */
	uint8_t type;       /* STT_* */
	uint8_t binding;    /* STB_* */
	bool has_address;
	bool init;   /* in init memory */
	bool sealed; /* lost its ENDBR; only valid with klpcc_target_set_seals_known() */
	bool patchable; /* by ftrace; only valid with klpcc_target_set_places_known() */
	bool counted;   /* takes part in the kernel's counting of positions */
};

struct klpcc_target_export {
	const char *name;       /* copied */
	const char *namespace_; /* copied; "" or NULL: none */
	uint32_t crc;           /* of CONFIG_MODVERSIONS; 0: none, or not known */
	bool gpl;
};

/* Creates a target with the object vmlinux (number 0) and nothing else. */
struct klpcc_error *klpcc_target_create(struct klpcc_target **ret) KLPCC_MUST_CHECK;
void klpcc_target_destroy(struct klpcc_target *target);

/*
 * Sets the release. Setting another one than before is an error ("is for kernel B, not for
 * A"), so that every reader may set what its file says and a mismatch is found here; the
 * reader puts the file's name before it.
 */
struct klpcc_error *klpcc_target_set_release(struct klpcc_target *target,
					     const char *release) KLPCC_MUST_CHECK;
const char *klpcc_target_release(const struct klpcc_target *target); /* "" when unset */

/* e_machine of an ELF file of the target. Setting another one than before is an error, too. */
struct klpcc_error *klpcc_target_set_machine(struct klpcc_target *target,
					     uint16_t machine) KLPCC_MUST_CHECK;
/* What the kernel compares with the vermagic of a module. text: copied; replaces one before. */
struct klpcc_error *klpcc_target_set_vermagic(struct klpcc_target *target,
					      const char *text) KLPCC_MUST_CHECK;
const char *
klpcc_target_vermagic(const struct klpcc_target *target); /* NULL when unset */

/* Finds or adds an object; validates the name with the format module. */
struct klpcc_error *klpcc_target_object(struct klpcc_target *target, const char *name,
					uint32_t *ret) KLPCC_MUST_CHECK;
/* False when the target has no such object. */
bool klpcc_target_find_object(const struct klpcc_target *target, const char *name,
			      uint32_t *ret);
/* NULL when it is not known. */
const void *klpcc_target_build_id(const struct klpcc_target *target, uint32_t object,
				  size_t *size);
struct klpcc_error *klpcc_target_set_build_id(struct klpcc_target *target,
					      uint32_t object, const void *id,
					      size_t size) KLPCC_MUST_CHECK;
/* It is known which of the object's symbols are sealed, even if none is. */
void klpcc_target_set_seals_known(struct klpcc_target *target, uint32_t object);
/* The same of those that ftrace can redirect. */
void klpcc_target_set_places_known(struct klpcc_target *target, uint32_t object);
/* Whether the kernel's kallsyms names data, too; unknown until this is called. */
void klpcc_target_set_kallsyms_all(struct klpcc_target *target, bool all);
struct klpcc_error *
klpcc_target_add_symbol(struct klpcc_target *target, uint32_t object,
			const struct klpcc_target_symbol *symbol) KLPCC_MUST_CHECK;
/* Adding the same (name, object) again is harmless; the first one stays. */
struct klpcc_error *
klpcc_target_add_export(struct klpcc_target *target, uint32_t object,
			const struct klpcc_target_export *export_) KLPCC_MUST_CHECK;

/*
 * BTF of an object (types.c), copied; of a module only its header is checked. It is
 * written to the output at once, and dropped while there is none. A second one of an
 * object is ignored. Errors name no file.
 */
struct klpcc_error *klpcc_target_add_module_btf(struct klpcc_target *target,
						uint32_t object, const void *data,
						size_t size) KLPCC_MUST_CHECK;
/*
 * The same of vmlinux, in two steps: create() does all the work and needs no target;
 * add() takes types over.
 */
struct klpcc_types;
struct klpcc_error *klpcc_types_create(const void *data, size_t size,
				       struct klpcc_types **ret) KLPCC_MUST_CHECK;
void klpcc_types_destroy(struct klpcc_types *types);
struct klpcc_error *klpcc_target_add_types(struct klpcc_target *target,
					   struct klpcc_types *types) KLPCC_MUST_CHECK;

/* Counts; vmlinux is an object. */
size_t klpcc_target_objects(const struct klpcc_target *target);
size_t klpcc_target_symbols(const struct klpcc_target *target, uint32_t object);
size_t klpcc_target_exports(const struct klpcc_target *target, uint32_t object);

/*
 * No export of that object is added from now on: Module.symvers is what the build of the
 * patch module goes by, so what it does not list is not exported, whatever the image says.
 */
void klpcc_target_finish_exports(struct klpcc_target *target, uint32_t object);

/*
 * Derivations, once the symbols of vmlinux are complete (derive.c). All of them go by
 * symbols that the kernel's linker script defines, and do nothing where these are missing.
 */

/*
 * Sets `init` of the symbols of vmlinux by address: between __init_begin and __init_end,
 * except the per-cpu template, which is there since 6.15 but is copied, not lost. In a
 * kernel that names no data that is only the code: between _sinittext and _einittext.
 */
void klpcc_target_mark_init(struct klpcc_target *target);
/*
 * Says whether kallsyms names data (klpcc_target_set_kallsyms_all()), by the symbols of vmlinux
 * where these are all that kallsyms has.
 */
void klpcc_target_derive_kallsyms_all(struct klpcc_target *target);
/*
 * Says that nothing is sealed in a kernel that names its data and has no list of seals:
 * it is one without CONFIG_X86_KERNEL_IBT, which ignores the lists of modules, too.
 */
void klpcc_target_derive_seals(struct klpcc_target *target);
/*
 * Adds an export of vmlinux for each of its __ksymtab_NAME symbols. Where the bounds of the
 * GPL-only table are not known, every one counts as GPL-only: a patch module is GPL anyway.
 */
struct klpcc_error *
klpcc_target_derive_exports(struct klpcc_target *target) KLPCC_MUST_CHECK;
/*
 * An error ("does not belong to this kernel: ...", without a file name) when more than a
 * few percent of the exports of vmlinux are not among its symbols.
 */
struct klpcc_error *
klpcc_target_check_exports(const struct klpcc_target *target) KLPCC_MUST_CHECK;

/* A symbol of another file of the same object, which tells its source. */
struct klpcc_source_symbol {
	const char *name;
	const char *source; /* NULL when unknown */
	uint64_t address;   /* in vmlinux: link address */
	bool counted;       /* as of struct klpcc_target_symbol */
};

/*
 * Sets the sources of symbols of an object (origins.c): all symbols of that other file, in
 * the kernel's order. They are told apart by name and address where the object's addresses are
 * those of the link, else by name and order, where both have equally many of a name. A path is
 * not replaced by a base name.
 */
struct klpcc_error *klpcc_target_set_sources(struct klpcc_target *target, uint32_t object,
					     const struct klpcc_source_symbol *symbols,
					     size_t count) KLPCC_MUST_CHECK;

/*
 * Sorts the strings of what was added so far, which leaves klpcc_target_write() less to do:
 * for a caller that has to wait for the rest.
 */
struct klpcc_error *
klpcc_target_sort_strings(struct klpcc_target *target) KLPCC_MUST_CHECK;

/*
 * Opens the output. What was added before klpcc_target_write() and is large, BTF, is then written
 * as it comes: in the order in which it was added, without being kept in memory, and while the
 * caller would only wait for other threads. klpcc_target_destroy() discards what is not whole.
 */
struct klpcc_error *klpcc_target_begin(struct klpcc_target *target,
				       const char *path) KLPCC_MUST_CHECK;

/*
 * Sorts, lays out and writes atomically. The same contents give the same bytes. Calls
 * klpcc_target_begin() unless that was done; then path is the same.
 */
struct klpcc_error *klpcc_target_write(struct klpcc_target *target,
				       const char *path) KLPCC_MUST_CHECK;

#endif
