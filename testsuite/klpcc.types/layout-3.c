/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The same, also where one is only declared, or is local. Enumerators fewer and more. */
/* { dg-do assemble } */
struct item;
union either { long number; char bytes[16]; };
enum level { LOW, MIDDLE = 5 }; /* { dg-warning "'enum level' lacks 'HIGH', which the target's has" } */
/* { dg-message "note: the target has 'HIGH = 6'" "target" { target *-*-* } .-1 } */
enum unused { ONE = 1, TWO, THREE }; /* { dg-warning "'enum unused' has 'THREE', which the target's does not have" } */
/* { dg-message "note: the target has a 'enum unused' of 4 bytes" "target" { target *-*-* } .-1 } */

struct inner {
	short first;
	long second;
};

struct item {
	int a;
	unsigned int flag : 3, mode : 5;
	union { /* as the target's anonymous struct, in other words */
		struct {
			long inside;
			union {
				char tag;
				int number;
			};
		};
	};
	struct inner inner;
	void (*call)(struct item *, int);
	char tail[];
};

int use(void)
{
	struct pair { int left, wrong; } pair = { 1, 2 }; /* { dg-warning "'wrong' of 'struct pair' is where the target has 'right'" } */
	/* { dg-message "note: the target has 'int right' at offset 4 of 8 bytes" "target" { target *-*-* } .-1 } */

	return pair.left;
}
/* { dg-message "note: module 'a_module' also has a 'struct pair'" "module" { target *-*-* } 35 } */
