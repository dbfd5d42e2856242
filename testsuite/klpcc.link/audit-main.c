// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The audit (audit.c) as a program: audit object|mainline BEFORE AFTER
 */
#include <err.h>

#include "audit.h"
#include "lib/file.h"

int main(int argc, char **argv)
{
	struct klpcc_buffer before, after;
	struct klpcc_error *err;
	const char *problem;

	if (argc != 4)
		errx(2, "usage: audit FORM BEFORE AFTER");
	err = klpcc_file_read(argv[2], &before);
	if (!err)
		err = klpcc_file_read(argv[3], &after);
	if (err)
		errx(1, "%s", err->message);
	problem = audit(argv[1], before.data, before.size, after.data, after.size);
	if (problem)
		warnx("%s", problem);
	klpcc_buffer_deinit(&before);
	klpcc_buffer_deinit(&after);
	return problem != NULL;
}
