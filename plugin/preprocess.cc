// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Preprocess: __KLPCC__ for klpcc.h, headers themselves in place of precompiled ones, and the
 * index and the plugin as prerequisites in the dependency file, so that a build compiles again when
 * either changes.
 *
 * PLUGIN_PRAGMAS is the one event that comes with -E too, and it comes when the main file
 * is known (it must stay the first prerequisite) and before anything is read from it.
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
 * Defines the macro without telling anybody. With -g3 the debug information would like to
 * know, but it is not set up yet, and it is better off without what is no part of the unit.
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

	/* Assembler text holds no marks, so nothing in it depends on the index. */
	if (cpp->lang == CLK_ASM)
		return;
	klpcc_keep(get_identifier(SENTINEL));
	/* One that was made without the plugin has dropped the attributes and pragmas. */
	cpp_get_callbacks(parse_in)->valid_pch = NULL;
	/* What -E has been over already keeps no macros. */
	if (!cpp->preprocessed)
		define_quietly("__KLPCC__=1");
	if (cpp->deps.style != DEPS_NONE) {
		deps_add_dep(cpp_get_deps(parse_in), options->index_path);
		deps_add_dep(cpp_get_deps(parse_in), options->plugin_path);
	}
}
