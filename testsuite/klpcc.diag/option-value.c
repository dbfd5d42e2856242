/* SPDX-License-Identifier: GPL-2.0-or-later */
/* { dg-do compile } */
/* { dg-options "-fplugin-arg-klpcc-release" } */
/* { dg-error "'-fplugin-arg-klpcc-release=' needs a value" "" { target *-*-* } 0 } */
int x;
