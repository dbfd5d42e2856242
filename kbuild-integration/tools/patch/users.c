// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which files include a header that changes: see users.h.
 *
 * They are found in three steps: those that may, by the #include lines of the whole tree; of these,
 * those that the configuration builds; and of these, those that the preprocessor really reads it
 * for, and that name what changes in it. What the change means for each of them is for their code
 * to say.
 */
#include "users.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "headers.h"

/* Of those that may include a header: C files that are built, and one in assembler. */
static struct klpcc_error *choose_candidates(const struct klpcc_patch_maker *maker,
					     const struct klpcc_patch_built *built,
					     const struct klpcc_words *includers,
					     struct klpcc_words *ret,
					     const char **assembler)
{
	struct klpcc_words names = { .count = 0 };
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < includers->count; i++)
		err = klpcc_patch_add_built(built, includers->words[i], &names);
	for (size_t i = 0; !err && i < names.count; i++) {
		if (klpcc_patch_ends_with(names.words[i], ".S"))
			*assembler = *klpcc_patch_find_built(built, names.words[i]);
		else if (!klpcc_words_has(&maker->files, names.words[i]))
			err = klpcc_words_add(ret, names.words[i]);
	}
	klpcc_words_deinit(&names);
	klpcc_words_sort(ret, 0);
	return err;
}

/* Headers by which a unit may come to one that changes. */
static struct klpcc_error *take_between(struct klpcc_patch_maker *maker,
					const struct klpcc_words *includers)
{
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < includers->count; i++) {
		const char *name = includers->words[i];

		if (*name != '/' && !klpcc_patch_ends_with(name, ".c") &&
		    !klpcc_patch_ends_with(name, ".S"))
			err = klpcc_words_add(&maker->between, name);
	}
	return err;
}

/* kbuild includes these in front of each file (c_flags of scripts/Makefile.lib). */
static struct klpcc_error *refuse_everywhere(const struct klpcc_words *headers)
{
	static const char *const names[] = { "include/linux/compiler-version.h",
					     "include/linux/compiler_types.h",
					     "include/linux/kconfig.h" };

	for (size_t i = 0; i < headers->count; i++)
		for (size_t k = 0; k < sizeof(names) / sizeof(names[0]); k++)
			if (!strcmp(headers->words[i], names[k]))
				return klpcc_error_new(
					ENOTSUP,
					"%s: every file of the kernel has it, before its first line; have the change in the files that need it",
					names[k]);
	return NULL;
}

/* ---- who keeps what it has ------------------------------------------------------------------ */

static struct klpcc_error *add_named(const struct klpcc_patch_maker *maker,
				     const struct klpcc_tree *tree,
				     const struct klpcc_patch_built *built,
				     const char *user, struct klpcc_words *ret)
{
	const size_t before = ret->count;
	char *name = NULL, *plain = NULL;
	struct klpcc_error *err =
		klpcc_error_prefix(klpcc_tree_name(tree, user, &name), "--header-user");

	if (!err && !(plain = klpcc_tree_plain_name(name)))
		err = klpcc_error_nomem();
	if (!err)
		err = klpcc_patch_add_built(built, plain, ret);
	free(name);
	free(plain);
	if (!err && ret->count == before)
		err = klpcc_error_new(
			EINVAL,
			"--header-user: %s: the configuration of %s does not build it",
			user, maker->request->release);
	return err;
}

/* The files that the fix itself changes. */
static bool is_own(const struct klpcc_patch_maker *maker, const char *name)
{
	const struct klpcc_words own = { .words = maker->files.words,
					 .count = maker->own_count };

	return klpcc_words_has(&own, name);
}

static struct klpcc_error *cut_candidates(const struct klpcc_patch_maker *maker,
					  const struct klpcc_words *named,
					  struct klpcc_words *candidates)
{
	struct klpcc_words chosen = { .count = 0 };
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < named->count; i++) {
		if (i && !strcmp(named->words[i], named->words[i - 1]))
			continue;
		if (klpcc_words_has(candidates, named->words[i]))
			err = klpcc_words_add(&chosen, named->words[i]);
		else if (!is_own(maker, named->words[i]))
			err = klpcc_error_new(
				EINVAL,
				"--header-user: %s: it includes no header that the fix changes",
				named->words[i]);
	}
	klpcc_words_deinit(candidates);
	*candidates = chosen;
	return err;
}

/* If the user names files, no others are candidates. */
static struct klpcc_error *choose_named(const struct klpcc_patch_maker *maker,
					const struct klpcc_tree *tree,
					const struct klpcc_patch_built *built,
					struct klpcc_words *candidates)
{
	const struct klpcc_patch_request *request = maker->request;
	struct klpcc_words named = { .count = 0 };
	struct klpcc_error *err = NULL;

	for (size_t i = 0; !err && i < request->user_count; i++)
		err = add_named(maker, tree, built, request->users[i], &named);
	klpcc_words_sort(&named, 0);
	if (!err && request->user_count)
		err = cut_candidates(maker, &named, candidates);
	klpcc_words_deinit(&named);
	return err;
}

/* Files that may have a header, and keep it as it was. */
struct keepers {
	size_t unnamed; /* built, and not what the user names */
	size_t other;   /* made by other rules, as the vDSO is */
	const char *first_other;
};

/* Not the code that unpacks the kernel, which has run. */
static void count_keeper(const struct klpcc_patch_maker *maker,
			 const struct klpcc_patch_built *built,
			 const struct klpcc_words *candidates, const char *name,
			 struct keepers *keepers)
{
	char **known = klpcc_patch_find_built(built, name);

	if (known)
		keepers->unnamed += maker->request->user_count &&
				    !klpcc_words_has(candidates, *known) &&
				    !is_own(maker, *known);
	else if (klpcc_words_has(&built->list.other, name) && !keepers->other++)
		keepers->first_other = name;
}

static struct klpcc_error *note_keepers(struct klpcc_patch *patch, const char *header,
					const struct keepers *keepers)
{
	struct klpcc_error *err = NULL;
	char more[64] = "";

	if (keepers->other > 1)
		snprintf(more, sizeof(more), " and %zu more", keepers->other - 1);
	if (keepers->other)
		err = klpcc_patch_leave_users(
			patch, header,
			"'%s'%s may have it, too: what is made by rules of its own keeps the code that it has",
			keepers->first_other, more);
	if (!err && keepers->unnamed)
		err = klpcc_patch_leave_users(
			patch, header,
			"files that may have it, too, and keep the code that they have, as --header-user does not name them: %zu",
			keepers->unnamed);
	return err;
}

static struct klpcc_error *find_keepers(const struct klpcc_patch_maker *maker,
					const struct klpcc_patch_built *built,
					const struct klpcc_words *candidates,
					const char *header)
{
	struct klpcc_words self = { .count = 0 }, includers = { .count = 0 };
	struct klpcc_error *err = klpcc_words_add(&self, header);
	struct keepers keepers = { .other = 0 };

	if (!err)
		err = klpcc_tree_find_includers(built->includes, &self, &includers);
	/* The first is the header. */
	for (size_t i = 1; !err && i < includers.count; i++)
		count_keeper(maker, built, candidates, includers.words[i], &keepers);
	if (!err)
		err = note_keepers(maker->patch, header, &keepers);
	klpcc_words_deinit(&self);
	klpcc_words_deinit(&includers);
	return err;
}

/* ---- all of it ------------------------------------------------------------------------------ */

struct klpcc_error *klpcc_patch_find_users(struct klpcc_patch_maker *maker,
					   const struct klpcc_tree *tree,
					   const struct klpcc_patch_built *built)
{
	struct klpcc_words includers = { .count = 0 }, candidates = { .count = 0 };
	const char *assembler = NULL;
	struct klpcc_error *err = refuse_everywhere(&maker->headers);

	if (!err)
		err = klpcc_tree_find_includers(built->includes, &maker->headers,
						&includers);
	if (!err)
		err = choose_candidates(maker, built, &includers, &candidates,
					&assembler);
	if (!err)
		err = choose_named(maker, tree, built, &candidates);
	if (!err && !maker->request->user_count)
		err = klpcc_patch_check_assemblers(maker, tree, assembler);
	if (!err)
		err = take_between(maker, &includers);
	if (!err)
		err = klpcc_patch_write_lined(maker, tree, &candidates);
	if (!err)
		err = klpcc_patch_take_users(maker, tree, &candidates);
	if (!err && !maker->own_count && !candidates.count)
		err = klpcc_error_new(
			ENOTSUP,
			"%s: no C file that the configuration of %s builds includes it, so the kernel has nothing of it to be replaced",
			maker->headers.words[0], maker->request->release);
	for (size_t i = 0; !err && i < maker->headers.count; i++)
		err = find_keepers(maker, built, &candidates, maker->headers.words[i]);
	klpcc_words_deinit(&includers);
	klpcc_words_deinit(&candidates);
	return err;
}
