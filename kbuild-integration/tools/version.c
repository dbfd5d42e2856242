// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc --version: the version of the tool, and the plugins beside it with the compilers that they
 * were built for. That is read from the plugin's file (lib/parts.h), as only that compiler can load
 * the plugin.
 */
#include "tool.h"

#include <stdio.h>
#include <stdlib.h>

#include "elf/elf.h"
#include "lib/parts.h"

static struct klpcc_error *print_description(const char *path, FILE *stream)
{
	const char *version, *gcc, *machine;
	struct klpcc_elf *elf;
	struct klpcc_error *err;

	err = klpcc_elf_open(path, &elf);
	if (err)
		return err;
	err = klpcc_elf_value(elf, KLPCC_PLUGIN_SECTION, "version", &version);
	if (!err)
		err = klpcc_elf_value(elf, KLPCC_PLUGIN_SECTION, "gcc", &gcc);
	if (!err)
		err = klpcc_elf_value(elf, KLPCC_PLUGIN_SECTION, "target", &machine);
	if (!err && (!version || !gcc || !machine))
		err = klpcc_elf_error(elf, NULL, "it does not say which GCC it is for");
	if (!err)
		fprintf(stream, "plugin %s for GCC %s, %s: %s\n", version, gcc, machine,
			path);
	klpcc_elf_close(elf);
	return err;
}

/* A plugin that is missing or cannot be read is reported, but the command does not fail. */
static void print_plugin(const struct klpcc_parts *parts, const char *triplet,
			 FILE *stream)
{
	char *path = NULL;
	struct klpcc_error *err = klpcc_parts_plugin(parts, triplet, &path);

	if (!err)
		err = print_description(path, stream);
	if (err)
		fprintf(stream, "%s\n", err->message);
	klpcc_error_free(err);
	free(path);
}

void klpcc_print_version(FILE *stream)
{
	struct klpcc_parts parts;
	struct klpcc_error *err;

	fprintf(stream, "klpcc %s\n", KLPCC_VERSION);
	fputs("License GPL-2.0-or-later; there is no warranty.\n", stream);
	err = klpcc_parts_init(&parts);
	if (err) {
		fprintf(stream, "%s\n", err->message);
		klpcc_error_free(err);
	} else {
		print_plugin(&parts, "", stream);
		for (size_t i = 0; i < parts.triplet_count; i++)
			print_plugin(&parts, parts.triplets[i], stream);
		klpcc_parts_deinit(&parts);
	}
}
