// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Replays inputs through a fuzz harness, without libFuzzer and so with any compiler: each
 * argument is a file or a directory of files. What `make check` uses, and the way to look at
 * a finding in a debugger. The last line is "N inputs".
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "fuzz.h"
#include "lib/file.h"

/* Harnesses that need no preparation have none. */
__attribute__((weak)) int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	return 0;
}

static size_t replay_file(const char *path)
{
	struct klpcc_buffer buffer;
	struct klpcc_error *err = klpcc_file_read(path, &buffer);
	uint8_t *exact;

	if (err) {
		fprintf(stderr, "%s\n", err->message);
		exit(2);
	}
	/* To the byte, so that the sanitizer sees what is read behind it. */
	exact = malloc(buffer.size ? buffer.size : 1);
	if (!exact)
		abort();
	memcpy(exact, buffer.data, buffer.size);
	fprintf(stderr, "%s\n", path);
	LLVMFuzzerTestOneInput(exact, buffer.size);
	free(exact);
	klpcc_buffer_deinit(&buffer);
	return 1;
}

static size_t replay(const char *path)
{
	struct dirent **entries;
	size_t total = 0;
	struct stat st;
	int count;

	if (stat(path, &st) || !S_ISDIR(st.st_mode))
		return replay_file(path);
	count = scandir(path, &entries, NULL, alphasort);
	for (int i = 0; i < count; i++) {
		char *below;

		if (entries[i]->d_name[0] != '.') {
			if (asprintf(&below, "%s/%s", path, entries[i]->d_name) < 0)
				abort();
			total += replay(below);
			free(below);
		}
		free(entries[i]);
	}
	free(entries);
	return total;
}

int main(int argc, char **argv)
{
	size_t total = 0;

	LLVMFuzzerInitialize(&argc, &argv);
	for (int i = 1; i < argc; i++)
		total += replay(argv[i]);
	printf("%zu inputs\n", total);
	return 0;
}
