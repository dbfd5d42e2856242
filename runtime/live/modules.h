/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Module files, and what libkmod does with them: modprobe's configuration counts, and so does
 * what a module depends on.
 */
#ifndef KLPCC_LIVE_MODULES_H
#define KLPCC_LIVE_MODULES_H

#include <stdbool.h>

#include <lib/words.h>

struct kmod_ctx;

/* A module's file, and what it says of itself (modinfo). */
struct klpcc_module_file {
	char *path;
	char *name;    /* in the kernel: with _ for - */
	char *release; /* the kernel that it was built for, of its vermagic; NULL: none */
	bool livepatch; /* it says that it is one */
	struct klpcc_words
		needs; /* modules, sorted: those of `depends`, and the resolver */
	struct klpcc_words
		wishes; /* others that are to be loaded first, where they are there */
	struct kmod_ctx *kmod;
};

/*
 * The kernel's name of a module: "livepatch_x" of "livepatch-x", "livepatch_x.ko" and
 * "DIR/livepatch-x.ko.xz". malloc()ed; NULL without memory.
 */
char *klpcc_module_name(const char *argument);

/* Whether an argument is a file's name rather than a module's: it has a slash, or .ko in it. */
bool klpcc_module_is_file(const char *argument);

/* Reads what the file says of itself. */
struct klpcc_error *klpcc_module_open(const char *path,
				      struct klpcc_module_file *ret) KLPCC_MUST_CHECK;
void klpcc_module_close(struct klpcc_module_file *file);

/*
 * Where modprobe would find a module; *ret is NULL where it would not. directory: of the kernel's
 * modules; NULL: the running one's.
 */
struct klpcc_error *klpcc_module_find(const char *directory, const char *name,
				      char **ret) KLPCC_MUST_CHECK;

/* Finds a module in the directory of another's file; *ret is NULL where there is none. */
struct klpcc_error *klpcc_module_beside(const struct klpcc_module_file *file,
					const char *name, char **ret) KLPCC_MUST_CHECK;

/*
 * Loads a module, with what it depends on, as modprobe does. Returns 0, or errno: EEXIST if it is
 * there already. The rest of what there is to say is in the kernel's log.
 */
int klpcc_module_insert(const struct klpcc_module_file *file);

/* Removes a module that nobody uses. Returns 0, or the kernel's errno. */
int klpcc_module_remove(const char *name);

#endif
