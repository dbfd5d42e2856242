/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the tool says to its user: every line on standard error, progress aside, goes through
 * here, and looks as GCC's messages do.
 *
 * On a terminal they are coloured with GCC's colours (GCC_COLORS, as gcc(1) describes it);
 * not when NO_COLOR is set to anything, when TERM is missing or "dumb", or when
 * GCC_COLORS is empty. Anywhere else the same text is plain. Names from files cannot smuggle in
 * control sequences: printable.h.
 */
#ifndef KLPCC_MESSAGE_H
#define KLPCC_MESSAGE_H

#include <stdarg.h>
#include <stdio.h>

#include "error.h"

enum klpcc_message_kind {
	KLPCC_MESSAGE_PLAIN, /* "klpcc index: TEXT": what is being done, and the result */
	KLPCC_MESSAGE_NOTE,  /* "klpcc index: note: TEXT": what would be better */
	KLPCC_MESSAGE_WARNING,
	KLPCC_MESSAGE_ERROR, /* the end of the run */
};

/* Who speaks: "klpcc" or "klpcc COMMAND". Borrowed. */
void klpcc_message_set_program(const char *name);

/* One line, in one write. Text in '' or `` is emphasized as GCC does with quotes. */
void klpcc_message(enum klpcc_message_kind kind, const char *format, ...)
	KLPCC_PRINTF(2, 3);
void klpcc_vmessage(enum klpcc_message_kind kind, const char *format, va_list args)
	KLPCC_PRINTF(2, 0);

/*
 * The same for a line that is the result of a command, about something that has a name
 * ("x.ko: error: TEXT"): onto any stream, coloured if that is a terminal.
 */
void klpcc_print_line(FILE *stream, const char *about, enum klpcc_message_kind kind,
		      const char *text);

#endif
