/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Warnings: what the plugin says of code that it can compile, each kind with a name and a switch.
 *
 * GCC has no place for -W options of plugins, so that -fplugin-arg-klpcc-no-warn-NAME silences
 * a kind and -fplugin-arg-klpcc-error-NAME makes an error of it; -w and -Werror are GCC's own.
 * The message ends with the switch that concerns it, as GCC's end with theirs.
 */
#ifndef KLPCC_WARNINGS_H
#define KLPCC_WARNINGS_H

#include "gcc-compat.h"

/* In the order of the table of warnings.cc, which has their names and what they are by default. */
enum klpcc_warning {
	KLPCC_WARN_CLONE,        /* the target has variants of the function only */
	KLPCC_WARN_HIDDEN,       /* a hidden extern, which is the target's */
	KLPCC_WARN_INIT,         /* in memory that is gone */
	KLPCC_WARN_KALLSYMS_ALL, /* a variable, and kallsyms has none */
	KLPCC_WARN_LAYOUT, /* the patch's own struct is not the target's of that name */
	KLPCC_WARN_MODULE, /* only modules have it, and the unit is for none of them */
	KLPCC_WARN_NEAR,   /* not in the target, but a similar name is */
	KLPCC_WARN_SEAL,   /* the address of a function that cannot be called by it */
	KLPCC_WARN_SEAL_UNKNOWN, /* the same, where the index does not say */
	KLPCC_WARN_STATIC_KEY,   /* a static key in code that is patched too early */
	KLPCC_WARN_TYPE,         /* the target's type is another */
	KLPCC_WARN_WEAK,         /* a weak extern, which a livepatch never is */
	KLPCC_WARNINGS,
};

/*
 * Takes the rest of a -fplugin-arg-klpcc-* that begins with "no-warn-" or "error-". False when it
 * is neither, or no kind has that name.
 */
bool klpcc_warning_switch(const char *key);

/* Whether anything is to be said of that kind: to be asked before work that only serves it. */
bool klpcc_warning_is_on(enum klpcc_warning kind);
bool klpcc_warning_is_error(enum klpcc_warning kind);

/* The switch that a message of that kind ends with. */
const char *klpcc_warning_option(enum klpcc_warning kind);

/*
 * KLPCC_WARN(KIND, LOCATION, FORMAT, ...) says it; true when it was said, so that notes may
 * follow. LOCATION: a location_t or a rich_location *. A macro, so that GCC checks the format.
 */
#define KLPCC_WARN(kind, location, format, ...)                                   \
	(klpcc_warning_is_error(kind)                                             \
		 ? (error_at(location, format " [%s]", ##__VA_ARGS__,             \
			     klpcc_warning_option(kind)),                         \
		    true)                                                         \
		 : klpcc_warning_is_on(kind) &&                                   \
			   warning_at(location, 0, format " [%s]", ##__VA_ARGS__, \
				      klpcc_warning_option(kind)))

#endif
