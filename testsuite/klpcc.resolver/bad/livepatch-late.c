// SPDX-License-Identifier: GPL-2.0-or-later
/* Nothing is wrong with it until klpcc_other comes, which does not have the second symbol. */
#include "bad.h"

FROM(good, "klpcc_other.klpcc_other.other_secret,0");
FROM(missing, "klpcc_other.klpcc_other.no_such_symbol,0");

static const char *volatile all[] = { good, missing };

static int late_get(char *buffer, const struct kernel_param *param)
{
	return sprintf(buffer, "%s\n", all[0] || all[1] ? "set" : "empty");
}

static const struct kernel_param_ops get_ops = { .get = late_get };
module_param_cb(places, &get_ops, NULL, 0444);

static int __init late_init(void)
{
	return 0;
}
module_init(late_init);

static void __exit late_exit(void)
{
}
module_exit(late_exit);
