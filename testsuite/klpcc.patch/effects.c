// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the shell of a guest cannot do, for effects.exp. Each command prints a line.
 *
 *   priority        what getpriority() returns by each entry of the kernel: 64 and 32 bits
 *   fault DIR       the error of getdents64() with a buffer that is not there
 *   inodes N        of the inodes of N pipes: the first number, the last, and the step between two
 *                   numbers, or else whether they all increase
 *   lock FILE       locks FILE, and unlocks it
 *   boottime        seconds of CLOCK_BOOTTIME, from the kernel
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static int show_priority(void)
{
	long ret;

	/* 96 is getpriority() of i386. */
	asm volatile("int $0x80"
		     : "=a"(ret)
		     : "a"(96), "b"(PRIO_PROCESS), "c"(0)
		     : "memory");
	printf("priority %ld %ld\n", syscall(SYS_getpriority, PRIO_PROCESS, 0), ret);
	return 0;
}

static int show_fault(const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY);

	if (fd < 0 || syscall(SYS_getdents64, fd, (void *)4096, 1024) != -1)
		return 1;
	printf("fault %s\n", strerror(errno));
	return 0;
}

static int show_inodes(int count)
{
	unsigned long first = 0, last = 0, step = 0;
	bool same = true, increase = true;

	for (int i = 0; i < count; i++) {
		struct stat status;
		int fds[2];

		if (pipe(fds) || fstat(fds[0], &status))
			return 1;
		close(fds[0]);
		close(fds[1]);
		if (i == 0)
			first = status.st_ino;
		else if (i == 1)
			step = status.st_ino - last;
		else
			same = same && status.st_ino - last == step;
		increase = increase && status.st_ino > last;
		last = status.st_ino;
	}
	printf("inodes %lu %lu ", first, last);
	if (same)
		printf("%lu\n", step);
	else
		puts(increase ? "increase" : "repeat");
	return 0;
}

static int lock_file(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT, 0600);

	return fd < 0 || flock(fd, LOCK_EX) || flock(fd, LOCK_UN);
}

static int show_boottime(void)
{
	struct timespec time;

	if (syscall(SYS_clock_gettime, CLOCK_BOOTTIME, &time))
		return 1;
	printf("boottime %ld\n", (long)time.tv_sec);
	return 0;
}

int main(int argc, char **argv)
{
	const char *command = argc > 1 ? argv[1] : "";

	if (!strcmp(command, "priority"))
		return show_priority();
	if (!strcmp(command, "fault") && argc == 3)
		return show_fault(argv[2]);
	if (!strcmp(command, "inodes") && argc == 3)
		return show_inodes(atoi(argv[2]));
	if (!strcmp(command, "lock") && argc == 3)
		return lock_file(argv[2]);
	if (!strcmp(command, "boottime"))
		return show_boottime();
	return 2;
}
