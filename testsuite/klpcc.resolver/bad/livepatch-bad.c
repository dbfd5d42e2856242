// SPDX-License-Identifier: GPL-2.0-or-later
/* Everything that can be wrong with a name, at once; the good one in between is no excuse. */
#include "bad.h"

FROM(missing, "vmlinux.vmlinux.no_such_function,0");
FROM(good, "vmlinux.vmlinux.nr_processes,0");
FROM(position, "vmlinux.vmlinux.saved_command_line,3");
FROM(ambiguous, "klpcc_target.klpcc_target.target_twin,0");
FROM(third, "klpcc_target.klpcc_target.target_twin,3");
FROM(absent, "vmlinux.no_such_module.symbol,1");

static const char *all[] = { missing, good, position, ambiguous, third, absent };

static int __init bad_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(all); i++)
		pr_info("livepatch_bad: loaded, %px\n", READ_ONCE(all[i]));
	return 0;
}
module_init(bad_init);

static void __exit bad_exit(void)
{
}
module_exit(bad_exit);
