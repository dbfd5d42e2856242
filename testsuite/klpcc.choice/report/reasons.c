// SPDX-License-Identifier: GPL-2.0-or-later
/* A name for each reason of a verdict; the report of it is reasons.txt. */
#include "../livepatch.h"

static struct klp_object objects[] = { { .name = "m_one" }, { .name = "m_two" }, {} };
struct klp_object *patched = objects;

extern int only_here(void), one_only(void), split(void), both(void), of_another_unit(void);
extern int exported_function(void), puts(const char *);
#pragma klp source("net/ipv4/tcp.c")
extern int helper(void);
#pragma klp reset
extern int counter;
#pragma klp object("m_two")
extern int two_only(void);
#pragma klp reset
extern int here_too(void) __attribute__((klp_name("only_here"), klp_gate("m_two")));
extern int mine(void) __attribute__((klp_ordinary));
extern int of_ipv6(void) __attribute__((klp_name("helper"), klp_source("net/core/tcp.c")));
extern int labelled(void) asm("\".klp.sym.rela.vmlinux.vmlinux.helper,3\"");

int use(void)
{
	return only_here() + one_only() + split() + both() + of_another_unit() +
	       exported_function() + puts("") + helper() + counter + two_only() + here_too() +
	       mine() + of_ipv6() + labelled();
}
