/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What BTF does not have: kallsyms tells data that is called, and code that is read as a variable;
 * an address alone, and the bytes of code, are nobody's mistake.
 */
/* { dg-do assemble } */
extern int data_alone(void); /* { dg-warning "12: 'data_alone' is a function here, a variable in the target" } */
/* { dg-message "12: note: its kallsyms lists 'data_alone' with type '\[dD]', which is data" "letter" { target *-*-* } .-1 } */
extern void *code_alone; /* { dg-warning "14: 'code_alone' is a variable here, a function in the target" } */
/* { dg-message "14: note: its kallsyms lists 'code_alone' with type 't', which is code" "letter" { target *-*-* } .-1 } */
extern void other_data_alone(void);
extern const unsigned char other_code_alone[];
extern int last_code_alone;

void *addresses[] = { (void *)other_data_alone, &last_code_alone };

int use(void)
{
	return data_alone() + !code_alone + other_code_alone[0];
}
/* { dg-final { scan-symbols {code_alone\.klp\.vmlinux$} } } */
