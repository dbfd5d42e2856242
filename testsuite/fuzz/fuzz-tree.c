// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Fuzzes the readers of what a source tree and the headers of a kernel say of themselves:
 * autoconf.h, .config, utsrelease.h, and the source's Makefile and changelog.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "fuzz.h"
#include "tree/compiler.h"
#include "tree/config.h"
#include "tree/headers.h"
#include "tree/source-version.h"

static char root[128], makefile[160], changelog[192];

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	char debian[160];

	(void)argc;
	(void)argv;
	strcpy(root, fuzz_scratch("tree"));
	snprintf(debian, sizeof(debian), "%s/debian", root);
	if (mkdir(root, 0700) || mkdir(debian, 0700))
		fuzz_broken("%s: %s", debian, strerror(errno));
	snprintf(makefile, sizeof(makefile), "%s/Makefile", root);
	snprintf(changelog, sizeof(changelog), "%s/changelog", debian);
	return 0;
}

static void write_file(const char *path, const uint8_t *data, size_t size)
{
	FILE *file = fopen(path, "wb");

	if (!file || fwrite(data, 1, size, file) != size || fclose(file))
		fuzz_broken("%s: %s", path, strerror(errno));
}

typedef struct klpcc_error *text_reader(const char *path, char **ret);

/* What is not there is NULL. */
static void read_text(text_reader *read, const char *path)
{
	char *text;

	if (!fuzz_done(read(path, &text)))
		return;
	if (text)
		fuzz_read(text, strlen(text));
	free(text);
}

static void count_difference(void *arg, const char *name, const char *one,
			     const char *other)
{
	size_t *count = arg;

	(void)name;
	(void)one;
	(void)other;
	(*count)++;
}

/* Every option is found, unless its name is there twice, and a configuration equals itself. */
static void check_config(const struct klpcc_config *config)
{
	size_t differences = 0;

	for (size_t i = 0; i < config->count; i++)
		if (!klpcc_config_value(config, config->options[i].name))
			fuzz_broken("%s is not found", config->options[i].name);
	klpcc_config_compare(config, config, count_difference, &differences);
	if (differences)
		fuzz_broken("a configuration differs from itself");
}

static void read_config(const char *path)
{
	struct klpcc_config config;

	if (!fuzz_done(klpcc_config_read(path, &config)))
		return;
	check_config(&config);
	klpcc_config_deinit(&config);
}

static void read_title(const char *path)
{
	char *arch, *version;

	if (!fuzz_done(klpcc_headers_title(path, &arch, &version)))
		return;
	fuzz_read(arch, strlen(arch));
	fuzz_read(version, strlen(version));
	free(version);
	if (klpcc_compiler_compare(arch, arch) != KLPCC_COMPILER_SAME)
		fuzz_broken("'%s' is another compiler than itself", arch);
	free(arch);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	write_file(makefile, data, size);
	write_file(changelog, data, size);
	fuzz_begin(size, 64);
	read_config(makefile);
	read_title(makefile);
	read_text(klpcc_headers_release, makefile);
	read_text(klpcc_tree_source_upstream, root);
	read_text(klpcc_tree_source_changelog, root);
	fuzz_end();
	return 0;
}
