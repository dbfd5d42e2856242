// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Preloaded into klpcc and into the compiler: makes what is rare happen at a chosen moment.
 *
 *	SHIM_ALLOC=N		the N-th allocation, counted from 1, and all after it fail
 *	SHIM_ONCE=N		the N-th allocation alone fails
 *	SHIM_MAP=FILE		when FILE was mapped, SHIM_DO happens to it
 *	SHIM_READ=FILE		when FILE was read for the first time, SHIM_DO happens to it
 *	SHIM_BARE=1		main() is called without arguments, not even a name
 *	SHIM_DO=truncate:SIZE | rewrite | grow | remove
 *
 * Allocations count in the processes whose name SHIM_NAME is.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* ---- allocations --------------------------------------------------------------------- */

static long fail_at, fail_once, allocations;

__attribute__((constructor)) static void start(void)
{
	const char *name = getenv("SHIM_NAME"), *text;

	if (!name || strcmp(name, program_invocation_short_name))
		return;
	text = getenv("SHIM_ALLOC");
	fail_at = text ? atol(text) : 0;
	text = getenv("SHIM_ONCE");
	fail_once = text ? atol(text) : 0;
	allocations = 0;
}

static int fails(void)
{
	long now = __atomic_add_fetch(&allocations, 1, __ATOMIC_RELAXED);

	if ((fail_at && now >= fail_at) || (fail_once && now == fail_once)) {
		errno = ENOMEM;
		return 1;
	}
	return 0;
}

/* What glibc's dlsym allocates comes from the symbols that are never interposed. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);

void *malloc(size_t size)
{
	return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	return fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
	return fails() ? NULL : __libc_realloc(old, size);
}

/* ---- files that change --------------------------------------------------------------- */

static void change(const char *path)
{
	const char *what = getenv("SHIM_DO");
	char block[8192];
	int fd;

	memset(block, 'x', sizeof(block));
	if (!strncmp(what, "truncate:", 9)) {
		if (truncate(path, atol(what + 9)))
			abort();
		return;
	}
	if (!strcmp(what, "remove")) {
		unlink(path);
		return;
	}
	fd = open(path, O_WRONLY | (strcmp(what, "grow") ? 0 : O_APPEND));
	if (fd < 0 || write(fd, block, strcmp(what, "grow") ? 1 : sizeof(block)) < 1)
		abort();
	close(fd);
}

/* Once, when fd is the file that variable names. */
static void changed(int fd, const char *variable)
{
	static int done;
	const char *path = getenv(variable);
	char link[64], name[PATH_MAX];
	ssize_t length;

	if (!path || done || fd < 0)
		return;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	length = readlink(link, name, sizeof(name) - 1);
	if (length < 0)
		return;
	name[length] = '\0';
	if (strcmp(name, path))
		return;
	done = 1;
	change(path);
}

void *mmap(void *address, size_t size, int protection, int flags, int fd, off_t offset)
{
	void *(*real)(void *, size_t, int, int, int, off_t) = dlsym(RTLD_NEXT, "mmap");
	void *map = real(address, size, protection, flags, fd, offset);

	changed(fd, "SHIM_MAP");
	return map;
}

ssize_t read(int fd, void *buffer, size_t size)
{
	ssize_t (*real)(int, void *, size_t) = dlsym(RTLD_NEXT, "read");
	/* In two parts, so that something is left to be read after the change. */
	ssize_t n = real(fd, buffer, getenv("SHIM_READ") && size > 512 ? 512 : size);

	changed(fd, "SHIM_READ");
	return n;
}

/* ---- no arguments --------------------------------------------------------------------- */

static int (*real_main)(int argc, char **argv, char **environment);

/* As execve() with an empty argv starts it, which Linux from 5.18 on does not let happen. */
static int bare_main(int argc, char **argv, char **environment)
{
	char *none[] = { NULL };

	return getenv("SHIM_BARE") ? real_main(0, none, environment)
				   : real_main(argc, argv, environment);
}

int __libc_start_main(int (*main)(int, char **, char **), int argc, char **argv,
		      void (*init)(void), void (*fini)(void), void (*linker_fini)(void),
		      void *stack_end)
{
	__typeof__(&__libc_start_main) real = dlsym(RTLD_NEXT, "__libc_start_main");

	real_main = main;
	return real(bare_main, argc, argv, init, fini, linker_fini, stack_end);
}
