/* SPDX-License-Identifier: GPL-2.0-or-later */
int hidden_function(int value);
int hidden_global(int value);
extern int hidden_variable;

static inline __attribute__((always_inline)) int variable(void)
{
	/* Inlined or not, this is where the source refers to it first. */
	return hidden_variable;
}

int first(void);
inline int first(void)
{
	return variable();
}
