// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reads kbuild's .cmd files: see saved-command.h.
 *
 * They are makefiles, which scripts/Kbuild.include and scripts/basic/fixdep.c of the kernel write:
 *
 *	savedcmd_fs/fcntl.o := gcc ... -DX='"x"' -c -o fs/fcntl.o ../fs/fcntl.c ; ./objtool ...
 *	source_fs/fcntl.o := ../fs/fcntl.c
 *	deps_fs/fcntl.o := \
 *	    $(wildcard include/config/SMP) \
 *	  include/linux/kconfig.h \
 *
 * Before Linux 6.2 the first name is "cmd_". make-cmd of Kbuild.include doubles each $ and turns
 * each # into $(pound); what is left is a line of shell. Of that the quotes are undone here, up to
 * the first command's end.
 */
#include "saved-command.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Characters of text that are not read yet; lines end where it says so. */
struct cursor {
	const char *at, *end;
};

static struct cursor take_line(struct cursor *text)
{
	const char *end = memchr(text->at, '\n', (size_t)(text->end - text->at));
	struct cursor line = { text->at, end ? end : text->end };

	text->at = end ? end + 1 : text->end;
	return line;
}

static bool take_prefix(struct cursor *text, const char *prefix)
{
	size_t length = strlen(prefix);

	if ((size_t)(text->end - text->at) < length || memcmp(text->at, prefix, length))
		return false;
	text->at += length;
	return true;
}

/* "NAME_TARGET := " at the beginning of a line. */
static bool take_assignment(struct cursor *line, const char *name, const char *target)
{
	struct cursor rest = *line;

	if (!take_prefix(&rest, name) || !take_prefix(&rest, target) ||
	    !take_prefix(&rest, " := "))
		return false;
	*line = rest;
	return true;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* ---- make's quoting ------------------------------------------------------------------- */

/* What make makes of the value of a variable; NULL if it holds anything else than the two. */
static char *expand_value(struct cursor value, size_t *length)
{
	char *text = malloc((size_t)(value.end - value.at) + 1);
	size_t used = 0;

	while (text && value.at < value.end) {
		if (take_prefix(&value, "$$")) {
			text[used++] = '$';
		} else if (take_prefix(&value, "$(pound)")) {
			text[used++] = '#';
		} else if (*value.at == '$') {
			free(text);
			return NULL;
		} else {
			text[used++] = *value.at++;
		}
	}
	if (text)
		text[used] = '\0';
	*length = used;
	return text;
}

/* ---- the shell's ---------------------------------------------------------------------- */

/* A word while it is put together; long enough for what is left of the line. */
struct word {
	char *text;
	size_t length;
	bool begun; /* '' is a word, too */
};

static struct klpcc_error *refuse_shell(char c)
{
	return klpcc_error_new(
		EINVAL, "the command has a '%c' that only a shell can carry out", c);
}

/* The rest of a quoted string, whose first quote is taken. */
static struct klpcc_error *take_quoted(struct cursor *text, char quote, struct word *word)
{
	for (; text->at < text->end && *text->at != quote; text->at++) {
		if (quote == '"' && (*text->at == '$' || *text->at == '`'))
			return refuse_shell(*text->at);
		if (quote == '"' && *text->at == '\\' && text->at + 1 < text->end &&
		    strchr("$`\"\\", text->at[1]))
			text->at++;
		word->text[word->length++] = *text->at;
	}
	if (text->at == text->end)
		return klpcc_error_new(EINVAL, "a quote of the command has no end");
	text->at++;
	return NULL;
}

/* One word, up to a blank or to what ends a command. */
static struct klpcc_error *take_word(struct cursor *text, struct word *word)
{
	struct klpcc_error *err = NULL;

	word->length = 0;
	word->begun = false;
	while (!err && text->at < text->end && !is_blank(*text->at) &&
	       !strchr(";&|", *text->at)) {
		char c = *text->at++;

		if (c == '#' && !word->begun)
			return refuse_shell(c); /* a comment */
		word->begun = true;
		if (c == '\'' || c == '"')
			err = take_quoted(text, c, word);
		else if (strchr("$`<>(){}!", c))
			err = refuse_shell(c);
		else if (c == '\\' && text->at == text->end)
			err = klpcc_error_new(EINVAL, "the command ends in a backslash");
		else
			word->text[word->length++] = c == '\\' ? *text->at++ : c;
	}
	word->text[word->length] = '\0';
	return err;
}

static struct klpcc_error *split_command(const char *line, size_t length,
					 struct klpcc_words *argv)
{
	struct cursor text = { line, line + length };
	struct word word = { .text = malloc(length + 1) };
	struct klpcc_error *err = word.text ? NULL : klpcc_error_nomem();

	while (!err) {
		while (text.at < text.end && is_blank(*text.at))
			text.at++;
		err = take_word(&text, &word);
		if (!err && !word.begun)
			break;
		if (!err)
			err = klpcc_words_add(argv, word.text);
	}
	free(word.text);
	return err;
}

/* ---- the file ------------------------------------------------------------------------- */

static struct klpcc_error *read_command(struct cursor value, struct klpcc_words *argv)
{
	struct klpcc_error *err;
	size_t length;
	char *line;

	if (argv->count)
		return klpcc_error_new(EINVAL, "it holds two commands");
	line = expand_value(value, &length);
	if (!line)
		return klpcc_error_new(EINVAL, "the command has a variable of make");
	err = split_command(line, length, argv);
	free(line);
	if (!err && !argv->count)
		err = klpcc_error_new(EINVAL, "the command is empty");
	return err;
}

/* A line "  FILE \" or "    $(wildcard FILE) \"; without the backslash it is the last one. */
static struct klpcc_error *read_prerequisite(struct cursor line, bool *more,
					     struct klpcc_words *files)
{
	*more = line.end > line.at && line.end[-1] == '\\';
	line.end -= *more;
	while (line.at < line.end && is_blank(*line.at))
		line.at++;
	while (line.at < line.end && is_blank(line.end[-1]))
		line.end--;
	if (take_prefix(&line, "$(wildcard ") && line.at < line.end)
		line.end--;
	if (line.at == line.end)
		return NULL;
	return klpcc_words_take(files, strndup(line.at, (size_t)(line.end - line.at)));
}

static struct klpcc_error *read_source(struct cursor value,
				       struct klpcc_saved_command *command)
{
	if (command->source)
		return klpcc_error_new(EINVAL, "it names two sources");
	command->source = strndup(value.at, (size_t)(value.end - value.at));
	return command->source ? NULL : klpcc_error_nomem();
}

static struct klpcc_error *read_lines(struct cursor text, const char *target,
				      struct klpcc_saved_command *command)
{
	struct klpcc_error *err = NULL;
	bool more = false;

	while (!err && text.at < text.end) {
		struct cursor line = take_line(&text);

		if (more)
			err = read_prerequisite(line, &more, &command->prerequisites);
		else if (take_assignment(&line, "savedcmd_", target) ||
			 take_assignment(&line, "cmd_", target))
			err = read_command(line, &command->argv);
		else if (take_assignment(&line, "source_", target))
			err = read_source(line, command);
		else if (take_assignment(&line, "deps_", target))
			err = read_prerequisite(line, &more, &command->prerequisites);
	}
	if (!err && !command->argv.count)
		err = klpcc_error_new(EINVAL, "it holds no command for %s", target);
	return err;
}

struct klpcc_error *klpcc_saved_command_parse(const char *name, const char *target,
					      const struct klpcc_buffer *contents,
					      struct klpcc_saved_command *ret)
{
	const char *start = contents->size ? (const char *)contents->data : "";
	struct cursor text = { start, start + contents->size };
	struct klpcc_saved_command command = { .source = NULL };
	struct klpcc_error *err;

	if (memchr(start, '\0', contents->size))
		err = klpcc_error_new(EINVAL, "it is not text");
	else
		err = read_lines(text, target, &command);
	if (err) {
		klpcc_saved_command_deinit(&command);
		return klpcc_error_prefix(err, "%s", name);
	}
	*ret = command;
	return NULL;
}

char *klpcc_saved_command_path(const char *build, const char *target)
{
	const char *base = klpcc_base_name(target);
	char *path;

	if (asprintf(&path, "%s/%.*s.%s.cmd", build, (int)(base - target), target, base) <
	    0)
		return NULL;
	return path;
}

struct klpcc_error *klpcc_saved_command_read(const char *build, const char *target,
					     struct klpcc_saved_command *ret)
{
	char *path = klpcc_saved_command_path(build, target);
	struct klpcc_buffer contents;
	struct klpcc_error *err;

	if (!path)
		return klpcc_error_nomem();
	err = klpcc_file_read(path, &contents);
	if (!err) {
		err = klpcc_saved_command_parse(path, target, &contents, ret);
		klpcc_buffer_deinit(&contents);
	}
	free(path);
	return err;
}

void klpcc_saved_command_deinit(struct klpcc_saved_command *command)
{
	klpcc_words_deinit(&command->argv);
	klpcc_words_deinit(&command->prerequisites);
	free(command->source);
	*command = (struct klpcc_saved_command){ .source = NULL };
}
