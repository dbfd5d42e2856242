// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Judges a tree by its configuration: see judge.h.
 *
 * The configuration depends on more than .config: when kbuild reads that, it asks compiler,
 * assembler, linker and pahole what they can do, and drops or adds options.
 */
#include "judge.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/message.h"
#include "compiler.h"

/* Options that are shown; that many tell what is wrong. */
#define SHOWN_OPTIONS 20

#define VERSION_TEXT "CONFIG_CC_VERSION_TEXT"

struct klpcc_error *klpcc_tree_config(const struct klpcc_tree *tree,
				      struct klpcc_config *ret)
{
	struct klpcc_error *err;
	char *path;

	if (asprintf(&path, "%s/include/generated/autoconf.h", tree->build) < 0)
		return klpcc_error_nomem();
	err = klpcc_config_read(path, ret);
	free(path);
	return err;
}

/* ---- the compiler --------------------------------------------------------------------- */

/* *ret: a string option without its quotes; kconfig writes a backslash before " and \. */
static struct klpcc_error *unquote(const char *value, char **ret)
{
	size_t used = 0;

	*ret = malloc(strlen(value) + 1);
	if (!*ret)
		return klpcc_error_nomem();
	for (; *value; value++) {
		if (*value == '"')
			continue;
		if (*value == '\\' && value[1])
			value++;
		(*ret)[used++] = *value;
	}
	(*ret)[used] = '\0';
	return NULL;
}

static struct klpcc_error *judge_compiler(const struct klpcc_tree *tree,
					  const char *kernel, const char *here, bool tell)
{
	switch (klpcc_compiler_compare(kernel, here)) {
	case KLPCC_COMPILER_SAME:
		break;
	case KLPCC_COMPILER_REBUILT:
		if (tell)
			klpcc_message(
				KLPCC_MESSAGE_WARNING,
				"the kernel's compiler is '%s', and '%s' is '%s': the same version in another package; `klpcc match` tells whether it makes the same code",
				kernel, tree->compiler, here);
		break;
	case KLPCC_COMPILER_OTHER:
		return klpcc_error_new(
			EINVAL,
			"the kernel's compiler is '%s', but '%s' is '%s': install the kernel's, or name it with --compiler",
			kernel, tree->compiler, here);
	}
	return NULL;
}

static struct klpcc_error *read_version_text(const struct klpcc_config *config,
					     char **ret)
{
	const char *value = klpcc_config_value(config, VERSION_TEXT);

	if (!value)
		return klpcc_error_new(EINVAL, "the configuration has no " VERSION_TEXT);
	return unquote(value, ret);
}

struct klpcc_error *klpcc_tree_compiler_name(const struct klpcc_config *kernel,
					     char **ret)
{
	struct klpcc_error *err;
	char *text;

	err = read_version_text(kernel, &text);
	if (err)
		return err;
	*ret = klpcc_compiler_name(text);
	free(text);
	return *ret ? NULL : klpcc_error_nomem();
}

struct klpcc_error *klpcc_tree_check_compiler(const struct klpcc_tree *tree,
					      const struct klpcc_config *config,
					      bool tell)
{
	char *kernel = NULL, *here = NULL;
	struct klpcc_error *err = read_version_text(config, &kernel);

	if (!err)
		err = klpcc_compiler_version(tree->compiler, &here);
	if (!err)
		err = judge_compiler(tree, kernel, here, tell);
	free(kernel);
	free(here);
	return err;
}

/* ---- the configuration ---------------------------------------------------------------- */

/* Versions of tools, by which no C is chosen. The compiler's is judged above. */
static const char *const tool_options[] = { "CONFIG_AS_VERSION", VERSION_TEXT,
					    "CONFIG_LD_VERSION",
					    "CONFIG_PAHOLE_VERSION" };

/* What other tools are and can do. Options that are chosen by it are compared themselves. */
static const char *const tool_prefixes[] = { "CONFIG_RUSTC_", "CONFIG_BINDGEN_",
					     "CONFIG_OPENSSL_SUPPORTS_" };

bool klpcc_tree_is_tool_option(const char *name)
{
	for (size_t i = 0; i < sizeof(tool_options) / sizeof(tool_options[0]); i++)
		if (!strcmp(name, tool_options[i]))
			return true;
	for (size_t i = 0; i < sizeof(tool_prefixes) / sizeof(tool_prefixes[0]); i++)
		if (!strncmp(name, tool_prefixes[i], strlen(tool_prefixes[i])))
			return true;
	return false;
}

/* What makes kbuild drop or add options whose name has this in it. The first one counts. */
static const struct {
	const char *part;
	const char *advice;
} advices[] = {
	{ "PAHOLE", "install pahole, in the version that the kernel's build had" },
	{ "DEBUG_INFO_BTF",
	  "install pahole, in the version that the kernel's build had" },
	{ "RUST",
	  "install rustc and bindgen, in the versions that the kernel's build had" },
	{ "GCC_PLUGIN", "turn CONFIG_GCC_PLUGINS off" },
	{ "_CC_", "use the kernel's compiler" },
	{ "_GCC_", "use the kernel's compiler" },
	{ "_AS_", "install the binutils that the kernel's build had" },
	{ "_LD_", "install the binutils that the kernel's build had" },
};

static const char *find_advice(const char *name)
{
	for (size_t i = 0; i < sizeof(advices) / sizeof(advices[0]); i++)
		if (strstr(name, advices[i].part))
			return advices[i].advice;
	return "take the kernel's own source and configuration";
}

struct differences {
	size_t count;
	bool tell;
};

static void show_difference(void *arg, const char *name, const char *tree,
			    const char *kernel)
{
	struct differences *differences = arg;

	if (klpcc_tree_is_tool_option(name)) {
		if (differences->tell)
			klpcc_message(
				KLPCC_MESSAGE_NOTE,
				"%s is %s here and %s in the kernel: a tool is missing, or of another version",
				name, tree ? tree : "not set",
				kernel ? kernel : "not set");
		return;
	}
	if (differences->count++ < SHOWN_OPTIONS)
		klpcc_message(KLPCC_MESSAGE_NOTE,
			      "%s is %s here and %s in the kernel: %s", name,
			      tree ? tree : "not set", kernel ? kernel : "not set",
			      find_advice(name));
}

struct klpcc_error *klpcc_tree_check_config(const struct klpcc_config *config,
					    const struct klpcc_config *kernel, bool tell)
{
	struct differences differences = { .tell = tell };

	klpcc_config_compare(config, kernel, show_difference, &differences);
	if (!differences.count)
		return NULL;
	return klpcc_error_new(
		EINVAL, "the configuration is not the kernel's: %zu option%s differ%s%s",
		differences.count, differences.count == 1 ? "" : "s",
		differences.count == 1 ? "s" : "",
		differences.count > SHOWN_OPTIONS ? ", of which the first are shown"
						  : "");
}
