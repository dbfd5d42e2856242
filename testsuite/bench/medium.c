// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A patch of middle size, as they come: it replaces parts of /proc/meminfo, /proc/loadavg
 * and the TCP code, and takes from vmlinux what these use and nothing exports.
 */
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/livepatch.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/module.h>
#include <linux/pid_namespace.h>
#include <linux/sched/loadavg.h>
#include <linux/sched/stat.h>
#include <linux/seq_file.h>
#include <linux/swap.h>
#include <linux/vmstat.h>
#include <net/tcp.h>

extern int loadavg_proc_show(struct seq_file *m, void *v);
extern int meminfo_proc_show(struct seq_file *m, void *v);
extern int uptime_proc_show(struct seq_file *m, void *v);
extern int version_proc_show(struct seq_file *m, void *v);

static void show_value(struct seq_file *m, const char *name, unsigned long pages)
{
	seq_printf(m, "%s: %8lu kB\n", name, pages << (PAGE_SHIFT - 10));
}

static int bench_meminfo(struct seq_file *m, void *v)
{
	struct sysinfo info;
	int error;

	si_meminfo(&info);
	si_swapinfo(&info);
	show_value(m, "MemTotal", info.totalram);
	show_value(m, "SwapTotal", info.totalswap);
	show_value(m, "Committed", vm_memory_committed());
	show_value(m, "CommitLimit", vm_commit_limit());
	error = meminfo_proc_show(m, v);
	return error ? error : version_proc_show(m, v);
}

static int bench_loadavg(struct seq_file *m, void *v)
{
	unsigned long load[3];
	int i;

	get_avenrun(load, FIXED_1 / 200, 0);
	for (i = 0; i < 3; i++)
		seq_printf(m, "%lu.%02lu ", LOAD_INT(load[i]), LOAD_FRAC(load[i]));
	seq_printf(m, "%u/%d %d\n", nr_running(), nr_processes(),
		   idr_get_cursor(&task_active_pid_ns(current)->idr) - 1);
	return loadavg_proc_show(m, v);
}

static int bench_uptime(struct seq_file *m, void *v)
{
	seq_printf(m, "%s\n", saved_command_line);
	return uptime_proc_show(m, v);
}

static u32 bench_window(struct sock *sk)
{
	struct tcp_sock *tp = tcp_sk(sk);
	u32 window = tp->rcv_wnd;

	if (tcp_under_memory_pressure(sk))
		window = min(window, 4U * tp->advmss);
	if (tcp_receive_window(tp) < window)
		window = __tcp_select_window(sk);
	return window;
}

static struct klp_func funcs[] = {
	{ .old_name = "meminfo_proc_show", .new_func = bench_meminfo },
	{ .old_name = "loadavg_proc_show", .new_func = bench_loadavg },
	{ .old_name = "uptime_proc_show", .new_func = bench_uptime },
	{ .old_name = "__tcp_select_window", .new_func = bench_window },
	{}
};

static struct klp_object objs[] = { { .funcs = funcs }, {} };

static struct klp_patch patch = { .mod = THIS_MODULE, .objs = objs };

static int __init bench_init(void)
{
	return klp_enable_patch(&patch);
}

static void __exit bench_exit(void)
{
}

module_init(bench_init);
module_exit(bench_exit);
MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
