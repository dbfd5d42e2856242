/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the files of tools/report share: a report is a checked tree of JSON.
 */
#ifndef KLPCC_REPORT_PRIVATE_H
#define KLPCC_REPORT_PRIVATE_H

#include <json-c/json_object.h>
#include <stdbool.h>

#include "report.h"

struct klpcc_report {
	char *label;
	struct json_object *root;
};

/* The member, or NULL if there is none. Borrowed. */
struct json_object *klpcc_report_member(struct json_object *of, const char *key);
/* The same as text, for a member that was checked to be a string or a number. */
const char *klpcc_report_text(struct json_object *of, const char *key);
bool klpcc_report_is_module(const struct klpcc_report *report);

#endif
