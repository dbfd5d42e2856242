// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The verifier: the list of findings.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/array.h"
#include "verify-private.h"

/* A copy of a name that may be missing; false without memory. */
static bool copy_name(const char *start, size_t length, char **ret)
{
	*ret = start ? strndup(start, length) : NULL;
	return *ret || !start;
}

static bool waits(enum klpcc_verify_stage stage)
{
	return stage == KLPCC_STAGE_TARGET || stage == KLPCC_STAGE_COMING;
}

static bool fill_place(struct klpcc_verify *verify,
		       const struct klpcc_verify_place *place,
		       struct klpcc_finding *finding)
{
	finding->entry = KLPCC_NO_ENTRY;
	if (!place)
		return true;
	if (place->has_entry)
		finding->entry = place->entry;
	if (place->relocated)
		finding->source = klpcc_source_find(&verify->source, verify->elf,
						    place->relocated, place->offset);
	if (waits(finding->stage) &&
	    !copy_name(place->target.start, place->target.len, &finding->target))
		return false;
	return copy_name(place->symbol.start, place->symbol.len, &finding->symbol) &&
	       (!place->section ||
		copy_name(place->section->name, strlen(place->section->name),
			  &finding->section));
}

static void free_finding(struct klpcc_finding *finding)
{
	free(finding->target);
	free(finding->section);
	free(finding->symbol);
	free(finding->source);
	free(finding->text);
}

static bool add_finding(struct klpcc_verify_result *result,
			const struct klpcc_finding *finding)
{
	struct klpcc_finding *list = klpcc_array_grow(result->findings, result->count, 1,
						      &result->capacity, sizeof(*list));

	if (!list)
		return false;
	result->findings = list;
	list[result->count++] = *finding;
	return true;
}

struct klpcc_error *klpcc_verify_add_args(struct klpcc_verify *verify,
					  enum klpcc_finding_kind kind,
					  enum klpcc_verify_stage stage,
					  enum klpcc_verify_check check,
					  const struct klpcc_verify_place *place,
					  const char *format, va_list args)
{
	struct klpcc_finding finding = { .kind = kind, .stage = stage, .check = check };

	if (vasprintf(&finding.text, format, args) < 0)
		return klpcc_error_nomem();
	if (!fill_place(verify, place, &finding) ||
	    !add_finding(verify->result, &finding)) {
		free_finding(&finding);
		return klpcc_error_nomem();
	}
	return NULL;
}

struct klpcc_error *
klpcc_verify_add(struct klpcc_verify *verify, enum klpcc_finding_kind kind,
		 enum klpcc_verify_stage stage, enum klpcc_verify_check check,
		 const struct klpcc_verify_place *place, const char *format, ...)
{
	struct klpcc_error *err;
	va_list args;

	va_start(args, format);
	err = klpcc_verify_add_args(verify, kind, stage, check, place, format, args);
	va_end(args);
	return err;
}

struct klpcc_error *klpcc_verify_unread(struct klpcc_verify *verify,
					enum klpcc_verify_check check,
					struct klpcc_error *err)
{
	struct klpcc_error *failed;

	if (!err || err->code == ENOMEM)
		return err;
	failed = klpcc_verify_unsure(verify, KLPCC_STAGE_LOAD, check, NULL,
				     "klpcc cannot read it: %s", err->message);
	klpcc_error_free(err);
	return failed;
}

void klpcc_verify_result_deinit(struct klpcc_verify_result *result)
{
	for (size_t i = 0; i < result->count; i++)
		free_finding(&result->findings[i]);
	free(result->findings);
	*result = (struct klpcc_verify_result){ 0 };
}
