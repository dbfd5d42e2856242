/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the files of `klpcc patch` share: a run.
 */
#ifndef KLPCC_PATCH_PRIVATE_H
#define KLPCC_PATCH_PRIVATE_H

#include "../lib/words.h"
#include "../match/kernel.h"
#include "../match/sources.h"
#include "patch.h"

/* Where the output has the headers that the fix changes. */
#define KLPCC_PATCH_HEADERS "headers"

struct klpcc_patch_maker {
	const struct klpcc_patch_request *request;
	struct klpcc_patch *patch;
	char *scratch; /* the temporary directory */
	char *tree, *index;
	char *module; /* real path of the request's module_dir; NULL: none */
	enum klpcc_patch_phase
		phase; /* and when it began, in seconds of CLOCK_MONOTONIC */
	double since, start;
	struct klpcc_words files;   /* names of the units' sources */
	size_t own_count;           /* the first ones of them, which the fix changes */
	struct klpcc_words headers; /* what it changes that they include */
	struct klpcc_words between; /* headers that include one of these */
	bool *included;             /* one for each header: a file was compiled with it */
	struct klpcc_match_kernel kernel;
	bool kernel_open;
	struct klpcc_match_sources
		sources; /* one for each unit, as are jobs and errors */
	struct klpcc_match_job *jobs;
	struct klpcc_error **errors;
	bool complained; /* complain.c, by any thread */
};

/* What the patch is called: "livepatch-" and the name of its first diff, malloc()ed. */
struct klpcc_error *klpcc_patch_name(const char *diff, char **ret) KLPCC_MUST_CHECK;

bool klpcc_patch_ends_with(const char *text, const char *end);

/* "DIRECTORY/NAMEENDING", malloc()ed. */
struct klpcc_error *klpcc_patch_path(char **ret, const char *directory, const char *name,
				     const char *ending) KLPCC_MUST_CHECK;

/*
 * phases.c: notes the time of the phase before, and says which one begins if that is wanted. Fails
 * if a signal asks to stop. KLPCC_PATCH_PHASES: all are done.
 */
struct klpcc_error *klpcc_patch_enter(struct klpcc_patch_maker *maker,
				      enum klpcc_patch_phase phase) KLPCC_MUST_CHECK;

/*
 * left-out.c: a file of the fix has no part in the livepatch, which a note says. why: a clause,
 * copied like the file's name. A file that was left out before counts once.
 */
struct klpcc_error *klpcc_patch_leave_out(struct klpcc_patch *patch, const char *file,
					  const char *why) KLPCC_MUST_CHECK;
/* The same for files that may have a header of the fix, and keep it as it was. */
struct klpcc_error *klpcc_patch_leave_users(struct klpcc_patch *patch, const char *header,
					    const char *format, ...) KLPCC_MUST_CHECK
	KLPCC_PRINTF(3, 4);
void klpcc_patch_deinit_left(struct klpcc_patch *patch);

/*
 * build.c: opens the kernel that the request names, with the module's own file if it has one.
 * index: path of its index.
 */
struct klpcc_error *
klpcc_patch_open_kernel(const struct klpcc_patch_request *request, const char *index,
			struct klpcc_match_kernel *ret) KLPCC_MUST_CHECK;

/*
 * Options that give a file that is compiled from elsewhere the name in __FILE__ that it has in the
 * tree. name: as in the tree, "" for a directory, whose path ends with "/". *ret is malloc()ed.
 */
struct klpcc_error *klpcc_patch_map_name(const struct klpcc_tree *tree, const char *path,
					 const char *name, char **ret) KLPCC_MUST_CHECK;

/*
 * complain.c: what the compiler says of one file that does not compile, as the fix leaves it; the
 * messages name it as the tree does. text: path of its text; name: one that no other file has;
 * object: path of what is made if there is no error. One file is enough: for any further one the
 * error is ECANCELED. Several threads may call it.
 */
struct klpcc_error *klpcc_patch_complain(struct klpcc_patch_maker *maker,
					 const struct klpcc_tree *tree,
					 const struct klpcc_tree_command *command,
					 const char *text, const char *name,
					 const char *object) KLPCC_MUST_CHECK;
/* Then nothing has to be compiled any more. */
bool klpcc_patch_has_complained(const struct klpcc_patch_maker *maker);
/* The first of several tasks' errors, if it can be not ECANCELED; the others are freed. */
struct klpcc_error *klpcc_patch_first_error(struct klpcc_error **errors,
					    size_t count) KLPCC_MUST_CHECK;

/* check.c: has the module verified, and notes what it takes from the kernel. */
struct klpcc_error *klpcc_patch_check(struct klpcc_patch_maker *maker) KLPCC_MUST_CHECK;

/*
 * unit.c: compiles one of the files as it was and as it is now, writes its plan, and decides what
 * of it is replaced. The original is the kernel's. Several threads may do that, each for its file.
 */
struct klpcc_error *klpcc_patch_compare_unit(struct klpcc_patch_maker *maker,
					     size_t number) KLPCC_MUST_CHECK;

#endif
