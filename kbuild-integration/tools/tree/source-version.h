/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a source tree says of its own version.
 */
#ifndef KLPCC_SOURCE_VERSION_H
#define KLPCC_SOURCE_VERSION_H

#include "../lib/error.h"

/* KERNELVERSION of its Makefile: "6.1.192", "7.3.0-rc1". */
struct klpcc_error *klpcc_tree_source_upstream(const char *source,
					       char **ret) KLPCC_MUST_CHECK;

/*
 * *ret: the version in the first line of debian/changelog, "6.1.192-2", or NULL: there is one in a
 * source package that was unpacked by apt-get source.
 */
struct klpcc_error *klpcc_tree_source_changelog(const char *source,
						char **ret) KLPCC_MUST_CHECK;

#endif
