/* SPDX-License-Identifier: GPL-2.0-or-later */
/* { dg-do compile } */
/* { dg-options "-fplugin-arg-klpcc-index=%S/index-other.c" } */
/* { dg-error "cannot use the index: \[^ \]*/index-other\\.c: not a klpcc index; make one with 'klpcc index --release " "" { target *-*-* } 0 } */
int x;
