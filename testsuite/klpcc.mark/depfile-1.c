/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The index and the plugin are prerequisites, after the source; with -MP they have empty
 * rules, which the source must not have.
 */
/* { dg-do preprocess } */
/* { dg-options "-MD -MP -MT target -MF %D/depfile-1.d" } */

int hidden_function(int value);

/* { dg-final { scan-file depfile-1.d {^target: \\?\n? ?[^ ]*depfile-1\.c( |$)} } } */
/* { dg-final { scan-file depfile-1.d {target\.klpidx( |$)} } } */
/* { dg-final { scan-file depfile-1.d {/klpcc\.so( |$)} } } */
/* { dg-final { scan-file depfile-1.d {/target\.klpidx:$} } } */
/* { dg-final { scan-file-not depfile-1.d {depfile-1\.c:$} } } */
