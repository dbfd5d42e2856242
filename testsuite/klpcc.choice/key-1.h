/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A static key's branch as linux/jump_label.h and asm/jump_label.h have it. */
struct static_key {
	int enabled;
};

struct static_key_false {
	struct static_key key;
};

/* With -fPIC an address is not an immediate operand. */
#ifdef __s390x__
#define ADDRESS "X"
#define OPERAND "%0"
#else
#define ADDRESS "i"
#define OPERAND "%c0"
#endif

static inline __attribute__((always_inline)) int arch_static_branch(struct static_key *key)
{
	__asm__ goto(".pushsection __jump_table, \"aw\"\n"
		     ".quad %l[yes], " OPERAND "\n"
		     ".popsection"
		     :
		     : ADDRESS(key)
		     :
		     : yes);
	return 0;
yes:
	return 1;
}

/* A header's function around it, as those of tracepoints are. */
static inline __attribute__((always_inline)) int trace_enabled(struct static_key *key)
{
	return arch_static_branch(key);
}

#define static_branch_unlikely(x) arch_static_branch(&(x)->key)
