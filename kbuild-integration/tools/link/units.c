// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The final link, validating: the indexes that the units were compiled with.
 *
 * A compiler cache, or a build that does not depend on the index, may bring back objects that were
 * compiled with another index. Their positions may be wrong although the symbols exist, and nothing
 * else would notice. The compiler leaves the digest of its index (KLPCC_REF_INDEX). A reference
 * table without one, such as an assembler source may contain, is accepted.
 */
#include "link-private.h"

#include <klp-ref.h>
#include <string.h>

#include "../index/index.h"

/* One unit of the module. */
struct unit {
	const char *digest; /* KLPCC_REF_DIGEST_LENGTH digits, not terminated */
	const char *source;
};

/* What the units are compared with: the index of the link, or else the first unit. */
struct standard {
	const char *index; /* name of the file, or NULL */
	struct unit unit;
};

static struct klpcc_error *check_unit(const struct klpcc_link *link,
				      const struct klpcc_elf_section *section,
				      const struct standard *standard,
				      const struct unit *unit)
{
	const int length = KLPCC_REF_DIGEST_LENGTH;

	if (!memcmp(unit->digest, standard->unit.digest, KLPCC_REF_DIGEST_LENGTH))
		return NULL;
	if (standard->index)
		return klpcc_elf_error(
			link->elf, section,
			"%s was compiled with an index of digest %.*s, but %s has %.*s; compile it again, with the flags that klpcc cflags prints now",
			unit->source, length, unit->digest, standard->index, length,
			standard->unit.digest);
	return klpcc_elf_error(
		link->elf, section,
		"%s was compiled with an index of digest %.*s, but %s with one of digest %.*s; compile both with the same index",
		unit->source, length, unit->digest, standard->unit.source, length,
		standard->unit.digest);
}

/* The unit at the offset; *next: offset of the one after it. */
static struct klpcc_error *read_unit(const struct klpcc_link *link,
				     const struct klpcc_elf_section *section,
				     const unsigned char *bytes, size_t size,
				     size_t offset, struct unit *ret, size_t *next)
{
	const char *text = (const char *)bytes + offset;
	const char *end = memchr(text, '\0', size - offset);
	size_t length = end ? (size_t)(end - text) : 0;
	size_t digits = 0;

	while (digits < length && strchr("0123456789abcdef", text[digits]))
		digits++;
	if (digits != KLPCC_REF_DIGEST_LENGTH || text[digits] != ' ')
		return klpcc_elf_error(
			link->elf, section,
			"offset 0x%zx: expected a digest and a source name", offset);
	ret->digest = text;
	ret->source = text + digits + 1;
	*next = offset + length + 1;
	return NULL;
}

static struct klpcc_error *check_section(const struct klpcc_link *link,
					 const struct klpcc_elf_section *section,
					 struct standard *standard)
{
	const unsigned char *bytes;
	struct klpcc_error *err;
	size_t size;

	err = klpcc_elf_section_bytes(link->elf, section, &bytes, &size);
	for (size_t offset = 0; !err && offset < size;) {
		struct unit unit = { NULL, NULL };

		err = read_unit(link, section, bytes, size, offset, &unit, &offset);
		if (!err && !standard->unit.digest)
			standard->unit = unit;
		if (!err)
			err = check_unit(link, section, standard, &unit);
	}
	return err;
}

struct klpcc_error *klpcc_link_check_units(const struct klpcc_link *link,
					   const struct klpcc_index *index)
{
	struct standard standard = { 0 };
	struct klpcc_error *err = NULL;

	if (index) {
		standard.index = link->options->index;
		standard.unit.digest = klpcc_index_digest(index);
	}
	for (size_t i = 1; !err && i < klpcc_elf_sections(link->elf); i++) {
		const struct klpcc_elf_section *section = klpcc_elf_section(link->elf, i);

		if (link->table[i] && !strcmp(section->name, KLPCC_REF_INDEX))
			err = check_section(link, section, &standard);
	}
	return err;
}
