// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * An object with one of everything that the ELF model checks: symbols of every binding,
 * relocations, a section group, sections without bytes, notes and module information. The
 * tests damage copies of it, one field at a time.
 */
extern int outside(int);
extern int far_away[];

static int counter;
int table[4] = { 1, 2, 3, 4 };
int *pointers[] = { &counter, &table[2], &far_away[1] };
long room[16];

static __attribute__((noinline)) int helper(int x)
{
	return outside(x + counter);
}

int entry(int x)
{
	counter += x;
	return helper(x) + table[x & 3] + far_away[0];
}

__attribute__((weak)) int optional(void)
{
	return 7;
}

__asm__(".section .text.once, \"axG\", %progbits, once, comdat\n"
	".weak once\n"
	"once: .long 0\n"
	".section .note.gnu.build-id, \"a\", %note\n"
	".long 4, 4, 3\n"
	".asciz \"GNU\"\n"
	".byte 0xde, 0xad, 0xbe, 0xef\n"
	".section .modinfo, \"a\"\n"
	".asciz \"name=good\"\n"
	".asciz \"vermagic=1.2.3 SMP mod_unload \"\n"
	".text\n");
