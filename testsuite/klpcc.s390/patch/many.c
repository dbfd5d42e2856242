// SPDX-License-Identifier: GPL-2.0-or-later
/* More symbols than a GOT of 4 KiB has slots: names.c has them, made from the kernel's own. */
#include <linux/module.h>

extern const unsigned long klpcc_table[];
extern const unsigned int klpcc_count;
unsigned long klpcc_address(unsigned int number);
void klpcc_call_all(void);

static bool call;
module_param(call, bool, 0444);

static int __init many_init(void)
{
	unsigned int i, equal = 0;

	for (i = 0; i < klpcc_count; i++)
		equal += klpcc_address(i) == klpcc_table[i];
	pr_info("many: %u symbols, %u equal, first %lx, last %lx\n", klpcc_count, equal,
		klpcc_address(0), klpcc_address(klpcc_count - 1));
	/* Never: who knows what they do. */
	if (call)
		klpcc_call_all();
	return 0;
}
module_init(many_init);

static void __exit many_exit(void)
{
}
module_exit(many_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("klpcc test: many symbols");
MODULE_INFO(livepatch, "Y");
