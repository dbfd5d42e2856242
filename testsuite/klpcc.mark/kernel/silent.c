// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A patch module that uses what it takes in every way that objtool and modpost look at, with
 * klpcc.h beside the kernel's own livepatch.h.
 */
#include <linux/module.h>
#include <linux/livepatch.h>
#include <linux/seq_file.h>
#include <linux/jump_label.h>
#include <linux/percpu.h>

#include "klpcc.h"

extern char *hidden_command_line;
extern int hidden_function(int value);
extern int twice(int value) klp_sympos(2);
extern int strange(int value) klp_name("strange.isra.0");
extern int asm_only(void) klp_used;
extern struct static_key_false hidden_key;
DECLARE_PER_CPU(int, hidden_counter);
extern void leave(int value);

static int (*const pointers[])(int) = { hidden_function, twice };

static int show(struct seq_file *m, void *v)
{
	if (static_branch_unlikely(&hidden_key))
		seq_printf(m, "%s %d\n", hidden_command_line, strange(1));
	this_cpu_inc(hidden_counter);
	asm volatile("call asm_only" : ASM_CALL_CONSTRAINT : : "rax", "rcx", "rdx", "rsi",
		     "rdi", "r8", "r9", "r10", "r11", "memory");
	if (WARN_ON(m->count == 7))
		leave(m->count);
	return pointers[m->count & 1](2) + hidden_function(3);
}

static struct klp_func funcs[] = {
	{ .old_name = "cmdline_proc_show", .new_func = show },
	{},
};
static struct klp_object objects[] = { { .funcs = funcs }, {} };
static struct klp_patch patch = { .mod = THIS_MODULE, .objs = objects };

static int __init silent_init(void)
{
	return klp_enable_patch(&patch);
}

static void __exit silent_exit(void)
{
}

module_init(silent_init);
module_exit(silent_exit);
MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
