/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the checks of the verifier share: its state, and what each offers to verify.c.
 *
 * klpcc_verify_THING() is the check of that thing: it adds what it finds, and fails only without
 * memory or with a damaged index. The names of other functions begin with what they do.
 */
#ifndef KLPCC_VERIFY_PRIVATE_H
#define KLPCC_VERIFY_PRIVATE_H

#include <stdarg.h>

#include <klp-name.h>

#include "../elf/arch.h"
#include "../elf/elf.h"
#include "../source/source.h"
#include "verify.h"

#define KLPCC_KERNEL(major, minor) ((major) << 8 | (minor))

enum klpcc_verify_form {
	KLPCC_VERIFY_FORM_NONE, /* no klp relocations */
	KLPCC_VERIFY_FORM_OBJECT,
	KLPCC_VERIFY_FORM_MAINLINE,
};

struct klpcc_verify {
	const struct klpcc_verify_options *options;
	struct klpcc_elf *elf;
	const struct klpcc_arch *arch;
	const struct klpcc_index *index;
	unsigned int kernel; /* KLPCC_KERNEL() of the index's release; 0 when unknown */
	bool livepatch;      /* .modinfo says so */
	bool gpl;            /* its license lets it use exports for GPL modules alone */
	const char *name;    /* as the kernel will call it; "" when .modinfo has none */
	const struct klpcc_elf_symbol *symbols;
	size_t symbol_count;
	enum klpcc_verify_form form;
	bool resolver;         /* a section of object form is handed over to it */
	struct klpcc_klp *klp; /* klp-private.h */
	struct klpcc_verify_result *result;
	struct klpcc_verify_use *uses; /* of uses.c, by symbol; NULL until it is asked */
	struct klpcc_source source;
};

/* Where a finding is. What is not known is left out. */
struct klpcc_verify_place {
	const struct klpcc_elf_section *section;
	bool has_entry;
	size_t entry;
	struct klpcc_span symbol;
	struct klpcc_span target; /* the module that it takes effect with */
	/* Of code or data that it concerns: from there the source line is found. */
	const struct klpcc_elf_section *relocated;
	uint64_t offset;
};

/*
 * findings.c: adds a finding. place: NULL for the module as a whole. Fails without memory only.
 * klpcc_verify_fail() is the usual one.
 */
struct klpcc_error *
klpcc_verify_add(struct klpcc_verify *verify, enum klpcc_finding_kind kind,
		 enum klpcc_verify_stage stage, enum klpcc_verify_check check,
		 const struct klpcc_verify_place *place, const char *format,
		 ...) KLPCC_MUST_CHECK KLPCC_PRINTF(6, 7);
struct klpcc_error *
klpcc_verify_add_args(struct klpcc_verify *verify, enum klpcc_finding_kind kind,
		      enum klpcc_verify_stage stage, enum klpcc_verify_check check,
		      const struct klpcc_verify_place *place, const char *format,
		      va_list args) KLPCC_MUST_CHECK KLPCC_PRINTF(6, 0);
#define klpcc_verify_fail(verify, stage, check, place, ...) \
	klpcc_verify_add(verify, KLPCC_FINDING_FAILS, stage, check, place, __VA_ARGS__)
#define klpcc_verify_unsure(verify, stage, check, place, ...) \
	klpcc_verify_add(verify, KLPCC_FINDING_UNSURE, stage, check, place, __VA_ARGS__)
#define klpcc_verify_note(verify, stage, check, place, ...) \
	klpcc_verify_add(verify, KLPCC_FINDING_NOTE, stage, check, place, __VA_ARGS__)

/*
 * findings.c: err, of reading a part of the module, becomes the finding that this part cannot be
 * judged; it is consumed. Passes NULL, and no memory, on.
 */
struct klpcc_error *klpcc_verify_unread(struct klpcc_verify *verify,
					enum klpcc_verify_check check,
					struct klpcc_error *err) KLPCC_MUST_CHECK;

/*
 * file.c: the module loader's first look at the file, before there is a model of it. Sets
 * verify->arch. *refused: nothing else of it can be judged.
 */
struct klpcc_error *klpcc_verify_file(struct klpcc_verify *verify, const void *data,
				      size_t size, bool *refused) KLPCC_MUST_CHECK;

/* module.c: a section that the loader finds, of that name and part of the module; or NULL. */
const struct klpcc_elf_section *
klpcc_verify_find_section(const struct klpcc_verify *verify, const char *name);

/* module.c: what the module loader checks of the file, vermagic, .modinfo, signature */
struct klpcc_error *klpcc_verify_module(struct klpcc_verify *verify) KLPCC_MUST_CHECK;
/* imports.c: symbols of the module, the undefined ones against the kernel's exports */
struct klpcc_error *klpcc_verify_imports(struct klpcc_verify *verify) KLPCC_MUST_CHECK;
/* exports.c: what the module exports itself; part of klpcc_verify_imports() */
struct klpcc_error *klpcc_verify_exports(struct klpcc_verify *verify) KLPCC_MUST_CHECK;
/* klp-sections.c: klp sections of any form, over the bytes of the file */
struct klpcc_error *klpcc_verify_klp_sections(struct klpcc_verify *verify,
					      const void *data) KLPCC_MUST_CHECK;
/* klp.c: what klp relocations there are, and who applies them */
struct klpcc_error *klpcc_verify_klp(struct klpcc_verify *verify) KLPCC_MUST_CHECK;
void klpcc_verify_close_klp(struct klpcc_verify *verify);
/* relocations.c: every relocation, klp or not, with its symbol */
struct klpcc_error *
klpcc_verify_relocations(struct klpcc_verify *verify) KLPCC_MUST_CHECK;
/* table.c: the patch table, its functions and objects, and gates among these */
struct klpcc_error *klpcc_verify_table(struct klpcc_verify *verify) KLPCC_MUST_CHECK;

/*
 * klp-symbols.c: the longest name that the kernel looks up, KSYM_NAME_LEN - 1 of
 * include/linux/kallsyms.h; the larger one where the kernel is unknown.
 */
uint32_t klpcc_verify_longest_name(const struct klpcc_verify *verify);

/*
 * versions.c: the checksums that the module was built with. One list for each module; all names and
 * numbers are in the model.
 */
struct klpcc_verify_version {
	const char *name;
	size_t length;
	uint32_t crc;
	size_t entry; /* in the module's table */
};

struct klpcc_verify_versions {
	bool present;
	bool extended;                     /* since 6.14, and then alone */
	struct klpcc_verify_version *list; /* sorted by name, then entry */
	size_t count;
};

/* Damage is a finding, and then there are none. ret->list is the caller's to free(). */
struct klpcc_error *
klpcc_verify_read_versions(struct klpcc_verify *verify,
			   struct klpcc_verify_versions *ret) KLPCC_MUST_CHECK;
/* The first entry of that name, or NULL. */
const struct klpcc_verify_version *
klpcc_verify_find_version(const struct klpcc_verify_versions *versions, const char *name);
/* Whether the kernel compares checksums (CONFIG_MODVERSIONS), as far as its vermagic is known. */
bool klpcc_verify_has_modversions(const struct klpcc_verify *verify);

/*
 * uses.c: where the first relocation is that uses a symbol, in sections that are loaded: fills
 * place->relocated and place->offset. Sections that cannot be read are left out.
 */
struct klpcc_error *
klpcc_verify_find_use(struct klpcc_verify *verify, size_t symbol,
		      struct klpcc_verify_place *place) KLPCC_MUST_CHECK;

#endif
