/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tables for people: columns as wide as what is in them, and on a terminal all of them within its
 * width. Time and memory are linear, and the memory is that of one row.
 */
#ifndef KLPCC_TABLE_H
#define KLPCC_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "error.h"

/* A row while it is filled: cell after cell, each of any number of pieces. */
struct klpcc_row;

/* Adds to the current cell. Text is printed as printable.h says. */
void klpcc_row_text(struct klpcc_row *row, const char *text, size_t length);
void klpcc_row_string(struct klpcc_row *row, const char *text);
void klpcc_row_number(struct klpcc_row *row, uint64_t number);
void klpcc_row_hex(struct klpcc_row *row, uint64_t number); /* "0x1f" */
/* Ends the current cell. An empty one is printed as "-". */
void klpcc_row_end_cell(struct klpcc_row *row);

struct klpcc_column {
	const char *head; /* is printed as it is */
	bool right;       /* aligned to the right */
};

struct klpcc_table {
	const struct klpcc_column *columns;
	size_t column_count;
	size_t row_count;
	/* Called twice for each row; must end column_count cells, the same each time. */
	void (*fill)(const void *arg, size_t number, struct klpcc_row *row);
	const void *arg;
	bool plain; /* no blanks before the rows, and nothing is cut */
};

/*
 * Prints the heads and all rows, two blanks before each; nothing when there is no row. Columns
 * with nothing in them are left out. On a terminal what is too wide ends in "+"; elsewhere nothing
 * is cut. Fails without memory only.
 */
struct klpcc_error *klpcc_table_print(const struct klpcc_table *table,
				      FILE *stream) KLPCC_MUST_CHECK;

#endif
