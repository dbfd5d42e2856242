/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bit-fields, size alone, offset alone, enumerators. */
/* { dg-do assemble } */
struct item {
	int a;
	unsigned int flag : 3;
	unsigned int mode : 6; /* { dg-warning "22: 'mode' of 'struct item' has 6 bits here, 5 bits in the target" } */
	/* { dg-message "note: the target has 'unsigned int mode' at offset 4, bit 3 of 48 bytes" "target" { target *-*-* } .-1 } */
};

struct pair { /* { dg-warning "8: 'struct pair' has 16 bytes here, 8 bytes in the target" } */
	/* { dg-message "8: note: the target has a 'struct pair' of 8 bytes" "target" { target *-*-* } .-1 } */
	int left;
	int right;
} __attribute__((aligned(16)));

struct inner {
	short first;
	long second __attribute__((aligned(16))); /* { dg-warning "14: 'second' of 'struct inner' is at offset 16 here, at 8 in the target" } */
	/* { dg-message "note: the target has 'long int second' at offset 8 of 16 bytes" "target" { target *-*-* } .-1 } */
};

enum level { LOW, MIDDLE, HIGH }; /* { dg-warning "6: 'MIDDLE' of 'enum level' is 1 here, 5 in the target" } */
/* { dg-message "6: note: the target has 'MIDDLE = 5'" "target" { target *-*-* } .-1 } */

enum unused { ONE = 1, THREE = 2 }; /* { dg-warning "6: 'THREE' of 'enum unused' is where the target has 'TWO'" } */
/* { dg-message "6: note: the target has 'TWO = 2'" "target" { target *-*-* } .-1 } */
int use(void);
/* { dg-message "note: module 'a_module' also has a 'struct pair'" "module" { target *-*-* } 11 } */
/* { dg-message "note: module 'a_module' also has a 'struct inner'" "module" { target *-*-* } 19 } */
