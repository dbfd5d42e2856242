/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether an index is that of the kernel that runs here.
 */
#ifndef KLPCC_VERIFY_RUNNING_H
#define KLPCC_VERIFY_RUNNING_H

#include "index/index.h"

/*
 * An error, with the path of the index, unless the build ID that the index has of vmlinux is that
 * of the running kernel.
 */
struct klpcc_error *klpcc_verify_check_running(const struct klpcc_index *index,
					       const char *path) KLPCC_MUST_CHECK;

#endif
