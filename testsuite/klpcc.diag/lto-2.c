/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The last word on it counts. */
/* { dg-do assemble } */
/* { dg-options "-flto -fno-lto" } */
int x;
