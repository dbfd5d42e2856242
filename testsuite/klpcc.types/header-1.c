/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Types of a header beside the source are the patch's; those of a header elsewhere are not. */
/* { dg-do assemble } */
/* { dg-options "-I%D" } */
/* { dg-additional-files "elsewhere.h" } */
#include "private.h"
#include <elsewhere.h>
/* { dg-warning "'left' of 'struct pair' has 8 bytes here" "own" { target *-*-* } 0 } */
/* { dg-message "note: the target has 'int left'" "target" { target *-*-* } 0 } */
int use(struct inner *inner)
{
	return (int)inner->first + exported_function();
}
/* { dg-message "note: module 'a_module' also has a 'struct pair'" "module" { target *-*-* } 0 } */
