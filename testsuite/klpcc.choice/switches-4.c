/* SPDX-License-Identifier: GPL-2.0-or-later */
/* { dg-do assemble } */
/* { dg-options "-fplugin-arg-klpcc-no-warn-near=1" } */
/* { dg-error "'-fplugin-arg-klpcc-no-warn-near' takes no value" "" { target *-*-* } 0 } */

int x;
