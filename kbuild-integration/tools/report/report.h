/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reports: what the plugin wrote about units (plugin/report.cc), read, put together for a module,
 * and shown. docs/format.md has the format. Nothing of a patch depends on them.
 */
#ifndef KLPCC_REPORT_H
#define KLPCC_REPORT_H

#include <stdio.h>

#include "lib/error.h"

struct klpcc_elf;
struct klpcc_index;
struct klpcc_report; /* of a unit or of a module */

/*
 * Reads a file whole and checks that it is a report of this version, every member that is used
 * included. Others are kept and mean nothing: a later klpcc may add some.
 */
struct klpcc_error *klpcc_report_read(const char *path,
				      struct klpcc_report **ret) KLPCC_MUST_CHECK;
/* The same for bytes in memory. label: how messages name them. */
struct klpcc_error *klpcc_report_parse(const char *label, const void *data, size_t size,
				       struct klpcc_report **ret) KLPCC_MUST_CHECK;
void klpcc_report_free(struct klpcc_report *report);

/* An empty report of a module: its name as the kernel has it. */
struct klpcc_error *klpcc_report_create(const char *module, const char *release,
					struct klpcc_report **ret) KLPCC_MUST_CHECK;

/*
 * Adds the unit behind those that are there. The unit must be of the same kernel release. Names
 * of files below directory lose that part; NULL: none does. unit is changed, and borrowed no more.
 */
struct klpcc_error *klpcc_report_add(struct klpcc_report *module,
				     struct klpcc_report *unit,
				     const char *directory) KLPCC_MUST_CHECK;

/* Writes the file whole or not at all. */
struct klpcc_error *klpcc_report_write(const struct klpcc_report *report,
				       const char *path) KLPCC_MUST_CHECK;

/* A table for people: a line for each extern, below the name of its unit. */
struct klpcc_error *klpcc_report_print(const struct klpcc_report *report,
				       FILE *stream) KLPCC_MUST_CHECK;

/*
 * A note for each name that object, a module's units linked, lacks, and that nothing exports: what
 * the reports of these units know of it, and else the index.
 */
struct klpcc_error *klpcc_report_undefined(struct klpcc_elf *object,
					   const struct klpcc_index *index,
					   struct klpcc_report *const *reports,
					   size_t count) KLPCC_MUST_CHECK;

#endif
