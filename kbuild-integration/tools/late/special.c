// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Sections that the kernel reads before relocations that wait for a module are applied. What the
 * machines add is in elf/arch-*.c.
 */
#include <stddef.h>
#include <string.h>

#include "late.h"

/*
 * On every machine. Not here: sections that the kernel reads when something happens later,
 * such as __bug_table.
 */
static const struct klpcc_special_section special_sections[] = {
	{ .name = ".modinfo",
	  .any_gate = true,
	  .reason = "the kernel reads it before it applies any relocation" },
	{ .name = "__versions",
	  .any_gate = true,
	  .reason = "the kernel reads it before it applies any relocation" },
	{ .name = ".data..percpu",
	  .prefix = true,
	  .any_gate = true,
	  .reason = "the kernel copies it for each CPU without its klp relocations" },
	{ .name = ".gnu.linkonce.this_module",
	  .reason = "the kernel uses it throughout the load" },
	{ .name = ".init", .prefix = true, .reason = "it is freed after the load" },
	{ .name = ".ctors", .reason = "its functions run earlier" },
	{ .name = "__ksymtab", .prefix = true, .reason = "the exports are live earlier" },
	{ .name = "__kcrctab", .prefix = true, .reason = "the exports are live earlier" },
	{ .name = "__param", .reason = "the kernel parses parameters earlier" },
	{ .name = "__ex_table", .reason = "the kernel sorts it earlier" },
	{ .name = "__jump_table", .reason = "the kernel registers static keys earlier" },
	{ .name = ".static_call",
	  .prefix = true,
	  .reason = "the kernel registers static calls earlier" },
	{ .name = "__mcount_loc", .reason = "ftrace reads it earlier" },
	{ .name = "__patchable_function_entries", .reason = "ftrace reads it earlier" },
	{ .name = "__tracepoints",
	  .prefix = true,
	  .reason = "the kernel registers tracepoints earlier" },
	{ .name = "_ftrace_events",
	  .reason = "the kernel registers trace events earlier" },
	{ .name = "_ftrace_eval_map",
	  .reason = "the kernel registers trace events earlier" },
	{ .name = "__trace_printk_fmt",
	  .reason = "the kernel copies the formats earlier" },
	{ .name = "__bpf_raw_tp_map",
	  .reason = "the kernel registers tracepoints earlier" },
	{ .name = "_error_injection_whitelist", .reason = "the kernel reads it earlier" },
	{ .name = "_kprobe_blacklist", .reason = "the kernel reads it earlier" },
	{ .name = "___srcu_struct_ptrs",
	  .reason = "the kernel sets the SRCU structures up earlier" },
	{ .name = "__dyndbg",
	  .prefix = true,
	  .reason = "the kernel registers dynamic debugging earlier" },
	{ .name = ".kunit_", .prefix = true, .reason = "the tests run earlier" },
	{ .name = NULL },
};

static const struct klpcc_special_section *
find_special(const struct klpcc_special_section *list, const char *name)
{
	for (; list->name; list++)
		if (list->prefix ? !strncmp(name, list->name, strlen(list->name))
				 : !strcmp(name, list->name))
			return list;
	return NULL;
}

const struct klpcc_special_section *klpcc_late_special(const struct klpcc_arch *arch,
						       const char *name)
{
	const struct klpcc_special_section *special =
		find_special(special_sections, name);

	return special ? special : find_special(arch->special_sections, name);
}
