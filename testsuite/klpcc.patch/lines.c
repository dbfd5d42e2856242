// SPDX-License-Identifier: GPL-2.0-or-later
/* lines ORIGINAL CHANGED NAME OUTPUT: the changed source with the lines and the name of the original. */
#include <stdio.h>

#include "patch/lines.h"

int main(int argc, char **argv)
{
	struct klpcc_error *err;

	if (argc != 5)
		return 2;
	err = klpcc_lines_keep(argv[1], argv[2], argv[3], argv[4]);
	if (!err)
		return 0;
	fprintf(stderr, "lines: %s\n", err->message);
	klpcc_error_free(err);
	return 1;
}
