// SPDX-License-Identifier: GPL-2.0-or-later
/* Shadow variables keep no pointer to their constructor and destructor, so nothing is said. */
/* { dg-do assemble } */
/* { dg-replace "replaced" } */
#include "kernel.h"

void *klp_shadow_alloc(void *object, unsigned long id, int (*constructor)(void *));
void klp_shadow_free(void *object, unsigned long id, void (*destructor)(void *));

#ifdef FIXED
static int fill(void *data)
{
	*(int *)data = 1;
	return 0;
}

static void empty(void *data)
{
	*(int *)data = 0;
}
#endif

int replaced(int x)
{
#ifdef FIXED
	if (klp_shadow_alloc(&x, 1, fill))
		klp_shadow_free(&x, 1, empty);
#endif
	return x;
}

/* { dg-final { scan-symbols "FUNC LOCAL DEFAULT \[0-9\]+ fill$" } } */
/* { dg-final { scan-symbols "FUNC LOCAL DEFAULT \[0-9\]+ empty$" } } */
