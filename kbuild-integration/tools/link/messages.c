// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The final link's messages: how a mark is named to the user.
 *
 * The user knows symbols, objects and source lines, not marks; every error about a mark is
 * made here.
 */
#include "link-private.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../refs/refs.h"

void klpcc_link_place(const struct klpcc_link_ref *ref, char *buffer, size_t size)
{
	char place[512];

	snprintf(buffer, size, "%s", "");
	if (!ref || !*ref->file)
		return;
	klpcc_refs_place(ref->file, ref->line, ref->column, place, sizeof(place));
	snprintf(buffer, size, " (%s)", place);
}

char *klpcc_link_describe(const struct klpcc_link *link,
			  const struct klpcc_link_mark *mark)
{
	const struct klpcc_ref *ref = &mark->ref;
	const struct klpcc_link_ref *first =
		mark->first_ref == KLPCC_LINK_NONE ? NULL : &link->refs[mark->first_ref];
	char place[512], *text;
	int length;

	klpcc_link_place(first, place, sizeof(place));
	length = asprintf(&text, "'%.*s' of %s%.*s%s", (int)ref->symbol.len,
			  ref->symbol.start, mark->vmlinux ? "" : "module ",
			  (int)ref->object.len, ref->object.start, place);
	return length < 0 ? NULL : text;
}

struct klpcc_error *klpcc_link_mark_error(const struct klpcc_link *link,
					  const struct klpcc_link_mark *mark,
					  const char *format, ...)
{
	char *subject = klpcc_link_describe(link, mark);
	struct klpcc_error *err;
	va_list args;
	char *text;
	int length;

	va_start(args, format);
	length = vasprintf(&text, format, args);
	va_end(args);
	if (length < 0)
		text = NULL;
	err = subject && text
		      ? klpcc_elf_error(link->elf, klpcc_elf_symtab(link->elf),
					"symbol %zu: %s: %s", mark->symbol, subject, text)
		      : klpcc_error_nomem();
	free(subject);
	free(text);
	return err;
}

struct klpcc_error *klpcc_link_entry_error(const struct klpcc_link *link,
					   const struct klpcc_elf_section *section,
					   size_t entry,
					   const struct klpcc_link_mark *mark,
					   const char *problem)
{
	char *subject = klpcc_link_describe(link, mark);
	struct klpcc_error *err;

	if (!subject || !problem)
		err = klpcc_error_nomem();
	else
		err = klpcc_elf_error(link->elf, section, "entry %zu: %s: %s", entry,
				      subject, problem);
	free(subject);
	return err;
}
