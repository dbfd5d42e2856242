/* SPDX-License-Identifier: GPL-2.0-or-later */
/* { dg-do compile } */
/* { dg-options "-flto" } */
/* { dg-error "plugin 'klpcc' does not work with link-time optimization: marks are made for one unit at a time; compile with '-fno-lto'" "" { target *-*-* } 0 } */
int x;
