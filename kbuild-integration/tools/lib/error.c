// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Error objects: see error.h for who owns and who prints them.
 */
#include "error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "printable.h"

static struct klpcc_error out_of_memory = { ENOMEM, (char *)"out of memory" };

struct klpcc_error *klpcc_error_nomem(void)
{
	return &out_of_memory;
}

/*
 * Takes ownership of message, which may be NULL. Messages quote names from files:
 * whatever these contain, the message stays one printable line.
 */
static struct klpcc_error *wrap_message(int code, char *message)
{
	char *printable = message ? klpcc_printable(message) : NULL;
	struct klpcc_error *err = printable ? malloc(sizeof(*err)) : NULL;

	free(message);
	if (!err) {
		free(printable);
		return klpcc_error_nomem();
	}
	err->code = code;
	err->message = printable;
	return err;
}

static char *format_message(const char *format, va_list args)
{
	char *text;

	return vasprintf(&text, format, args) < 0 ? NULL : text;
}

static char *join_texts(char *head, const char *tail)
{
	char *text;

	if (!head || asprintf(&text, "%s: %s", head, tail) < 0)
		text = NULL;
	free(head);
	return text;
}

struct klpcc_error *klpcc_error_new(int code, const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = format_message(format, args);
	va_end(args);
	return wrap_message(code, text);
}

struct klpcc_error *klpcc_error_errno(int code, const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = format_message(format, args);
	va_end(args);
	return wrap_message(code, join_texts(text, strerror(code)));
}

struct klpcc_error *klpcc_error_prefix(struct klpcc_error *err, const char *format, ...)
{
	va_list args;
	char *text;
	int code;

	if (!err || err == &out_of_memory)
		return err;
	va_start(args, format);
	text = format_message(format, args);
	va_end(args);
	text = join_texts(text, err->message);
	code = err->code;
	klpcc_error_free(err);
	return wrap_message(code, text);
}

void klpcc_error_free(struct klpcc_error *err)
{
	if (!err || err == &out_of_memory)
		return;
	free(err->message);
	free(err);
}
