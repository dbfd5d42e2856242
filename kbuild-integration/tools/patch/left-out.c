// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Files of a fix that have no part in the livepatch: each with the reason, as people must know that
 * the livepatch is not all of the fix.
 */
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

struct klpcc_error *klpcc_patch_leave_out(struct klpcc_patch *patch, const char *file,
					  const char *why)
{
	struct klpcc_patch_left *left;

	if (is_known(patch, file))
		return NULL;
	left = klpcc_array_grow(patch->left, patch->left_count, 1, &patch->left_capacity,
				sizeof(*left));
	if (!left)
		return klpcc_error_nomem();
	patch->left = left;
	left += patch->left_count;
	*left = (struct klpcc_patch_left){ strdup(file), strdup(why) };
	patch->left_count++;
	if (!left->file || !left->why)
		return klpcc_error_nomem();
	klpcc_message(KLPCC_MESSAGE_NOTE, "%s: %s, and it is left out", file, why);
	return NULL;
}

void klpcc_patch_deinit_left(struct klpcc_patch *patch)
{
	for (size_t i = 0; i < patch->left_count; i++) {
		free(patch->left[i].file);
		free(patch->left[i].why);
	}
	free(patch->left);
}
