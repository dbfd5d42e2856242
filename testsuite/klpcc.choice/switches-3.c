/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A name that no warning has: the message lists those that there are. */
/* { dg-do assemble } */
/* { dg-options "-fplugin-arg-klpcc-no-warn-nearly" } */
/* { dg-error "unknown warning 'nearly' in '-fplugin-arg-klpcc-no-warn-nearly'" "" { target *-*-* } 0 } */
/* { dg-message "note: 'near', a warning by default: the target does not have the name" "" { target *-*-* } 0 } */
/* { dg-message "note: 'function', an error by default: " "" { target *-*-* } 0 } */
/* { dg-message "note: 'asm', an error by default: " "" { target *-*-* } 0 } */
/* { dg-message "note: 'data', an error by default: " "" { target *-*-* } 0 } */
/* { dg-message "note: 'entry', an error by default: " "" { target *-*-* } 0 } */
/* { dg-message "note: 'prototype', an error by default: " "" { target *-*-* } 0 } */
/* { dg-message "note: 'state', an error by default: " "" { target *-*-* } 0 } */
/* { dg-message "note: 'struct', an error by default: " "" { target *-*-* } 0 } */
/* { dg-message "note: 'inlined', an error by default: " "" { target *-*-* } 0 } */
/* { dg-message "note: 'init', an error by default: the symbol is" "" { target *-*-* } 0 } */
/* { dg-message "note: '\\S+', a warning by default: " "others" { target *-*-* } 0 } */
/* { dg-message "note: 'static-key', an error by default: " "" { target *-*-* } 0 } */

int x;
