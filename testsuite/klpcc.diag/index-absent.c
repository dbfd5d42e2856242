/* SPDX-License-Identifier: GPL-2.0-or-later */
/* { dg-do compile } */
/* { dg-index absent } */
/* { dg-error "cannot use the index: \[^ \]*/absent\\.klpidx: cannot open .*; make one with 'klpcc index --release RELEASE -o \[^ \]*/absent\\.klpidx'" "" { target *-*-* } 0 } */
int x;
