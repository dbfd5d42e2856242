// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Fuzzes the format module: a name belongs to one kind at most, and what parses is the name
 * that building its parts gives.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "klp-name.h"

typedef int parse_ref(const char *name, size_t len, struct klpcc_ref *ret);
typedef int build_ref(const struct klpcc_ref *ref, char *buffer, size_t size);
typedef int parse_section(const char *name, size_t len, struct klpcc_section_name *ret);
typedef int build_section(const struct klpcc_section_name *section, char *buffer,
			  size_t size);

/* Builds into every size up to the right one: no byte too many, nothing on failure. */
static void compare(int status, const char *built, const char *name, size_t len)
{
	if (status || strlen(built) != len || memcmp(built, name, len))
		fuzz_broken("'%.*s' was built as '%s' (%d)", (int)len, name,
			    status ? "" : built, status);
}

static void check_ref(const char *name, size_t len, parse_ref *parse, build_ref *build)
{
	char *buffer = malloc(len + 1);
	struct klpcc_ref ref;
	int status = parse(name, len, &ref);

	if (!klpcc_name_strerror(status) || !buffer)
		abort();
	if (!status && build) {
		compare(build(&ref, buffer, len + 1), buffer, name, len);
		if (build(&ref, buffer, len) != -KLPCC_NAME_NO_SPACE)
			fuzz_broken("'%.*s' fits where it cannot", (int)len, name);
	}
	free(buffer);
}

static void check_section(const char *name, size_t len, parse_section *parse,
			  build_section *build)
{
	char *buffer = malloc(len + 1);
	struct klpcc_section_name section;

	if (!buffer)
		abort();
	if (!parse(name, len, &section)) {
		compare(build(&section, buffer, len + 1), buffer, name, len);
		if (build(&section, buffer, len) != -KLPCC_NAME_NO_SPACE)
			fuzz_broken("'%.*s' fits where it cannot", (int)len, name);
	}
	free(buffer);
}

/* How many kinds say that the name is theirs, well formed or not. */
static int owners(const char *name, size_t len)
{
	static parse_ref *const symbols[] = { klpcc_foreign_mark_parse,
					      klpcc_mainline_symbol_parse,
					      klpcc_mark_parse };
	struct klpcc_ref ref;
	int count = 0;

	for (size_t i = 0; i < sizeof(symbols) / sizeof(symbols[0]); i++)
		count += symbols[i](name, len, &ref) != -KLPCC_NAME_NOT_OURS;
	return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *name = (const char *)data;
	struct klpcc_span span = { name, size };

	check_ref(name, size, klpcc_mark_parse, klpcc_mark_build);
	check_ref(name, size, klpcc_foreign_mark_parse, NULL);
	check_ref(name, size, klpcc_object_symbol_parse, klpcc_object_symbol_build);
	check_ref(name, size, klpcc_mainline_symbol_parse, klpcc_mainline_symbol_build);
	check_section(name, size, klpcc_object_section_parse, klpcc_object_section_build);
	check_section(name, size, klpcc_mainline_section_parse,
		      klpcc_mainline_section_build);
	if (owners(name, size) > 1)
		fuzz_broken("'%.*s' has two owners", (int)size, name);
	klpcc_name_strerror(klpcc_check_symbol(span));
	klpcc_name_strerror(klpcc_check_object(span));
	return 0;
}
