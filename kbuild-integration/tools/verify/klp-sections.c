// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The verifier: names, flags and links of klp relocation sections.
 *
 * Over the bytes of the file, because the ELF model refuses some of what the resolver refuses, too,
 * and then the verdict is the resolver's. What is in the sections is judged in relocations.c.
 *
 * The loader hands every section with SHF_RELA_LIVEPATCH to klp_apply_section_relocs()
 * (apply_relocations() in the kernel's kernel/module/main.c, kernel/livepatch/core.c),
 * which reads a name of mainline form and refuses any other. Where the resolver is loaded
 * it takes names of object form out of there, and then checks all such sections of the
 * module (runtime/resolver/read.c).
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/range.h"
#include "klp-private.h"

#define FIELD(headers, bytes, member)                        \
	klpcc_number((bytes) + offsetof(Elf64_Shdr, member), \
		     sizeof(((Elf64_Shdr *)NULL)->member), (headers)->big_endian)

struct headers {
	struct klpcc_verify *verify;
	bool big_endian;
	struct klpcc_elf_section
		*list; /* names are of the file; "" where there is none */
	size_t count;
	size_t symtab,
		names; /* numbers of the symbol table and of the table of section names */
};

/* ---- reading --------------------------------------------------------------------------- */

/* The range of the table was checked by klpcc_verify_file(). */
static void read_headers(struct headers *headers, const unsigned char *data)
{
	const Elf64_Ehdr *unused = NULL;
	uint64_t table = klpcc_number(data + offsetof(Elf64_Ehdr, e_shoff),
				      sizeof(unused->e_shoff), headers->big_endian);
	const unsigned char *names;
	uint64_t size;

	for (size_t i = 0; i < headers->count; i++) {
		const unsigned char *at = data + table + i * sizeof(Elf64_Shdr);
		GElf_Shdr *header = &headers->list[i].header;

		headers->list[i].index = i;
		header->sh_name = (uint32_t)FIELD(headers, at, sh_name);
		header->sh_type = (uint32_t)FIELD(headers, at, sh_type);
		header->sh_flags = FIELD(headers, at, sh_flags);
		header->sh_offset = FIELD(headers, at, sh_offset);
		header->sh_size = FIELD(headers, at, sh_size);
		header->sh_link = (uint32_t)FIELD(headers, at, sh_link);
		header->sh_info = (uint32_t)FIELD(headers, at, sh_info);
		if (header->sh_type == SHT_SYMTAB && !headers->symtab)
			headers->symtab = i;
	}
	names = data + headers->list[headers->names].header.sh_offset;
	size = headers->list[headers->names].header.sh_size;
	for (size_t i = 0; i < headers->count; i++) {
		uint32_t offset = headers->list[i].header.sh_name;

		headers->list[i].name = offset < size ? (const char *)names + offset : "";
	}
}

enum klpcc_verify_form klpcc_verify_read_klp_section(const char *name,
						     struct klpcc_span *gate)
{
	static const char mainline[] = ".klp.rela.";
	struct klpcc_section_name parsed;
	int err = klpcc_object_section_parse(name, strlen(name), &parsed);

	if (err != -KLPCC_NAME_NOT_OURS) {
		*gate = err ? (struct klpcc_span){ "", 0 } : parsed.gate;
		return KLPCC_VERIFY_FORM_OBJECT;
	}
	if (strncmp(name, mainline, strlen(mainline)))
		return KLPCC_VERIFY_FORM_NONE;
	/* sscanf(name, ".klp.rela.%55[^.]") */
	gate->start = name + strlen(mainline);
	gate->len = strcspn(gate->start, ".");
	if (gate->len > KLPCC_OBJECT_MAX)
		gate->len = KLPCC_OBJECT_MAX;
	return gate->len ? KLPCC_VERIFY_FORM_MAINLINE : KLPCC_VERIFY_FORM_NONE;
}

/* rewrite_section_headers(), layout_and_allocate() */
bool klpcc_verify_is_loaded(const struct klpcc_verify *verify, const char *name,
			    const GElf_Shdr *header)
{
	if (!(header->sh_flags & SHF_ALLOC))
		return false;
	if (!strcmp(name, ".modinfo") || !strcmp(name, "__versions") ||
	    !strcmp(name, ".data..percpu"))
		return false;
	return verify->kernel < KLPCC_KERNEL(6, 14) ||
	       (strcmp(name, "__version_ext_crcs") &&
		strcmp(name, "__version_ext_names"));
}

bool klpcc_verify_is_percpu(const char *name, const GElf_Shdr *header)
{
	return header->sh_flags & SHF_ALLOC && !strcmp(name, ".data..percpu");
}

bool klpcc_verify_is_relocated(const struct klpcc_verify *verify, const char *name,
			       const GElf_Shdr *header)
{
	return klpcc_verify_is_loaded(verify, name, header) ||
	       (verify->kernel >= KLPCC_KERNEL(6, 16) &&
		klpcc_verify_is_percpu(name, header));
}

static bool is_loaded(const struct headers *headers, size_t number)
{
	const struct klpcc_elf_section *section = &headers->list[number];

	return klpcc_verify_is_loaded(headers->verify, section->name, &section->header);
}

/* Whether klp_apply_section_relocs() is called for it while the module is loaded. */
static bool is_handed_over(const struct headers *headers,
			   const struct klpcc_elf_section *section)
{
	const struct klpcc_elf_section *relocated;

	if (!(section->header.sh_flags & KLPCC_SHF_RELA_LIVEPATCH) ||
	    section->header.sh_info >= headers->count)
		return false;
	relocated = &headers->list[section->header.sh_info];
	return klpcc_verify_is_relocated(headers->verify, relocated->name,
					 &relocated->header);
}

/* ---- object form ----------------------------------------------------------------------- */

static bool is_in_module(const struct headers *headers, size_t number)
{
	uint64_t size = headers->list[number].header.sh_size;

	return size && size <= INT_MAX && is_loaded(headers, number);
}

/* is_read() of the resolver; the tables of symbols are in init memory. */
static bool is_read(const struct headers *headers, size_t number)
{
	return number == headers->symtab ||
	       number == headers->list[headers->symtab].header.sh_link ||
	       number == headers->names ||
	       headers->list[number].header.sh_flags & KLPCC_SHF_RELA_LIVEPATCH;
}

static const char *check_relocated(const struct headers *headers, size_t number)
{
	const struct klpcc_elf_section *section = &headers->list[number];

	if (section->header.sh_type != SHT_PROGBITS || is_read(headers, number))
		return "the section that it relocates is not part of the program";
	if (!is_in_module(headers, number))
		return "the section that it relocates is not in the module's memory";
	if (!strcmp(section->name, ".gnu.linkonce.this_module"))
		return "the section that it relocates is the module's own description";
	return NULL;
}

/* check_section_header() of the resolver, in its order. */
static const char *check_object_section(const struct headers *headers,
					const struct klpcc_elf_section *section)
{
	const GElf_Shdr *header = &section->header;

	if (!(header->sh_flags & KLPCC_SHF_RELA_LIVEPATCH))
		return "the flag SHF_RELA_LIVEPATCH is missing";
	if (header->sh_type != SHT_RELA)
		return "its type is not SHT_RELA";
	if (header->sh_size % sizeof(Elf64_Rela))
		return "its size is not a multiple of the size of a relocation";
	if (header->sh_link != headers->symtab)
		return "sh_link is not the symbol table";
	if (!header->sh_info || header->sh_info >= headers->count)
		return "sh_info names no section";
	if (!header->sh_size)
		return NULL;
	if (!is_in_module(headers, section->index))
		return "it is not in the module's memory: the flag SHF_ALLOC is missing";
	return check_relocated(headers, header->sh_info);
}

static struct klpcc_error *refuse(const struct headers *headers,
				  const struct klpcc_elf_section *section,
				  enum klpcc_verify_stage stage, const char *problem)
{
	struct klpcc_verify_place place = { .section = section };

	klpcc_verify_read_klp_section(section->name, &place.target);
	return klpcc_verify_fail(headers->verify, stage, KLPCC_CHECK_SECTION, &place,
				 "%s", problem);
}

static struct klpcc_error *check_object(const struct headers *headers,
					const struct klpcc_elf_section *section)
{
	const struct klpcc_verify_place place = { .section = section };
	struct klpcc_section_name name;
	const char *problem;
	int err = klpcc_object_section_parse(section->name, strlen(section->name), &name);

	if (err)
		return klpcc_verify_fail(
			headers->verify, KLPCC_STAGE_LOAD, KLPCC_CHECK_SECTION, &place,
			"the name is malformed: %s", klpcc_name_strerror(err));
	problem = check_object_section(headers, section);
	return problem ? refuse(headers, section, KLPCC_STAGE_LOAD, problem) : NULL;
}

/*
 * compare_places() of the resolver: what an ordinary section relocates must not be read. The loader
 * itself leaves sections alone that are not in memory.
 */
static struct klpcc_error *check_ordinary(const struct headers *headers,
					  const struct klpcc_elf_section *section)
{
	const GElf_Shdr *header = &section->header;

	if (header->sh_type != SHT_RELA || header->sh_info >= headers->count ||
	    header->sh_size < sizeof(Elf64_Rela) || !is_read(headers, header->sh_info))
		return NULL;
	return refuse(headers, section, KLPCC_STAGE_LOAD,
		      "the section that it relocates is not part of the program");
}

/* ---- mainline form --------------------------------------------------------------------- */

/* klp_apply_object_relocs() does not look at what section a klp section relocates. */
static struct klpcc_error *check_mainline(const struct headers *headers,
					  const struct klpcc_elf_section *section,
					  struct klpcc_span gate)
{
	bool early = klpcc_span_is(gate, KLPCC_VMLINUX);

	if (!(section->header.sh_flags & KLPCC_SHF_RELA_LIVEPATCH))
		return section->header.sh_type != SHT_RELA
			       ? NULL
			       : refuse(headers, section, KLPCC_STAGE_RUN,
					"the flag SHF_RELA_LIVEPATCH is missing, so the module loader applies it without looking symbols up");
	if (!is_handed_over(headers, section))
		return refuse(
			headers, section, early ? KLPCC_STAGE_RUN : KLPCC_STAGE_TARGET,
			"the section that it relocates is not in the module's memory");
	if (!early && !(section->header.sh_flags & SHF_ALLOC))
		return refuse(
			headers, section, KLPCC_STAGE_TARGET,
			"the flag SHF_ALLOC is missing, so it is gone when its module comes");
	return NULL;
}

/* ---- all ------------------------------------------------------------------------------- */

static struct klpcc_error *check_section(const struct headers *headers,
					 const struct klpcc_elf_section *section,
					 bool resolver)
{
	struct klpcc_span gate;

	switch (klpcc_verify_read_klp_section(section->name, &gate)) {
	case KLPCC_VERIFY_FORM_OBJECT:
		if (resolver)
			return check_object(headers, section);
		/* patch_coming() of the resolver, for its symbols. */
		return section->header.sh_flags & KLPCC_SHF_RELA_LIVEPATCH
			       ? refuse(headers, section, KLPCC_STAGE_LOAD,
					"sh_info names no section that is in the module's memory")
			       : NULL;
	case KLPCC_VERIFY_FORM_MAINLINE:
		return check_mainline(headers, section, gate);
	default:
		if (is_handed_over(headers, section))
			return refuse(
				headers, section, KLPCC_STAGE_LOAD,
				"it has SHF_RELA_LIVEPATCH, but its name is not of the form .klp.rela.OBJECT.SECTION");
		return resolver ? check_ordinary(headers, section) : NULL;
	}
}

/* The resolver hears of the module by the first section that the loader hands over. */
static bool needs_resolver(const struct headers *headers)
{
	struct klpcc_span gate;

	for (size_t i = 1; i < headers->count; i++)
		if (is_handed_over(headers, &headers->list[i]) &&
		    klpcc_verify_read_klp_section(headers->list[i].name, &gate) ==
			    KLPCC_VERIFY_FORM_OBJECT)
			return true;
	return false;
}

struct klpcc_error *klpcc_verify_klp_sections(struct klpcc_verify *verify,
					      const void *data)
{
	const unsigned char *bytes = data;
	struct headers headers = {
		.verify = verify,
		.big_endian = verify->arch->big_endian,
	};
	struct klpcc_error *err = NULL;

	headers.count = klpcc_number(bytes + offsetof(Elf64_Ehdr, e_shnum), 2,
				     headers.big_endian);
	headers.names = klpcc_number(bytes + offsetof(Elf64_Ehdr, e_shstrndx), 2,
				     headers.big_endian);
	headers.list = calloc(headers.count, sizeof(*headers.list));
	if (!headers.list)
		return klpcc_error_nomem();
	read_headers(&headers, bytes);
	verify->resolver = needs_resolver(&headers);
	for (size_t i = 1; !err && i < headers.count; i++)
		err = check_section(&headers, &headers.list[i], verify->resolver);
	free(headers.list);
	return err;
}
