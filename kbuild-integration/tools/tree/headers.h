/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The headers that a distribution installs for building modules: they say how the kernel itself
 * was configured and built.
 */
#ifndef KLPCC_HEADERS_H
#define KLPCC_HEADERS_H

#include "../lib/error.h"

/* *ret: the directory with the headers of a release, or NULL if they are not installed. */
struct klpcc_error *klpcc_headers_find(const char *release, char **ret) KLPCC_MUST_CHECK;

/* UTS_RELEASE of a file utsrelease.h. */
struct klpcc_error *klpcc_headers_release(const char *path, char **ret) KLPCC_MUST_CHECK;

/* "x86" and "6.1.192" of the title of a file .config; version may be NULL. */
struct klpcc_error *klpcc_headers_title(const char *path, char **arch,
					char **version) KLPCC_MUST_CHECK;

#endif
