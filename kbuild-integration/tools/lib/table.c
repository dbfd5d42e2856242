// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Tables for people: see table.h.
 *
 * Each row is made twice, once for the widths and once to be printed, which takes less time than
 * keeping a million rows.
 */
#include "table.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "array.h"
#include "printable.h"

#define GAP 2 /* blanks before each column */
#define NARROWEST 8
#define EMPTY "-"

struct cell {
	size_t end;   /* in klpcc_row.text */
	size_t width; /* characters */
};

struct klpcc_row {
	char *text;
	size_t used, capacity;
	struct cell cells[KLPCC_TABLE_COLUMNS];
	size_t count;
	size_t width; /* of the cell that is not ended */
	bool failed;  /* no memory */
};

/* ---- filling --------------------------------------------------------------------------- */

static bool is_continuation(char byte)
{
	return ((unsigned char)byte & 0xc0) == 0x80;
}

static size_t count_characters(const char *text, size_t length)
{
	size_t count = 0;

	for (size_t i = 0; i < length; i++)
		count += !is_continuation(text[i]);
	return count;
}

static void add_bytes(struct klpcc_row *row, const char *bytes, size_t length,
		      size_t width)
{
	char *text;

	if (!length)
		return;
	text = klpcc_array_grow(row->text, row->used, length, &row->capacity, 1);
	if (!text) {
		row->failed = true;
		return;
	}
	row->text = text;
	memcpy(text + row->used, bytes, length);
	row->used += length;
	row->width += width;
}

static void add_escaped(struct klpcc_row *row, const char *text, size_t length)
{
	char *copy = strndup(text, length);
	char *shown = copy ? klpcc_printable(copy) : NULL;

	if (shown)
		add_bytes(row, shown, strlen(shown),
			  count_characters(shown, strlen(shown)));
	else
		row->failed = true;
	free(shown);
	free(copy);
}

void klpcc_row_text(struct klpcc_row *row, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (text[i] < ' ' || text[i] > '~') {
			add_escaped(row, text, length);
			return;
		}
	}
	add_bytes(row, text, length, length);
}

void klpcc_row_string(struct klpcc_row *row, const char *text)
{
	klpcc_row_text(row, text, strlen(text));
}

static void add_digits(struct klpcc_row *row, uint64_t number, unsigned int base)
{
	char digits[24], *first = digits + sizeof(digits);

	do
		*--first = "0123456789abcdef"[number % base];
	while (number /= base);
	add_bytes(row, first, (size_t)(digits + sizeof(digits) - first),
		  (size_t)(digits + sizeof(digits) - first));
}

void klpcc_row_number(struct klpcc_row *row, uint64_t number)
{
	add_digits(row, number, 10);
}

void klpcc_row_hex(struct klpcc_row *row, uint64_t number)
{
	add_bytes(row, "0x", 2, 2);
	add_digits(row, number, 16);
}

void klpcc_row_end_cell(struct klpcc_row *row)
{
	row->cells[row->count++] = (struct cell){ row->used, row->width };
	row->width = 0;
}

static void fill_row(const struct klpcc_table *table, size_t number,
		     struct klpcc_row *row)
{
	row->used = 0;
	row->count = 0;
	table->fill(table->arg, number, row);
}

/* ---- widths ---------------------------------------------------------------------------- */

/* Columns of the terminal; 0 for anything else. */
static size_t terminal_width(FILE *stream)
{
	struct winsize size;

	if (!isatty(fileno(stream)) || ioctl(fileno(stream), TIOCGWINSZ, &size))
		return 0;
	return size.ws_col;
}

/* 0 for a column with nothing in it. */
static void measure_columns(const struct klpcc_table *table, struct klpcc_row *row,
			    size_t *width)
{
	memset(width, 0, table->column_count * sizeof(*width));
	for (size_t i = 0; i < table->row_count && !row->failed; i++) {
		fill_row(table, i, row);
		for (size_t j = 0; j < table->column_count; j++)
			if (row->cells[j].width > width[j])
				width[j] = row->cells[j].width;
	}
	for (size_t i = 0; i < table->column_count; i++) {
		size_t head = strlen(table->columns[i].head);

		if (width[i] && width[i] < head)
			width[i] = head;
	}
}

/* Takes from the widest column until the terminal has room for all. */
static void fit_columns(size_t *width, size_t count, size_t room)
{
	size_t total = 0;

	for (size_t i = 0; i < count; i++)
		total += width[i] ? width[i] + GAP : 0;
	while (room && total > room) {
		size_t widest = 0, second = 0, less;

		for (size_t i = 1; i < count; i++)
			if (width[i] > width[widest])
				widest = i;
		for (size_t i = 0; i < count; i++)
			if (i != widest && width[i] > second)
				second = width[i];
		if (width[widest] <= NARROWEST)
			break;
		less = width[widest] > second ? width[widest] - second : 1;
		if (less > total - room)
			less = total - room;
		if (less > width[widest] - NARROWEST)
			less = width[widest] - NARROWEST;
		width[widest] -= less;
		total -= less;
	}
}

/* ---- printing -------------------------------------------------------------------------- */

static void put_blanks(FILE *stream, size_t count)
{
	while (count--)
		putc_unlocked(' ', stream);
}

/* A cell that does not fit: "+" takes the place of its last character that does. */
static void put_cut(FILE *stream, const char *text, size_t width)
{
	while (--width)
		do
			putc_unlocked(*text++, stream);
		while (is_continuation(*text));
	putc_unlocked('+', stream);
}

static void put_cell(FILE *stream, const char *text, size_t length, size_t characters,
		     size_t width, bool right, bool last)
{
	size_t blanks = characters < width ? width - characters : 0;

	put_blanks(stream, GAP + (right ? blanks : 0));
	if (characters > width)
		put_cut(stream, text, width);
	else
		fwrite_unlocked(text, 1, length, stream);
	if (!right && !last)
		put_blanks(stream, blanks);
}

/* row: NULL for the heads. */
static void put_row(const struct klpcc_table *table, const struct klpcc_row *row,
		    const size_t *width, FILE *stream)
{
	size_t last = table->column_count;

	while (last && !width[last - 1])
		last--;
	for (size_t i = 0, start = 0; i < last; i++) {
		const char *text = table->columns[i].head;
		size_t length = strlen(text), characters = length;

		if (row) {
			text = row->text + start;
			length = row->cells[i].end - start;
			characters = row->cells[i].width;
			start = row->cells[i].end;
		}
		if (!width[i])
			continue;
		if (!length) {
			text = EMPTY;
			length = characters = strlen(EMPTY);
		}
		put_cell(stream, text, length, characters, width[i],
			 table->columns[i].right, i + 1 == last);
	}
	putc_unlocked('\n', stream);
}

struct klpcc_error *klpcc_table_print(const struct klpcc_table *table, FILE *stream)
{
	struct klpcc_row row = { .text = NULL };
	size_t width[KLPCC_TABLE_COLUMNS];

	if (!table->row_count)
		return NULL;
	measure_columns(table, &row, width);
	fit_columns(width, table->column_count, terminal_width(stream));
	if (!row.failed)
		put_row(table, NULL, width, stream);
	for (size_t i = 0; i < table->row_count && !row.failed; i++) {
		fill_row(table, i, &row);
		if (!row.failed)
			put_row(table, &row, width, stream);
	}
	free(row.text);
	return row.failed ? klpcc_error_nomem() : NULL;
}
