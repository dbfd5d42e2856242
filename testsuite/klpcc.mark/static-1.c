/* SPDX-License-Identifier: GPL-2.0-or-later */
/* GCC makes an external of a static function without a body, and so does the mark. */
/* { dg-do assemble } */

static int hidden_function(int value); /* { dg-warning "used but never defined" } */

int use(void)
{
	return hidden_function(1);
}

/* { dg-final { scan-symbols {UND hidden_function\.klp\.vmlinux$} } } */
