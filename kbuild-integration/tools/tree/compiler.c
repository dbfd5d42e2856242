// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Compares compilers: see compiler.h.
 */
#include "compiler.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/run.h"
#include "../lib/words.h"

static struct klpcc_error *split_words(const char *text, struct klpcc_words *ret)
{
	struct klpcc_error *err = NULL;
	size_t length;

	for (text += strspn(text, " "); !err && *text; text += strspn(text, " ")) {
		length = strcspn(text, " ");
		err = klpcc_words_addf(ret, "%.*s", (int)length, text);
		text += length;
	}
	return err;
}

struct klpcc_error *klpcc_compiler_version(const char *compiler, char **ret)
{
	struct klpcc_words argv = { NULL, 0, 0 };
	struct klpcc_buffer output = { NULL, 0 };
	struct klpcc_error *err = split_words(compiler, &argv);

	if (!err)
		err = klpcc_words_add(&argv, "--version");
	if (!err) {
		struct klpcc_run run = { .argv = (const char *const *)argv.words };

		err = klpcc_run_read(&run, &output);
	}
	klpcc_words_deinit(&argv);
	if (err)
		return err;
	*ret = strndup(output.size ? (const char *)output.data : "", output.size);
	klpcc_buffer_deinit(&output);
	if (!*ret)
		return klpcc_error_nomem();
	(*ret)[strcspn(*ret, "\n")] = '\0';
	return NULL;
}

/* " (Debian 12.2.0-14) 12.2.0": what comes after the name. */
static const char *skip_name(const char *line)
{
	return line + strcspn(line, " ");
}

/* "12.2.0": the version number of GCC comes after its package's in parentheses; to the end. */
static const char *find_number(const char *line)
{
	const char *close = strrchr(line, ')');

	return close ? close + 1 : skip_name(line);
}

enum klpcc_compiler_relation klpcc_compiler_compare(const char *kernel, const char *here)
{
	if (!strcmp(skip_name(kernel), skip_name(here)))
		return KLPCC_COMPILER_SAME;
	if (!strcmp(find_number(kernel), find_number(here)))
		return KLPCC_COMPILER_REBUILT;
	return KLPCC_COMPILER_OTHER;
}

char *klpcc_compiler_name(const char *kernel)
{
	return strndup(kernel, (size_t)(skip_name(kernel) - kernel));
}
