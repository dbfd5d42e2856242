// SPDX-License-Identifier: GPL-2.0-or-later
/* lines ORIGINAL CHANGED OUTPUT: the changed source with the lines of the original. */
#include <stdio.h>

#include "patch/lines.h"

int main(int argc, char **argv)
{
	struct klpcc_error *err;

	if (argc != 4)
		return 2;
	err = klpcc_lines_keep(argv[1], argv[2], "fs/\\a\"b.c", argv[3]);
	if (!err)
		return 0;
	fprintf(stderr, "lines: %s\n", err->message);
	klpcc_error_free(err);
	return 1;
}
