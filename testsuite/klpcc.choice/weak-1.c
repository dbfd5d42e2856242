/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a declaration promises and a livepatch does not hold. */
/* { dg-do assemble } */

extern int only_here(void) __attribute__((weak)); /* { dg-warning "12: 'only_here' is weak, but is taken from the target: its address is never null, and a kernel that lacks it refuses the patch .-fplugin-arg-klpcc-no-warn-weak." } */
extern int shared_name(void) __attribute__((visibility("hidden"))); /* { dg-warning "12: 'shared_name' is hidden, which promises a definition in this module, but is taken from the target .-fplugin-arg-klpcc-no-warn-hidden." } */
extern int exported_function(void) __attribute__((weak, visibility("hidden")));

int use(void)
{
	return (only_here ? only_here() : 0) + shared_name() + exported_function();
}

/* { dg-final { scan-symbols {UND only_here\.klp\.vmlinux$} } } */
/* { dg-final { scan-symbols {UND shared_name\.klp\.vmlinux$} } } */
