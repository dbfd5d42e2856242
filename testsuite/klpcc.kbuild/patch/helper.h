/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the two objects of livepatch-one share; the second module does not include it.
 */
#ifndef HELPER_H
#define HELPER_H

int helper_processes(void);

#endif
