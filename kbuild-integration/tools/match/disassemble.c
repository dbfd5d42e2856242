// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The instructions around the first difference of a function, of the file and of the
 * kernel, as objdump prints them. Where there is no objdump for the machine, there are
 * none.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../lib/run.h"
#include "match-private.h"

/* Instructions before and after the one that differs. */
#define BEFORE 3
#define AFTER 3

/* A file of these bytes that another program can open: *path is its name there; -1: none. */
static int make_file(const unsigned char *bytes, size_t size, char path[32])
{
	int fd = memfd_create("klpcc code", 0);

	if (fd < 0)
		return -1;
	if (write(fd, bytes, size) != (ssize_t)size) {
		close(fd);
		return -1;
	}
	snprintf(path, 32, "/proc/self/fd/%d", fd);
	return fd;
}

static bool run_objdump(const struct klpcc_arch *arch, const char *program,
			const char *path, struct klpcc_buffer *ret)
{
	const char *const argv[] = { program, "-D",      "-z", "-b", "binary",
				     "-m",    arch->bfd, path, NULL };
	const struct klpcc_run run = { .argv = argv };
	struct klpcc_error *err = klpcc_run_read(&run, ret);

	klpcc_error_free(err);
	return !err;
}

/* That for the machine, or the one of this machine. Terminated text; NULL: there is none. */
static char *disassemble(const struct klpcc_arch *arch, const unsigned char *bytes,
			 size_t size)
{
	struct klpcc_buffer output = { .size = 0 };
	char path[32], *program, *text = NULL;
	int fd = make_file(bytes, size, path);

	if (fd < 0)
		return NULL;
	if (asprintf(&program, "%s-objdump", arch->triplet) >= 0) {
		if (run_objdump(arch, program, path, &output) ||
		    run_objdump(arch, "objdump", path, &output))
			text = strndup((const char *)output.data, output.size);
		free(program);
	}
	klpcc_buffer_deinit(&output);
	close(fd);
	return text;
}

/* The offset of a line "  1a:\tBYTES\tINSTRUCTION"; others are headings. */
static bool read_offset(const char *line, uint64_t *ret)
{
	char *end;

	*ret = strtoull(line, &end, 16);
	return end != line && *end == ':' && *line == ' ';
}

/* Prints the lines around an offset. */
static void put_lines(FILE *stream, const char *who, char *text, uint64_t offset)
{
	const char *lines[BEFORE + 1 + AFTER] = { NULL };
	size_t count = 0, after = 0;
	char *save = NULL;

	for (char *line = strtok_r(text, "\n", &save); line && after < AFTER;
	     line = strtok_r(NULL, "\n", &save)) {
		uint64_t at;

		if (!read_offset(line, &at))
			continue;
		if (at > offset) {
			after++;
		} else if (count > BEFORE) {
			memmove(lines, lines + 1, BEFORE * sizeof(*lines));
			count = BEFORE;
		}
		lines[count++] = line;
	}
	fprintf(stream, "  %s:\n", who);
	for (size_t i = 0; i < count; i++)
		fprintf(stream, "  %s\n", lines[i]);
}

struct klpcc_error *klpcc_match_show_code(const struct klpcc_match *match,
					  const struct klpcc_elf_symbol *symbol,
					  struct klpcc_match_place place, uint64_t offset,
					  char **ret)
{
	const struct klpcc_match_section *section =
		&match->file->sections[symbol->section];
	size_t size = (size_t)klpcc_match_size_of(match->file, symbol), length;
	const unsigned char *bytes = klpcc_match_bytes_at(match->object, place, size);
	char *mine = NULL, *theirs = NULL;
	FILE *stream;

	*ret = NULL;
	if (!section->bytes || !bytes || !size)
		return NULL;
	mine = disassemble(match->object->arch, section->bytes + symbol->value, size);
	theirs = mine ? disassemble(match->object->arch, bytes, size) : NULL;
	if (theirs) {
		stream = open_memstream(ret, &length);
		if (stream) {
			put_lines(stream, "here", mine, offset);
			put_lines(stream, "in the kernel", theirs, offset);
			if (fclose(stream)) {
				free(*ret);
				*ret = NULL;
			}
		}
	}
	free(mine);
	free(theirs);
	return NULL;
}
