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
	struct cell *cells;
	size_t count;
	size_t width; /* of the cell that is not ended */
	bool failed;  /* no memory */
	char *line;   /* in which it is put together */
	size_t line_capacity;
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

/* True for printable ASCII, as nearly all text is: eight bytes at a time. */
static bool is_plain(const char *text, size_t length)
{
	const uint64_t ones = 0x0101010101010101, high = 0x80 * ones;
	uint64_t odd = 0, word;
	size_t i = 0;

	for (; i + sizeof(word) <= length; i += sizeof(word)) {
		memcpy(&word, text + i, sizeof(word));
		/* A byte of 0x7f or more, or below a blank, sets a high bit. */
		odd |= word | (word + ones) | (word - ' ' * ones);
	}
	for (; i < length; i++)
		odd |= text[i] < ' ' || text[i] > '~' ? high : 0;
	return !(odd & high);
}

void klpcc_row_text(struct klpcc_row *row, const char *text, size_t length)
{
	if (is_plain(text, length))
		add_bytes(row, text, length, length);
	else
		add_escaped(row, text, length);
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
		const char *text = table->columns[i].head;
		size_t head = count_characters(text, strlen(text));

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

/* A line while it is put together; there is room for all of it. */
struct line {
	char *end;
	const struct klpcc_table *table;
	const size_t *width;
};

static void put_blanks(struct line *line, size_t count)
{
	memset(line->end, ' ', count);
	line->end += count;
}

/* A cell that does not fit: "+" takes the place of its last character that does. */
static void put_cut(struct line *line, const char *text, size_t width)
{
	while (--width)
		do
			*line->end++ = *text++;
		while (is_continuation(*text));
	*line->end++ = '+';
}

static void put_cell(struct line *line, size_t column, const char *text, size_t length,
		     size_t characters, bool last)
{
	size_t width = line->width[column];
	size_t blanks = characters < width ? width - characters : 0;
	bool right = line->table->columns[column].right;
	bool first = line->table->plain && !column;

	put_blanks(line, (first ? 0 : GAP) + (right ? blanks : 0));
	if (characters > width)
		put_cut(line, text, width);
	else
		line->end = mempcpy(line->end, text, length);
	if (!right && !last)
		put_blanks(line, blanks);
}

/* The last column that is printed, and one. */
static size_t count_columns(const struct klpcc_table *table, const size_t *width)
{
	size_t count = table->column_count;

	while (count && !width[count - 1])
		count--;
	return count;
}

/* The most bytes that a line with this row can have. */
static size_t measure_line(const struct klpcc_table *table, const struct klpcc_row *row,
			   const size_t *width)
{
	size_t size = row->used + 1;

	for (size_t i = 0; i < table->column_count; i++)
		size += GAP + width[i] + strlen(table->columns[i].head);
	return size;
}

/* heads: in place of the row's cells. */
static void put_row(const struct klpcc_table *table, struct klpcc_row *row, bool heads,
		    const size_t *width, FILE *stream)
{
	size_t last = count_columns(table, width);
	struct line line = { .table = table, .width = width };
	char *bytes = klpcc_array_grow(row->line, 0, measure_line(table, row, width),
				       &row->line_capacity, 1);

	if (!bytes) {
		row->failed = true;
		return;
	}
	row->line = line.end = bytes;
	for (size_t i = 0, start = 0; i < last; i++) {
		const char *text = heads ? table->columns[i].head : row->text + start;
		size_t length = heads ? strlen(text) : row->cells[i].end - start;
		size_t characters =
			heads ? count_characters(text, length) : row->cells[i].width;

		start += length;
		if (!width[i])
			continue;
		if (length)
			put_cell(&line, i, text, length, characters, i + 1 == last);
		else
			put_cell(&line, i, EMPTY, strlen(EMPTY), strlen(EMPTY),
				 i + 1 == last);
	}
	*line.end++ = '\n';
	fwrite_unlocked(bytes, 1, (size_t)(line.end - bytes), stream);
}

static void print_rows(const struct klpcc_table *table, struct klpcc_row *row,
		       size_t *width, FILE *stream)
{
	measure_columns(table, row, width);
	if (!table->plain)
		fit_columns(width, table->column_count, terminal_width(stream));
	row->used = 0;
	if (!row->failed)
		put_row(table, row, true, width, stream);
	for (size_t i = 0; i < table->row_count && !row->failed; i++) {
		fill_row(table, i, row);
		if (!row->failed)
			put_row(table, row, false, width, stream);
	}
}

struct klpcc_error *klpcc_table_print(const struct klpcc_table *table, FILE *stream)
{
	struct klpcc_row row = { .text = NULL };
	size_t *width;

	if (!table->row_count)
		return NULL;
	row.cells = calloc(table->column_count, sizeof(*row.cells));
	width = calloc(table->column_count, sizeof(*width));
	row.failed = !row.cells || !width;
	if (!row.failed)
		print_rows(table, &row, width, stream);
	free(row.cells);
	free(row.text);
	free(row.line);
	free(width);
	return row.failed ? klpcc_error_nomem() : NULL;
}
