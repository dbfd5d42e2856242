// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads and compares configurations: see config.h. The file is one #define for each option that is
 * set (scripts/kconfig/confdata.c of the kernel), in an order that depends on the version.
 */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/array.h"

#define DEFINE "#define CONFIG_"

static int compare_options(const void *a, const void *b)
{
	const struct klpcc_option *one = a, *other = b;

	return strcmp(one->name, other->name);
}

/* line: ends with NUL. Ends the name with one, too. */
static struct klpcc_error *add_option(struct klpcc_config *config, char *line,
				      size_t *capacity)
{
	char *name = line + strlen("#define "), *blank = strchr(name, ' ');
	struct klpcc_option *grown;

	if (!blank)
		return klpcc_error_new(EINVAL, "%s has no value", name);
	grown = klpcc_array_grow(config->options, config->count, 1, capacity,
				 sizeof(*grown));
	if (!grown)
		return klpcc_error_nomem();
	*blank = '\0';
	config->options = grown;
	grown[config->count++] = (struct klpcc_option){ name, blank + 1 };
	return NULL;
}

static struct klpcc_error *read_options(struct klpcc_config *config)
{
	char *line = (char *)config->contents.data, *end = line + config->contents.size;
	struct klpcc_error *err = NULL;
	size_t capacity = 0;

	while (!err && line < end) {
		char *newline = memchr(line, '\n', (size_t)(end - line));

		if (!newline)
			return klpcc_error_new(EINVAL, "its last line has no end");
		*newline = '\0';
		if (!strncmp(line, DEFINE, strlen(DEFINE)))
			err = add_option(config, line, &capacity);
		line = newline + 1;
	}
	if (!err && !config->count)
		err = klpcc_error_new(EINVAL, "it sets no option");
	return err;
}

struct klpcc_error *klpcc_config_read(const char *path, struct klpcc_config *ret)
{
	struct klpcc_config config = { .count = 0 };
	struct klpcc_error *err = klpcc_file_read(path, &config.contents);

	if (err)
		return err;
	err = config.contents.size ? read_options(&config)
				   : klpcc_error_new(EINVAL, "it is empty");
	if (err) {
		klpcc_config_deinit(&config);
		return klpcc_error_prefix(err, "%s", path);
	}
	qsort(config.options, config.count, sizeof(*config.options), compare_options);
	*ret = config;
	return NULL;
}

void klpcc_config_deinit(struct klpcc_config *config)
{
	free(config->options);
	klpcc_buffer_deinit(&config->contents);
	*config = (struct klpcc_config){ .count = 0 };
}

const char *klpcc_config_value(const struct klpcc_config *config, const char *name)
{
	struct klpcc_option key = { name, NULL }, *found;

	found = bsearch(&key, config->options, config->count, sizeof(key),
			compare_options);
	return found ? found->value : NULL;
}

void klpcc_config_compare(const struct klpcc_config *one,
			  const struct klpcc_config *other, klpcc_config_visit *visit,
			  void *arg)
{
	size_t i = 0, j = 0;

	while (i < one->count || j < other->count) {
		const struct klpcc_option *a = &one->options[i], *b = &other->options[j];
		int order = i == one->count     ? 1
			    : j == other->count ? -1
						: strcmp(a->name, b->name);

		if (order < 0)
			visit(arg, a->name, a->value, NULL);
		else if (order > 0)
			visit(arg, b->name, NULL, b->value);
		else if (strcmp(a->value, b->value))
			visit(arg, a->name, a->value, b->value);
		i += order <= 0;
		j += order >= 0;
	}
}
