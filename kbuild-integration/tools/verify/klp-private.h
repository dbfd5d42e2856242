/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the checks of klp sections, klp symbols and relocations share.
 */
#ifndef KLPCC_VERIFY_KLP_PRIVATE_H
#define KLPCC_VERIFY_KLP_PRIVATE_H

#include <stdarg.h>

#include <klp-elf.h>

#include "../index/position.h"
#include "../late/late.h"
#include "../lib/number.h"
#include "verify-private.h"

/* A section whose name says that it is one; by number of the section. */
struct klpcc_klp_section {
	/* NONE: it is not one, or the kernel takes it for none. */
	enum klpcc_verify_form form;
	struct klpcc_span gate;
	bool early; /* the gate is vmlinux */
	/* When its entries are read; when symbols are looked up and values are written. */
	enum klpcc_verify_stage read_at, applied_at;
};

/* Where a symbol can be; addresses are taken as signed, so that those of x86 have an order. */
struct klpcc_address {
	enum klpcc_address_kind {
		KLPCC_ADDRESS_UNKNOWN, /* not asked yet */
		KLPCC_ADDRESS_EXACT,   /* or nearly: low to high, whatever the layout */
		KLPCC_ADDRESS_KERNEL,
		KLPCC_ADDRESS_MODULE,
		KLPCC_ADDRESS_NOWHERE, /* it was not found, so nothing is said of its address */
	} kind;
	bool odd;
	int64_t low, high;
};

/* A klp symbol, by number in the symbol table. */
struct klpcc_klp_symbol {
	struct klpcc_span name, object; /* name.start: NULL until it is read */
	uint32_t sympos;
	uint32_t number; /* of the object in the index; valid when `indexed` is set */
	bool well_formed, indexed, vmlinux;
	bool judged_early, judged_late; /* in a section that is applied then */
	bool resolved_early; /* the loader's own table has its address from then on */
	struct klpcc_position position;
};

struct klpcc_klp {
	struct klpcc_klp_section *sections;
	struct klpcc_klp_symbol *symbols;
	struct klpcc_address *addresses; /* of every symbol, by number */
	struct klpcc_slots *slots;       /* NULL where the machine has none */
	/* Code that is rewritten; NULL: not asked yet. */
	struct klpcc_late_ranges *ranges;
	uint32_t object; /* the last one that was looked up */
	bool object_known;
	struct klpcc_span object_name;
	struct klpcc_span noted; /* the last module that must be there first */
};

/* One entry of a relocation section, and what is known of it. */
struct klpcc_verify_entry {
	const struct klpcc_elf_section *section, *relocated;
	const struct klpcc_klp_section *klp; /* NULL: an ordinary one */
	enum klpcc_verify_stage read_at, applied_at;
	size_t number;
	struct klpcc_elf_relocation rela;
	const struct klpcc_reloc *type;              /* NULL: unknown */
	const struct klpcc_special_section *special; /* the relocated section, or NULL */
};

/* klp-sections.c */
/* Which form a section with SHF_RELA_LIVEPATCH has, and its gate; NONE when it has neither. */
enum klpcc_verify_form klpcc_verify_read_klp_section(const char *name,
						     struct klpcc_span *gate);
/* Whether the loader keeps a section in memory. */
bool klpcc_verify_is_loaded(const struct klpcc_verify *verify, const char *name,
			    const GElf_Shdr *header);
/* Whether it is that of per-CPU variables, of which every CPU gets a copy: find_pcpusec(). */
bool klpcc_verify_is_percpu(const char *name, const GElf_Shdr *header);
/*
 * Whether the loader applies a section's relocations, apply_relocations(): if it is loaded, and
 * since 6.16 if it has per-CPU variables.
 */
bool klpcc_verify_is_relocated(const struct klpcc_verify *verify, const char *name,
			       const GElf_Shdr *header);

/* klp-symbols.c: reads the symbol, and looks it up, once for early and once for late sections. */
struct klpcc_error *
klpcc_verify_klp_symbol(struct klpcc_verify *verify,
			const struct klpcc_verify_entry *entry) KLPCC_MUST_CHECK;
/* Reads the name: see struct klpcc_klp_symbol. */
struct klpcc_klp_symbol *klpcc_verify_read_klp_symbol(struct klpcc_verify *verify,
						      size_t number);
/* A finding about an entry of a relocation section. */
struct klpcc_error *
klpcc_verify_add_entry(struct klpcc_verify *verify, enum klpcc_finding_kind kind,
		       enum klpcc_verify_stage stage, enum klpcc_verify_check check,
		       const struct klpcc_verify_entry *entry, const char *format,
		       va_list args) KLPCC_MUST_CHECK KLPCC_PRINTF(6, 0);

/* addresses.c */
struct klpcc_error *klpcc_verify_find_address(struct klpcc_verify *verify, size_t symbol,
					      struct klpcc_address *ret) KLPCC_MUST_CHECK;
/* Whether the value of a relocation fits its field, wherever the kernel and modules are. */
enum klpcc_fit {
	KLPCC_FIT_ALWAYS,
	KLPCC_FIT_SOMETIMES,
	KLPCC_FIT_NEVER,
	KLPCC_FIT_ODD,     /* the field counts halfwords, and the value is odd */
	KLPCC_FIT_NO_SLOT, /* it goes through a slot, and the kernel made none */
};
enum klpcc_fit klpcc_verify_judge_fit(const struct klpcc_verify *verify,
				      const struct klpcc_verify_entry *entry,
				      const struct klpcc_address *address);

/* slots.c: GOT and PLT of the module, as the loader of s390 counts them. */
struct klpcc_slots;
struct klpcc_error *klpcc_verify_read_slots(struct klpcc_verify *verify,
					    struct klpcc_slots **ret) KLPCC_MUST_CHECK;
void klpcc_verify_free_slots(struct klpcc_slots *slots);
bool klpcc_reloc_uses_got(const struct klpcc_reloc *type);
bool klpcc_reloc_uses_plt(const struct klpcc_reloc *type);
/* Bytes from the beginning of the GOT to the slot; false when there is none. */
bool klpcc_verify_find_got_slot(const struct klpcc_slots *slots, size_t symbol,
				uint64_t *offset);
bool klpcc_verify_find_plt_slot(const struct klpcc_slots *slots, size_t symbol,
				uint64_t *offset);

/* late.c */
struct klpcc_error *
klpcc_verify_late(struct klpcc_verify *verify,
		  const struct klpcc_verify_entry *entry) KLPCC_MUST_CHECK;

/* resolved.c: hands it to the user's callback, if there is one. */
struct klpcc_error *
klpcc_verify_explain_entry(struct klpcc_verify *verify,
			   const struct klpcc_verify_entry *entry) KLPCC_MUST_CHECK;

/* Entries of any section with relocations, whatever its type and links say. */
struct klpcc_verify_relas {
	const unsigned char *bytes;
	size_t count;
	bool big_endian;
};

static inline struct klpcc_elf_relocation
klpcc_verify_read_rela(const struct klpcc_verify_relas *relas, size_t number)
{
	const unsigned char *entry = relas->bytes + number * sizeof(Elf64_Rela);
	uint64_t info =
		klpcc_number(entry + offsetof(Elf64_Rela, r_info), 8, relas->big_endian);

	return (struct klpcc_elf_relocation){
		.offset = klpcc_number(entry + offsetof(Elf64_Rela, r_offset), 8,
				       relas->big_endian),
		.addend = (int64_t)klpcc_number(entry + offsetof(Elf64_Rela, r_addend), 8,
						relas->big_endian),
		.type = (uint32_t)info,
		.symbol = (uint32_t)(info >> 32),
	};
}

static inline struct klpcc_error *
klpcc_verify_read_relas(const struct klpcc_verify *verify,
			const struct klpcc_elf_section *section,
			struct klpcc_verify_relas *ret)
{
	struct klpcc_error *err;
	size_t size;

	ret->big_endian = klpcc_elf_big_endian(verify->elf);
	err = klpcc_elf_section_bytes(verify->elf, section, &ret->bytes, &size);
	ret->count = err ? 0 : size / sizeof(Elf64_Rela);
	return err;
}

#endif
