// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Options of a file's command for a unit that is compiled elsewhere: see tree.h.
 *
 * What is left out says which file this is (KBUILD_*), where things go, or whether the code is the
 * kernel's or a module's: the code model and MODULE are what the unit's own build gives. So are the
 * three headers that kbuild includes in front of each file, one of which may come only once. And
 * what a directory of the kernel wants of warnings does not hold for those of the plugin.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/words.h"
#include "tree.h"

static bool begins_with(const char *word, const char *prefix)
{
	return !strncmp(word, prefix, strlen(prefix));
}

/* "-I" of "-Ifs" and "-I"; NULL for what has no path in it. */
static const char *find_path_option(const char *word)
{
	static const char *const options[] = { "-I",         "-isystem", "-iquote",
					       "-idirafter", "-include", "-imacros",
					       "-iprefix",   "-Wa,-I" };

	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++)
		if (begins_with(word, options[i]))
			return options[i];
	return NULL;
}

/* Headers that kbuild includes in front of every file (c_flags of scripts/Makefile.lib). */
static bool is_everywhere(const char *path)
{
	static const char *const names[] = { "/include/linux/compiler-version.h",
					     "/include/linux/kconfig.h",
					     "/include/linux/compiler_types.h" };
	size_t length = strlen(path);

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (length >= strlen(names[i]) &&
		    !strcmp(path + length - strlen(names[i]), names[i]))
			return true;
	return false;
}

/* -fPIC and its like, and what goes with it: modules have another code model than the kernel. */
static bool is_code_model(const char *word)
{
	static const char *const words[] = {
		"-fPIC",
		"-fpic",
		"-fPIE",
		"-fpie",
		"-fno-PIC",
		"-fno-pic",
		"-fno-PIE",
		"-fno-pie",
		"-fsection-anchors",
		"-mpic-data-is-text-relative",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(word, words[i]))
			return true;
	return begins_with(word, "-mcmodel=");
}

static bool is_define_of_file(const char *word)
{
	return begins_with(word, "-DKBUILD_") || begins_with(word, "-D__KBUILD_") ||
	       !strcmp(word, "-DMODULE");
}

/* Options of a kind that changes what code is made, or what the preprocessor sees. */
static bool is_wanted(const char *word)
{
	static const char *const prefixes[] = { "-D",  "-U",    "-f",     "-m",
						"-O",  "-std=", "-W",     "-p",
						"-no", "-g",    "--param" };

	if (is_define_of_file(word) || is_code_model(word) ||
	    begins_with(word, "-fplugin") || begins_with(word, "-Wp,-M") ||
	    !strcmp(word, "-Werror") || begins_with(word, "-fmacro-prefix-map="))
		return false;
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (begins_with(word, prefixes[i]))
			return true;
	return false;
}

/* One option that holds a path, made absolute; a word of its own follows where value is NULL. */
static struct klpcc_error *add_path(const struct klpcc_tree *tree, const char *option,
				    const char *path, struct klpcc_words *flags)
{
	struct klpcc_error *err;
	char *absolute;
	int length;

	if (*path == '/')
		length = asprintf(&absolute, "%s", path);
	else
		length = asprintf(&absolute, "%s/%s", klpcc_tree_directory(tree),
				  begins_with(path, "./") ? path + 2 : path);
	if (length < 0)
		return klpcc_error_nomem();
	if (is_everywhere(absolute)) {
		free(absolute);
		return NULL;
	}
	/* The forms of GCC that take the value in the same word. */
	if (!strcmp(option, "-I") || begins_with(option, "-Wa,")) {
		err = klpcc_words_addf(flags, "%s%s", option, absolute);
	} else {
		err = klpcc_words_add(flags, option);
		if (!err)
			err = klpcc_words_add(flags, absolute);
	}
	free(absolute);
	return err;
}

/* "-D X" and its like, where the value is the next word. */
static bool has_value_apart(const char *word)
{
	return !strcmp(word, "-D") || !strcmp(word, "-U") || !strcmp(word, "--param");
}

static struct klpcc_error *add_joined(const char *word, const char *value,
				      struct klpcc_words *flags)
{
	struct klpcc_words joined = { NULL, 0, 0 };
	struct klpcc_error *err = klpcc_words_addf(&joined, "%s%s%s", word,
						   word[1] == '-' ? "=" : "", value);

	if (!err && is_wanted(joined.words[0]))
		err = klpcc_words_add(flags, joined.words[0]);
	klpcc_words_deinit(&joined);
	return err;
}

/*
 * What is beside the original is found from elsewhere, too. Its Makefile, whose directory kbuild
 * names, may be in another one.
 */
static struct klpcc_error *add_own_directory(const struct klpcc_tree *tree,
					     const struct klpcc_tree_command *command,
					     struct klpcc_words *flags)
{
	const char *slash = strrchr(command->input, '/');
	char *directory =
		strndup(command->input, slash ? (size_t)(slash - command->input) : 0);
	struct klpcc_error *err = directory ? add_path(tree, "-iquote", directory, flags)
					    : klpcc_error_nomem();

	free(directory);
	return err;
}

/* __FILE__ in a header is a text that the kernel has, too, and no path of this machine. */
static struct klpcc_error *add_header_names(const struct klpcc_tree *tree,
					    struct klpcc_words *flags)
{
	return klpcc_words_addf(flags, "-fmacro-prefix-map=%s/=", tree->source);
}

static struct klpcc_error *collect(const struct klpcc_tree *tree,
				   const struct klpcc_tree_command *command,
				   struct klpcc_words *flags)
{
	struct klpcc_error *err = NULL;

	for (size_t i = 1; !err && i < command->argc; i++) {
		const char *word = command->argv[i], *option = find_path_option(word);
		const char *next = i + 1 < command->argc ? command->argv[i + 1] : "";

		if (option && word[strlen(option)]) {
			err = add_path(tree, option, word + strlen(option), flags);
		} else if (option) {
			err = add_path(tree, option, next, flags);
			i++;
		} else if (has_value_apart(word)) {
			err = add_joined(word, next, flags);
			i++;
		} else if (!strcmp(word, "-o")) {
			i++;
		} else if (is_wanted(word)) {
			err = klpcc_words_add(flags, word);
		}
	}
	if (!err)
		err = add_own_directory(tree, command, flags);
	if (!err)
		err = add_header_names(tree, flags);
	return err;
}

struct klpcc_error *klpcc_tree_flags(const struct klpcc_tree *tree,
				     const struct klpcc_tree_command *command,
				     char ***ret)
{
	struct klpcc_words flags = { NULL, 0, 0 };
	struct klpcc_error *err = collect(tree, command, &flags);

	if (!err && !flags.words && !(flags.words = calloc(1, sizeof(char *))))
		err = klpcc_error_nomem();
	if (err)
		klpcc_words_deinit(&flags);
	else
		*ret = flags.words;
	return err;
}

void klpcc_tree_flags_free(char **flags)
{
	for (char **flag = flags; flag && *flag; flag++)
		free(*flag);
	free(flags);
}
