/* SPDX-License-Identifier: GPL-2.0-or-later */
/* { dg-do assemble } */
/* { dg-options "-fplugin-arg-klpcc-no-warn-nearly" } */
/* { dg-error "plugin 'klpcc' has no option '-fplugin-arg-klpcc-no-warn-nearly'" "" { target *-*-* } 0 } */

int x;
