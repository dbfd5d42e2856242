// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc show: opens a file and has it read and printed.
 */
#include <stdlib.h>

#include "../lib/decompress.h"
#include "show-private.h"

static struct klpcc_error *print_module(const struct klpcc_show_module *module,
					FILE *stream)
{
	switch (module->options->format) {
	case KLPCC_SHOW_JSON:
		return klpcc_show_print_json(module, stream);
	case KLPCC_SHOW_DOT:
		return klpcc_show_print_dot(module, stream);
	default:
		return klpcc_show_print(module, stream);
	}
}

static void deinit_module(struct klpcc_show_module *module)
{
	for (size_t i = 0; module->sources && i < module->use_count; i++)
		free(module->sources[i]);
	free(module->sources);
	free(module->symbols);
	free(module->symbol_of);
	klpcc_refs_deinit(&module->refs);
	klpcc_patch_table_deinit(&module->table);
	free(module->next_ref);
	free(module->gates);
	free(module->uses);
	free(module->holders);
	klpcc_elf_close(module->elf);
}

struct klpcc_error *klpcc_show_module_memory(const struct klpcc_show_options *options,
					     const char *label, const void *data,
					     size_t size, FILE *stream)
{
	struct klpcc_show_module module = { .options = options };
	struct klpcc_error *err;

	err = klpcc_elf_open_memory(label, data, size, &module.elf);
	if (err)
		return err;
	err = klpcc_show_read_module(&module);
	if (!err)
		err = klpcc_show_read_uses(&module);
	if (!err)
		err = print_module(&module, stream);
	deinit_module(&module);
	return err;
}

struct klpcc_error *klpcc_show_module(const struct klpcc_show_options *options,
				      const char *path, FILE *stream)
{
	struct klpcc_buffer buffer;
	struct klpcc_error *err;

	err = klpcc_file_read_unpacked(path, &buffer);
	if (err)
		return err;
	err = klpcc_show_module_memory(options, path, buffer.data, buffer.size, stream);
	klpcc_buffer_deinit(&buffer);
	return err;
}
