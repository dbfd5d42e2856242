// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The GCC plugin: marks what a unit takes from the target kernel without an export.
 *
 * This file checks whether the plugin can work at all, and registers the others.
 */
#include "attributes.h"
#include "collect.h"
#include "diagnose.h"
#include "finish.h"
#include "noreturn.h"
#include "observe.h"
#include "original.h"
#include "pragma.h"
#include "preprocess.h"
#include "replace.h"
#include "report.h"
#include "scope.h"
#include "static-key.h"
#include "statics.h"
#include "statics.h"
#include "struct-layout.h"
#include "lib/parts.h"

int plugin_is_GPL_compatible;

/* What `klpcc --version`, `klpcc cflags` and `readelf -p .klpcc.plugin` show. */
static const char about[] __attribute__((section(KLPCC_PLUGIN_SECTION), used)) =
	"version=" KLPCC_VERSION "\0gcc=" KLPCC_GCC_VERSION "\0target=" KLPCC_TRIPLET
	"\0options=" KLPCC_MACHINE_OPTIONS;

/* The compiler translates one unit and ends; nothing of this is ever freed. */
static struct klpcc_unit unit;

static void check_compiler(const char *plugin_name)
{
	if (!&parse_in || in_lto_p || flag_lto)
		klpcc_fatal_lto(plugin_name);
	if (!lang_GNU_C())
		klpcc_fatal_language(plugin_name, lang_hooks.name);
	/* GCC saves its own trees there, and nothing of a plugin's. */
	if (pch_file)
		klpcc_fatal_precompiled(plugin_name, "make");
}

static void open_index(const struct klpcc_options *options, struct klpcc_index **ret)
{
	struct klpcc_error *err = klpcc_index_open(options->index_path, ret);
	const char *release;

	if (err)
		klpcc_fatal_index(options->index_path, err);
	release = klpcc_index_release(*ret);
	if (options->release && strcmp(release, options->release))
		klpcc_fatal_stale_index(options->index_path, release, options->release);
	if (options->digest && strcmp(klpcc_index_digest(*ret), options->digest))
		klpcc_fatal_stale_flags(options->index_path, klpcc_index_digest(*ret),
					options->digest);
}

/* GCC calls one event's callbacks in an order of its own: what has an order is in one. */
static void start_ipa(void *gcc_data, void *user_data)
{
	if (klpcc_preprocess_was_precompiled())
		klpcc_fatal_precompiled(unit.options.plugin_name, "use");
	klpcc_observe_source(&unit);
	if (unit.index) {
		klpcc_replace(&unit);
		klpcc_collect(gcc_data, user_data);
	}
}

static void finish_unit(void *gcc_data, void *user_data)
{
	if (unit.index)
		klpcc_finish(gcc_data, user_data);
	klpcc_observe_write(&unit);
}

/* For marks. */
static void register_marking(const char *name)
{
	register_callback(name, PLUGIN_PRAGMAS, klpcc_pragma_register, &unit);
	register_callback(name, PLUGIN_ATTRIBUTES, klpcc_attributes_register, &unit);
	register_callback(name, PLUGIN_FINISH_DECL, klpcc_collect_declaration, NULL);
	register_callback(name, PLUGIN_FINISH_DECL, klpcc_pragma_declaration, NULL);
	klpcc_report_register(&unit);
	klpcc_noreturn_register(&unit);
	klpcc_static_key_register(&unit);
	klpcc_layout_register(&unit);
}

static void register_callbacks(const char *name)
{
	register_callback(name, PLUGIN_PRAGMAS, klpcc_preprocess_start, &unit);
	register_callback(name, PLUGIN_ALL_IPA_PASSES_START, start_ipa, &unit);
	register_callback(name, PLUGIN_FINISH_UNIT, finish_unit, &unit);
	klpcc_unit_register(name);
	if (unit.options.observe || unit.plan)
		klpcc_statics_register(name);
	klpcc_observe_register(&unit);
	if (unit.index)
		register_marking(name);
}

int plugin_init(struct plugin_name_args *info, struct plugin_gcc_version *version)
{
	if (!plugin_default_version_check(version, &gcc_version))
		klpcc_fatal_other_compiler(&gcc_version, version);
	check_compiler(info->base_name);
	unit.options = klpcc_arguments_parse(info);
	unit.names = new hash_map<nofree_string_hash, unsigned int>;
	unit.defined = new hash_set<nofree_string_hash>;
	if (unit.options.index_path) {
		open_index(&unit.options, &unit.index);
		klpcc_original_open(&unit);
		klpcc_scope_init(&unit);
	}
	unit.alone = klpcc_arguments_alone();
	register_callbacks(info->base_name);
	return 0;
}
