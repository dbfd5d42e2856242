// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The patch table, reading: pointers, numbers and strings of a module that is not relocated yet.
 */
#include <stdlib.h>
#include <string.h>

#include "../lib/number.h"
#include "../lib/range.h"
#include "patch-table-private.h"

struct klpcc_patch_slot {
	struct klpcc_elf_relocation relocation;
	unsigned int width; /* bytes that are written there */
	bool several;       /* relocations begin there; this is one of them */
};

#define POINTER 8u /* bytes */

bool klpcc_patch_is_data(const struct klpcc_elf_section *section)
{
	return section->header.sh_flags & SHF_ALLOC &&
	       !(section->header.sh_flags & SHF_EXECINSTR);
}

/* ---- relocations by place -------------------------------------------------------------- */

static int compare_slots(const void *a, const void *b)
{
	const struct klpcc_elf_relocation *left =
		&((const struct klpcc_patch_slot *)a)->relocation;
	const struct klpcc_elf_relocation *right =
		&((const struct klpcc_patch_slot *)b)->relocation;

	return (left->offset > right->offset) - (left->offset < right->offset);
}

/* A type that nobody knows may write anything. */
static void fill_slot(const struct klpcc_patch_reader *reader,
		      const struct klpcc_elf_relocation *relocation,
		      struct klpcc_patch_slot *slot)
{
	unsigned int width;

	slot->relocation = *relocation;
	slot->width = klpcc_arch_applies(reader->arch, relocation->type, &width)
			      ? width
			      : POINTER;
}

/* One slot for each place, so that no look-up goes through many. */
static void join_slots(struct klpcc_patch_slots *slots)
{
	size_t kept = 0;

	qsort(slots->list, slots->count, sizeof(*slots->list), compare_slots);
	for (size_t i = 0; i < slots->count; i++) {
		struct klpcc_patch_slot *last = kept ? &slots->list[kept - 1] : NULL;

		if (!last || last->relocation.offset != slots->list[i].relocation.offset)
			slots->list[kept++] = slots->list[i];
		else
			last->several = true;
	}
	slots->count = kept;
}

static struct klpcc_error *read_slots(struct klpcc_patch_reader *reader, size_t section)
{
	struct klpcc_patch_slots *slots = &reader->slots[section];
	const struct klpcc_elf_relocation *relocations;
	struct klpcc_error *err = NULL;
	size_t count, total = 0;

	for (size_t i = reader->first[section]; !err && i; i = reader->next[i]) {
		err = klpcc_elf_relocations(reader->elf,
					    klpcc_elf_section(reader->elf, i),
					    &relocations, &count);
		total += err ? 0 : count;
	}
	if (err)
		return err;
	slots->list = calloc(total + 1, sizeof(*slots->list));
	if (!slots->list)
		return klpcc_error_nomem();
	for (size_t i = reader->first[section]; !err && i; i = reader->next[i]) {
		err = klpcc_elf_relocations(reader->elf,
					    klpcc_elf_section(reader->elf, i),
					    &relocations, &count);
		for (size_t j = 0; !err && j < count; j++)
			if (relocations[j].type != reader->arch->none)
				fill_slot(reader, &relocations[j],
					  &slots->list[slots->count++]);
	}
	join_slots(slots);
	slots->read = true;
	return err;
}

/* Number of the first slot at `offset` or after it. */
static struct klpcc_error *find_slot(struct klpcc_patch_reader *reader, size_t section,
				     uint64_t offset, size_t *ret)
{
	const struct klpcc_patch_slots *slots = &reader->slots[section];
	struct klpcc_error *err = slots->read ? NULL : read_slots(reader, section);
	size_t low = 0, high = slots->count;

	while (!err && low < high) {
		size_t middle = low + (high - low) / 2;

		if (slots->list[middle].relocation.offset < offset)
			low = middle + 1;
		else
			high = middle;
	}
	*ret = low;
	return err;
}

/* *slot: the only relocation that writes there, at that very place; *others: there are others. */
static struct klpcc_error *slot_at(struct klpcc_patch_reader *reader, size_t section,
				   uint64_t offset, size_t width,
				   const struct klpcc_patch_slot **slot, bool *others)
{
	const struct klpcc_patch_slots *slots = &reader->slots[section];
	struct klpcc_error *err;
	size_t i;

	*slot = NULL;
	*others = false;
	err = find_slot(reader, section, offset > POINTER ? offset - POINTER : 0, &i);
	for (; !err && i < slots->count; i++) {
		const struct klpcc_patch_slot *here = &slots->list[i];
		uint64_t start = here->relocation.offset;

		if (start >= offset + width)
			break;
		if (start + here->width <= offset)
			continue;
		if (*slot || start != offset || here->several)
			*others = true;
		*slot = here;
	}
	return err;
}

/* ---- what is there --------------------------------------------------------------------- */

static struct klpcc_error *bytes_at(const struct klpcc_patch_reader *reader,
				    const struct klpcc_elf_section *section,
				    uint64_t offset, size_t width, bool *known,
				    uint64_t *ret)
{
	const unsigned char *bytes;
	struct klpcc_error *err;
	size_t size;

	*known = klpcc_range_ok(offset, width, section->header.sh_size);
	*ret = 0;
	if (!*known || section->header.sh_type == SHT_NOBITS)
		return NULL;
	err = klpcc_elf_section_bytes(reader->elf, section, &bytes, &size);
	if (err)
		return err;
	*known = klpcc_range_ok(offset, width, size);
	if (*known)
		*ret = klpcc_number(bytes + offset, width, reader->arch->big_endian);
	return NULL;
}

static void follow(const struct klpcc_patch_reader *reader,
		   const struct klpcc_patch_slot *slot, struct klpcc_patch_pointer *ret)
{
	const struct klpcc_elf_symbol *symbol;

	ret->symbol = slot->relocation.symbol;
	if (slot->relocation.type != reader->arch->absolute || !ret->symbol)
		return;
	symbol = &reader->symbols[ret->symbol];
	if (symbol->reserved || symbol->section == SHN_UNDEF) {
		ret->kind = KLPCC_PATCH_POINTER_OUTSIDE;
		return;
	}
	ret->section = klpcc_elf_section(reader->elf, symbol->section);
	ret->offset = symbol->value + (uint64_t)slot->relocation.addend;
	if (ret->offset <= ret->section->header.sh_size)
		ret->kind = KLPCC_PATCH_POINTER_INSIDE;
}

struct klpcc_error *klpcc_patch_pointer(struct klpcc_patch_reader *reader,
					const struct klpcc_elf_section *section,
					uint64_t offset, struct klpcc_patch_pointer *ret)
{
	const struct klpcc_patch_slot *slot;
	struct klpcc_error *err;
	bool others, known;
	uint64_t value;

	*ret = (struct klpcc_patch_pointer){ .kind = KLPCC_PATCH_POINTER_UNKNOWN };
	err = bytes_at(reader, section, offset, POINTER, &known, &value);
	if (err || !known)
		return err;
	err = slot_at(reader, section->index, offset, POINTER, &slot, &others);
	if (err || others)
		return err;
	if (slot)
		follow(reader, slot, ret);
	else if (!value)
		ret->kind = KLPCC_PATCH_POINTER_NULL;
	return NULL;
}

struct klpcc_error *klpcc_patch_number(struct klpcc_patch_reader *reader,
				       const struct klpcc_elf_section *section,
				       uint64_t offset, size_t width, bool *known,
				       uint64_t *ret)
{
	const struct klpcc_patch_slot *slot;
	struct klpcc_error *err;
	bool others;

	err = bytes_at(reader, section, offset, width, known, ret);
	if (!err)
		err = slot_at(reader, section->index, offset, width, &slot, &others);
	if (!err && slot)
		*known = false;
	return err;
}

struct klpcc_error *klpcc_patch_string(const struct klpcc_patch_reader *reader,
				       const struct klpcc_patch_pointer *pointer,
				       struct klpcc_span *ret)
{
	const unsigned char *bytes;
	struct klpcc_error *err;
	size_t size, left;
	const char *end;

	*ret = (struct klpcc_span){ 0 };
	if (pointer->kind != KLPCC_PATCH_POINTER_INSIDE ||
	    !klpcc_patch_is_data(pointer->section))
		return NULL;
	err = klpcc_elf_section_bytes(reader->elf, pointer->section, &bytes, &size);
	if (err || pointer->offset >= size)
		return err;
	left = size - pointer->offset;
	if (left > KLPCC_SYMBOL_MAX + 1)
		left = KLPCC_SYMBOL_MAX + 1;
	end = memchr(bytes + pointer->offset, '\0', left);
	if (!end && left <= KLPCC_SYMBOL_MAX)
		return NULL;
	ret->start = (const char *)bytes + pointer->offset;
	ret->len = end ? (size_t)(end - ret->start) : left;
	return NULL;
}

struct klpcc_error *klpcc_patch_next_data(struct klpcc_patch_reader *reader,
					  const struct klpcc_elf_section *section,
					  uint64_t offset, uint64_t end, bool *found,
					  uint64_t *ret)
{
	const struct klpcc_patch_slots *slots = &reader->slots[section->index];
	struct klpcc_error *err;
	size_t i;

	*found = false;
	err = find_slot(reader, section->index, offset, &i);
	for (; !err && i < slots->count && slots->list[i].relocation.offset < end; i++) {
		struct klpcc_patch_pointer pointer = {
			.kind = KLPCC_PATCH_POINTER_UNKNOWN
		};

		follow(reader, &slots->list[i], &pointer);
		if (pointer.kind != KLPCC_PATCH_POINTER_INSIDE ||
		    !klpcc_patch_is_data(pointer.section))
			continue;
		*found = true;
		*ret = slots->list[i].relocation.offset;
		break;
	}
	return err;
}

/* ---- variables ------------------------------------------------------------------------- */

static int compare_variables(const void *a, const void *b)
{
	const struct klpcc_patch_variable *left = a, *right = b;

	if (left->section != right->section)
		return left->section < right->section ? -1 : 1;
	if (left->offset != right->offset)
		return left->offset < right->offset ? -1 : 1;
	return (left->size < right->size) - (left->size > right->size);
}

static bool is_variable(const struct klpcc_elf_symbol *symbol)
{
	return symbol->type == STT_OBJECT && symbol->size && !symbol->reserved &&
	       symbol->section != SHN_UNDEF;
}

static struct klpcc_error *collect_variables(struct klpcc_patch_reader *reader)
{
	size_t wanted = 0;

	for (size_t i = 1; i < reader->symbol_count; i++)
		wanted += is_variable(&reader->symbols[i]);
	reader->variables = calloc(wanted + 1, sizeof(*reader->variables));
	if (!reader->variables)
		return klpcc_error_nomem();
	for (size_t i = 1; i < reader->symbol_count; i++) {
		const struct klpcc_elf_symbol *symbol = &reader->symbols[i];

		if (is_variable(symbol))
			reader->variables[reader->variable_count++] =
				(struct klpcc_patch_variable){
					.name = symbol->name,
					.section = symbol->section,
					.offset = symbol->value,
					.size = symbol->size,
				};
	}
	qsort(reader->variables, reader->variable_count, sizeof(*reader->variables),
	      compare_variables);
	return NULL;
}

/* The first variable of the section that begins at `offset` or after it; NULL if none does. */
static const struct klpcc_patch_variable *
next_variable(const struct klpcc_patch_reader *reader, uint64_t section, uint64_t offset)
{
	const struct klpcc_patch_variable wanted = {
		.section = section,
		.offset = offset,
		.size = UINT64_MAX,
	};
	size_t low = 0, high = reader->variable_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_variables(&reader->variables[middle], &wanted) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < reader->variable_count && reader->variables[low].section == section
		       ? &reader->variables[low]
		       : NULL;
}

const struct klpcc_patch_variable *
klpcc_patch_variable(const struct klpcc_patch_reader *reader, uint64_t section,
		     uint64_t offset)
{
	const struct klpcc_patch_variable *variable =
		next_variable(reader, section, offset);

	return variable && variable->offset == offset ? variable : NULL;
}

bool klpcc_patch_has_variables(const struct klpcc_patch_reader *reader, uint64_t section)
{
	return next_variable(reader, section, 0);
}

/* ---- life ------------------------------------------------------------------------------ */

struct klpcc_error *klpcc_patch_reader_init(struct klpcc_patch_reader *reader,
					    struct klpcc_elf *elf,
					    const struct klpcc_arch *arch)
{
	size_t sections = klpcc_elf_sections(elf);
	struct klpcc_error *err;

	*reader = (struct klpcc_patch_reader){ .elf = elf, .arch = arch };
	err = klpcc_elf_symbols(elf, &reader->symbols, &reader->symbol_count);
	if (err)
		return err;
	reader->slots = calloc(sections + 1, sizeof(*reader->slots));
	reader->first = calloc(sections + 1, sizeof(*reader->first));
	reader->next = calloc(sections + 1, sizeof(*reader->next));
	if (!reader->slots || !reader->first || !reader->next)
		return klpcc_error_nomem();
	for (size_t i = sections; i-- > 1;) {
		const GElf_Shdr *header = &klpcc_elf_section(elf, i)->header;

		if (header->sh_type != SHT_RELA || !header->sh_info)
			continue;
		reader->next[i] = reader->first[header->sh_info];
		reader->first[header->sh_info] = i;
	}
	return collect_variables(reader);
}

void klpcc_patch_reader_deinit(struct klpcc_patch_reader *reader)
{
	for (size_t i = 0; reader->slots && i < klpcc_elf_sections(reader->elf); i++)
		free(reader->slots[i].list);
	free(reader->slots);
	free(reader->first);
	free(reader->next);
	free(reader->variables);
}
