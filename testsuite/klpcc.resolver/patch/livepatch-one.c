// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Patches vmlinux and klpcc_target, with symbols of both and of klpcc_other, which is a gate
 * without being patched. `symbols` reads what the relocations of a variable gave.
 */
#include <linux/kernel.h>
#include <linux/livepatch.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/sched/stat.h>
#include <linux/seq_file.h>
#include <klpcc.h>

extern int target_data klp_object("klpcc_target");
extern int first_twin(void) klp_name("target_twin") klp_object("klpcc_target")
	klp_sympos(1);
extern int second_twin(void) klp_name("target_twin") klp_object("klpcc_target")
	klp_sympos(2);
extern int other_secret klp_object("klpcc_other");

/* Relocated in data, for a gate of its own. */
static int *data_of_target = &target_data;
static int *data_of_other = &other_secret;

static int one_cmdline(struct seq_file *m, void *v)
{
	seq_printf(m, "%s one, %d processes\n", saved_command_line, nr_processes() > 0);
	return 0;
}

static int one_get(char *buffer, const struct kernel_param *param)
{
	return sprintf(buffer, "one %d %d %d %d\n", target_data, first_twin(),
		       second_twin(), *data_of_target);
}

static void one_start(void)
{
	pr_info("livepatch_one: patched start, %d\n", target_data);
}

/* For what no function of a target calls; not while klpcc_other is away. */
static int other_value(char *buffer, const struct kernel_param *param)
{
	return sprintf(buffer, "%d %d\n", other_secret, *data_of_other);
}

static const struct kernel_param_ops other_ops = { .get = other_value };
module_param_cb(other, &other_ops, NULL, 0444);

/* What stands at the places: nothing while the gate is away. */
static int places(char *buffer, const struct kernel_param *param)
{
	return sprintf(buffer, "target %s other %s\n",
		       READ_ONCE(data_of_target) ? "set" : "empty",
		       READ_ONCE(data_of_other) ? "set" : "empty");
}

static const struct kernel_param_ops places_ops = { .get = places };
module_param_cb(places, &places_ops, NULL, 0444);

/* The livepatch core's own callback of the object finds it applied. */
static int before(struct klp_object *object)
{
	pr_info("livepatch_one: pre-patch of %s, %d\n", object->name, target_data);
	return 0;
}

static struct klp_func vmlinux_funcs[] = {
	{ .old_name = "cmdline_proc_show", .new_func = one_cmdline }, {}
};

static struct klp_func target_funcs[] = {
	{ .old_name = "target_get", .new_func = one_get },
	{ .old_name = "target_start", .new_func = one_start },
	{}
};

static struct klp_object objects[] = { { .funcs = vmlinux_funcs },
				       { .name = "klpcc_target",
					 .funcs = target_funcs,
					 .callbacks = { .pre_patch = before } },
				       {} };

static struct klp_patch patch = { .mod = THIS_MODULE, .objs = objects };

static int __init one_init(void)
{
	return klp_enable_patch(&patch);
}

static void __exit one_exit(void)
{
}

module_init(one_init);
module_exit(one_exit);
MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
MODULE_DESCRIPTION("klpcc test: two objects, three gates");
