// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The patch module's own part: the livepatch, and the choice of the feature that is run.
 */
#include <linux/init.h>
#include <linux/livepatch.h>
#include <linux/module.h>
#include <linux/sched/stat.h>
#include <linux/string.h>

#include "features.h"

static char feature[32];
module_param_string(feature, feature, sizeof(feature), 0644);
module_param(noreturn_code, int, 0644);

static const struct {
	const char *name;
	void (*run)(struct seq_file *m);
} features[] = {
	{ "address", feature_address },
	{ "alternative", feature_alternative },
	{ "asm", feature_asm },
	{ "call", feature_call },
	{ "data", feature_data },
	{ "duplicate", feature_duplicate },
	{ "immediate", feature_immediate },
	{ "key", feature_key },
	{ "percpu", feature_percpu },
	{ "sections", feature_sections },
	{ "variable", feature_variable },
};

static int features_proc_show(struct seq_file *m, void *v)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(features); i++)
		if (sysfs_streq(feature, features[i].name)) {
			features[i].run(m);
			return 0;
		}
	seq_printf(m, "no feature %s\n", feature);
	return 0;
}

static struct klp_func funcs[] = { { .old_name = "version_proc_show",
				     .new_func = features_proc_show },
				   { .old_name = SYS_SYNC, .new_func = feature_sys_sync },
				   {} };

static struct klp_object objs[] = { { .funcs = funcs }, {} };

static struct klp_patch patch = { .mod = THIS_MODULE, .objs = objs };

static int __init features_init(void)
{
	/* A reference from .init.text, which is gone when anybody can ask for the result. */
	feature_sections_at_load(nr_processes());
	return klp_enable_patch(&patch);
}

static void __exit features_exit(void)
{
}

module_init(features_init);
module_exit(features_exit);
MODULE_DESCRIPTION("klpcc test: every way to refer to vmlinux");
MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
