/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The configuration that code is compiled with, as include/generated/autoconf.h has it.
 */
#ifndef KLPCC_CONFIG_H
#define KLPCC_CONFIG_H

#include <stddef.h>

#include "../lib/error.h"
#include "../lib/file.h"

/* An option that is set. Both end with NUL. */
struct klpcc_option {
	const char *name;  /* "CONFIG_SMP", "CONFIG_EXT4_FS_MODULE" */
	const char *value; /* "1", "\"gcc-12\"" */
};

struct klpcc_config {
	struct klpcc_buffer contents;
	struct klpcc_option *options; /* sorted by name */
	size_t count;
};

struct klpcc_error *klpcc_config_read(const char *path,
				      struct klpcc_config *ret) KLPCC_MUST_CHECK;
void klpcc_config_deinit(struct klpcc_config *config);

/* Its value, or NULL if it is not set. */
const char *klpcc_config_value(const struct klpcc_config *config, const char *name);

/* Called for an option that two configurations have not alike; NULL where it is not set. */
typedef void klpcc_config_visit(void *arg, const char *name, const char *one,
				const char *other);

/* In the order of names. Linear. */
void klpcc_config_compare(const struct klpcc_config *one,
			  const struct klpcc_config *other, klpcc_config_visit *visit,
			  void *arg);

#endif
