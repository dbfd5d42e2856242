/* SPDX-License-Identifier: GPL-2.0-or-later */
/* { dg-do compile } */
/* { dg-index none } */
/* { dg-error "plugin 'klpcc' needs '-fplugin-arg-klpcc-index=FILE': the index of the kernel that the patch is for; make one with 'klpcc index --release RELEASE -o FILE'" "" { target *-*-* } 0 } */
int x;
