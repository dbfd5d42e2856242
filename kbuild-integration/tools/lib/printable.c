// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Text that is safe to print: see printable.h. Used wherever a message is put together, by
 * the error objects first of all. Links into the plugin: no dependency but libc, and
 * no locale, so that a message has the same bytes everywhere.
 */
#include "printable.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Characters beyond ASCII that a terminal obeys rather than shows. */
static bool is_obeyed(uint32_t character)
{
	return character < 0xa0 ||                             /* C1 */
	       (character >= 0x2028 && character <= 0x202e) || /* lines, direction */
	       (character >= 0x2066 && character <= 0x2069);   /* direction */
}

/* Bytes of the printable character at p; 0 when there is none. UTF-8 as in RFC 3629. */
static size_t printable_bytes(const unsigned char *p)
{
	static const uint32_t first[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t bytes = *p >= 0xf0 ? 4 : *p >= 0xe0 ? 3 : 2;
	uint32_t character = *p & (0xff >> (bytes + 1));

	if (*p < 0x80)
		return *p >= 0x20 && *p != 0x7f;
	if (*p < 0xc0 || *p >= 0xf8)
		return 0;
	for (size_t i = 1; i < bytes; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		character = character << 6 | (p[i] & 0x3f);
	}
	if (character < first[bytes] || character > 0x10ffff ||
	    (character >= 0xd800 && character <= 0xdfff) || is_obeyed(character))
		return 0;
	return bytes;
}

char *klpcc_printable(const char *text)
{
	const unsigned char *p = (const unsigned char *)text;
	char *result = malloc(4 * strlen(text) + 1), *end = result;

	if (!result)
		return NULL;
	while (*p) {
		size_t bytes = printable_bytes(p);

		if (bytes) {
			end = mempcpy(end, p, bytes);
			p += bytes;
		} else if (*p == '\n' || *p == '\t') {
			end = stpcpy(end, *p++ == '\n' ? "\\n" : "\\t");
		} else {
			end += sprintf(end, "\\%03o", *p++);
		}
	}
	*end = '\0';
	return result;
}
