/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A patch module whose one reference is what BAD_SYMBOL says: a name for the assembler, not
 * checked against any index, as source-based livepatches write it (the foreign mark). The
 * kernel has to refuse what it cannot find. Without BAD_SYMBOL the reference is what the
 * plugin makes of it.
 */
#ifndef BAD_H
#define BAD_H

#include <linux/init.h>
#include <linux/module.h>
#include <linux/printk.h>

#ifdef BAD_SYMBOL
extern int nr_processes(void) __asm__("\".klp.sym.rela.vmlinux.vmlinux." BAD_SYMBOL
				      "\"") __weak;
#else
extern int nr_processes(void);
#endif

static int __init bad_init(void)
{
	pr_info("bad: loaded, nr_processes is at %px\n", nr_processes);
	return 0;
}

static void __exit bad_exit(void)
{
}

module_init(bad_init);
module_exit(bad_exit);
MODULE_DESCRIPTION("klpcc test: a module that the kernel must refuse");
MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");

#endif
