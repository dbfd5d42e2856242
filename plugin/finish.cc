// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Finish: see finish.h.
 *
 * Until now nothing is refused, because only the finished text shows which names the unit needs:
 * GCC drops references until the very end.
 */
#include "diagnose.h"
#include "emit.h"
#include "finish.h"
#include "review.h"

void klpcc_finish(void *gcc_data, void *user_data)
{
	auto *unit = static_cast<struct klpcc_unit *>(user_data);
	struct klpcc_error *err = klpcc_index_check_unchanged(unit->index);

	if (err)
		klpcc_fatal_changed_index(err);
	/* No text is written with -fsyntax-only or after errors. */
	if (!asm_out_file || flag_syntax_only)
		return;
	klpcc_review(unit);
	klpcc_emit(asm_out_file, unit);
}
