/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Init memory is gone: neither a function nor data in it can be meant. */
/* { dg-do assemble } */

extern int init_function(void); /* { dg-error "12: 'init_function' of 'vmlinux' is in init memory, which the kernel has freed" } */
extern int init_table[4]; /* { dg-error "12: 'init_table' of 'vmlinux' is in init memory" } */
extern char init_line[]; /* { dg-error "13: 'init_line' of 'vmlinux' is in init memory" } */
extern int thrice(void) __attribute__((klp_sympos(2))); /* { dg-error "12: 'thrice' of 'vmlinux' is in init memory" } */

int use(void)
{
	return init_function() + init_table[1] + init_line[0] + thrice();
}
