// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The patch table: does the module itself change it before the kernel reads it?
 *
 * What the file has is not what the kernel finds then. Code that only gives the struct klp_patch to
 * the kernel names its beginning. Code that writes to an array, or gives it away, names a place in
 * it; so does a pointer that code may follow.
 */
#include <stdlib.h>
#include <string.h>

#include "../lib/number.h"
#include "../lib/range.h"
#include "patch-table.h"

struct range {
	size_t section;
	uint64_t start, end; /* end is not inside */
};

struct ranges {
	struct range *list; /* sorted, without overlaps */
	size_t count;
};

/* What the module's symbols tell. */
struct names {
	size_t this_module; /* the symbol's number; 0: none */
	bool kasan;         /* the module describes its data to KASAN */
};

/* A section whose relocations are gone through. */
struct user {
	struct klpcc_elf *elf;
	const struct klpcc_arch *arch;
	const struct klpcc_elf_section *section;
	bool is_code;
	const struct names *names;
	const unsigned char *bytes; /* NULL where the file has none */
	size_t size;
};

/* ---- places of the table --------------------------------------------------------------- */

#define AUTHORS_PART 24u /* bytes of an entry whose size is not known */

static int compare_ranges(const void *a, const void *b)
{
	const struct range *left = a, *right = b;

	if (left->section != right->section)
		return left->section < right->section ? -1 : 1;
	return (left->start > right->start) - (left->start < right->start);
}

static void add_range(struct ranges *ranges, const struct klpcc_elf_section *section,
		      uint64_t start, uint64_t size)
{
	struct range range = { .section = section->index, .start = start };

	if (__builtin_add_overflow(start, size, &range.end))
		range.end = UINT64_MAX;
	ranges->list[ranges->count++] = range;
}

/* An array with its empty entry, which code may fill in, too. */
static void add_array(struct ranges *ranges, const struct klpcc_patch_pointer *array,
		      size_t count, enum klpcc_patch_end end, uint64_t size)
{
	uint64_t entries = count + (end == KLPCC_PATCH_END_EMPTY || !count), bytes;

	if (array->kind != KLPCC_PATCH_POINTER_INSIDE)
		return;
	if (__builtin_mul_overflow(entries, size ? size : AUTHORS_PART, &bytes))
		bytes = UINT64_MAX;
	add_range(ranges, array->section, array->offset, bytes);
}

static void add_patch(struct ranges *ranges, const struct klpcc_patch_table *table,
		      const struct klpcc_patch *patch)
{
	const struct klpcc_patch_layout *layout = &table->layout;

	add_range(ranges, patch->section, patch->offset + layout->patch_objs, 8);
	add_array(ranges, &patch->objs, patch->count, patch->end, layout->object_size);
	for (size_t i = 0; i < patch->count; i++) {
		const struct klpcc_patch_object *object =
			&table->objects[patch->first + i];

		add_array(ranges, &object->funcs, object->count, object->end,
			  layout->func_size);
	}
}

static void join_ranges(struct ranges *ranges)
{
	size_t kept = 0;

	qsort(ranges->list, ranges->count, sizeof(*ranges->list), compare_ranges);
	for (size_t i = 0; i < ranges->count; i++) {
		const struct range *range = &ranges->list[i];
		struct range *last = kept ? &ranges->list[kept - 1] : NULL;

		if (!last || last->section != range->section || last->end < range->start)
			ranges->list[kept++] = *range;
		else if (last->end < range->end)
			last->end = range->end;
	}
	ranges->count = kept;
}

static struct klpcc_error *collect_ranges(const struct klpcc_patch_table *table,
					  struct ranges *ret)
{
	*ret = (struct ranges){ .list = calloc(2 * table->count + table->object_count + 1,
					       sizeof(*ret->list)) };
	if (!ret->list)
		return klpcc_error_nomem();
	for (size_t i = 0; i < table->count; i++)
		if (!table->patches[i].klp_build)
			add_patch(ret, table, &table->patches[i]);
	join_ranges(ret);
	return NULL;
}

static bool is_inside(const struct ranges *ranges, size_t section, uint64_t place)
{
	const struct range wanted = { .section = section, .start = place };
	size_t low = 0, high = ranges->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_ranges(&ranges->list[middle], &wanted) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low && ranges->list[low - 1].section == section &&
	       place < ranges->list[low - 1].end;
}

/* ---- who names one --------------------------------------------------------------------- */

/* What the relocation means, in bytes from its symbol. */
static uint64_t meant(const struct user *user,
		      const struct klpcc_elf_relocation *relocation)
{
	const struct klpcc_reloc *reloc = klpcc_reloc_find(
		user->arch->relocs, user->arch->reloc_count, relocation->type);
	uint64_t addend = (uint64_t)relocation->addend;
	size_t before = 0;

	if (!user->is_code || !user->bytes || !reloc ||
	    (reloc->value != KLPCC_RELOC_DISTANCE &&
	     reloc->value != KLPCC_RELOC_GOT_DISTANCE &&
	     reloc->value != KLPCC_RELOC_PLT_DISTANCE))
		return addend;
	if (relocation->offset <= user->size)
		before = relocation->offset;
	return addend + (uint64_t)(int64_t)user->arch->relative_origin(
				user->bytes + before, before);
}

/* struct kasan_global of mm/kasan/kasan.h, as GCC writes it: offsets in bytes. */
#define KASAN_GLOBAL_SIZE 8u
#define KASAN_GLOBAL_SIZE_WITH_REDZONE 16u
#define KASAN_GLOBAL_NAME 24u
#define KASAN_GLOBAL_MODULE_NAME 32u
#define KASAN_GRANULE 32u /* GCC's least red zone, and what it is a multiple of */

/*
 * Does relocation `i` name the datum that a struct kasan_global describes? A constructor of the
 * module gives these to __asan_register_globals(), which writes only behind the datum.
 */
static bool is_of_kasan(const struct user *user, const struct klpcc_elf_relocation *list,
			size_t count, size_t i)
{
	uint64_t place = list[i].offset, size, with_redzone;

	if (!user->names->kasan || user->is_code || !user->bytes || count - i < 3 ||
	    !klpcc_range_ok(place, KASAN_GLOBAL_NAME, user->size))
		return false;
	size = klpcc_number(user->bytes + place + KASAN_GLOBAL_SIZE, 8,
			    user->arch->big_endian);
	with_redzone = klpcc_number(user->bytes + place + KASAN_GLOBAL_SIZE_WITH_REDZONE,
				    8, user->arch->big_endian);
	return size && with_redzone > size && !(with_redzone % KASAN_GRANULE) &&
	       list[i + 1].offset == place + KASAN_GLOBAL_NAME &&
	       list[i + 2].offset == place + KASAN_GLOBAL_MODULE_NAME;
}

static struct klpcc_error *search(const struct user *user,
				  const struct klpcc_elf_section *relocations,
				  const struct ranges *ranges,
				  struct klpcc_patch_writer *ret)
{
	const struct klpcc_elf_relocation *list;
	const struct klpcc_elf_symbol *symbols;
	struct klpcc_error *err;
	size_t symbol_count, count;

	err = klpcc_elf_symbols(user->elf, &symbols, &symbol_count);
	if (!err)
		err = klpcc_elf_relocations(user->elf, relocations, &list, &count);
	for (size_t i = 0; !err && i < count; i++) {
		const struct klpcc_elf_symbol *symbol = &symbols[list[i].symbol];

		/* The table's own pointers hold it together. */
		if (!list[i].symbol || symbol->reserved ||
		    is_inside(ranges, user->section->index, list[i].offset) ||
		    is_of_kasan(user, list, count, i))
			continue;
		if (list[i].symbol == user->names->this_module)
			ret->names_module = true;
		if (!ret->section && symbol->section &&
		    is_inside(ranges, symbol->section,
			      symbol->value + meant(user, &list[i]))) {
			ret->section = user->section;
			ret->offset = list[i].offset;
		}
	}
	return err;
}

static struct klpcc_error *find_names(struct klpcc_elf *elf, struct names *ret)
{
	const struct klpcc_elf_symbol *symbols;
	size_t count;
	struct klpcc_error *err = klpcc_elf_symbols(elf, &symbols, &count);

	*ret = (struct names){ 0 };
	for (size_t i = 1; !err && i < count; i++) {
		if (!strcmp(symbols[i].name, "__this_module"))
			ret->this_module = i;
		else if (!strcmp(symbols[i].name, "__asan_register_globals"))
			ret->kasan = true;
	}
	return err;
}

struct klpcc_error *klpcc_patch_find_writer(struct klpcc_elf *elf,
					    const struct klpcc_arch *arch,
					    const struct klpcc_patch_table *table,
					    struct klpcc_patch_writer *ret)
{
	struct ranges ranges;
	struct klpcc_error *err;
	struct names names;

	*ret = (struct klpcc_patch_writer){ 0 };
	if (!table->count)
		return NULL;
	err = collect_ranges(table, &ranges);
	if (!err)
		err = find_names(elf, &names);
	for (size_t i = 1; !err && i < klpcc_elf_sections(elf); i++) {
		const struct klpcc_elf_section *section = klpcc_elf_section(elf, i);
		struct user user = { .elf = elf, .arch = arch, .names = &names };

		if (section->header.sh_type != SHT_RELA || !section->header.sh_info)
			continue;
		user.section = klpcc_elf_section(elf, section->header.sh_info);
		if (!(user.section->header.sh_flags & SHF_ALLOC))
			continue;
		user.is_code = user.section->header.sh_flags & SHF_EXECINSTR;
		if (user.section->header.sh_type != SHT_NOBITS)
			err = klpcc_elf_section_bytes(elf, user.section, &user.bytes,
						      &user.size);
		if (!err)
			err = search(&user, section, &ranges, ret);
	}
	free(ranges.list);
	return err;
}
