/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The structures of linux/livepatch.h, as far as a patch fills them. */
struct klp_func {
	const char *old_name;
	void *new_func;
	unsigned long old_sympos;
};

struct klp_object {
	const char *name;
	struct klp_func *funcs;
};

struct module;

struct klp_patch {
	struct module *mod;
	struct klp_object *objs;
};

extern struct module __this_module;
#define THIS_MODULE (&__this_module)

int klp_enable_patch(struct klp_patch *patch);
struct klp_state *klp_get_state(struct klp_patch *patch, unsigned long id);

/* What kernel code has: the table is static, and only its address is given away. */
#define ENABLE(objects)                                                                  \
	static struct klp_patch patch = { .mod = THIS_MODULE, .objs = objects };         \
	int enable(void);                                                                \
	int enable(void)                                                                 \
	{                                                                                \
		return klp_enable_patch(&patch);                                         \
	}
