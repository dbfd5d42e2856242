// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Own file: see own-file.h.
 */
#include "own-file.h"

/*
 * Where the compiler runs in the directory of the main source file, a name only tells whether a
 * file is outside of it, and the kernel's headers are "./include/...".
 */
bool klpcc_is_own_file(const char *file)
{
	const char *slash = strrchr(main_input_filename, '/');
	size_t length = slash ? slash + 1 - main_input_filename : 0;

	if (!length)
		return *file != '/' && *file != '.';
	return !strncmp(file, main_input_filename, length) &&
	       strncmp(file + length, "../", 3);
}

bool klpcc_is_own_place(location_t location)
{
	const char *file = LOCATION_FILE(location);

	return LOCATION_LOCUS(location) <= BUILTINS_LOCATION || !file ||
	       klpcc_is_own_file(file);
}
