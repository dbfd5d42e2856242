/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Declarations that are the target's, in other words: nothing is said. */
/* { dg-do assemble } */
struct item;
typedef struct item thing;
union either;
enum level { LOW, MIDDLE = 5, HIGH };
struct pair { int left, right; };

extern int two(const thing *restrict, long);
extern void none();
extern int variadic(const char *format, ...);
extern struct pair by_value(const struct pair);
extern int with_callback(int (*call)(const struct item *, unsigned int), const void *data);
extern int with_level(unsigned int level, enum level number);
extern signed char *text_of(union either *either, void *table);
extern int numbers[];
extern int grid[2][3];
extern const char *const a_text;
extern void *an_either;
extern int a_level;
extern long undescribed(char); /* BTF does not have it */
extern long of_assembler(char); /* nor this one, which it has as void (void) */
extern char two_address[] __asm__("taken"); /* an address, and no more */

int use(struct pair pair)
{
	none();
	return two(0, 1) + variadic("") + by_value(pair).left + with_callback(0, 0) +
	       with_level(1, LOW) + *text_of(0, 0) + numbers[1] + grid[1][1] + *a_text +
	       !an_either + a_level + (int)undescribed(1) +
	       (int)of_assembler(1) + (int)(long)two_address;
}
/* { dg-final { scan-symbols {two\.klp\.vmlinux$} } } */
