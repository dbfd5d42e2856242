// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Files of a fix that have no part in the livepatch: each with the reason, as people must know that
 * the livepatch is not all of the fix.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/array.h"
#include "../lib/message.h"
#include "patch-private.h"

static bool is_known(const struct klpcc_patch *patch, const char *file)
{
	for (size_t i = 0; i < patch->left_count; i++)
		if (!strcmp(patch->left[i].file, file))
			return true;
	return false;
}

/* Takes why over, which may be NULL: no memory. */
static struct klpcc_error *add_left(struct klpcc_patch *patch, const char *file,
				    char *why)
{
	struct klpcc_patch_left *left = klpcc_array_grow(
		patch->left, patch->left_count, 1, &patch->left_capacity, sizeof(*left));

	if (!left) {
		free(why);
		return klpcc_error_nomem();
	}
	patch->left = left;
	left += patch->left_count++;
	*left = (struct klpcc_patch_left){ strdup(file), why };
	return left->file && why ? NULL : klpcc_error_nomem();
}

struct klpcc_error *klpcc_patch_leave_out(struct klpcc_patch *patch, const char *file,
					  const char *why)
{
	struct klpcc_error *err;

	if (is_known(patch, file))
		return NULL;
	err = add_left(patch, file, strdup(why));
	if (!err)
		klpcc_message(KLPCC_MESSAGE_NOTE, "%s: %s, and it is left out", file,
			      why);
	return err;
}

struct klpcc_error *klpcc_patch_leave_users(struct klpcc_patch *patch, const char *header,
					    const char *format, ...)
{
	struct klpcc_error *err;
	va_list args;
	char *why;

	va_start(args, format);
	if (vasprintf(&why, format, args) < 0)
		why = NULL;
	va_end(args);
	err = add_left(patch, header, why);
	if (!err)
		klpcc_message(KLPCC_MESSAGE_NOTE, "%s: %s", header, why);
	return err;
}

void klpcc_patch_deinit_left(struct klpcc_patch *patch)
{
	for (size_t i = 0; i < patch->left_count; i++) {
		free(patch->left[i].file);
		free(patch->left[i].why);
	}
	free(patch->left);
}
