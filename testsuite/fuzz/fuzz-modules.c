// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Fuzzes the reader of a tree of modules: names, order, updates/, threads. What one module
 * holds is the business of fuzz-module.c, so a file of the tree is taken from few.
 *
 * Input: up to FILES_MAX lines "KIND PATH": one character that picks the contents, a blank,
 * the path below the tree.
 */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz.h"
#include "kernel/read-modules.h"
#include "lib/file.h"

#define FILES_MAX 12
#define PATH_SIZE 128

/* From the seeds (see the file `seeds`): s says its name, n does not, l is a livepatch. */
static struct klpcc_buffer contents[3];

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	static const char *const names[] = { "named.ko", "nameless.ko", "livepatch.ko" };
	const char *directory = getenv("KLPCC_FUZZ_MODULES");

	(void)argc;
	(void)argv;
	for (size_t i = 0; i < 3; i++) {
		char path[4096];

		snprintf(path, sizeof(path), "%s/%s", directory ? directory : ".",
			 names[i]);
		if (!fuzz_done(klpcc_file_read(path, &contents[i])))
			fuzz_broken("KLPCC_FUZZ_MODULES has no %s", names[i]);
	}
	return 0;
}

static struct klpcc_buffer contents_of(char kind)
{
	static const struct klpcc_buffer garbage = { (unsigned char *)"garbage", 7 };
	static const struct klpcc_buffer nothing = { NULL, 0 };

	switch (kind) {
	case 's':
		return contents[0];
	case 'n':
		return contents[1];
	case 'l':
		return contents[2];
	case 'g':
		return garbage;
	default:
		return nothing;
	}
}

/* A path that stays in the tree: no "..", no "/" at its start. */
static bool path_ok(const char *path)
{
	return *path && *path != '/' && !strstr(path, "..");
}

static void make_file(char *path, size_t start, char kind)
{
	struct klpcc_buffer bytes = contents_of(kind);
	int fd;

	for (char *p = strchr(path + start, '/'); p; p = strchr(p + 1, '/')) {
		*p = '\0';
		if (mkdir(path, 0700) && errno != EEXIST)
			return;
		*p = '/';
	}
	/*
	 * A link that a walk must not follow, and that leads nowhere above: a later path of
	 * the input may go through it.
	 */
	if (kind == 'y' && !symlink(".", path))
		return;
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return;
	if (write(fd, bytes.data, bytes.size) != (ssize_t)bytes.size)
		fuzz_broken("cannot write %s", path);
	close(fd);
}

static int remove_entry(const char *path, const struct stat *st, int type,
			struct FTW *position)
{
	(void)st;
	(void)type;
	(void)position;
	return remove(path);
}

static void make_tree(const char *tree, const uint8_t *data, size_t size)
{
	const char *p = (const char *)data, *end = p + size;

	for (int i = 0; i < FILES_MAX && end - p > 2; i++) {
		const char *stop = memchr(p, '\n', (size_t)(end - p));
		char path[512], name[PATH_SIZE];
		size_t length = (size_t)((stop ? stop : end) - p);

		if (length > 2 && length - 2 < sizeof(name)) {
			memcpy(name, p + 2, length - 2);
			name[length - 2] = '\0';
			snprintf(path, sizeof(path), "%s/%s", tree, name);
			if (path_ok(name))
				make_file(path, strlen(tree) + 1, *p);
		}
		p = stop ? stop + 1 : end;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char tree[256];
	struct klpcc_target *target;

	snprintf(tree, sizeof(tree), "%s", fuzz_scratch("tree"));
	if (mkdir(tree, 0700))
		fuzz_broken("%s: %s", tree, strerror(errno));
	make_tree(tree, data, size);
	/* Each file costs what its contents cost. */
	fuzz_begin(size + FILES_MAX * contents[0].size, 64);
	if (klpcc_target_create(&target))
		abort();
	if (fuzz_done(klpcc_read_modules(target, tree, NULL, NULL)))
		fuzz_finish_target(target);
	klpcc_target_destroy(target);
	fuzz_end();
	if (nftw(tree, remove_entry, 16, FTW_DEPTH | FTW_PHYS))
		fuzz_broken("%s stays: %s", tree, strerror(errno));
	return 0;
}
