// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Runs kbuild: see kbuild.h.
 *
 * KERNELRELEASE on the command line keeps UTS_RELEASE what it is, however the distribution makes
 * the name of its releases, and an empty LOCALVERSION keeps setlocalversion from adding to it.
 * Variables that a user's environment has for another build, or for a make that runs klpcc, would
 * change the commands: they are taken out.
 */
#include "kbuild.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../lib/lock.h"
#include "../lib/run.h"
#include "package-id.h"

/* What Makefile of the kernel, Documentation/kbuild/kbuild.rst and make itself read. */
static const char *const removed_names[] = {
	"AFLAGS_KERNEL",
	"AFLAGS_MODULE",
	"AR",
	"ARCH",
	"AS",
	"C",
	"CC",
	"CFLAGS_KERNEL",
	"CFLAGS_MODULE",
	"CF",
	"CHECK",
	"CROSS_COMPILE",
	"EXTRAVERSION",
	"GNUMAKEFLAGS",
	"HOSTCC",
	"HOSTCFLAGS",
	"HOSTCXX",
	"KAFLAGS",
	"KCFLAGS",
	"KCPPFLAGS",
	"KERNELRELEASE",
	"KERNELVERSION",
	"LC_ALL",
	"LD",
	"LDFLAGS_MODULE",
	"LDFLAGS_vmlinux",
	"LLVM",
	"LLVM_IAS",
	"LOCALVERSION",
	"M",
	"MAKEFILES",
	"MAKEFLAGS",
	"MAKELEVEL",
	"MAKEOVERRIDES",
	"MFLAGS",
	"MO",
	"NM",
	"O",
	"OBJCOPY",
	"OBJDUMP",
	"PAHOLE",
	"READELF",
	"RUSTC",
	"STRIP",
	"SUBARCH",
	"USERCFLAGS",
	"USERLDFLAGS",
	"V",
	"W",
};

static const char *const removed_prefixes[] = { "KBUILD_", "KCONFIG_" };

/* entry: NAME=VALUE. */
static bool is_removed(const char *entry)
{
	size_t length = strcspn(entry, "=");

	for (size_t i = 0; i < sizeof(removed_names) / sizeof(removed_names[0]); i++)
		if (strlen(removed_names[i]) == length &&
		    !memcmp(entry, removed_names[i], length))
			return true;
	for (size_t i = 0; i < sizeof(removed_prefixes) / sizeof(removed_prefixes[0]);
	     i++)
		if (!strncmp(entry, removed_prefixes[i], strlen(removed_prefixes[i])))
			return true;
	return false;
}

struct klpcc_error *klpcc_kbuild_environment(const struct klpcc_tree *tree,
					     struct klpcc_words *ret)
{
	/* kbuild's own messages in one language; the compiler's quotes are not looked at. */
	struct klpcc_error *err = klpcc_words_add(ret, "LC_ALL=C");

	for (char **entry = environ; !err && *entry; entry++)
		if (!is_removed(*entry) && !klpcc_package_id_has(*entry))
			err = klpcc_words_add(ret, *entry);
	if (!err)
		err = klpcc_package_id_add(tree->build, ret);
	return err;
}

/* The build directory has a Makefile of its own once kbuild was there. */
static bool has_makefile(const struct klpcc_tree *tree)
{
	char *path;
	bool found;

	if (asprintf(&path, "%s/Makefile", tree->build) < 0)
		return false;
	found = access(path, F_OK) == 0;
	free(path);
	return found;
}

static struct klpcc_error *add_place(const struct klpcc_tree *tree,
				     struct klpcc_words *argv)
{
	struct klpcc_error *err;

	/* By the build directory's Makefile paths stay as they were when it was made. */
	if (has_makefile(tree))
		return klpcc_words_addf(argv, "--directory=%s", tree->build);
	err = klpcc_words_addf(argv, "--directory=%s",
			       tree->kernel ? tree->kernel : tree->source);
	if (!err)
		err = klpcc_words_addf(argv, "O=%s", tree->build);
	return err;
}

static struct klpcc_error *make_command(const struct klpcc_tree *tree,
					const char *const *targets, bool keep_going,
					struct klpcc_words *argv)
{
	struct klpcc_error *err = klpcc_words_add(argv, "make");

	/* So what is left to show of a failure is what failed. */
	if (!err)
		err = klpcc_words_add(argv, "--silent");
	if (!err)
		err = add_place(tree, argv);
	if (!err)
		err = klpcc_words_addf(argv, "-j%ld", sysconf(_SC_NPROCESSORS_ONLN));
	if (!err && keep_going)
		err = klpcc_words_add(argv, "--keep-going");
	if (!err)
		err = klpcc_words_addf(argv, "ARCH=%s", tree->arch);
	if (!err)
		err = klpcc_words_addf(argv, "CROSS_COMPILE=%s", tree->cross);
	if (!err)
		err = klpcc_words_addf(argv, "CC=%s", tree->compiler);
	if (!err)
		err = klpcc_words_addf(argv, "KERNELRELEASE=%s", tree->release);
	if (!err)
		err = klpcc_words_add(argv, "LOCALVERSION=");
	if (!err && tree->kernel)
		err = klpcc_words_addf(argv, "M=%s", tree->source);
	for (; !err && *targets; targets++)
		err = klpcc_words_add(argv, *targets);
	return err;
}

/*
 * The lock is on the directory itself, which needs no file in it. Programs that are run inherit it,
 * so that it stays while an orphan of a killed klpcc still works there.
 */
static struct klpcc_error *lock_build(const char *build, int *ret)
{
	int fd = open(build, O_RDONLY | O_DIRECTORY);
	struct klpcc_error *err;

	if (fd < 0)
		return klpcc_error_errno(errno, "%s: cannot open", build);
	err = klpcc_lock_wait(fd, build);
	if (err)
		close(fd);
	else
		*ret = fd;
	return err;
}

struct klpcc_error *klpcc_kbuild_run(const struct klpcc_tree *tree,
				     const char *const *targets, bool keep_going,
				     bool silent)
{
	struct klpcc_words argv = { NULL, 0, 0 }, environment = { NULL, 0, 0 };
	struct klpcc_error *err = make_command(tree, targets, keep_going, &argv);
	int lock = -1;

	if (!err)
		err = lock_build(tree->build, &lock);
	if (!err)
		err = klpcc_kbuild_environment(tree, &environment);
	if (!err) {
		struct klpcc_run run = {
			.argv = (const char *const *)argv.words,
			.environment = environment.words,
			.silent = silent,
		};

		err = klpcc_run(&run);
	}
	if (lock >= 0)
		close(lock);
	klpcc_words_deinit(&argv);
	klpcc_words_deinit(&environment);
	return err;
}

const char *klpcc_kbuild_objects(const struct klpcc_tree *tree)
{
	return tree->kernel ? tree->source : tree->build;
}

/* What is in the directory of M= has its whole path for a name, if the compiler runs elsewhere. */
struct klpcc_error *klpcc_kbuild_saved(const struct klpcc_tree *tree, const char *target,
				       struct klpcc_saved_command *ret)
{
	struct klpcc_error *err;
	char *path;

	if (!tree->kernel || tree->runs_there)
		return klpcc_saved_command_read(klpcc_kbuild_objects(tree), target, ret);
	if (asprintf(&path, "%s/%s", tree->source, target) < 0)
		return klpcc_error_nomem();
	err = klpcc_saved_command_read("", path, ret);
	free(path);
	return err;
}

struct klpcc_error *klpcc_kbuild_cross(const char *compiler, char **ret)
{
	const char *blank = strrchr(compiler, ' ');
	const char *path = blank ? blank + 1 : compiler;
	const char *base = klpcc_base_name(path);
	const char *gcc = strstr(base, "-gcc");
	size_t length = gcc ? (size_t)(gcc + 1 - path) : 0;

	*ret = strndup(path, length);
	return *ret ? NULL : klpcc_error_nomem();
}
