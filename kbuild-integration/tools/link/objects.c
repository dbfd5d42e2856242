// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The final link, validating: gates against the objects that the livepatch patches.
 *
 * In mainline form the kernel resolves what waits for a module when it patches that module, that
 * is, if a struct klp_object names the module. Otherwise the relocation would never be resolved,
 * and the code would call address 0. The compiler leaves the names (KLPCC_REF_OBJECTS). A module
 * whose klp_objects are made at run time has no names, and is not checked. In object form the
 * resolver applies relocations whenever the module is loaded, so nothing has to name it.
 */
#include "link-private.h"

#include <klp-ref.h>
#include <stdlib.h>
#include <string.h>

/* Whether a table of NUL-terminated names contains this one. */
static bool contains_name(const unsigned char *bytes, size_t size,
			  struct klpcc_span wanted)
{
	for (size_t at = 0; at < size;) {
		const unsigned char *end = memchr(bytes + at, '\0', size - at);
		size_t length = end ? (size_t)(end - bytes) - at : size - at;

		if (length == wanted.len && !memcmp(bytes + at, wanted.start, length))
			return true;
		at += length + 1;
	}
	return false;
}

/* *known: some unit says something. *named: one of them names the gate. */
static struct klpcc_error *find_gate(const struct klpcc_link *link,
				     struct klpcc_span gate, bool *known, bool *named)
{
	*known = *named = false;
	for (size_t i = 1; i < klpcc_elf_sections(link->elf); i++) {
		const struct klpcc_elf_section *section = klpcc_elf_section(link->elf, i);
		const unsigned char *bytes;
		struct klpcc_error *err;
		size_t size;

		if (!link->table[i] || strcmp(section->name, KLPCC_REF_OBJECTS))
			continue;
		err = klpcc_elf_section_bytes(link->elf, section, &bytes, &size);
		if (err)
			return err;
		*known = *known || size;
		*named = *named || contains_name(bytes, size, gate);
	}
	return NULL;
}

static struct klpcc_error *check_mark(const struct klpcc_link *link,
				      const struct klpcc_link_mark *mark)
{
	struct klpcc_error *err;
	bool known, named;

	err = find_gate(link, mark->gate, &known, &named);
	if (err || !known || named)
		return err;
	return klpcc_link_mark_error(
		link, mark,
		"waits for module %.*s, but no struct klp_object names that module, so the kernel would never resolve it; add one, or use --form object",
		(int)mark->gate.len, mark->gate.start);
}

struct klpcc_error *klpcc_link_check_objects(const struct klpcc_link *link)
{
	struct klpcc_span last = { 0 };

	if (link->options->form != KLPCC_FORM_MAINLINE)
		return NULL;
	for (size_t i = 0; i < link->mark_count; i++) {
		const struct klpcc_link_mark *mark = &link->marks[i];
		struct klpcc_error *err;

		if (!mark->used || klpcc_span_is(mark->gate, KLPCC_VMLINUX) ||
		    klpcc_span_equal(mark->gate, last))
			continue;
		err = check_mark(link, mark);
		if (err)
			return err;
		last = mark->gate;
	}
	return NULL;
}
