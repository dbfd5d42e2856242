/* SPDX-License-Identifier: GPL-2.0-or-later */
/* On what cannot refer to the target, the attributes are ignored with GCC's own warning. */
/* { dg-do assemble } */

typedef int type __attribute__((klp_object("vmlinux"))); /* { dg-warning "13: 'klp_object' attribute ignored on 'type': it is neither a function nor a variable" } */
struct __attribute__((klp_used)) tag {
	int member __attribute__((klp_used)); /* { dg-warning "13: 'klp_used' attribute ignored on 'member': it is neither a function nor a variable" } */
}; /* { dg-warning "'klp_used' attribute does not apply to types" } */
extern __thread int thread __attribute__((klp_used)); /* { dg-warning "21: 'klp_used' attribute ignored on 'thread': it is thread-local" } */
static int inside(void) __attribute__((klp_used)); /* { dg-warning "12: 'klp_used' attribute ignored on 'inside': it is not external" } */
int variable __attribute__((klp_sympos(1))); /* { dg-warning "5: 'klp_sympos' attribute ignored on 'variable': it is not external" } */
__attribute__((klp_name("hidden_function"))) int defined(int); /* { dg-warning "50: 'klp_name' attribute ignored on 'defined': it is defined here" } */
#ifdef __s390x__
register long reg __asm__("r15") __attribute__((klp_used)); /* { dg-warning "'klp_used' attribute ignored on 'reg': it is a register variable" "" { target s390x-*-* } } */
#else
register long reg __asm__("rsp") __attribute__((klp_used)); /* { dg-warning "'klp_used' attribute ignored on 'reg': it is a register variable" "" { target x86_64-*-* } } */
#endif

static int inside(void)
{
	return 1;
}

int defined(int parameter __attribute__((klp_used))) /* { dg-warning "17: 'klp_used' attribute ignored on 'parameter': it is neither a function nor a variable" } */
{
	int local __attribute__((klp_used)) = inside(); /* { dg-warning "13: 'klp_used' attribute ignored on 'local': it is not external" } */

	return local + parameter;
}
