/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Warnings: what the plugin says of code that it can compile. Each kind has a name and a switch.
 *
 * GCC has no place for -W options of plugins, so -fplugin-arg-klpcc-no-warn-NAME silences a
 * kind, and -fplugin-arg-klpcc-error-NAME makes an error of it; -w and -Werror are GCC's own.
 * The message ends with the switch that concerns it, as GCC's end with theirs.
 */
#ifndef KLPCC_WARNINGS_H
#define KLPCC_WARNINGS_H

#include "gcc-compat.h"

/*
 * Every kind: its place in enum klpcc_warning, its name, what it is by default, and what it is
 * about. What cannot work is an error; what may well be meant so is a warning. The texts are shown
 * when a switch names none of these kinds; klpcc-plugin(7) says more.
 */
#define KLPCC_WARNING_LIST(_)                                                            \
	_(ASM, "asm", ERROR,                                                             \
	  "asm statements outside of functions are not the original's")                  \
	_(CLONE, "clone", WARNING,                                                       \
	  "the target has only variants of the function that GCC derived from it")       \
	_(COMING, "coming", WARNING,                                                     \
	  "a patched function is another one while its module is loading")               \
	_(DATA, "data", ERROR, "data have another value than the original's")            \
	_(ENTRY, "entry", ERROR, "entries of the kernel's lists are not the original's") \
	_(FUNCTION, "function", ERROR,                                                   \
	  "struct klp_func names a function that the kernel cannot replace")             \
	_(HIDDEN, "hidden", WARNING, "a hidden declaration is taken from the target")    \
	_(INIT, "init", ERROR,                                                           \
	  "the symbol is in init memory, which the kernel has freed")                    \
	_(INLINED, "inlined", ERROR,                                                     \
	  "functions that are not replaced contain a copy of the old code")              \
	_(KALLSYMS_ALL, "kallsyms-all", WARNING,                                         \
	  "a variable of a kernel without CONFIG_KALLSYMS_ALL")                          \
	_(LAYOUT, "layout", WARNING,                                                     \
	  "a struct, union or enum of the patch differs from the target's")              \
	_(MODULE, "module", WARNING,                                                     \
	  "the name is in a module that the file does not declare it patches")           \
	_(NEAR, "near", WARNING, "the target does not have the name, but a similar one") \
	_(OBJECT, "object", WARNING,                                                     \
	  "struct klp_object names a module that the target does not have")              \
	_(POINTER, "pointer", WARNING,                                                   \
	  "the address of a function that only the patch has")                           \
	_(PROTOTYPE, "prototype", ERROR,                                                 \
	  "the type of a function that the kernel exports is not the original's")        \
	_(SEAL, "seal", WARNING,                                                         \
	  "the address of a function that the target has sealed (IBT)")                  \
	_(SEAL_UNKNOWN, "seal-unknown", WARNING,                                         \
	  "the same, where the index does not know what is sealed")                      \
	_(STATE, "state", ERROR,                                                         \
	  "static variables of a function are not the original's")                       \
	_(STATIC_KEY, "static-key", ERROR, "a branch on a static key of a module")       \
	_(STRUCT, "struct", ERROR,                                                       \
	  "a type of the file is not laid out as the original's")                        \
	_(TRACEPOINT, "tracepoint", WARNING,                                             \
	  "a tracepoint of a module, which is off in the patch")                         \
	_(TYPE, "type", WARNING, "a declaration differs from the target's")              \
	_(WEAK, "weak", WARNING, "a weak declaration is taken from the target")

enum klpcc_warning {
#define KLPCC_WARNING(id, ...) KLPCC_WARN_##id,
	KLPCC_WARNING_LIST(KLPCC_WARNING)
#undef KLPCC_WARNING
};

/*
 * Takes the rest of a -fplugin-arg-klpcc-* that begins with "no-warn-" or "error-"; false when it
 * begins with neither. An unknown name is an error that lists the known ones.
 */
bool klpcc_warning_switch(const char *key);

/* Whether messages of that kind are wanted: to be asked before work that only serves them. */
bool klpcc_warning_is_on(enum klpcc_warning kind);
bool klpcc_warning_is_error(enum klpcc_warning kind);

/* The switch that a message of that kind ends with. */
const char *klpcc_warning_option(enum klpcc_warning kind);

/*
 * KLPCC_WARN(KIND, LOCATION, FORMAT, ...) gives the message; true when it was given, so that
 * notes may follow. LOCATION: a location_t or a rich_location *. A macro, so that GCC checks the
 * format.
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
