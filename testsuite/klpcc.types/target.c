// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The target of these tests, a vmlinux whose types GCC describes (-gbtf): what the index needs of a
 * kernel, and functions and variables to be declared differently. -DSYMBOLS: how many symbols
 * `klpcc index` counts in it.
 */
const char linux_banner[] = "Linux version 6.1.0-klpcc (nobody@nowhere) #1 SMP\n";
const unsigned int kallsyms_num_syms = SYMBOLS;

void _stext(void);
void _stext(void)
{
}

/* struct kernel_symbol: value, name and namespace; relative to their places, but not on s390. */
#ifdef __s390x__
#define REFER(name) ".quad " name "\n"
#else
#define REFER(name) ".long " name " - .\n"
#endif
__asm__("\t.section __ksymtab_strings, \"a\"\n"
	".Lname:\t.asciz \"exported_function\"\n"
	".Lnone:\t.asciz \"\"\n"
	"\t.section __ksymtab, \"a\"\n"
	"\t.balign 8\n"
	"__ksymtab_exported_function:\n" REFER("exported_function") REFER(".Lname")
		REFER(".Lnone") "\t.text\n");

#define FUNCTION __attribute__((noinline, used, noclone))

enum level { LOW, MIDDLE = 5, HIGH };
enum unused { ONE = 1, TWO };

struct inner {
	short first;
	long second;
};

struct item {
	int a;
	unsigned int flag : 3;
	unsigned int mode : 5;
	struct {
		long inside;
		union {
			char tag;
			int number;
		};
	};
	struct inner inner;
	void (*call)(struct item *, int);
	char tail[];
};

union either {
	long number;
	char bytes[16];
};

struct pair {
	int left, right;
};

typedef unsigned int number_t;

FUNCTION int two(struct item *item, unsigned long n)
{
	return item->a + (int)n;
}

FUNCTION static void none(void)
{
}

/* As BTF has a function of assembler code. */
FUNCTION void of_assembler(void)
{
}

FUNCTION int variadic(const char *format, ...)
{
	return *format;
}

FUNCTION struct pair by_value(struct pair pair)
{
	return pair;
}

FUNCTION int with_callback(int (*call)(struct item *, int), void *data)
{
	return call(data, 1);
}

FUNCTION int with_level(enum level level, number_t number)
{
	return level + (int)number;
}

FUNCTION char *text_of(const union either *either, int (*table)[4])
{
	return (char *)either->bytes + (*table)[0];
}

struct fixed {
	const char name[16];
	const char *const words[2];
};

FUNCTION int declarators(volatile const char *volatile const *a, int (*(*b)(void))[3],
			 void (**c)(const struct fixed *, ...), number_t (*d)[4])
{
	return **a + (*b())[0] + !c + (int)(*d)[3];
}

FUNCTION int taken(int a)
{
	return a;
}

FUNCTION int exported_function(int a)
{
	return a;
}

/* target-2.c has another one, of which BTF tells nothing. */
FUNCTION static int twice(int a)
{
	return a;
}

struct item an_item = { 1 };
int numbers[4] = { 1 };
int grid[2][3] = { { 1 } };
const char *a_text = "text";
union either *an_either = &(union either){ 1 };
enum level a_level = LOW;
enum unused an_unused = ONE;
