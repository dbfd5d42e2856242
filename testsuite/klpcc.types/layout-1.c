/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The first member that differs: its name, its place, its size, and what is anonymous. */
/* { dg-do assemble } */
struct inner {
	long second; /* { dg-warning "14: 'second' of 'struct inner' is where the target has 'first' \\\[-fplugin-arg-klpcc-no-warn-layout\\\]" } */
	/* { dg-message "14: note: the target has 'short int first' at offset 0 of 16 bytes" "target" { target *-*-* } .-1 } */
	short first;
};

struct item {
	int a;
	unsigned int flag : 3;
	unsigned int mode : 5;
	struct {
		long inside;
		union {
			char tag;
			long number; /* { dg-warning "30: 'number' of 'struct item' has 8 bytes here, 4 bytes in the target" } */
			/* { dg-message "note: the target has 'int number' at offset 16 of 48 bytes" "target" { target *-*-* } .-1 } */
		};
	};
};

struct pair {
	int left;
	int right;
	int more; /* { dg-warning "13: 'struct pair' has 'more', which the target's does not have" } */
	/* { dg-message "note: the target has a 'struct pair' of 8 bytes" "target" { target *-*-* } .-1 } */
};

union either { /* { dg-warning "7: 'union either' lacks 'bytes', which the target's has" } */
	/* { dg-message "7: note: the target has 'char bytes\\\[16\\\]' at offset 0 of 16 bytes" "target" { target *-*-* } .-1 } */
	long number;
};

struct not_there { int a; };
int use(void);
/* { dg-message "note: module 'a_module' also has a 'struct inner'" "module" { target *-*-* } 5 } */
/* { dg-message "note: module 'a_module' also has a 'struct pair'" "module" { target *-*-* } 27 } */
