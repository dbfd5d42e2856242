/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Something of everything that an observation has. observe.exp names the lines. */
#define KBUILD_MODNAME "unit"
#define MODULE

struct first {
	char c;
	struct {
		int inside;
		union {
			long wide;
			short narrow;
		};
	};
	struct {
		int named;
	} member;
	unsigned int low : 3, high : 5;
	int tail[];
};

typedef struct {
	int counter;
} number_t;

enum colour { RED, GREEN = 7, BLUE = -2 };

union either {
	number_t number;
	enum colour colour;
};

struct unused {
	int nobody;
};

extern int outside(int), elsewhere(int);
extern void take(const void *);

asm(".globl from_asm\nfrom_asm:");
asm("# second");

static __attribute__((noinline)) int helper(int a, int b)
{
	static int factor = 3, count;

	count += a * factor;
	return count * b + outside(b);
}

static int inner(int a)
{
	return outside(a) * 3;
}

static int middle(int a)
{
	return inner(a) + 1;
}

int calls(int a)
{
	return helper(a, 4) + middle(a);
}

int twice(const int *a)
{
	static int count;
	int sum = 0;

	{
		static int place = 3;

		take(&place);
	}
	{
		static int place, nobody;

		take(&place);
	}
	take(&count);
	for (int i = 0; i < *a; i++)
		sum += helper(a[i], 4);
	return sum;
}

static int callback(int a)
{
	return a + 1;
}

static int by_asm(void)
{
	return 5;
}

const struct {
	int (*call)(int);
	const char *name;
} table = { callback, "callback" };

void addresses(void)
{
	take(callback);
	take(elsewhere);
	asm volatile("# %0" : : "i"(by_asm));
}

__attribute__((section(".init.text"), weak)) int initial(void)
{
	return 1;
}

int other_name(void) __attribute__((alias("initial")));

inline __attribute__((gnu_inline, no_instrument_function)) int
silent(const struct first *first)
{
	return first->inside + first->narrow + first->member.named + first->high;
}

int colours(union either *either)
{
	struct first {
		long of_its_own;
	} local = { 5 };

	take(&local);
	return either->colour == GREEN ? either->number.counter : RED;
}

static __attribute__((noinline)) int same_as(int a)
{
	return outside(a) * 17 + a;
}

static __attribute__((noinline)) int same_inside(int a)
{
	return outside(a) * 17 + a;
}

int same(int a)
{
	return same_as(a) - same_inside(a + 1);
}

static int folded = 4;
int reads(void)
{
	return folded;
}
