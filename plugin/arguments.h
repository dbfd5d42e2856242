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
	const char *index_path;  /* NULL: only to observe, nothing is marked */
	const char *release;     /* that the index must be for; NULL: any */
	const char *digest;      /* that the index must have; NULL: any */
	const char *objects; /* modules that the unit is for, "a,b"; NULL: not given */
	const char *source;  /* file that the unit was copied from; NULL: not given */
	const char *plan;    /* what is known of the kernel's file; NULL: not given */
	const char
		*replace;   /* functions of it to replace, "a,b" or ""; NULL: not given */
	const char *prefix; /* of names of replacements, "fs_pnode"; NULL: not given */
	bool report;        /* is asked for */
	const char *report_path;  /* NULL: beside the object */
	bool observe;             /* is asked for */
	const char *observe_path; /* NULL: beside the object */
};

/* Reports a bad option with a fatal error. Strings live as long as the compiler runs. */
struct klpcc_options klpcc_arguments_parse(const struct plugin_name_args *info);

/*
 * False when kbuild compiles one of several units of a module: then the module does not have the
 * name of the unit (KBUILD_MODNAME, KBUILD_BASENAME of the kernel's scripts/Makefile.lib).
 */
bool klpcc_arguments_alone(void);

#endif
