// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The file that is matched. What a test changes in it, or in the kernel's:
 *
 *	CODE		an instruction of first()
 *	STRING		a string that first() uses
 *	TARGET		what first() calls
 *	ADDRESS		which variable second() returns the address of
 *	DATA		a number in a table
 *	POINTER		which function a table of functions has
 *	EXTRA		a function more
 *	SPREAD		more room before second(), so that it is farther from the others
 *	GROW		more instructions in helper()
 *	HEADER		another path of a source that is in its data
 *	UNNAMED		a number in data that has no name
 *	BUG		a line number in __bug_table, of an instruction of second(); 0: no entry
 *	PLACE		the text of a message in place(), which has a flag, too; BEFORE: another
 *			function before it has both
 *	JUMP		a branch on a static key, as the compiler makes it; NOP: as objtool leaves it
 */
extern int imported(const char *text);
extern int exported(const char *text);
extern int variable;
int first(int x);
int overridden(int x);
int used(int x);

#define NOINLINE __attribute__((noinline))
#define TEXT(x) #x
#define NUMBER(x) TEXT(x)

static NOINLINE int helper(int x)
{
	static int calls;

	calls += x;
#ifdef GROW
	calls ^= calls << 5 | x;
	calls *= x + 77;
	calls ^= calls >> 3;
#endif
	return calls;
}

#ifdef EXTRA
int extra(int x);
NOINLINE int extra(int x)
{
	return helper(x) + helper(x + 1);
}
#endif

#ifdef PLACE
#define PASTE(a, b) a##b
#define NUMBERED(a, b) PASTE(a, b)
#define SAY(text, numbered)                       \
	({                                        \
		static char __already_done;       \
		static char numbered;             \
		static const char __msg[] = text; \
                                                  \
		__already_done++;                 \
		numbered++;                       \
		imported(__msg);                  \
	})
/* __COUNTER__ is in the name, as in that of pr_debug()'s data. */
#define MESSAGE(text) SAY(text, NUMBERED(__UNIQUE_ID_ddebug, __COUNTER__))
#ifdef BEFORE
int before(void);
int before(void)
{
	return MESSAGE("before");
}
#endif
int place(void);
int place(void)
{
	return MESSAGE(PLACE);
}
#endif

#ifndef STRING
#define STRING "a string"
#endif
#ifndef TARGET
#define TARGET imported
#endif
#ifndef CODE
#define CODE 12
#endif

int first(int x)
{
	static int calls;

	calls++;
	if (x)
		return TARGET(STRING) + helper(x);
	return calls * 3 + CODE;
}

#ifndef DATA
#define DATA 3
#endif
static const int numbers[] = { 1, 2, DATA, 4 };
static int writable = 7;
const int *second(int x);
#ifdef SPREAD
__attribute__((aligned(256)))
#endif
const int *
second(int x)
{
#if defined(BUG) && BUG == 0
	asm volatile("1:");
#elif defined(BUG)
	asm volatile("1:\n"
		     ".pushsection __bug_table, \"aw\"\n"
		     "2: .long 1b - 2b, 0\n.short " NUMBER(BUG) ", 0\n"
								".popsection");
#endif
#ifdef ADDRESS
	writable += x;
	return &variable;
#else
	writable += x;
	return x > 3 ? &writable : &numbers[x & 3];
#endif
}

#ifndef POINTER
#define POINTER first
#endif
int (*functions[])(int) = { helper, POINTER };
const char *const file = __FILE__;
#ifdef HEADER
const char *const header = HEADER;
#endif

/* Data in a section where nothing has a name. */
#ifndef UNNAMED
#define UNNAMED 5
#endif
asm(".pushsection .rodata.unnamed, \"a\"\n"
    ".Lunnamed: .quad " NUMBER(UNNAMED) "\n"
					".popsection\n"
					".pushsection .data\n"
					".balign 8\n"
					".globl pointer\n"
					".type pointer, @object\n"
					".size pointer, 8\n"
					"pointer: .quad .Lunnamed\n"
					".popsection");

__attribute__((weak)) int overridden(int x)
{
	return x * 5;
}

__attribute__((weak)) int used(int x)
{
	return x * 7;
}

#if defined(__x86_64__) && (defined(JUMP) || defined(NOP))
int key;
int branch(void);
NOINLINE int branch(void)
{
#ifdef NOP
	asm goto("1: .byte 0x66, 0x90\n"
		 ".pushsection __jump_table, \"aw\"\n"
		 ".long 1b - ., %l[out] - .\n.quad key + 2 - .\n"
		 ".popsection"
		 :
		 :
		 :
		 : out);
#else
	asm goto("1: jmp %l[out]\n"
		 ".pushsection __jump_table, \"aw\"\n"
		 ".long 1b - ., %l[out] - .\n.quad key + 2 - .\n"
		 ".popsection"
		 :
		 :
		 :
		 : out);
#endif
	return 1;
out:
	return 2;
}
#endif
