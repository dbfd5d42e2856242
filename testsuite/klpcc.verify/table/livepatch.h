/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a patch module and the kernel agree on, for the tests of the patch table: the structures of
 * the kernel's include/linux/livepatch.h, with as many bytes after the author's members as a
 * configuration may add. KOBJECT: of a struct kobject; 64 in a kernel without debugging.
 */
#ifndef KOBJECT
#define KOBJECT 64
#endif
#define NULL ((void *)0)
#define __init __attribute__((__section__(".init.text")))
#define THIS_MODULE (&__this_module)

struct module {
	char room[960];
};

struct list_head {
	struct list_head *next, *prev;
};

struct kobject {
	long room[KOBJECT / 8];
};

struct klp_func {
#ifdef SHIFTED /* a layout that only the target's types tell */
	long shift;
#endif
	const char *old_name;
	void *new_func;
	unsigned long old_sympos;
	void *old_func;
	struct kobject kobj;
	struct list_head node, stack_node;
	unsigned long old_size, new_size;
	_Bool nop, patched, transition;
};

struct klp_callbacks {
	void *pre_patch, *post_patch, *pre_unpatch, *post_unpatch;
	_Bool post_unpatch_enabled;
};

struct klp_object {
#ifdef SHIFTED
	long shift;
#endif
	const char *name;
	struct klp_func *funcs;
	struct klp_callbacks callbacks;
	struct kobject kobj;
	struct list_head func_list, node;
	struct module *mod;
	_Bool dynamic, patched;
};

struct klp_patch {
#ifdef SHIFTED
	long shift;
#endif
	struct module *mod;
	struct klp_object *objs;
	void *states;
	_Bool replace;
	struct list_head list;
	struct kobject kobj;
	struct list_head obj_list;
	_Bool enabled, forced;
	long free_work[4], finish[4];
};

/* include/linux/livepatch_external.h */
struct klp_func_ext {
	const char *old_name;
	void *new_func;
	unsigned long sympos;
};

struct klp_object_ext {
	const char *name;
	struct klp_func_ext *funcs;
	struct klp_callbacks callbacks;
	unsigned int nr_funcs;
};

extern struct module __this_module;
int klp_enable_patch(struct klp_patch *patch);
