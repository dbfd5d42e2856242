// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The oracles' view of an object: see object.h.
 */
#include "object.h"

#include <ctype.h>
#include <klp-name.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/array.h"
#include "lib/range.h"

void die(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	exit(2);
}

static void must(struct klpcc_error *err)
{
	if (err)
		die("%s", err->message);
}

void *make(size_t count, size_t size)
{
	void *memory = calloc(count ? count : 1, size);

	if (!memory)
		die("out of memory");
	return memory;
}

char *copy_text(const char *text, size_t length)
{
	char *copy = make(length + 1, 1);

	memcpy(copy, text, length);
	return copy;
}

/* ---- names ----------------------------------------------------------------------------- */

/* Where the name is in the list, or would be. */
static size_t names_place(const struct names *names, const char *name)
{
	size_t low = 0, high = names->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(names->list[middle], name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool names_have(const struct names *names, const char *name)
{
	size_t place = names_place(names, name);

	return place < names->count && !strcmp(names->list[place], name);
}

bool names_add(struct names *names, const char *name)
{
	size_t place = names_place(names, name);
	char **list;

	if (place < names->count && !strcmp(names->list[place], name))
		return false;
	list = klpcc_array_grow(names->list, names->count, 1, &names->capacity,
				sizeof(*list));
	if (!list)
		die("out of memory");
	memmove(list + place + 1, list + place, (names->count - place) * sizeof(*list));
	list[place] = copy_text(name, strlen(name));
	names->list = list;
	names->count++;
	return true;
}

void names_free(struct names *names)
{
	for (size_t i = 0; i < names->count; i++)
		free(names->list[i]);
	free(names->list);
	*names = (struct names){ 0 };
}

/* Is the last part of the name, after its last dot, GCC's addition? */
static bool is_addition(const char *part, size_t length)
{
	static const char *const words[] = { "constprop", "isra", "part", "cold" };
	size_t digits = 0;

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (length == strlen(words[i]) && !memcmp(part, words[i], length))
			return true;
	while (digits < length && isdigit((unsigned char)part[digits]))
		digits++;
	return length && digits == length;
}

char *plain_name(const char *name)
{
	static const char unique[] = "__UNIQUE_ID_", alias[] = "klpcc_new_";
	struct klpcc_ref ref;
	const char *dot;
	size_t length = strlen(name);

	if (!klpcc_mark_parse(name, length, &ref)) {
		name = ref.symbol.start;
		length = ref.symbol.len;
	} else if (!strncmp(name, alias, sizeof(alias) - 1)) {
		name += sizeof(alias) - 1;
		length -= sizeof(alias) - 1;
	}
	while ((dot = memrchr(name, '.', length)) && dot > name &&
	       is_addition(dot + 1, (size_t)(name + length - dot - 1)))
		length = (size_t)(dot - name);
	if (length > sizeof(unique) - 1 && !memcmp(name, unique, sizeof(unique) - 1))
		while (isdigit((unsigned char)name[length - 1]))
			length--;
	return copy_text(name, length);
}

/* ---- objects --------------------------------------------------------------------------- */

void object_open(const char *path, struct object *ret)
{
	size_t count;

	*ret = (struct object){ .path = path };
	must(klpcc_elf_open(path, &ret->elf));
	must(klpcc_arch_read(ret->elf, &ret->arch));
	must(klpcc_elf_symbols(ret->elf, &ret->symbols, &ret->symbol_count));
	count = klpcc_elf_sections(ret->elf);
	ret->relocations = make(count, sizeof(*ret->relocations));
	for (size_t i = 1; i < count; i++) {
		const GElf_Shdr *header = &klpcc_elf_section(ret->elf, i)->header;

		if (header->sh_type == SHT_RELA && header->sh_info < count)
			ret->relocations[header->sh_info] = i;
	}
}

void object_close(struct object *object)
{
	klpcc_elf_close(object->elf);
	free(object->relocations);
}

bool object_defines(const struct klpcc_elf_symbol *symbol)
{
	return symbol->section && !symbol->reserved && symbol->type != STT_SECTION &&
	       symbol->type != STT_FILE && *symbol->name &&
	       /* The assembler keeps such labels where a section is merged. */
	       strncmp(symbol->name, ".L", 2) != 0;
}

const struct klpcc_elf_symbol *object_symbol_at(const struct object *object,
						size_t section, uint64_t offset)
{
	const struct klpcc_elf_symbol *found = NULL, *only = NULL;
	size_t here = 0;

	for (size_t i = 1; i < object->symbol_count; i++) {
		const struct klpcc_elf_symbol *symbol = &object->symbols[i];

		if (!object_defines(symbol) || symbol->section != section)
			continue;
		here++;
		only = symbol;
		/* MODULE_DEVICE_TABLE() gives a static table a second name, a global one. */
		if (found && found->value == symbol->value &&
		    found->binding == STB_LOCAL && symbol->binding != STB_LOCAL)
			continue;
		if (offset >= symbol->value && (offset - symbol->value < symbol->size ||
						(offset == symbol->value && !found)))
			found = symbol;
	}
	/* &array[-1] and the like: in a section of its own there is no doubt. */
	return found || here != 1 ? found : only;
}

const unsigned char *object_bytes(const struct object *object, size_t section,
				  size_t *size)
{
	const unsigned char *bytes;

	must(klpcc_elf_section_bytes(object->elf, klpcc_elf_section(object->elf, section),
				     &bytes, size));
	return *size ? bytes : NULL;
}

const struct klpcc_elf_relocation *object_relocations(const struct object *object,
						      size_t section, size_t *count)
{
	const struct klpcc_elf_relocation *list = NULL;

	*count = 0;
	if (object->relocations[section])
		must(klpcc_elf_relocations(
			object->elf,
			klpcc_elf_section(object->elf, object->relocations[section]),
			&list, count));
	return list;
}

bool object_is_merged(const struct object *object, size_t section)
{
	return klpcc_elf_section(object->elf, section)->header.sh_flags & SHF_MERGE;
}

/* Counted from the symbol. */
static uint64_t meant_offset(const struct object *object, size_t section,
			     const struct klpcc_elf_relocation *relocation)
{
	const struct klpcc_reloc *reloc = klpcc_reloc_find(
		object->arch->relocs, object->arch->reloc_count, relocation->type);
	uint64_t offset = (uint64_t)relocation->addend;
	const GElf_Shdr *header = &klpcc_elf_section(object->elf, section)->header;
	const unsigned char *bytes;
	size_t size;

	if (!(header->sh_flags & SHF_EXECINSTR) || !reloc ||
	    (reloc->value != KLPCC_RELOC_DISTANCE &&
	     reloc->value != KLPCC_RELOC_GOT_DISTANCE &&
	     reloc->value != KLPCC_RELOC_PLT_DISTANCE))
		return offset;
	bytes = object_bytes(object, section, &size);
	return offset + (uint64_t)(int64_t)object->arch->relative_origin(
				bytes + relocation->offset, relocation->offset);
}

struct target object_target(const struct object *object, size_t section,
			    const struct klpcc_elf_relocation *relocation)
{
	const struct klpcc_elf_symbol *symbol = &object->symbols[relocation->symbol];
	struct target target = { .type = relocation->type,
				 .offset = meant_offset(object, section, relocation) };

	if (!symbol->section || symbol->reserved) {
		target.symbol = *symbol->name ? symbol : NULL;
		return target;
	}
	target.section = symbol->section;
	target.offset += symbol->value;
	target.symbol = object_defines(symbol)
				? symbol
				: object_symbol_at(object, target.section, target.offset);
	return target;
}
