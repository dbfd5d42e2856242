// SPDX-License-Identifier: GPL-2.0-or-later
/* preprocessed ORIGINAL CHANGED: prints whether the texts make other code, "same" or "other". */
#include <stdio.h>
#include <stdlib.h>

#include "lib/file.h"
#include "patch/preprocessed.h"

int main(int argc, char **argv)
{
	char *original, *changed;
	struct klpcc_error *err;
	bool differ;

	if (argc != 3)
		return 2;
	err = klpcc_file_read_text(argv[1], &original);
	if (!err)
		err = klpcc_file_read_text(argv[2], &changed);
	if (!err)
		err = klpcc_preprocessed_differ(original, changed, &differ);
	if (!err) {
		puts(differ ? "other" : "same");
		free(original);
		free(changed);
		return 0;
	}
	fprintf(stderr, "preprocessed: %s\n", err->message);
	klpcc_error_free(err);
	return 1;
}
