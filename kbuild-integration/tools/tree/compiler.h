/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Is a compiler the one that a kernel was compiled with? CONFIG_CC_VERSION_TEXT is the first line
 * that it printed for --version: "gcc-12 (Debian 12.2.0-14+deb12u1) 12.2.0".
 */
#ifndef KLPCC_COMPILER_H
#define KLPCC_COMPILER_H

#include "../lib/error.h"

/* What the compiler prints in its first line. compiler: perhaps of several words. */
struct klpcc_error *klpcc_compiler_version(const char *compiler,
					   char **ret) KLPCC_MUST_CHECK;

enum klpcc_compiler_relation {
	KLPCC_COMPILER_SAME,    /* but for the name by which it was called */
	KLPCC_COMPILER_REBUILT, /* the same version, in another package */
	KLPCC_COMPILER_OTHER,
};

/* kernel, here: such lines. */
enum klpcc_compiler_relation klpcc_compiler_compare(const char *kernel, const char *here);

/* The name by which the kernel's compiler was called: "gcc-12". malloc()ed; NULL: no memory. */
char *klpcc_compiler_name(const char *kernel);

#endif
