/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a patch that goes across subsystems includes; externs.c writes the rest of it.
 */
#include <linux/blkdev.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/livepatch.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/pci.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/usb.h>
#include <linux/workqueue.h>
#include <net/sock.h>
#include <net/tcp.h>

MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");
