/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reports: reads what the plugin wrote about units (plugin/report.cc), puts it together for a
 * module, and shows it. docs/format.md describes the format. Building a patch does not need them.
 */
#ifndef KLPCC_REPORT_H
#define KLPCC_REPORT_H

#include <stdio.h>

#include "lib/error.h"

struct klpcc_elf;
struct klpcc_index;
struct klpcc_report; /* of a unit or of a module */

/*
 * Reads a whole file and checks that it is a report of this version, and each member that is used.
 * Other members are kept and ignored: a later klpcc may add some.
 */
struct klpcc_error *klpcc_report_read(const char *path,
				      struct klpcc_report **ret) KLPCC_MUST_CHECK;
/* The same for bytes in memory. label: how messages name them. */
struct klpcc_error *klpcc_report_parse(const char *label, const void *data, size_t size,
				       struct klpcc_report **ret) KLPCC_MUST_CHECK;
void klpcc_report_free(struct klpcc_report *report);

/* An empty report of a module. module: its name in the kernel. */
struct klpcc_error *klpcc_report_create(const char *module, const char *release,
					struct klpcc_report **ret) KLPCC_MUST_CHECK;

/*
 * Adds the unit after those that are there. Its kernel release must be the module's. Names of files
 * lose this directory at their beginning, if it is not NULL. unit is changed, and not borrowed.
 */
struct klpcc_error *klpcc_report_add(struct klpcc_report *module,
				     struct klpcc_report *unit,
				     const char *directory) KLPCC_MUST_CHECK;

/* Writes the file whole or not at all. */
struct klpcc_error *klpcc_report_write(const struct klpcc_report *report,
				       const char *path) KLPCC_MUST_CHECK;

/* Prints a table: a line for each extern, below the name of its unit. */
struct klpcc_error *klpcc_report_print(const struct klpcc_report *report,
				       FILE *stream) KLPCC_MUST_CHECK;

/*
 * Prints a note for each name that object lacks and that nothing exports: what the reports of its
 * units know about it, or else what the index knows. object: a module's units, linked.
 */
struct klpcc_error *klpcc_report_undefined(struct klpcc_elf *object,
					   const struct klpcc_index *index,
					   struct klpcc_report *const *reports,
					   size_t count) KLPCC_MUST_CHECK;

#endif
