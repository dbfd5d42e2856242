/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A module that the target does not have. */
/* { dg-do assemble } */
/* { dg-options "-fplugin-arg-klpcc-object=m_one,m_none" } */
/* { dg-error "'-fplugin-arg-klpcc-object' names 'm_none', which the target does not have" "" { target *-*-* } 0 } */

int x;
