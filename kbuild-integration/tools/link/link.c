// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The final link: runs the phases over one module, see link.h and link-private.h.
 *
 * This file only decides whether there is anything to do: a finished module stays as it is,
 * so that a build may call the link any number of times.
 */
#include "link-private.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../lib/file.h"

static const char *form_name(enum klpcc_form form)
{
	return form == KLPCC_FORM_MAINLINE ? "mainline" : "object";
}

/* Refuses a file with both finished parts and marks, or with finished parts of another form. */
static struct klpcc_error *check_final(const struct klpcc_link *link)
{
	bool final = link->final_object || link->final_mainline;
	enum klpcc_form form =
		link->final_mainline ? KLPCC_FORM_MAINLINE : KLPCC_FORM_OBJECT;

	if (final && (link->mark_count || link->has_table))
		return klpcc_elf_error(
			link->elf, NULL,
			"contains both finished klp relocations and marks; link again from the unlinked module");
	if (link->final_object && link->final_mainline)
		return klpcc_elf_error(
			link->elf, NULL,
			"contains finished klp relocations of both forms; link again from the unlinked module");
	if (final && form != link->options->form)
		return klpcc_elf_error(
			link->elf, NULL,
			"already finished in %s form; for %s form link again from the unlinked module",
			form_name(form), form_name(link->options->form));
	return NULL;
}

static struct klpcc_error *read_module(struct klpcc_link *link)
{
	struct klpcc_error *err;

	err = klpcc_link_check_module(link);
	if (!err)
		err = klpcc_link_read_marks(link);
	if (!err)
		err = klpcc_link_find_table(link);
	if (!err)
		err = klpcc_link_check_kind(link);
	return err ? err : check_final(link);
}

static struct klpcc_error *check_all(struct klpcc_link *link)
{
	struct klpcc_error *err;

	err = klpcc_link_check_unsigned(link);
	if (!err)
		err = klpcc_link_read_refs(link);
	if (!err)
		err = klpcc_link_find_uses(link);
	if (!err)
		err = klpcc_link_check_marks(link);
	if (!err)
		err = klpcc_link_check_definitions(link);
	if (!err)
		err = klpcc_link_check_objects(link);
	if (!err)
		err = klpcc_link_check_target(link);
	if (!err)
		err = klpcc_link_check_relocations(link);
	if (!err)
		err = klpcc_link_check_rewritten(link);
	/* There may be a million relocations: skip them on a machine without fixes. */
	return err || !link->arch->fix ? err : klpcc_link_find_fixes(link);
}

/* Nothing to link: the output, if it is another file, becomes a copy. */
static struct klpcc_error *copy_input(const struct klpcc_link *link, const char *path,
				      const struct stat *input)
{
	struct klpcc_output output;
	struct klpcc_error *err;
	struct stat st;
	size_t size;
	const unsigned char *data = klpcc_elf_data(link->elf, &size);

	if (!stat(path, &st) && st.st_dev == input->st_dev && st.st_ino == input->st_ino)
		return NULL;
	err = klpcc_output_begin(path, input->st_mode & 0777, &output);
	if (err)
		return err;
	err = klpcc_output_write(&output, data, size);
	if (!err)
		return klpcc_output_commit(&output);
	klpcc_output_discard(&output);
	return err;
}

static struct klpcc_error *link_module(struct klpcc_link *link)
{
	const struct klpcc_link_options *options = link->options;
	const char *path = options->output ? options->output : options->input;
	struct klpcc_error *err;
	struct stat input;

	if (stat(options->input, &input))
		return klpcc_error_errno(errno, "%s: cannot stat", options->input);
	err = read_module(link);
	if (err)
		return err;
	if (!link->mark_count && !link->has_table) {
		err = klpcc_link_find_uses(link); /* reads every relocation */
		/* A wrong index is an error although it is not needed. */
		if (!err)
			err = klpcc_link_check_target(link);
		return err ? err : copy_input(link, path, &input);
	}
	err = check_all(link);
	if (!err)
		err = klpcc_link_plan(link);
	return err ? err : klpcc_link_apply(link, path, input.st_mode & 0777);
}

static void link_deinit(struct klpcc_link *link)
{
	for (size_t i = 0; i < link->section_count; i++)
		free(link->sections[i].relocations);
	for (size_t i = 0; i < link->rest_count; i++)
		free(link->rests[i].relocations);
	free(link->sections);
	free(link->rests);
	free(link->fixes);
	free(link->gates);
	free(link->refs);
	free(link->table);
	free(link->mark_of);
	free(link->marks);
	klpcc_elf_close(link->elf);
}

struct klpcc_error *klpcc_link(const struct klpcc_link_options *options)
{
	struct klpcc_link link = { .options = options };
	struct klpcc_error *err;

	err = klpcc_elf_open(options->input, &link.elf);
	if (err)
		return err;
	err = link_module(&link);
	link_deinit(&link);
	return err;
}
