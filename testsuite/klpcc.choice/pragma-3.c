/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A pragma is checked in its own line. */
/* { dg-do assemble } */

#pragma klp object("m_none") /* { dg-error "'#pragma klp object' names 'm_none', which the target does not have" } */
#pragma klp object("m.one") /* { dg-error "'#pragma klp object' of 'm.one': " } */
#pragma klp object(m_one) /* { dg-error "'#pragma klp object' takes one string: '#pragma klp object\\(\"...\"\\)'" } */
#pragma klp gate "m_one" /* { dg-error "'#pragma klp gate' takes one string" } */
#pragma klp source("a.c") extra /* { dg-error "'#pragma klp source' takes one string" } */
#pragma klp source("") /* { dg-error "'#pragma klp source' takes one string" } */
#pragma klp reset all /* { dg-error "'#pragma klp reset' takes no argument" } */

int x;
