// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Preprocess: __KLPCC__ for klpcc.h, headers themselves instead of precompiled ones, and the
 * index and the plugin as prerequisites in the dependency file, so that a build compiles again
 * when either changes.
 *
 * PLUGIN_PRAGMAS is the only event that comes with -E, too. It comes when the main file is known,
 * which must stay the first prerequisite, and before anything is read from it.
 */
#include "preprocess.h"
#include "unit.h"

/* An identifier that nobody can write: see klpcc_preprocess_was_precompiled(). */
#define SENTINEL "klp sentinel"

bool klpcc_preprocess_was_precompiled(void)
{
	return !maybe_get_identifier(SENTINEL);
}

/*
 * Defines the macro without telling anybody: with -g3 the debug information would be told, but it
 * is not set up yet, and the macro is not part of the unit anyway.
 */
static void define_quietly(const char *text)
{
	cpp_callbacks *callbacks = cpp_get_callbacks(parse_in);
	auto tell = callbacks->define;

	callbacks->define = NULL;
	cpp_define(parse_in, text);
	callbacks->define = tell;
}

void klpcc_preprocess_start(void *gcc_data, void *user_data)
{
	const auto *options = static_cast<const struct klpcc_options *>(user_data);
	const cpp_options *cpp = cpp_get_options(parse_in);

	/* There are no marks in assembler text, so nothing of it depends on the index. */
	if (cpp->lang == CLK_ASM)
		return;
	klpcc_keep(get_identifier(SENTINEL));
	/* A header that was precompiled without the plugin lacks the attributes and pragmas. */
	cpp_get_callbacks(parse_in)->valid_pch = NULL;
	/* The output of -E has no macros left; and where nothing is marked, nothing is said. */
	if (!cpp->preprocessed && options->index_path)
		define_quietly("__KLPCC__=1");
	if (cpp->deps.style != DEPS_NONE) {
		if (options->index_path)
			deps_add_dep(cpp_get_deps(parse_in), options->index_path);
		deps_add_dep(cpp_get_deps(parse_in), options->plugin_path);
	}
}
