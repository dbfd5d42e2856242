// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A patch of the size that is written from sources: it needs forty symbols of vmlinux, ext4 and kvm
 * that nothing exports, and is plain C. Only one name needs a word, the last: vmlinux has two of it,
 * and an index made of a stock image does not tell from which file each comes.
 *
 * The parameter `addresses` shows where each of them is.
 */
#include <linux/cred.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kvm_host.h>
#include <linux/livepatch.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mount.h>
#include <linux/path.h>
#include <linux/proc_fs.h>
#include <linux/sched/stat.h>
#include <linux/seq_file.h>
#include <linux/seqlock.h>
#include <klpcc.h>

/* vmlinux: what no header declares. */
extern int meminfo_proc_show(struct seq_file *m, void *v);
extern int show_stat(struct seq_file *p, void *v);
extern int loadavg_proc_show(struct seq_file *m, void *v);
extern int uptime_proc_show(struct seq_file *m, void *v);
extern int cmdline_proc_show(struct seq_file *m, void *v);
extern int filesystems_proc_show(struct seq_file *m, void *v);
extern struct vfsmount *lookup_mnt(const struct path *path);
struct mount;
extern int mnt_get_count(struct mount *mnt);
extern void drop_slab(void);
extern int do_syslog(int type, char __user *buf, int count, int source);
extern struct file *alloc_empty_file(int flags, const struct cred *cred);
extern struct file_system_type *file_systems;
extern int acct_parm[3];
extern int max_threads;
extern seqlock_t mount_lock;
extern struct list_head modules;

/* ext4 */
extern int ext4_resize_begin(struct super_block *sb);
extern unsigned long ext4_count_dirs(struct super_block *sb);
extern unsigned long ext4_count_free_inodes(struct super_block *sb);
extern int ext4_truncate(struct inode *inode);
extern int ext4_can_truncate(struct inode *inode);
extern int ext4_writepage_trans_blocks(struct inode *inode);
extern int ext4_inode_is_fast_symlink(struct inode *inode);
extern bool ext4_xattr_user_list(struct dentry *dentry);
extern int ext4_file_open(struct inode *inode, struct file *filp);
extern int ext4_alloc_da_blocks(struct inode *inode);

/* kvm */
extern int kvm_vm_release(struct inode *inode, struct file *filp);
extern int kvm_vcpu_release(struct inode *inode, struct file *filp);
extern int kvm_vm_stats_release(struct inode *inode, struct file *file);
extern int kvm_device_release(struct inode *inode, struct file *filp);
extern int kvm_debugfs_release(struct inode *inode, struct file *file);
extern unsigned int kvm_guest_state(void);
extern void kvm_sigset_activate(struct kvm_vcpu *vcpu);
extern int kvm_dying_cpu(unsigned int cpu);
extern int kvm_starting_cpu(unsigned int cpu);

extern ssize_t defrag_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
	klp_sympos(1);

/* What headers do declare: nr_processes, nr_running, nr_context_switches, nr_iowait, total_forks. */
#define FORTY(is)                                                                                  \
	is(meminfo_proc_show) is(show_stat) is(loadavg_proc_show) is(uptime_proc_show) is(         \
		cmdline_proc_show) is(filesystems_proc_show) is(lookup_mnt) is(mnt_get_count)      \
		is(drop_slab) is(do_syslog) is(alloc_empty_file) is(file_systems) is(              \
			acct_parm) is(max_threads) is(mount_lock) is(modules) is(nr_processes)     \
			is(nr_running) is(nr_context_switches) is(nr_iowait) is(                   \
				total_forks) is(ext4_resize_begin) is(ext4_count_dirs)             \
				is(ext4_count_free_inodes) is(ext4_truncate) is(                   \
					ext4_can_truncate) is(ext4_writepage_trans_blocks)         \
					is(ext4_inode_is_fast_symlink) is(                         \
						ext4_xattr_user_list) is(ext4_file_open)           \
						is(ext4_alloc_da_blocks) is(kvm_vm_release) is(    \
							kvm_vcpu_release) is(kvm_vm_stats_release) \
							is(kvm_device_release) is(                 \
								kvm_debugfs_release)               \
								is(kvm_guest_state) is(            \
									kvm_sigset_activate)       \
									is(kvm_dying_cpu)          \
										is(kvm_starting_cpu)

#define SHOW(name)                                                                  \
	length += scnprintf(buffer + length, PAGE_SIZE - length, "%px " #name "\n", \
			    &name);

static int forty_addresses(char *buffer, const struct kernel_param *param)
{
	int length = 0;

	FORTY(SHOW)
	SHOW(defrag_show)
	return length;
}

static const struct kernel_param_ops addresses_ops = { .get = forty_addresses };
module_param_cb(addresses, &addresses_ops, NULL, 0400);

static int forty_version_show(struct seq_file *m, void *v)
{
	seq_printf(m, "threads-max %d\n", max_threads);
	seq_printf(m, "acct %d %d %d\n", acct_parm[0], acct_parm[1], acct_parm[2]);
	seq_printf(m, "processes %d, running %u, forks %lu\n", nr_processes(),
		   nr_running(), total_forks);
	return filesystems_proc_show(m, v);
}

static int forty_break_layouts(struct inode *inode)
{
	return ext4_can_truncate(inode) && ext4_inode_is_fast_symlink(inode)
		       ? ext4_alloc_da_blocks(inode)
		       : ext4_truncate(inode);
}

static int forty_vm_release(struct inode *inode, struct file *file)
{
	return kvm_guest_state() ? kvm_debugfs_release(inode, file)
				 : kvm_device_release(inode, file);
}

static struct klp_func vmlinux_funcs[] = {
	{ .old_name = "version_proc_show", .new_func = forty_version_show }, {}
};
static struct klp_func ext4_funcs[] = {
	{ .old_name = "ext4_break_layouts", .new_func = forty_break_layouts }, {}
};
static struct klp_func kvm_funcs[] = {
	{ .old_name = "kvm_vm_stats_release", .new_func = forty_vm_release }, {}
};

static struct klp_object objs[] = { { .funcs = vmlinux_funcs },
				    { .name = "ext4", .funcs = ext4_funcs },
				    { .name = "kvm", .funcs = kvm_funcs },
				    {} };

static struct klp_patch patch = { .mod = THIS_MODULE, .objs = objs };

static int __init forty_init(void)
{
	return klp_enable_patch(&patch);
}

static void __exit forty_exit(void)
{
}

module_init(forty_init);
module_exit(forty_exit);
MODULE_DESCRIPTION("klpcc test: forty symbols of three objects, in plain C");
MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
