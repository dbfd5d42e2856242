/* SPDX-License-Identifier: GPL-2.0-or-later */
/* { dg-do compile } */
/* { dg-options "-fplugin-arg-klpcc-indx=1" } */
/* { dg-error "plugin 'klpcc' has no option '-fplugin-arg-klpcc-indx'" "" { target *-*-* } 0 } */
int x;
