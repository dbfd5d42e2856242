/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Debian packages: what the machine knows of them, and what is in them. Nothing is installed.
 */
#ifndef KLPCC_PACKAGE_H
#define KLPCC_PACKAGE_H

#include "../lib/error.h"

/* *ret: the version of a package that is installed, or NULL. */
struct klpcc_error *klpcc_package_installed(const char *package,
					    char **ret) KLPCC_MUST_CHECK;

/* *ret: the installed package that a file belongs to, or NULL. */
struct klpcc_error *klpcc_package_of_file(const char *path, char **ret) KLPCC_MUST_CHECK;

/* Name and version of a package file (.deb). */
struct klpcc_error *klpcc_package_identify(const char *path, char **name,
					   char **version) KLPCC_MUST_CHECK;

/* Has apt-get download exactly that version into a directory. */
struct klpcc_error *klpcc_package_download(const char *package, const char *version,
					   const char *directory) KLPCC_MUST_CHECK;

/* Unpacks a package file into a directory. */
struct klpcc_error *klpcc_package_unpack(const char *path,
					 const char *directory) KLPCC_MUST_CHECK;

#endif
