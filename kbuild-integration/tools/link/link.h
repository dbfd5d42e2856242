/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The final link: turns the marks of a patch module into final klp relocation sections.
 *
 * Runs once on a .ko that kbuild finished, after modpost and before signing. It decides
 * nothing that the compiler did not decide: it carries the marks out, and refuses what
 * cannot work.
 */
#ifndef KLPCC_LINK_H
#define KLPCC_LINK_H

#include "../lib/error.h"

enum klpcc_form {
	KLPCC_FORM_OBJECT,   /* .klp.<gate>.rela.<section>, for the resolver */
	KLPCC_FORM_MAINLINE, /* .klp.rela.<gate>.<section>, for the kernel itself */
};

struct klpcc_link_options {
	enum klpcc_form form;
	const char *index;  /* target index that every mark is checked against, or NULL */
	const char *input;  /* the module */
	const char *output; /* NULL: in place */
};

/*
 * Links options->input. A module that is final in the wanted form, and an ordinary one that
 * takes nothing, are left as they are (copied, when there is another output). On failure no
 * file was changed or made.
 */
struct klpcc_error *klpcc_link(const struct klpcc_link_options *options) KLPCC_MUST_CHECK;

#endif
