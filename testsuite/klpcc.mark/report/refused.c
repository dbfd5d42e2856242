// SPDX-License-Identifier: GPL-2.0-or-later
/* A name for each refusal; the report of it is refused.json. */
extern int a(void) __attribute__((klp_object("no_such_module")));
extern int b(void) __attribute__((klp_name("hidden_function"), klp_gate("no_such_module")));
extern int c(void) __attribute__((klp_object("other_module"), klp_name("module_function")));
extern int init_function(void);
extern int twice(void);
extern int d(void) __attribute__((klp_name("twice"), klp_sympos(3)));
extern int e(void) asm("\".klp.sym.rela.vmlinux.vmlinux.twice,0\"");

int use(void)
{
	return a() + b() + c() + init_function() + twice() + d() + e();
}
