// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Compares bytes of a file with bytes of the kernel.
 *
 * The link writes into a file's code and data only where a relocation is, and what it writes is
 * known: so outside of these fields every byte must be the same, and in them the kernel must refer
 * to what the file names. A name is looked up; a place in the file itself follows from where its
 * sections are; and what the link merges, strings above all, is compared by content.
 */
#include <elf.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "match-private.h"

/* ---- merged contents ------------------------------------------------------------------- */

/*
 * Where in a merged section the piece is that a relocation means: by a symbol, the symbol's; by the
 * section, with the addend (_bfd_elf_rela_local_sym() of GNU ld). What an addend adds to a
 * symbol may be beyond the piece: the end of a string, which is compared with a pointer.
 */
static uint64_t offset_of_piece(const struct klpcc_elf_symbol *symbol,
				const struct klpcc_elf_relocation *relocation)
{
	return symbol->value +
	       (symbol->type == STT_SECTION ? (uint64_t)relocation->addend : 0);
}

const unsigned char *klpcc_match_contents(const struct klpcc_match_file *file,
					  const struct klpcc_elf_relocation *relocation,
					  size_t *size)
{
	const struct klpcc_elf_symbol *symbol = &file->symbols[relocation->symbol];
	const struct klpcc_match_section *merged = &file->sections[symbol->section];
	uint64_t unit = merged->elf->header.sh_entsize;
	uint64_t offset = offset_of_piece(symbol, relocation), end;

	if (!merged->bytes || offset >= merged->size || !unit || unit > merged->size)
		return NULL;
	if (!(merged->elf->header.sh_flags & SHF_STRINGS)) {
		end = offset - offset % unit + unit;
	} else {
		/* Characters of more than one byte end in as many zeros. */
		for (end = offset; end < merged->size; end++)
			if (!merged->bytes[end] &&
			    (unit == 1 || (end - offset) % unit == unit - 1))
				break;
		end++;
	}
	if (end > merged->size)
		return NULL;
	*size = (size_t)(end - offset);
	return merged->bytes + offset;
}

/* ---- __FILE__ -------------------------------------------------------------------------- */

const char *klpcc_match_string_at(const struct klpcc_match_object *object,
				  struct klpcc_match_place place)
{
	const unsigned char *start = klpcc_match_bytes_at(object, place, 1);

	for (uint64_t length = 1; start && length <= PATH_MAX; length++) {
		const unsigned char *bytes = klpcc_match_bytes_at(object, place, length);

		if (!bytes)
			break;
		if (!bytes[length - 1])
			return (const char *)bytes;
	}
	return NULL;
}

static bool is_source(const char *path)
{
	size_t length = strlen(path);

	return length > 2 && path[length - 2] == '.' && strchr("chS", path[length - 1]);
}

/* Keeps the first value, and compares others with it. */
static struct klpcc_error *is_first(char **first, const char *text, size_t length,
				    bool *ret)
{
	if (!*first) {
		*first = strndup(text, length);
		if (!*first)
			return klpcc_error_nomem();
	}
	*ret = strlen(*first) == length && !strncmp(*first, text, length);
	return NULL;
}

/*
 * __FILE__ has the directory in which the kernel was built (where kbuild does not cut it
 * off), and that is not here. So a path of a source may begin with another directory, if
 * all of the file's do so with the same, and the rest is the same.
 */
static struct klpcc_error *is_same_path(struct klpcc_match *match, const char *mine,
					const char *theirs, bool *ret)
{
	const char *end = mine + strlen(mine), *other = theirs + strlen(theirs);
	const char *rest = NULL, *others_rest = NULL;
	struct klpcc_error *err;

	*ret = false;
	if (!is_source(mine))
		return NULL;
	while (end > mine && other > theirs && end[-1] == other[-1]) {
		end--;
		other--;
		if (*end == '/') {
			rest = end;
			others_rest = other;
		}
	}
	if (!rest)
		return NULL;
	err = is_first(&match->roots[0], mine, (size_t)(rest - mine), ret);
	if (err || !*ret)
		return err;
	return is_first(&match->roots[1], theirs, (size_t)(others_rest - theirs), ret);
}

static struct klpcc_error *are_paths_same(struct klpcc_match *match,
					  const struct klpcc_elf_relocation *relocation,
					  struct klpcc_match_place place, bool *ret)
{
	const struct klpcc_elf_symbol *symbol = &match->file->symbols[relocation->symbol];
	const GElf_Shdr *header = &match->file->sections[symbol->section].elf->header;
	const unsigned char *mine;
	const char *theirs;
	size_t size;

	*ret = false;
	if (!(header->sh_flags & SHF_STRINGS) || header->sh_entsize != 1)
		return NULL;
	mine = klpcc_match_contents(match->file, relocation, &size);
	theirs = klpcc_match_string_at(match->object, place);
	return mine && theirs ? is_same_path(match, (const char *)mine, theirs, ret)
			      : NULL;
}

static struct klpcc_error *
are_contents_same(struct klpcc_match *match,
		  const struct klpcc_elf_relocation *relocation,
		  const struct klpcc_match_reference *found, bool *ret)
{
	const struct klpcc_elf_symbol *symbol = &match->file->symbols[relocation->symbol];
	struct klpcc_match_place place = klpcc_match_move_place(
		found->symbol, offset_of_piece(symbol, relocation) - symbol->value);
	const unsigned char *mine, *theirs;
	size_t size;

	*ret = false;
	mine = klpcc_match_contents(match->file, relocation, &size);
	if (!mine || !found->defined)
		return NULL;
	theirs = klpcc_match_bytes_at(match->object, place, size);
	*ret = theirs && !memcmp(mine, theirs, size);
	return *ret ? NULL : are_paths_same(match, relocation, place, ret);
}

int64_t klpcc_match_addend(const struct klpcc_match_file *file,
			   const struct klpcc_match_section *section,
			   const struct klpcc_elf_relocation *relocation)
{
	const struct klpcc_reloc *reloc = klpcc_reloc_find(
		file->arch->relocs, file->arch->reloc_count, relocation->type);

	if (!(section->elf->header.sh_flags & SHF_EXECINSTR) ||
	    (reloc->value != KLPCC_RELOC_DISTANCE &&
	     reloc->value != KLPCC_RELOC_PLT_DISTANCE &&
	     reloc->value != KLPCC_RELOC_GOT_DISTANCE))
		return relocation->addend;
	return (int64_t)((uint64_t)relocation->addend +
			 (uint64_t)(int64_t)file->arch->relative_origin(
				 section->bytes + relocation->offset,
				 (size_t)relocation->offset));
}

/* ---- what a relocation refers to ------------------------------------------------------- */

/* All that refer to a symbol which nothing names must mean the same. */
static bool is_as_learned(struct klpcc_match *match, uint32_t symbol,
			  struct klpcc_match_place place)
{
	struct klpcc_match_learned *learned = &match->learned[symbol];

	if (!learned->known) {
		learned->known = true;
		learned->place = place;
	}
	return klpcc_match_is_same_place(learned->place, place);
}

static bool has_global(const struct klpcc_match_names *names)
{
	for (size_t i = 0; i < names->count; i++)
		if (names->entries[i].binding != STB_LOCAL)
			return true;
	return false;
}

/*
 * In vmlinux: by the addresses that the name has. A global name is never that of a static
 * symbol.
 */
static struct klpcc_error *is_named_target(struct klpcc_match *match, uint32_t number,
					   struct klpcc_match_place place, bool *ret)
{
	const struct klpcc_elf_symbol *symbol = &match->file->symbols[number];
	struct klpcc_match_place own;
	struct klpcc_error *err;
	bool global;

	*ret = false;
	err = klpcc_match_find(match->object, symbol->name, &match->names);
	if (err)
		return err;
	global = has_global(&match->names);
	for (size_t i = 0; i < match->names.count; i++)
		if ((!global || match->names.entries[i].binding != STB_LOCAL) &&
		    klpcc_match_is_same_place(match->names.entries[i].place, place))
			*ret = true;
	if (match->names.count)
		return NULL;
	*ret = symbol->section && !symbol->reserved &&
			       klpcc_match_locate(match, symbol->section, symbol->value,
						  &own)
		       ? klpcc_match_is_same_place(own, place)
		       : is_as_learned(match, number, place);
	return NULL;
}

/* One of the places where the symbol's section may be. */
static bool is_choice(const struct klpcc_match *match,
		      const struct klpcc_elf_symbol *symbol,
		      struct klpcc_match_place place)
{
	const struct klpcc_match_base *base = &match->bases[symbol->section];

	for (size_t i = 0; i < base->choice_count; i++)
		if (klpcc_match_is_same_place(
			    klpcc_match_move_place(base->choices[i], symbol->value),
			    place))
			return true;
	return false;
}

static struct klpcc_error *is_right_target(struct klpcc_match *match,
					   const struct klpcc_elf_relocation *relocation,
					   const struct klpcc_match_reference *found,
					   bool *ret)
{
	const struct klpcc_elf_symbol *symbol = &match->file->symbols[relocation->symbol];
	struct klpcc_match_place place;

	*ret = false;
	if (symbol->binding != STB_LOCAL) {
		if (!match->object->image) {
			*ret = found->name && !strcmp(found->name, symbol->name);
			return NULL;
		}
		return is_named_target(match, relocation->symbol, found->symbol, ret);
	}
	if (symbol->reserved || !symbol->section) {
		/* An absolute number; symbol 0 is zero. */
		*ret = match->object->image ? found->symbol.at == symbol->value
					    : !found->defined;
		return NULL;
	}
	if (klpcc_match_is_merged(&match->file->sections[symbol->section]))
		return are_contents_same(match, relocation, found, ret);
	if (klpcc_match_locate(match, symbol->section, symbol->value, &place))
		*ret = found->defined && klpcc_match_is_same_place(place, found->symbol);
	else
		*ret = found->defined && is_choice(match, symbol, found->symbol);
	return NULL;
}

/* ---- bytes ----------------------------------------------------------------------------- */

/* What is compared, and how far that has come. */
struct comparison {
	struct klpcc_match *match;
	const struct klpcc_match_section *section;
	uint64_t from, to, at; /* offsets in the section; all before `at` is the same */
	struct klpcc_match_place place; /* of from */
	const unsigned char *theirs;    /* the bytes there */
	struct klpcc_match_difference *ret;
};

static bool differ(const struct comparison *comparison,
		   enum klpcc_match_difference_kind kind, uint64_t offset)
{
	*comparison->ret = (struct klpcc_match_difference){
		.kind = kind,
		.offset = offset,
		.place = klpcc_match_move_place(comparison->place,
						offset - comparison->from),
	};
	return false;
}

static bool compare_up_to(struct comparison *comparison, uint64_t end)
{
	const unsigned char *mine = comparison->section->bytes;
	const unsigned char *theirs = comparison->theirs - comparison->from;
	uint64_t at = comparison->at;

	if (end <= at)
		return true;
	comparison->at = end;
	if (!memcmp(mine + at, theirs + at, end - at))
		return true;
	while (mine[at] == theirs[at])
		at++;
	differ(comparison, KLPCC_MATCH_BYTES, at);
	comparison->ret->mine = mine[at];
	comparison->ret->theirs = theirs[at];
	return false;
}

/*
 * Whether the linker put another relocation there, and so other code before the field; then that
 * code counts as the same.
 */
static void relax(struct comparison *comparison, struct klpcc_elf_relocation *relocation)
{
	const struct klpcc_match_object *object = comparison->match->object;
	uint64_t code = relocation->offset - KLPCC_ARCH_CODE;
	unsigned char changed[KLPCC_ARCH_CODE];
	uint32_t type = relocation->type;

	if (!object->arch->relax || !object->image ||
	    relocation->offset < comparison->at + KLPCC_ARCH_CODE)
		return;
	memcpy(changed, comparison->section->bytes + code, sizeof(changed));
	if (!object->arch->relax(&type, changed) ||
	    memcmp(changed, comparison->theirs + (code - comparison->from),
		   sizeof(changed)) != 0)
		return;
	if (compare_up_to(comparison, code)) {
		comparison->at = relocation->offset;
		relocation->type = type;
	}
}

/* The bits in a field that the relocation leaves alone. */
static bool compare_kept(struct comparison *comparison,
			 const struct klpcc_elf_relocation *relocation)
{
	const struct klpcc_arch *arch = comparison->match->object->arch;
	const struct klpcc_reloc_field *field =
		&klpcc_reloc_find(arch->relocs, arch->reloc_count, relocation->type)
			 ->field;
	const unsigned char *mine = comparison->section->bytes + relocation->offset;
	const unsigned char *theirs =
		comparison->theirs + (relocation->offset - comparison->from);

	for (unsigned int i = 0; i < field->width; i++) {
		unsigned int shift = 8 * (arch->big_endian ? field->width - 1 - i : i);

		if (!((mine[i] ^ theirs[i]) &
		      (unsigned char)((uint64_t)field->kept >> shift)))
			continue;
		differ(comparison, KLPCC_MATCH_BYTES, relocation->offset + i);
		comparison->ret->mine = mine[i];
		comparison->ret->theirs = theirs[i];
		return false;
	}
	comparison->at = relocation->offset + field->width;
	return true;
}

static struct klpcc_error *compare_target(struct comparison *comparison,
					  const struct klpcc_elf_relocation *original,
					  const struct klpcc_elf_relocation *relocation,
					  bool *same)
{
	struct klpcc_match *match = comparison->match;
	struct klpcc_match_reference found;
	struct klpcc_error *err;
	const char *why;

	why = klpcc_match_follow(
		match->object,
		klpcc_match_move_place(comparison->place,
				       relocation->offset - comparison->from),
		relocation, &found);
	if (why) {
		*same = differ(comparison, KLPCC_MATCH_REFUSED, relocation->offset);
		comparison->ret->why = why;
		comparison->ret->relocation = original;
		return NULL;
	}
	err = is_right_target(match, relocation, &found, same);
	if (err || *same)
		return err;
	differ(comparison, KLPCC_MATCH_TARGET, relocation->offset);
	comparison->ret->found = found;
	comparison->ret->relocation = original;
	return NULL;
}

static bool reaches_beyond(const struct comparison *comparison,
			   const struct klpcc_elf_relocation *relocation)
{
	const struct klpcc_arch *arch = comparison->match->object->arch;
	const struct klpcc_reloc *reloc =
		klpcc_reloc_find(arch->relocs, arch->reloc_count, relocation->type);

	return comparison->to - relocation->offset < reloc->field.width;
}

/* *count: of the relocations that are in these bytes. */
static struct klpcc_error *compare_fields(struct comparison *comparison, bool targets,
					  bool *same, size_t *count)
{
	const struct klpcc_match_section *section = comparison->section;
	struct klpcc_error *err = NULL;
	size_t i = klpcc_match_relocations_from(section, comparison->from);

	for (*count = 0; !err && *same && i < section->relocation_count; i++) {
		struct klpcc_elf_relocation relocation = section->relocations[i];

		if (relocation.offset >= comparison->to)
			break;
		++*count;
		if (reaches_beyond(comparison, &relocation)) {
			*same = differ(comparison, KLPCC_MATCH_REFUSED,
				       relocation.offset);
			comparison->ret->why = "it reaches beyond what is compared";
			comparison->ret->relocation = &section->relocations[i];
			break;
		}
		relax(comparison, &relocation);
		*same = compare_up_to(comparison, relocation.offset) &&
			compare_kept(comparison, &relocation);
		if (*same && targets)
			err = compare_target(comparison, &section->relocations[i],
					     &relocation, same);
	}
	return err;
}

struct klpcc_error *klpcc_match_compare(struct klpcc_match *match, size_t section,
					uint64_t from, uint64_t to,
					struct klpcc_match_place place, bool targets,
					bool *same, struct klpcc_match_difference *ret)
{
	struct comparison comparison = {
		.match = match,
		.section = &match->file->sections[section],
		.from = from,
		.to = to,
		.at = from,
		.place = place,
		.ret = ret,
	};
	struct klpcc_error *err;
	size_t count;

	*same = true;
	if (from >= to)
		return NULL;
	comparison.theirs = klpcc_match_bytes_at(match->object, place, to - from);
	if (!comparison.theirs) {
		*same = differ(&comparison, KLPCC_MATCH_NO_BYTES, from);
		return NULL;
	}
	err = compare_fields(&comparison, targets, same, &count);
	if (err || !*same)
		return err;
	*same = compare_up_to(&comparison, to);
	if (*same && !match->object->image &&
	    klpcc_match_count_relocations(match->object, place, to - from) != count)
		*same = differ(&comparison, KLPCC_MATCH_MORE, from);
	return NULL;
}
