// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * klpcc show: opens a file and has it read and printed.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../index/index-format.h"
#include "../lib/decompress.h"
#include "show-private.h"

struct klpcc_error *klpcc_show_is_index(const char *path, bool *ret)
{
	char magic[sizeof(KLPCC_DISK_MAGIC) - 1];
	/* O_NONBLOCK: a FIFO is refused later, not waited for. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return klpcc_error_errno(errno, "%s: cannot open", path);
	/* What cannot be read so is no index; the reader of modules says what is wrong with it. */
	*ret = pread(fd, magic, sizeof(magic), 0) == (ssize_t)sizeof(magic) &&
	       !memcmp(magic, KLPCC_DISK_MAGIC, sizeof(magic));
	close(fd);
	return NULL;
}

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
