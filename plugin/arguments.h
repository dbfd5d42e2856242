/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Arguments: -fplugin-arg-klpcc-* become one struct that nobody changes afterwards.
 */
#ifndef KLPCC_ARGUMENTS_H
#define KLPCC_ARGUMENTS_H

#include "gcc-compat.h"

struct klpcc_options {
	const char *plugin_name; /* as GCC knows the plugin, for its registrations */
	const char *plugin_path; /* the shared object */
	const char *index_path;
	const char *release; /* the release that the index must be for; NULL: any */
	const char *digest;  /* of the index, as it must be; NULL: any */
	const char
		*objects; /* modules that the unit is for, with commas; NULL: not said */
	const char *source;      /* where the unit's code comes from; NULL: not said */
	bool report;             /* is asked for */
	const char *report_path; /* NULL: beside the object */
};

/* Reports a bad option with a fatal error. Strings live as long as the compiler runs. */
struct klpcc_options klpcc_arguments_parse(const struct plugin_name_args *info);

/*
 * False when kbuild compiles one of a module's several units: the module has another name than
 * the unit then (KBUILD_MODNAME, KBUILD_BASENAME of the kernel's scripts/Makefile.lib).
 */
bool klpcc_arguments_alone(void);

#endif
