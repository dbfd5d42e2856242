/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A module's file or its name with '-' in a pragma: the object that is meant, in its place. */
/* { dg-do assemble } */

#pragma klp object("m-one") /* { dg-error "20: '#pragma klp object' of 'm-one': the object .*; did you mean 'm_one'." } */
#pragma klp gate("M_Two") /* { dg-error "18: '#pragma klp gate' names 'M_Two', which the target does not have; did you mean 'm_two'." } */
#pragma klp gate("m-three") /* { dg-error "18: '#pragma klp gate' of 'm-three': the object contains a character outside .A-Za-z0-9_. or is ambiguous here(?!;)" } */
