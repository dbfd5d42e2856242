// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a transition has to wait for: reads of /proc/live_sleeper/soft and .../hard sleep in a
 * function of their own until something is written to .../release. The livepatch core can wake
 * the soft one with its fake signal, and the hard one with nothing. A read returns "woken", or
 * "patched" when the function is no longer the one below. LIVE_SLEEPER_MORE makes a later version,
 * which has a variable more.
 */
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/wait.h>

static DECLARE_WAIT_QUEUE_HEAD(live_sleeper_queue);
static int live_sleeper_releases;
static struct proc_dir_entry *live_sleeper_dir;

#ifdef LIVE_SLEEPER_MORE
static int live_sleeper_more = 1;
module_param_named(more, live_sleeper_more, int, 0444);
#endif

/* The loops keep the functions on the stack. */
static noinline int live_sleeper_wait_soft(void)
{
	int before = READ_ONCE(live_sleeper_releases);

	return wait_event_interruptible(live_sleeper_queue,
					READ_ONCE(live_sleeper_releases) != before);
}

static noinline int live_sleeper_wait_hard(void)
{
	int before = READ_ONCE(live_sleeper_releases);

	wait_event(live_sleeper_queue, READ_ONCE(live_sleeper_releases) != before);
	return 0;
}

static ssize_t live_sleeper_read(bool hard, char __user *buf, size_t size, loff_t *pos)
{
	const char *text;
	int got;

	if (*pos)
		return 0;
	/* Or its unload would sleep, too. */
	__module_get(THIS_MODULE);
	got = hard ? live_sleeper_wait_hard() : live_sleeper_wait_soft();
	module_put(THIS_MODULE);
	if (got < 0)
		return got;
	text = got ? "patched\n" : "woken\n";
	return simple_read_from_buffer(buf, size, pos, text, strlen(text));
}

static ssize_t live_sleeper_soft(struct file *file, char __user *buf, size_t size,
				 loff_t *pos)
{
	return live_sleeper_read(false, buf, size, pos);
}

static ssize_t live_sleeper_hard(struct file *file, char __user *buf, size_t size,
				 loff_t *pos)
{
	return live_sleeper_read(true, buf, size, pos);
}

static ssize_t live_sleeper_release(struct file *file, const char __user *buf,
				    size_t size, loff_t *pos)
{
	WRITE_ONCE(live_sleeper_releases, live_sleeper_releases + 1);
	wake_up_all(&live_sleeper_queue);
	return size;
}

static const struct proc_ops soft_ops = { .proc_read = live_sleeper_soft };
static const struct proc_ops hard_ops = { .proc_read = live_sleeper_hard };
static const struct proc_ops release_ops = { .proc_write = live_sleeper_release };

static int __init live_sleeper_init(void)
{
	live_sleeper_dir = proc_mkdir("live_sleeper", NULL);
	if (!live_sleeper_dir)
		return -ENOMEM;
	if (proc_create("soft", 0444, live_sleeper_dir, &soft_ops) &&
	    proc_create("hard", 0444, live_sleeper_dir, &hard_ops) &&
	    proc_create("release", 0222, live_sleeper_dir, &release_ops))
		return 0;
	proc_remove(live_sleeper_dir);
	return -ENOMEM;
}

static void __exit live_sleeper_exit(void)
{
	proc_remove(live_sleeper_dir);
}

module_init(live_sleeper_init);
module_exit(live_sleeper_exit);
MODULE_DESCRIPTION("klpcc test: functions in which tasks sleep");
MODULE_LICENSE("GPL");
