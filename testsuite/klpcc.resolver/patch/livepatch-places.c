// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Patches nothing: two places in data wait for two gates, and a parameter reads and writes each,
 * as the kernel may rewrite code that waits.
 */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <klpcc.h>

extern int target_data klp_object("klpcc_target");
extern int other_secret klp_object("klpcc_other");

static int *volatile of_target = &target_data;
static int *volatile of_other = &other_secret;

/* 0, what was written, or 1 for an address. */
static int place_get(char *buffer, const struct kernel_param *param)
{
	unsigned long value = (unsigned long)*(int *volatile *)param->arg;

	return sprintf(buffer, "%lu\n", value < PAGE_SIZE ? value : 1);
}

static int place_set(const char *text, const struct kernel_param *param)
{
	return kstrtoul(text, 0, (unsigned long *)param->arg);
}

static const struct kernel_param_ops place_ops = { .get = place_get, .set = place_set };
module_param_cb(target, &place_ops, (void *)&of_target, 0644);
module_param_cb(other, &place_ops, (void *)&of_other, 0644);

static int __init places_init(void)
{
	return 0;
}

static void __exit places_exit(void)
{
}

module_init(places_init);
module_exit(places_exit);
MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
MODULE_DESCRIPTION("klpcc test: places that something else writes");
