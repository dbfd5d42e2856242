/* SPDX-License-Identifier: GPL-2.0-or-later */
/* { dg-do compile } */
/* { dg-options "-fplugin-arg-klpcc-index=" } */
/* { dg-error "'-fplugin-arg-klpcc-index=' needs a value" "" { target *-*-* } 0 } */
int x;
