// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Preprocess: __KLPCC__ for klpcc.h, headers themselves instead of precompiled ones, and the
 * index and the plugin as prerequisites in the dependency file, so that a build compiles again
 * when either changes.
 *
 * PLUGIN_PRAGMAS is the only event that comes with -E, too. It comes when the main file is known,
 * which must stay the first prerequisite, and before anything is read from it.
 */
#include "original.h"
#include "preprocess.h"

/* An identifier that nobody can write: see klpcc_preprocess_was_precompiled(). */
#define SENTINEL "klp sentinel"

bool klpcc_preprocess_was_precompiled(void)
{
	return !maybe_get_identifier(SENTINEL);
}

void klpcc_define_quietly(cpp_reader *reader, void (*define)(cpp_reader *))
{
	cpp_callbacks *callbacks = cpp_get_callbacks(reader);
	auto tell_define = callbacks->define;
	auto tell_undef = callbacks->undef;

	callbacks->define = NULL;
	callbacks->undef = NULL;
	define(reader);
	callbacks->define = tell_define;
	callbacks->undef = tell_undef;
}

static void define_klpcc(cpp_reader *reader)
{
	cpp_define(reader, "__KLPCC__=1");
}

void klpcc_preprocess_start(void *gcc_data, void *user_data)
{
	const auto *unit = static_cast<const struct klpcc_unit *>(user_data);
	const struct klpcc_options *options = &unit->options;
	const cpp_options *cpp = cpp_get_options(parse_in);

	/* There are no marks in assembler text, so nothing of it depends on the index. */
	if (cpp->lang == CLK_ASM)
		return;
	klpcc_keep(get_identifier(SENTINEL));
	/* A header that was precompiled without the plugin lacks the attributes and pragmas. */
	cpp_get_callbacks(parse_in)->valid_pch = NULL;
	/* The output of -E has no macros left; and where nothing is marked, nothing is said. */
	if (!cpp->preprocessed && options->index_path) {
		klpcc_define_quietly(parse_in, define_klpcc);
		klpcc_original_set_macros(unit);
	}
	if (cpp->deps.style != DEPS_NONE) {
		if (options->index_path)
			deps_add_dep(cpp_get_deps(parse_in), options->index_path);
		deps_add_dep(cpp_get_deps(parse_in), options->plugin_path);
		if (options->plan)
			deps_add_dep(cpp_get_deps(parse_in), options->plan);
	}
}
