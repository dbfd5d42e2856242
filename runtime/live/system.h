/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files in /proc and /sys, which come and go, and of which a user may not read all.
 */
#ifndef KLPCC_LIVE_SYSTEM_H
#define KLPCC_LIVE_SYSTEM_H

#include <stdbool.h>

#include <lib/words.h>

/* The livepatches of the kernel: Documentation/ABI/testing/sysfs-kernel-livepatch. */
#define KLPCC_SYS_LIVEPATCH "/sys/kernel/livepatch"
#define KLPCC_SYS_MODULE "/sys/module"

/*
 * The first line of a file whose path is made as by printf(), without the newline. malloc()ed; NULL
 * where the file is not there or may not be read, and without memory.
 */
char *klpcc_system_line(const char *format, ...) KLPCC_PRINTF(1, 2);

/* The number in a file; `otherwise` where there is none. */
long klpcc_system_number(long otherwise, const char *format, ...) KLPCC_PRINTF(2, 3);

/* Whether there is such a file or directory. */
bool klpcc_system_has(const char *format, ...) KLPCC_PRINTF(1, 2);

/* Writes text into a file that is there. Returns 0, or the errno that the kernel answers with. */
int klpcc_system_write(const char *text, const char *format, ...) KLPCC_PRINTF(2, 3);

/* The names in a directory, sorted; none where it is not there, or may not be read. */
struct klpcc_error *klpcc_system_list(struct klpcc_words *ret, const char *format,
				      ...) KLPCC_MUST_CHECK KLPCC_PRINTF(2, 3);

/* The release of the kernel that runs (uname -r), in place. */
const char *klpcc_system_release(void);

/* Waits. */
void klpcc_system_sleep(unsigned int milliseconds);

/* Seconds since some moment, of a clock that nobody sets. */
double klpcc_system_clock(void);

#endif
