/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A kernel's source tree that is prepared for compiling, and the commands by which kbuild compiles
 * its files. kbuild is run where only it knows what to do; what it left in the .cmd file beside an
 * object serves from then on.
 *
 * Paths of sources are relative to the tree ("fs/fcntl.c"), or absolute and below it. A
 * file that is built by the Makefile of another directory is named as that one names it,
 * relative to the tree: "drivers/gpu/drm/amd/amdgpu/../display/dc/core/dc.c".
 */
#ifndef KLPCC_TREE_H
#define KLPCC_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "../lib/error.h"
#include "../lib/words.h"

struct klpcc_tree {
	char *source; /* directory of the source, absolute */
	/*
	 * Directory of the build, absolute; the same for a build in place. It has the objects of
	 * the kernel.
	 */
	char *build;
	/*
	 * Not NULL: source is the directory of modules that are built outside of the kernel's tree
	 * (M=), in place. This is the kernel's source, absolute.
	 */
	char *kernel;
	/* Then: kbuild runs the compiler in source, as Linux does since 6.13, not in build. */
	bool runs_there;
	char *release;  /* UTS_RELEASE */
	char *arch;     /* as kbuild calls it: "x86", "s390" */
	char *compiler; /* kbuild's CC, perhaps of several words: "ccache gcc-12" */
	char *cross;    /* kbuild's CROSS_COMPILE: "s390x-linux-gnu-", or "" */
};

/* What kbuild makes of a file, by the letter that its name ends with. */
enum klpcc_tree_kind {
	KLPCC_TREE_OBJECT = 'o',
	KLPCC_TREE_PREPROCESSED = 'i',
};

/* Where kbuild runs the compiler: one of the tree's directories, absolute. */
static inline const char *klpcc_tree_directory(const struct klpcc_tree *tree)
{
	return tree->runs_there ? tree->source : tree->build;
}

/* How kbuild compiles one file. */
struct klpcc_tree_command {
	char *source; /* relative to the tree */
	char *object; /* what kbuild makes of it, absolute */
	char *input;  /* the word of argv that names the source */
	char *module; /* of modules outside of the tree: the name of the one it is for */
	char **argv; /* the compiler's, ends with NULL; to be run in klpcc_tree_directory() */
	size_t argc;
};

/*
 * Opens a directory that `klpcc tree` made, a build directory (O=), or a source tree in which
 * was built. It must have been prepared at least (`make modules_prepare`), by the compiler that is
 * here now, and be configured as the headers of its release are, where these are installed:
 * otherwise an error that says what to do.
 */
struct klpcc_error *klpcc_tree_open(const char *path,
				    struct klpcc_tree **ret) KLPCC_MUST_CHECK;
/*
 * The same for the modules in a directory outside of it, whose Kbuild or Makefile has what
 * `make M=` builds. kbuild compiles their files there. module: NULL, for the tree's own.
 */
struct klpcc_error *klpcc_tree_open_module(const char *path, const char *module,
					   struct klpcc_tree **ret) KLPCC_MUST_CHECK;
void klpcc_tree_close(struct klpcc_tree *tree);
/* Frees the members. */
void klpcc_tree_deinit(struct klpcc_tree *tree);

/*
 * The file's name relative to the tree. source: that, or the path of a file below the tree's
 * source from anywhere. *ret is malloc()ed.
 */
struct klpcc_error *klpcc_tree_name(const struct klpcc_tree *tree, const char *source,
				    char **ret) KLPCC_MUST_CHECK;

/*
 * Has kbuild make the objects of those files that have none, or an old one, in one run, with as
 * many jobs as there are processors. Each start of kbuild costs a second, so who needs several
 * files asks for all of them first. Fails if one of them cannot be compiled; the others are there.
 */
struct klpcc_error *klpcc_tree_build(const struct klpcc_tree *tree, char *const *sources,
				     size_t count) KLPCC_MUST_CHECK;

/* The same for something else than objects, and nothing is on standard error then. */
struct klpcc_error *klpcc_tree_build_as(const struct klpcc_tree *tree,
					char *const *sources, size_t count,
					enum klpcc_tree_kind kind) KLPCC_MUST_CHECK;

/* Has kbuild made that of the file, as it is now? Errors count as no. */
bool klpcc_tree_is_current(const struct klpcc_tree *tree, const char *source,
			   enum klpcc_tree_kind kind);

/*
 * The command for one file, whose object is up to date then: kbuild makes it if need be.
 */
struct klpcc_error *klpcc_tree_command(const struct klpcc_tree *tree, const char *source,
				       struct klpcc_tree_command *ret) KLPCC_MUST_CHECK;
struct klpcc_error *
klpcc_tree_command_of(const struct klpcc_tree *tree, const char *source,
		      enum klpcc_tree_kind kind,
		      struct klpcc_tree_command *ret) KLPCC_MUST_CHECK;
void klpcc_tree_command_deinit(struct klpcc_tree_command *command);

/*
 * Copies the command for files that go before the tree's. directory has them by their names in the
 * tree: of the compiler's search path, each directory of the source that is in there, too, gets it
 * in front, and so does that of the command's source. name: the path of directory when the
 * compiler runs. first: another directory, before all of these; or NULL. All are absolute.
 */
struct klpcc_error *klpcc_tree_overlay(const struct klpcc_tree *tree,
				       const struct klpcc_tree_command *command,
				       const char *directory, const char *name,
				       const char *first,
				       struct klpcc_tree_command *ret) KLPCC_MUST_CHECK;

/*
 * *ret: which of the headers, named relative to the tree, the command's object was made of, when
 * it was made by kbuild; one of their words, or NULL.
 */
struct klpcc_error *klpcc_tree_find_dependency(const struct klpcc_tree *tree,
					       const struct klpcc_tree_command *command,
					       const struct klpcc_words *headers,
					       const char **ret) KLPCC_MUST_CHECK;

/*
 * Has kbuild made the file's object, as it is now, of none of the headers? False where that is not
 * known: it has not been made, for example.
 */
bool klpcc_tree_lacks_headers(const struct klpcc_tree *tree, const char *source,
			      const struct klpcc_words *headers);

/*
 * Runs the compiler as the command does, without kbuild and what it runs afterwards (objtool).
 * source: what to compile in place of the command's, or NULL; its includes with "" are looked for
 * beside the original, too. extra: more options, behind the command's, ending with NULL; or NULL.
 * Paths of source and object are relative to the working directory; those in extra must be
 * absolute. The compiler's messages go to standard error when it fails.
 */
struct klpcc_error *klpcc_tree_compile(const struct klpcc_tree *tree,
				       const struct klpcc_tree_command *command,
				       const char *source, const char *const *extra,
				       const char *object) KLPCC_MUST_CHECK;

/*
 * The same for the messages: they name what is below the directory `hidden`, which ends with '/',
 * by the rest. source is in there.
 */
struct klpcc_error *klpcc_tree_complain(const struct klpcc_tree *tree,
					const struct klpcc_tree_command *command,
					const char *source, const char *hidden,
					const char *object) KLPCC_MUST_CHECK;

/* The same; if it fails, the compiler's messages are not shown. */
struct klpcc_error *klpcc_tree_try(const struct klpcc_tree *tree,
				   const struct klpcc_tree_command *command,
				   const char *source, const char *const *extra,
				   const char *object) KLPCC_MUST_CHECK;

/*
 * Those options of the command that a unit needs which is compiled elsewhere, as part of a
 * module: not what says which file this is, nor what the build of any module gives. Paths in
 * them are absolute. *ret ends with NULL; free it with klpcc_tree_flags_free().
 */
struct klpcc_error *klpcc_tree_flags(const struct klpcc_tree *tree,
				     const struct klpcc_tree_command *command,
				     char ***ret) KLPCC_MUST_CHECK;
void klpcc_tree_flags_free(char **flags);

#endif
