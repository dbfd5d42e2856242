/* SPDX-License-Identifier: GPL-2.0-or-later */
/* As linux/tracepoint-defs.h and linux/jump_label.h have it. */
struct static_key {
	int enabled;
};

struct tracepoint {
	const char *name;
	struct static_key key;
};

static inline _Bool static_key_false(struct static_key *key)
{
#ifdef __x86_64__
	asm goto("nop\n\t.pushsection __jump_table,\"aw\"\n\t.quad %c0\n\t.popsection" ::
			 "i"(key)::yes);
#else
	asm goto("nop\n\t.pushsection __jump_table,\"aw\"\n\t.quad %0\n\t.popsection" ::
			 "jdd"(key)::yes);
#endif
	return 0;
yes:
	return 1;
}
