/* SPDX-License-Identifier: GPL-2.0-or-later */
/* { dg-do compile } */
/* { dg-options "-fplugin-arg-klpcc-release=6.1.0-newer" } */
/* { dg-error "index '\[^ \]*/target.klpidx' is stale: it is for kernel release '6.1.0-klpcc', not for '6.1.0-newer'; make a new one with 'klpcc index --release 6.1.0-newer -o \[^ \]*/target.klpidx'" "" { target *-*-* } 0 } */
int x;
