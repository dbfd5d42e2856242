/* SPDX-License-Identifier: GPL-2.0-or-later */
/* { dg-do assemble } */
/* { dg-options "-fplugin-arg-klpcc-object=some-module.ko" } */
/* { dg-error "'-fplugin-arg-klpcc-object' names 'some-module.ko', which the target does not have; did you mean 'some_module'." "" { target *-*-* } 0 } */

int x;
