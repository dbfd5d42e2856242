/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Has livepatches loaded at each boot of their kernel, or no more. What is on the disk for that,
 * and in which order it gets there, is installed.h's.
 */
#ifndef KLPCC_LIVE_INSTALL_H
#define KLPCC_LIVE_INSTALL_H

#include <stdbool.h>

#include <lib/error.h>

struct klpcc_install_options {
	const char *root; /* of another system; NULL: this one */
	bool quiet;
	bool enabled; /* private: the unit */
};

/* Installs files, one after the other; those before one that fails stay installed. */
struct klpcc_error *klpcc_install(char **paths, int count,
				  struct klpcc_install_options *options) KLPCC_MUST_CHECK;

/* Uninstalls modules of a kernel, all or, where one is not installed, none. */
struct klpcc_error *
klpcc_uninstall(char **names, int count, const char *release,
		const struct klpcc_install_options *options) KLPCC_MUST_CHECK;

#endif
