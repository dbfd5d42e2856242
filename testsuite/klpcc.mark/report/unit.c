// SPDX-License-Identifier: GPL-2.0-or-later
/* One name for each way to decide and each use; the report of it is unit.json. */
#include "unit.h"

extern void *memcpy(void *to, const void *from, unsigned long size);
extern void *strpbrk(const char *text, const char *accept);
extern int elsewhere(void);
extern int module_function(void);
extern int second(void) __attribute__((klp_name("twice"), klp_sympos(2)));
extern int gated(void) __attribute__((klp_name("module_function"), klp_object("some_module"),
				      klp_gate("other_module")));
extern int shared_name(void) __attribute__((klp_ordinary));
extern int labelled(void) asm("\".klp.sym.rela.vmlinux.vmlinux.hidden_global,0\"");
extern int hidden_die(void) __attribute__((klp_used));
extern int hidden_variable;
extern int exported_variable;
extern int never_used(void);

static const int *pointer = &hidden_variable;

/* Gone before any text is written. */
static inline int dropped(void)
{
	return never_used();
}

int use(char *to, char *from, unsigned long size)
{
	int (*taken)(void) = hidden_function;

	asm("" : "+r"(taken));
	memcpy(to, from, size);
	if (strpbrk(to, from))
		hidden_function();
	return exported_function() + elsewhere() + module_function() + second() + gated() +
	       shared_name() + labelled() + exported_variable + *pointer + taken();
}
