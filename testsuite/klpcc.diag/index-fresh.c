/* SPDX-License-Identifier: GPL-2.0-or-later */
/* { dg-do assemble } */
/* { dg-options "-fplugin-arg-klpcc-release=6.1.0-newer -fplugin-arg-klpcc-release=6.1.0-klpcc" } */
int x;
