/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Text that is safe to print: messages of the tools and of the plugin quote names from
 * files, and these must not reach a terminal as a control sequence or start a line of its
 * own.
 */
#ifndef KLPCC_PRINTABLE_H
#define KLPCC_PRINTABLE_H

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A copy of text in which every byte that is not part of a printable character becomes an
 * escape of C: \n, \t, or three octal digits (\033). Printable is UTF-8 without control
 * characters (C0, DEL, C1), line separators and what turns the writing direction. A text
 * that is printable comes back unchanged. malloc()ed; NULL without memory.
 */
char *klpcc_printable(const char *text);

#ifdef __cplusplus
}
#endif
#endif
