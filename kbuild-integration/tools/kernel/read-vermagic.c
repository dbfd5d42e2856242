// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The vermagic of a kernel: see read-vermagic.h.
 *
 * It is VERMAGIC_STRING of include/linux/vermagic.h, in a variable that no kernel without
 * CONFIG_KALLSYMS_ALL names. So it is found by its form: the release, then words, each with a
 * blank after it. Nothing else in a kernel begins with the release and a blank.
 */
#include "read-vermagic.h"

#include <ctype.h>
#include <string.h>

/* Bytes of such a string, without its NUL; 0 when this is none. */
static size_t vermagic_length(const char *text, size_t size)
{
	size_t length = 0;

	while (length < size &&
	       (isgraph((unsigned char)text[length]) || text[length] == ' '))
		length++;
	if (length == size || text[length] || !length || text[length - 1] != ' ')
		return 0;
	return length;
}

static const char *find_vermagic(const struct klpcc_elf_segment *segment,
				 const char *release)
{
	const char *start = (const char *)segment->data, *end = start + segment->size;
	size_t length = strlen(release);

	for (const char *at = start;
	     (at = memmem(at, (size_t)(end - at), release, length)); at++)
		if ((size_t)(end - at) > length && at[length] == ' ' &&
		    (at == start || !at[-1]) && vermagic_length(at, (size_t)(end - at)))
			return at;
	return NULL;
}

struct klpcc_error *klpcc_read_vermagic(struct klpcc_target *target,
					const struct klpcc_elf *elf)
{
	const struct klpcc_elf_segment *segments;
	const char *found = NULL;
	size_t count;

	segments = klpcc_elf_segments(elf, &count);
	for (size_t i = 0; !found && i < count; i++)
		found = find_vermagic(&segments[i], klpcc_target_release(target));
	return found ? klpcc_target_set_vermagic(target, found) : NULL;
}
