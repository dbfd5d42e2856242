// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Written: see written.h.
 *
 * By the last pass before the text is written, which changes nothing: only there does GCC
 * know what the options, the attributes and the machine make of a function's entry.
 */
#include "written.h"

static hash_map<tree, struct klpcc_written> *written;
static auto_vec<const char *> split;

static const struct pass_data pass_description = {
	RTL_PASS, "klpcc_written", OPTGROUP_NONE, TV_NONE, 0, 0, 0, 0, 0,
};

class written_pass : public rtl_opt_pass {
      public:
	written_pass() : rtl_opt_pass(pass_description, g)
	{
	}

	/*
	 * profile: -pg or -mfentry call a function at the entry. patch_area_size: the NOPs
	 * of -fpatchable-function-entry, of which patch_area_entry are before the entry.
	 * Those alone, as kernels with call padding have them, are not for ftrace.
	 */
	unsigned int execute(function *) override
	{
		tree label = DECL_ASSEMBLER_NAME(current_function_decl);

		written->put(
			current_function_decl,
			{ crtl->profile || crtl->patch_area_size > crtl->patch_area_entry,
			  crtl->has_bb_partition });
		if (crtl->has_bb_partition)
			split.safe_push(
				targetm.strip_name_encoding(IDENTIFIER_POINTER(label)));
		return 0;
	}
};

void klpcc_written_register(const char *plugin_name)
{
	static struct register_pass_info info = {
		NULL,
		"final",
		1,
		PASS_POS_INSERT_BEFORE,
	};

	written = new hash_map<tree, struct klpcc_written>;
	info.pass = new written_pass;
	register_callback(plugin_name, PLUGIN_PASS_MANAGER_SETUP, NULL, &info);
}

const struct klpcc_written *klpcc_written_find(tree function)
{
	return written->get(function);
}

const vec<const char *> &klpcc_written_split(void)
{
	return split;
}
