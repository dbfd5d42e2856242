// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the functions and data of an object refer to, name by name: see references.h.
 */
#include "references.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * What a relocation points to, malloc()ed: the plain name; of data that the object defines the whole
 * one, as there may be several of one plain name.
 */
static char *target_name(const struct object *object, const struct target *target)
{
	const struct klpcc_elf_section *section;
	const unsigned char *bytes;
	char *name = NULL;
	size_t size;
	FILE *text;

	if (target->symbol && target->section && target->symbol->type != STT_FUNC)
		return copy_text(target->symbol->name, strlen(target->symbol->name));
	if (target->symbol)
		return plain_name(target->symbol->name);
	section = klpcc_elf_section(object->elf, target->section);
	bytes = object_bytes(object, target->section, &size);
	if (!object_is_merged(object, target->section) || target->offset >= size) {
		/* Constants without a name. */
		return copy_text("(constant)", 10);
	}
	if (section->header.sh_flags & SHF_STRINGS)
		return copy_text((const char *)bytes + target->offset,
				 strnlen((const char *)bytes + target->offset,
					 size - target->offset));
	text = open_memstream(&name, &size);
	if (!text)
		die("out of memory");
	for (size_t i = 0; i < section->header.sh_entsize; i++)
		fprintf(text, "%02x", bytes[target->offset + i]);
	fclose(text);
	return name;
}

/*
 * The compiler's own choice: how code jumps and returns (-mindirect-branch, -mfunction-return), whether a
 * copy is a call, which function has a stack to protect, and tables that it makes of switches. Knowing a
 * caller's arguments it decides otherwise.
 */
static bool is_compilers(const char *name)
{
	static const char *const all[] = { "__stack_chk_fail", "__x86_return_thunk",
					   "memcmp",           "memcpy",
					   "memmove",          "memset" };
	static const char *const begin[] = { "__x86_indirect_thunk_",
					     "__s390_indirect_jump_", "CSWTCH." };

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		if (!strcmp(name, all[i]))
			return true;
	for (size_t i = 0; i < sizeof(begin) / sizeof(*begin); i++)
		if (!strncmp(name, begin[i], strlen(begin[i])))
			return true;
	return false;
}

static void add_target(const struct object *object, size_t section,
		       const struct klpcc_elf_relocation *relocation, struct names *ret)
{
	struct target target = object_target(object, section, relocation);
	char *name = target_name(object, &target);

	/* What pads lists, and what objtool reads, has no name. */
	if (*name && !is_compilers(name))
		names_add(ret, name);
	free(name);
}

/* Lists of code: the entries of a function refer to more than its code does. */
static bool is_list(const struct klpcc_elf_section *section)
{
	return !strcmp(section->header.sh_type == SHT_PROGBITS ? section->name : "",
		       "__jump_table") ||
	       !strcmp(section->name, "__bug_table") ||
	       !strcmp(section->name, ".altinstructions") ||
	       !strcmp(section->name, "__ex_table");
}

/* What code refers to that takes the place of other code. */
static void add_replacement(const struct object *object, const struct target *target,
			    size_t length, struct names *ret)
{
	const struct klpcc_elf_relocation *list;
	size_t count;

	list = object_relocations(object, target->section, &count);
	for (size_t i = 0; i < count; i++)
		if (list[i].offset >= target->offset &&
		    list[i].offset < target->offset + length)
			add_target(object, target->section, &list[i], ret);
}

/* What the entries of a list refer to whose code is in the function. */
static void add_entries(const struct object *object, size_t section,
			const struct klpcc_elf_symbol *function, struct names *ret)
{
	const struct klpcc_elf_relocation *list;
	const unsigned char *bytes;
	bool inside = false;
	size_t count, size;

	bytes = object_bytes(object, section, &size);
	list = object_relocations(object, section, &count);
	for (size_t i = 0; i < count; i++) {
		struct target target = object_target(object, section, &list[i]);
		const struct klpcc_elf_section *to =
			klpcc_elf_section(object->elf, target.section);

		if (!strcmp(to->name, ".altinstr_replacement")) {
			/* replacementlen of struct alt_instr of 6.1; this is repl_offset. */
			if (inside && list[i].offset + 7 < size)
				add_replacement(object, &target,
						bytes[list[i].offset + 7], ret);
		} else if (to->header.sh_flags & SHF_EXECINSTR) {
			inside = target.section == function->section &&
				 target.offset >= function->value &&
				 target.offset - function->value < function->size;
		} else if (inside) {
			add_target(object, section, &list[i], ret);
		}
	}
}

void object_references(const struct object *object, const struct klpcc_elf_symbol *symbol,
		       struct names *ret)
{
	const struct klpcc_elf_relocation *list;
	size_t count;

	list = object_relocations(object, symbol->section, &count);
	for (size_t i = 0; i < count; i++)
		if (list[i].offset >= symbol->value &&
		    list[i].offset - symbol->value < symbol->size)
			add_target(object, symbol->section, &list[i], ret);
	if (symbol->type != STT_FUNC)
		return;
	for (size_t i = 1; i < klpcc_elf_sections(object->elf); i++)
		if (is_list(klpcc_elf_section(object->elf, i)))
			add_entries(object, i, symbol, ret);
}

bool is_own_name(const char *name)
{
	static const char *const own[] = {
		"__func__",           "__msg",          "__PRETTY_FUNCTION__",
		"__FUNCTION__",       "__key",          "_rs",
		"__warned",           "__already_done", "__print_once",
		"descriptor",         "_entry",         "_entry_ptr",
		"__UNIQUE_ID_ddebug",
	};

	for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++)
		if (!strcmp(name, own[i]))
			return true;
	return false;
}
