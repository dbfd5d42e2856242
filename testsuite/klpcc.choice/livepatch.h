/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The structures of linux/livepatch.h, as far as the plugin looks at them. */
struct klp_func {
	const char *old_name;
	void *new_func;
};

struct klp_object {
	const char *name;
	struct klp_func *funcs;
};
