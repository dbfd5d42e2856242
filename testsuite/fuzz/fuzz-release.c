// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Fuzzes the search behind `klpcc index --release`: the release itself, and what
 * /proc/sys/kernel/osrelease, Debian's System.map and the link `build` say.
 *
 * Input: lines; the release, the target of the link, the text of osrelease, and the rest is
 * the System.map.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz.h"
#include "kernel/inputs.h"

#define RELEASE "6.1.0-klpcc"
#define MODULES "/lib/modules/" RELEASE

static char root[128];

static void write_text(const char *name, const void *text, size_t size)
{
	char path[256];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", root, name);
	file = fopen(path, "wb");
	if (!file || fwrite(text, 1, size, file) != size || fclose(file))
		fuzz_broken("%s: %s", path, strerror(errno));
}

/* A machine that has a little of everything. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	static const char *const directories[] = {
		"",     "/proc", "/proc/sys",    "/proc/sys/kernel",
		"/lib", "/boot", "/lib/modules", MODULES
	};

	(void)argc;
	(void)argv;
	strcpy(root, fuzz_scratch("root"));
	for (size_t i = 0; i < sizeof(directories) / sizeof(directories[0]); i++) {
		char path[256];

		snprintf(path, sizeof(path), "%s%s", root, directories[i]);
		if (mkdir(path, 0700))
			fuzz_broken("%s: %s", path, strerror(errno));
	}
	write_text("proc/kallsyms", "", 0);
	return 0;
}

/* The next line of what is left, NUL-terminated in its buffer. */
static void take_line(const char **p, size_t *left, char *line, size_t room)
{
	const char *end = memchr(*p, '\n', *left);
	size_t length = end ? (size_t)(end - *p) : *left;
	size_t kept = length < room ? length : room - 1;

	memcpy(line, *p, kept);
	line[kept] = '\0';
	length += end != NULL;
	*p += length;
	*left -= length;
}

static void find(const char *release)
{
	struct klpcc_inputs sources = { 0 };
	struct klpcc_target *target;

	if (klpcc_target_create(&target))
		abort();
	if (fuzz_done(klpcc_target_set_release(target, release)) &&
	    fuzz_done(klpcc_inputs_find(&sources, release, root, true)) &&
	    !sources.vmlinux)
		fuzz_broken("found nothing, and said nothing");
	klpcc_inputs_deinit(&sources);
	klpcc_target_destroy(target);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char release[512], link[512], running[512], path[256];
	const char *p = (const char *)data;

	take_line(&p, &size, release, sizeof(release));
	take_line(&p, &size, link, sizeof(link));
	take_line(&p, &size, running, sizeof(running));
	write_text("proc/sys/kernel/osrelease", running, strlen(running));
	write_text("boot/System.map-" RELEASE, p, size);
	snprintf(path, sizeof(path), "%s" MODULES "/build", root);
	unlink(path);
	if (link[0] && symlink(link, path))
		return 0;
	fuzz_begin(size, 64);
	find(release);
	fuzz_end();
	return 0;
}
