// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The format module inside the kernel: one name of each kind there and back at load time.
 * insmod succeeds when all came back as they were and fails with -EINVAL otherwise.
 */
#include <linux/errno.h>
#include <linux/module.h>
#include <linux/string.h>

#include "klp-name.h"

typedef int (*parser)(const char *name, size_t len, struct klpcc_ref *ret);
typedef int (*builder)(const struct klpcc_ref *ref, char *buffer, size_t size);

static char buffer[KLPCC_NAME_BUFFER];

static int __init symbol_round_trip(const char *name, parser parse, builder build)
{
	struct klpcc_ref ref;
	int err;

	err = parse(name, strlen(name), &ref);
	if (!err)
		err = build(&ref, buffer, sizeof(buffer));
	if (!err && strcmp(buffer, name) == 0)
		return 0;
	pr_err("%s: %s, came back as %s\n", name, klpcc_name_strerror(err), buffer);
	return -EINVAL;
}

static int __init section_round_trip(const char *name)
{
	struct klpcc_section_name section;
	int err;

	err = klpcc_object_section_parse(name, strlen(name), &section);
	if (!err)
		err = klpcc_mainline_section_build(&section, buffer, sizeof(buffer));
	if (!err)
		err = klpcc_mainline_section_parse(buffer, strlen(buffer), &section);
	if (!err)
		err = klpcc_object_section_build(&section, buffer, sizeof(buffer));
	if (!err && strcmp(buffer, name) == 0)
		return 0;
	pr_err("%s: %s, came back as %s\n", name, klpcc_name_strerror(err), buffer);
	return -EINVAL;
}

static int __init format_test_init(void)
{
	int err;

	err = symbol_round_trip("foo.isra.0.klp.vmlinux.2.for.kvm", klpcc_mark_parse,
				klpcc_mark_build);
	if (!err)
		err = symbol_round_trip("foo.isra.0.klp.kvm", klpcc_object_symbol_parse,
					klpcc_object_symbol_build);
	if (!err)
		err = symbol_round_trip(".klp.sym.kvm.foo.isra.0,3",
					klpcc_mainline_symbol_parse,
					klpcc_mainline_symbol_build);
	if (!err)
		err = section_round_trip(".klp.vmlinux.rela..text.unlikely");
	if (!err)
		pr_info("klpcc_format_test: all names came back\n");
	return err;
}

static void __exit format_test_exit(void)
{
}

module_init(format_test_init);
module_exit(format_test_exit);
MODULE_DESCRIPTION("Round trip of klp names inside the kernel");
MODULE_LICENSE("GPL");
