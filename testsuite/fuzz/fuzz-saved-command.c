// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Fuzzes the reader of kbuild's .cmd files. The words of a command that it takes are written as
 * kbuild would write them, each in quotes, and must come back.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "tree/saved-command.h"

#define TARGET "fs/fcntl.o"

/* As the shell's quotes and make-cmd of scripts/Kbuild.include have a character. */
static void put_quoted(FILE *stream, char c)
{
	switch (c) {
	case '\'':
		fputs("'\\''", stream);
		break;
	case '$':
		fputs("$$", stream);
		break;
	case '#':
		fputs("$(pound)", stream);
		break;
	default:
		fputc(c, stream);
	}
}

static void write_again(const struct klpcc_saved_command *command,
			struct klpcc_buffer *ret)
{
	char *text;
	FILE *stream = open_memstream(&text, &ret->size);

	if (!stream)
		abort();
	fputs("savedcmd_" TARGET " :=", stream);
	for (size_t i = 0; i < command->argv.count; i++) {
		fputs(" '", stream);
		for (const char *c = command->argv.words[i]; *c; c++)
			put_quoted(stream, *c);
		fputc('\'', stream);
	}
	fputs(" ; ./objtool\n", stream);
	if (fclose(stream))
		abort();
	ret->data = (unsigned char *)text;
}

static void compare(const struct klpcc_words *one, const struct klpcc_words *other)
{
	if (one->count != other->count)
		fuzz_broken("%zu words became %zu", one->count, other->count);
	for (size_t i = 0; i < one->count; i++)
		if (strcmp(one->words[i], other->words[i]))
			fuzz_broken("'%s' became '%s'", one->words[i], other->words[i]);
}

static void check(const struct klpcc_saved_command *command)
{
	struct klpcc_saved_command again;
	struct klpcc_buffer text;

	for (size_t i = 0; i < command->prerequisites.count; i++)
		if (!*command->prerequisites.words[i])
			fuzz_broken("a prerequisite without a name");
	write_again(command, &text);
	if (!fuzz_done(klpcc_saved_command_parse("again", TARGET, &text, &again)))
		fuzz_broken("what was written is refused");
	compare(&command->argv, &again.argv);
	klpcc_saved_command_deinit(&again);
	klpcc_buffer_deinit(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct klpcc_buffer contents = { size ? (unsigned char *)data : NULL, size };
	struct klpcc_saved_command command;

	fuzz_begin(size, 256);
	if (fuzz_done(klpcc_saved_command_parse("input", TARGET, &contents, &command))) {
		check(&command);
		klpcc_saved_command_deinit(&command);
	}
	fuzz_end();
	return 0;
}
