/* SPDX-License-Identifier: GPL-2.0-or-later */
/* { dg-do compile } */
/* { dg-options "-fplugin-arg-klpcc-release=6.1.0-newer" } */
/* { dg-error "stale index '\[^ \]*/target.klpidx': it is of kernel release '6.1.0-klpcc', not of '6.1.0-newer'; make one with 'klpcc index --release 6.1.0-newer -o \[^ \]*/target.klpidx'" "" { target *-*-* } 0 } */
int x;
