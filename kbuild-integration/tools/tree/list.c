// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which files a kernel is built of: see list.h.
 *
 * Only make can read kbuild's Makefiles, and only the whole of kbuild builds by them. So make reads
 * each directory's Makefile here with the configuration, as kbuild does, and prints what is to be
 * built of it, without the rules that would build it. What a Makefile asks of the compiler has no
 * answer then; that decides on flags, not on files.
 */
#include "list.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../lib/run.h"
#include "../lib/scratch.h"
#include "kbuild.h"
#include "list-record.h"

/*
 * obj: the directory, below klpcc-top; of modules outside of the tree it is absolute. At the top
 * of the kernel there are three lists more, from the architecture's Makefile. A module of several
 * files has a list by its name (scripts/Makefile.lib: real-search). What belongs to an option that
 * is not set is in lists that nothing reads, since their names end there: obj-$(CONFIG_X) is
 * "obj-", or "obj-n". What other rules make is in targets alone (Documentation/kbuild/makefiles.rst).
 * What make reads is printed, too, and the Kbuild that it would rather read.
 */
static const char makefile[] =
	"klpcc-self := $(MAKEFILE_LIST)\n"
	"include include/config/auto.conf\n"
	"objtree := .\n"
	"src := $(obj)\n"
	"ifeq ($(obj),.)\n"
	"-include $(srctree)/arch/$(SRCARCH)/Makefile\n"
	"ARCH_CORE := $(core-y)\n"
	"ARCH_LIB := $(libs-y)\n"
	"ARCH_DRIVERS := $(drivers-y)\n"
	"endif\n"
	"include $(firstword $(wildcard $(klpcc-top)$(src)/Kbuild $(klpcc-top)$(src)/Makefile))\n"
	".DEFAULT_GOAL := klpcc-list\n"
	"klpcc-all := $(obj-y) $(obj-m) $(lib-y) $(lib-m)\n"
	"klpcc-parts = $(or $(strip $($(1:.o=-objs)) $($(1:.o=-y)) $($(1:.o=-m))),$(1))\n"
	"klpcc-files := $(sort $(filter %.o,$(foreach o,$(klpcc-all),$(call klpcc-parts,$(o)))))\n"
	"klpcc-below := $(sort $(patsubst %/,%,$(filter %/,$(klpcc-all))))\n"
	"klpcc-named := $(filter %.o %/,$(foreach v,$(filter-out -%,$(filter %- %-n,$(.VARIABLES))),$($(v))))\n"
	"klpcc-off := $(sort $(klpcc-named) $(filter %.o,$(foreach o,$(klpcc-named),\\\n"
	"$($(o:.o=-objs)) $($(o:.o=-y)) $($(o:.o=-m)))))\n"
	"klpcc-others := $(filter-out $(klpcc-files) $(klpcc-off) $(klpcc-all),$(sort $(filter %.o,$(targets))))\n"
	"klpcc-seen := $(wordlist $(words $(klpcc-self) x),9999,$(MAKEFILE_LIST))\n"
	"klpcc-read := $(wordlist 2,9999,$(klpcc-seen)) $(klpcc-top)$(src)/Kbuild \\\n"
	"$(if $(filter .,$(obj)),$(firstword $(klpcc-seen)))\n"
	".PHONY: klpcc-list klpcc-force\n"
	"klpcc-list: $(addprefix klpcc-below/,$(klpcc-below))\n"
	"\t@printf '%s\\n' $(addprefix $(obj)/,$(klpcc-files)) $(addprefix -$(obj)/,$(klpcc-off)) \\\n"
	"$(addprefix =$(obj)/,$(klpcc-others)) $(addprefix +,$(sort $(klpcc-read)))\n"
	"klpcc-below/%: klpcc-force\n"
	"\t@+$(MAKE) -f '$(subst ','\\'',$(klpcc-makefile))' obj=$(if $(filter .,$(obj)),,$(obj)/)$*\n"
	"klpcc-force:\n";

/* Makefiles of modules look whether it is kbuild that reads them. */
static struct klpcc_error *add_module(const struct klpcc_tree *tree,
				      struct klpcc_words *argv)
{
	struct klpcc_error *err =
		klpcc_words_addf(argv, "KERNELRELEASE=%s", tree->release);

	if (!err)
		err = klpcc_words_addf(argv, "M=%s", tree->source);
	if (!err)
		err = klpcc_words_addf(argv, "KBUILD_EXTMOD=%s", tree->source);
	if (!err)
		err = klpcc_words_add(argv, "klpcc-top=");
	return err ? err : klpcc_words_addf(argv, "obj=%s", tree->source);
}

static struct klpcc_error *add_arguments(const struct klpcc_tree *tree, const char *path,
					 struct klpcc_words *argv)
{
	static const char *const words[] = { "make", "-rRs", "--no-print-directory",
					     "--output-sync=target" };
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < sizeof(words) / sizeof(words[0]); i++)
		err = klpcc_words_add(argv, words[i]);
	if (!err)
		err = klpcc_words_addf(argv, "-j%ld", sysconf(_SC_NPROCESSORS_ONLN));
	if (!err)
		err = klpcc_words_addf(argv, "--directory=%s", tree->build);
	if (!err)
		err = klpcc_words_addf(argv, "--include-dir=%s", tree->source);
	if (!err)
		err = klpcc_words_addf(argv, "--file=%s", path);
	if (!err)
		err = klpcc_words_addf(argv, "klpcc-makefile=%s", path);
	if (!err)
		err = klpcc_words_addf(argv, "srctree=%s",
				       tree->kernel ? tree->kernel : tree->source);
	if (!err)
		err = klpcc_words_addf(argv, "SRCARCH=%s", tree->arch);
	if (!err)
		err = klpcc_words_addf(argv, "ARCH=%s", tree->arch);
	if (!err && tree->kernel)
		return add_module(tree, argv);
	if (!err)
		err = klpcc_words_addf(argv, "klpcc-top=%s/", tree->source);
	return err ? err : klpcc_words_add(argv, "obj=.");
}

static struct klpcc_error *read_list(const struct klpcc_tree *tree, const char *path,
				     struct klpcc_buffer *ret)
{
	struct klpcc_words argv = { .count = 0 }, environment = { .count = 0 };
	struct klpcc_error *err = add_arguments(tree, path, &argv);

	if (!err)
		err = klpcc_kbuild_environment(tree, &environment);
	if (!err) {
		struct klpcc_run run = {
			.argv = (const char *const *)argv.words,
			.environment = environment.words,
		};

		err = klpcc_error_prefix(klpcc_run_read(&run, ret),
					 "%s: cannot list its files", tree->build);
	}
	klpcc_words_deinit(&argv);
	klpcc_words_deinit(&environment);
	return err;
}

static struct klpcc_error *make_list(const struct klpcc_tree *tree,
				     struct klpcc_buffer *ret)
{
	char *directory = NULL, *path = NULL;
	struct klpcc_error *err = klpcc_scratch_make(&directory);

	if (!err && asprintf(&path, "%s/Makefile", directory) < 0)
		err = klpcc_error_nomem();
	if (!err)
		err = klpcc_file_write_text(path, makefile);
	if (!err)
		err = read_list(tree, path, ret);
	klpcc_scratch_remove(directory);
	free(path);
	return err;
}

/* That it cannot be kept costs time alone. */
static struct klpcc_error *provide_list(const struct klpcc_tree *tree,
					struct klpcc_buffer *ret)
{
	struct klpcc_error *err = klpcc_list_record_read(tree, makefile, ret);
	const time_t since = time(NULL);

	if (err || ret->size)
		return err;
	err = make_list(tree, ret);
	if (!err)
		klpcc_error_free(klpcc_list_record_write(tree, makefile, since, ret));
	return err;
}

/* ---- sources ---------------------------------------------------------------------------- */

static bool is_there(const char *directory, const char *name)
{
	char *path;
	bool found;

	if (asprintf(&path, "%s/%s", directory, name) < 0)
		return false;
	found = access(path, F_OK) == 0;
	free(path);
	return found;
}

/* target: "fs/fcntl.o", in place; it becomes the name of what it is made of. */
static struct klpcc_error *add_source(const struct klpcc_tree *tree, char *target,
				      struct klpcc_words *ret)
{
	char *ending = strrchr(target, '.') + 1;

	if (!strncmp(target, "./", 2))
		target += 2;
	for (const char *letter = "cS"; *letter; letter++) {
		*ending = *letter;
		if (is_there(tree->source, target) || is_there(tree->build, target))
			return klpcc_words_add(ret, target);
	}
	return NULL;
}

/* "./fs/cramfs/" */
static struct klpcc_error *add_off(const char *name, struct klpcc_words *ret)
{
	const bool directory = name[strlen(name) - 1] == '/';
	char *plain = klpcc_tree_plain_name(name);
	struct klpcc_error *err =
		plain ? klpcc_words_addf(ret, "%s%s", plain, directory ? "/" : "")
		      : klpcc_error_nomem();

	free(plain);
	return err;
}

/* line: ".../fs/fcntl.o" below the first `top` characters; what it is says a sign before it. */
static struct klpcc_error *add_line(const struct klpcc_tree *tree, char *line, size_t top,
				    struct klpcc_tree_list *ret)
{
	const bool sign = *line && strchr("-+=", *line);
	char *target = line + sign;

	if (*line == '+' || strlen(target) <= top + 2)
		return NULL;
	target += top;
	if (*line == '-')
		return add_off(target, &ret->off);
	if (strcmp(target + strlen(target) - 2, ".o") != 0)
		return NULL;
	return add_source(tree, target, sign ? &ret->other : &ret->built);
}

struct klpcc_error *klpcc_tree_list(const struct klpcc_tree *tree,
				    struct klpcc_tree_list *ret)
{
	struct klpcc_buffer list = { .size = 0 };
	struct klpcc_error *err = provide_list(tree, &list);
	char *at = (char *)list.data, *end = at + list.size;
	const size_t top = tree->kernel ? strlen(tree->source) + 1 : 0;

	while (!err && at < end) {
		char *line = at, *newline = memchr(at, '\n', (size_t)(end - at));

		at = newline ? newline + 1 : end;
		if (!newline)
			continue;
		*newline = '\0';
		err = add_line(tree, line, top, ret);
	}
	klpcc_buffer_deinit(&list);
	return err;
}

void klpcc_tree_list_deinit(struct klpcc_tree_list *list)
{
	klpcc_words_deinit(&list->built);
	klpcc_words_deinit(&list->off);
	klpcc_words_deinit(&list->other);
}

/* ---- names ------------------------------------------------------------------------------ */

char *klpcc_tree_plain_name(const char *name)
{
	char *plain = strdup(name), *copy = strdup(name), *rest = copy, *end = plain;

	for (char *part; plain && copy && (part = strsep(&rest, "/"));) {
		char *slash;

		if (!strcmp(part, ".") || !*part)
			continue;
		*end = '\0';
		slash = strrchr(plain, '/');
		if (!strcmp(part, "..") && end > plain) {
			end = slash ? slash : plain;
			continue;
		}
		if (end > plain)
			*end++ = '/';
		end = stpcpy(end, part);
	}
	if (plain && copy)
		*end = '\0';
	free(copy);
	return plain;
}
